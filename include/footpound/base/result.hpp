// SPDX-License-Identifier: MIT
// Either a value or the Error that says why there is none. What can fail because of its
// input returns a Result; what cannot go on at all throws RunError (run_error.hpp).
#pragma once

#include <cassert>
#include <memory>
#include <utility>
#include <variant>

#include "footpound/base/error.hpp"

namespace footpound {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  const T& operator*() const& {
    assert(*this);
    return *std::get_if<0>(&state_);
  }
  T& operator*() & {
    assert(*this);
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && {
    assert(*this);
    return std::move(*std::get_if<0>(&state_));
  }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }

  const Error& error() const {
    assert(!*this);
    return *std::get_if<1>(&state_);
  }
  Error& error() {
    assert(!*this);
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// Success without a value. A stream returns dozens of them for each record: one pointer, so that
// success costs next to nothing.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::make_unique<Error>(std::move(error))) {}

  explicit operator bool() const { return error_ == nullptr; }
  const Error& error() const {
    assert(error_);
    return *error_;
  }
  Error& error() {
    assert(error_);
    return *error_;
  }

 private:
  std::unique_ptr<Error> error_;
};

}  // namespace footpound
