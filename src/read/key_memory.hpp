// SPDX-License-Identifier: MIT
// The keys of an NDJSON stream, and what each means to us, remembered from one record to the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/column_meaning.hpp"
#include "text/record_pattern.hpp"

namespace footpound {

// What a key means to us.
struct KnownKey {
  std::string raw;  // as its file writes it; "" where it has escapes and is not remembered
  ColumnMeaning meaning;
  FieldSetter setter{};  // where it is a field
  bool vague = false;    // refused: "power"
  bool kept = false;     // in Record::own_fields
};

inline KnownKey known_key(const ReaderOptions& options, std::string_view raw, std::string_view key) {
  KnownKey known;
  if (raw == key) known.raw = raw;
  known.meaning = meaning_of(key);
  known.vague = known.meaning.field == nullptr && refused_field(key).has_value();
  if (known.meaning.field != nullptr) known.setter = known.meaning.field->setter;
  known.kept = known.meaning.output != nullptr || keeps(options, key);
  return known;
}

// Records of one stream mostly have the same keys in the same order: what stood at this place in
// the record before is expected first.
class KeyMemory {
 public:
  std::string_view expected(std::size_t place) const {
    return place < keys_.size() ? std::string_view(keys_[place].raw) : std::string_view();
  }
  const KnownKey& at(std::size_t place) const { return keys_[place]; }
  // Valid until the next call.
  const KnownKey& remember(KnownKey key, std::size_t place) {
    if (place >= most_places) return overflow_ = std::move(key);
    if (place >= keys_.size()) keys_.resize(place + 1);
    return keys_[place] = std::move(key);
  }

  // Of a good record that had the keys of the one before, whose values stand at `values` in it, where
  // there is nothing about the keys that has to be looked at again in the next.
  void make_pattern(std::string_view raw, std::span<const std::string_view> values) {
    pattern_.clear();
    // a return at its end (its line had two) would be the line end's own in the next record
    if (raw.ends_with('\r')) return;
    const auto is_usual = [](const KnownKey& key) {
      return !key.raw.empty() && !key.vague && key.meaning.output == nullptr;
    };
    if (values.size() > keys_.size() ||
        !std::all_of(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(values.size()), is_usual))
      return;
    const char* at = raw.data();
    for (const std::string_view value : values) {
      pattern_.expect({at, static_cast<std::size_t>(value.data() - at)});
      at = value.data() + value.size();
    }
    pattern_.expect_end({at, static_cast<std::size_t>(raw.data() + raw.size() - at)});
  }
  void forget_pattern() { pattern_.clear(); }
  const RecordPattern& pattern() const { return pattern_; }

 private:
  static constexpr std::size_t most_places = 256;
  RecordPattern pattern_;
  std::vector<KnownKey> keys_;
  KnownKey overflow_;
};

}  // namespace footpound
