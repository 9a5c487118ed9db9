// SPDX-License-Identifier: MIT
// A bounded memory of answers. Streams repeat a few names millions of times; hostile ones with ever
// new names cannot make it grow: when it is full, it starts afresh.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/text_map.hpp"

namespace footpound {

template <class Value>
class Memo {
 public:
  // The remembered value of `key` and `number`, or what `make()` returns, remembered. Valid until the next
  // call.
  template <class Make>
  Value& get(std::string_view key, std::uint64_t number, Make make) {
    Value* const known = find(key, number);
    return known != nullptr ? *known : put(key, number, make());
  }

  // nullptr where none is remembered; valid until the next put.
  Value* find(std::string_view key, std::uint64_t number = 0) { return map_.find(key, number); }

  // Remembers what find() did not find.
  Value& put(std::string_view key, std::uint64_t number, Value value) {
    if (map_.size() == most) map_.clear();
    return map_.put(key, number, std::move(value));
  }

 private:
  static constexpr std::size_t most = 1024;
  TextMap<Value> map_;
};

}  // namespace footpound
