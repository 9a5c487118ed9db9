// SPDX-License-Identifier: MIT
// The part of an error's words that is put off until somebody reads them.
#pragma once

#include <mutex>
#include <string>

#include "footpound/base/error.hpp"

namespace footpound {

// What was found, and what to do instead.
struct ErrorWords {
  std::string what;
  std::string instead;
};

// Words that take long to find, as near names do: found when they are first read, by whatever thread,
// which those of most bad records of a long stream never are.
class LateWords {
 public:
  virtual ~LateWords() = default;
  const ErrorWords& get() const {
    std::call_once(found_, [this] { words_ = find(); });
    return words_;
  }

 private:
  virtual ErrorWords find() const = 0;

  mutable std::once_flag found_;
  mutable ErrorWords words_;
};

// With the words found, for who keeps an error longer than what it speaks of.
Error with_its_words(Error error);

}  // namespace footpound
