// SPDX-License-Identifier: MIT
// Values by text, and a number beside it where there is one; made for streams that look up a few
// short names millions of times. The first and last eight bytes stand in the slot, so that a name of
// up to sixteen is told from others without a look at its text.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace footpound {

template <class Value>
class TextMap {
 public:
  // nullptr where there is none; valid until the next put() or clear().
  Value* find(std::string_view text, std::uint64_t number = 0) {
    if (slots_.empty()) return nullptr;
    Slot& slot = slot_of(words_of(text), text, number);
    return slot.value ? &*slot.value : nullptr;
  }

  // Of what find() did not find.
  Value& put(std::string_view text, std::uint64_t number, Value value) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    ++size_;
    const Words words = words_of(text);
    Slot& slot = slot_of(words, text, number);
    slot.words = words;
    slot.number = number;
    slot.text = text;
    return slot.value.emplace(std::move(value));
  }

  std::size_t size() const { return size_; }
  void clear() {
    for (Slot& slot : slots_) slot.value.reset();
    size_ = 0;
  }

  // Calls visit(text, value) in no order worth mentioning.
  template <class Visit>
  void each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.value) visit(std::string_view(slot.text), *slot.value);
    }
  }

 private:
  static constexpr std::size_t word = sizeof(std::uint64_t);
  static constexpr std::size_t few = 16;  // slots at first: a one-off touches little memory

  struct Words {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(const Words&, const Words&) = default;
  };
  struct Slot {
    Words words;
    std::uint64_t number = 0;
    std::string text;
    std::optional<Value> value;
  };

  static std::uint64_t load(const char* bytes, std::size_t size) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes, size);
    return bits;
  }

  // Of a shorter text they overlap, or hold all of it.
  static Words words_of(std::string_view text) {
    const char* const bytes = text.data();
    const std::size_t size = text.size();
    if (size >= word) return {load(bytes, word), load(bytes + size - word, word)};
    if (size >= word / 2) return {load(bytes, word / 2), load(bytes + size - word / 2, word / 2)};
    Words words;
    for (const char c : text) words.first = words.first << 8 | static_cast<unsigned char>(c);
    return words;
  }

  static std::uint64_t mix(std::uint64_t bits) {
    bits *= 0x9E3779B97F4A7C15U;
    return bits ^ (bits >> 32);
  }

  std::size_t hash(const Words& words, std::string_view text, std::uint64_t number) const {
    std::uint64_t h = words.first ^ std::rotl(words.last, 23) ^ (number * 0xC2B2AE3D27D4EB4FU);
    for (std::size_t at = word; at + word < text.size(); at += word) h = mix(h) ^ load(text.data() + at, word);
    return static_cast<std::size_t>(mix(h + text.size()) * 0xD6E8FEB86659FD93U >> shift_);
  }

  // What lies between the first word and the last.
  static bool same_middle(std::string_view a, std::string_view b) {
    std::uint64_t difference = 0;
    for (std::size_t at = word; at + word < a.size(); at += word) difference |= load(a.data() + at, word) ^ load(b.data() + at, word);
    return difference == 0;
  }

  // The slot of the text, or the free one it would take.
  Slot& slot_of(const Words& words, std::string_view text, std::uint64_t number) {
    for (std::size_t at = hash(words, text, number);; ++at) {
      Slot& slot = slots_[at & mask_];
      const bool is_it = slot.words == words && slot.number == number && slot.text.size() == text.size() && same_middle(slot.text, text);
      if (is_it || !slot.value) return slot;
    }
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? few : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    shift_ = 64 - std::countr_zero(slots_.size());
    for (Slot& slot : old) {
      if (slot.value) slot_of(slot.words, slot.text, slot.number) = std::move(slot);
    }
  }

  std::vector<Slot> slots_;  // a power of two
  std::size_t mask_ = 0;     // of a slot's place
  int shift_ = 64;           // from a hash to its slot
  std::size_t size_ = 0;
};

}  // namespace footpound
