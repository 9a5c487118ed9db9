// SPDX-License-Identifier: MIT
// A bounded memory of answers by text. Streams repeat a few names millions of times; hostile
// ones with ever new names cannot make it grow: when it is full, it starts afresh.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

template <class Value>
class Memo {
 public:
  // The remembered value of `key`, or what `make()` returns, remembered. Valid until the next call.
  template <class Make>
  Value& get(std::string_view key, Make make) {
    if (slots_.empty()) slots_.resize(few);
    Slot* slot = &find(key);
    if (slot->value) return *slot->value;
    if (++used_ > slots_.size() / 2) {
      make_room();
      slot = &find(key);
    }
    slot->key = key;
    return slot->value.emplace(make());
  }

 private:
  // A one-off touches little memory, a stream soon has enough.
  static constexpr std::size_t few = 8;
  static constexpr std::size_t most = 2048;

  struct Slot {
    std::string key;
    std::optional<Value> value;
  };

  // First and last eight bytes and the length tell most names apart.
  static std::uint64_t hash(std::string_view key) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (key.size() >= 8) {
      std::memcpy(&first, key.data(), 8);
      std::memcpy(&last, key.data() + (key.size() - 8), 8);
    } else {
      for (const char c : key) first = first << 8 | static_cast<unsigned char>(c);
    }
    std::uint64_t h = (first ^ (last * 0x9E3779B97F4A7C15U) ^ key.size()) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93U;
    return h ^ (h >> 32);
  }

  // Names are short: word by word, the last word overlapping, beats a call of memcmp.
  static bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a.size() < 8) return a == b;
    const auto word = [](const char* bytes) {
      std::uint64_t w = 0;
      std::memcpy(&w, bytes, 8);
      return w;
    };
    const std::size_t last = a.size() - 8;
    std::uint64_t difference = word(a.data() + last) ^ word(b.data() + last);
    for (std::size_t i = 0; i < last; i += 8) difference |= word(a.data() + i) ^ word(b.data() + i);
    return difference == 0;
  }

  // The slot of `key`, or the free one it would take.
  Slot& find(std::string_view key) {
    std::size_t at = hash(key) & (slots_.size() - 1);
    while (slots_[at].value && !same(slots_[at].key, key)) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

  void make_room() {
    std::vector<Slot> old(slots_.size() < most ? 2 * slots_.size() : most);
    old.swap(slots_);
    used_ = 1;
    if (old.size() == most) return;  // afresh
    for (Slot& slot : old) {
      if (!slot.value) continue;
      find(slot.key) = std::move(slot);
      ++used_;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace footpound
