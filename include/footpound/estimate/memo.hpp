// SPDX-License-Identifier: MIT
// A bounded memory of answers by text, and a number beside it where there is one. Streams repeat a
// few names millions of times; hostile ones with ever new names cannot make it grow: when it is
// full, it starts afresh.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace footpound {

template <class Value>
class Memo {
 public:
  // The remembered value of `key`, or what `make()` returns, remembered. Valid until the next call.
  template <class Make>
  Value& get(std::string_view key, Make make) {
    Value* const known = find(key);
    return known != nullptr ? *known : put(key, 0, make());
  }

  // nullptr where none is remembered; valid until the next put.
  Value* find(std::string_view key, std::uint64_t number = 0) {
    if (slots_.empty()) slots_.resize(few);
    Slot& slot = slot_of(key, number);
    return slot.value ? &*slot.value : nullptr;
  }

  // Remembers what find() did not find.
  Value& put(std::string_view key, std::uint64_t number, Value value) {
    if (slots_.empty() || ++used_ > slots_.size() / 2) make_room();
    Slot& slot = slot_of(key, number);
    slot.key = key;
    slot.number = number;
    return slot.value.emplace(std::move(value));
  }

 private:
  // A one-off touches little memory, a stream soon has enough.
  static constexpr std::size_t few = 8;
  static constexpr std::size_t most = 2048;

  struct Slot {
    std::string key;
    std::uint64_t number = 0;
    std::optional<Value> value;
  };

  static std::uint64_t load(const char* bytes, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, size);
    return word;
  }

  // First and last eight bytes (or four, where they are fewer) and the length tell most names apart.
  static std::uint64_t hash(std::string_view key, std::uint64_t number) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (key.size() >= 8) {
      first = load(key.data(), 8);
      last = load(key.data() + (key.size() - 8), 8);
    } else if (key.size() >= 4) {
      first = load(key.data(), 4);
      last = load(key.data() + (key.size() - 4), 4);
    } else {
      for (const char c : key) first = first << 8 | static_cast<unsigned char>(c);
    }
    std::uint64_t h = (first ^ (last * 0x9E3779B97F4A7C15U) ^ key.size() ^ (number * 0xC2B2AE3D27D4EB4FU)) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93U;
    return h ^ (h >> 32);
  }

  // Names are short: two or four overlapping words beat a call of memcmp.
  static bool same(std::string_view a, std::string_view b) {
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    if (size < 8 || size > 32) return a == b;
    const auto differ = [&](std::size_t at) { return load(a.data() + at, 8) ^ load(b.data() + at, 8); };
    std::uint64_t difference = differ(0) | differ(size - 8);
    if (size > 16) difference |= differ(8) | differ(size - 16);
    return difference == 0;
  }

  // The slot of `key`, or the free one it would take.
  Slot& slot_of(std::string_view key, std::uint64_t number) {
    std::size_t at = hash(key, number) & (slots_.size() - 1);
    while (slots_[at].value && !(slots_[at].number == number && same(slots_[at].key, key))) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

  // Twice the slots, or none used where there are enough; one is about to be taken.
  void make_room() {
    const std::size_t wanted = slots_.empty() ? few : slots_.size() < most ? 2 * slots_.size() : most;
    std::vector<Slot> old(wanted);
    old.swap(slots_);
    used_ = 1;
    if (old.size() == most) return;  // afresh
    for (Slot& slot : old) {
      if (!slot.value) continue;
      slot_of(slot.key, slot.number) = std::move(slot);
      ++used_;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace footpound
