// SPDX-License-Identifier: MIT
// Values by text, and a number beside it where there is one; made for streams that look up a few
// short names millions of times. The first and last eight bytes stand in the slot, so that a name of
// up to sixteen is told from others without a look at its text; the slots are small and the entries
// side by side, so that those a stream uses stay in the cache.
// Names are hostile: whoever makes them knows this file and chooses whole words freely, but not the
// secret of the process. Each word is folded into it before a full 64 x 64 bit product is, so that
// which names share a hash is another set in every process, and a find() takes the same few steps for
// all of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "footpound/base/hash_secret.hpp"

namespace footpound {

template <class Value>
class TextMap {
 public:
  // nullptr where there is none; valid until the next put() or clear().
  Value* find(std::string_view text, std::uint64_t number = 0) {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slot_of(words_of(text), text, number);
    return slot.entry != none ? &entries_[slot.entry - 1].value : nullptr;
  }

  // Of what find() did not find.
  Value& put(std::string_view text, std::uint64_t number, Value value) {
    if (2 * (entries_.size() + 1) > slots_.size()) grow();
    const Words words = words_of(text);
    Slot& slot = slot_of(words, text, number);
    entries_.push_back({std::string(text), std::move(value)});
    slot = {
        words, number, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(entries_.size())};
    return entries_.back().value;
  }

  std::size_t size() const { return entries_.size(); }
  void clear() {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    entries_.clear();
  }

  // Calls visit(text, value), in the order in which they were put.
  template <class Visit>
  void each(Visit visit) const {
    for (const Entry& entry : entries_) visit(std::string_view(entry.text), entry.value);
  }
  template <class Visit>
  void each(Visit visit) {
    for (Entry& entry : entries_) visit(std::string_view(entry.text), entry.value);
  }

 private:
  static constexpr std::size_t word = sizeof(std::uint64_t);
  static constexpr std::size_t few = 16;  // slots at first: a one-off touches little memory

  struct Words {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(const Words&, const Words&) = default;
  };
  static constexpr std::uint32_t none = 0;
  struct Slot {
    Words words;
    std::uint64_t number = 0;
    std::uint32_t size = 0;      // of the text
    std::uint32_t entry = none;  // its index + 1
  };
  struct Entry {
    std::string text;
    Value value;
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

  // Both halves of the product: each bit of one factor moves bits all over it, by the other factor,
  // which holds a part of the secret (after wyhash, github.com/wangyi-fudan/wyhash, public domain).
  static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Product = unsigned __int128;
    const Product product = static_cast<Product>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  std::size_t hash(const Words& words, std::string_view text, std::uint64_t number) const {
    std::uint64_t h = fold(words.first ^ secret_[0], words.last ^ secret_[1]);
    for (std::size_t at = word; at + word < text.size(); at += word)
      h = fold(h ^ load(text.data() + at, word), secret_[2]);
    return static_cast<std::size_t>(fold(h ^ number, secret_[3] ^ text.size()));
  }

  // Is what lies between the first word and the last of a text the same in the entry's?
  bool same_middle(const Slot& slot, std::string_view text) const {
    if (text.size() <= 2 * word) return true;
    const char* const known = entries_[slot.entry - 1].text.data();
    std::uint64_t difference = 0;
    for (std::size_t at = word; at + word < text.size(); at += word)
      difference |= load(known + at, word) ^ load(text.data() + at, word);
    return difference == 0;
  }

  // The slot of the text, or the free one it would take.
  Slot& slot_of(const Words& words, std::string_view text, std::uint64_t number) {
    for (std::size_t at = hash(words, text, number);; ++at) {
      Slot& slot = slots_[at & mask_];
      if (slot.entry == none) return slot;
      if (slot.words == words && slot.number == number && slot.size == text.size() && same_middle(slot, text))
        return slot;
    }
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? few : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.entry != none) slot_of(slot.words, entries_[slot.entry - 1].text, slot.number) = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two
  std::vector<Entry> entries_;
  std::size_t mask_ = 0;  // of a slot's place
  HashSecret secret_ = hash_secret();
};

}  // namespace footpound
