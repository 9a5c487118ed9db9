// SPDX-License-Identifier: MIT
#include "factors/table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/letters.hpp"

namespace footpound {

namespace {

// Dropped from hardware names wherever they stand as a word of their own. Sorted.
constexpr std::array<std::string_view, 24> vendor_words = {
    "amd",
    "apple",
    "arm",
    "ati",
    "aws",
    "cerebras",
    "core",
    "corporation",
    "cpu",
    "geforce",
    "genuine",
    "google",
    "gpu",
    "graphcore",
    "habana",
    "huawei",
    "inc",
    "instinct",
    "intel",
    "nvidia",
    "processor",
    "quadro",
    "radeon",
    "tesla",
};

// Index of the first of them that begins with each letter, 'a' = 0, or with a later one.
constexpr std::array<std::uint8_t, 27> vendors_from = [] {
  std::array<std::uint8_t, 27> from{};
  for (std::size_t letter = 0; letter < from.size(); ++letter) {
    while (from[letter] < vendor_words.size() &&
           static_cast<std::size_t>(vendor_words[from[letter]].front() - 'a') < letter)
      ++from[letter];
  }
  return from;
}();
static_assert(std::is_sorted(vendor_words.begin(), vendor_words.end()));

constexpr char no_letter = '\0';

// What a byte of a name becomes: itself without case; no_letter for what parts words.
constexpr std::array<char, 256> folded_byte = [] {
  std::array<char, 256> folded{};
  for (std::size_t i = 0; i < folded.size(); ++i) folded[i] = lower(static_cast<char>(i));
  for (const char part : {' ', '-', '_', '\t', '('}) folded[static_cast<unsigned char>(part)] = no_letter;
  return folded;
}();

// Bytes of the vendor word that `word`, folded, is or begins with and goes on behind ("geforcertx3090");
// short ones begin too many other words.
std::size_t vendor_length(std::string_view word) {
  if (word.front() < 'a' || word.front() > 'z') return 0;
  const auto letter = static_cast<std::size_t>(word.front() - 'a');
  for (std::size_t i = vendors_from[letter]; i < vendors_from[letter + 1]; ++i) {
    const std::string_view vendor = vendor_words[i];
    const bool may_be_it = word.size() == vendor.size() || vendor.size() >= 5;
    if (may_be_it && word.starts_with(vendor)) return vendor.size();
  }
  return 0;
}

// Does `text` begin with `word`, which has no capitals?
bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) { return w == lower(c); });
}

// "64-Core" in "AMD EPYC 7742 64-Core Processor": the count says nothing a name does not.
std::size_t core_count_length(std::string_view text) {
  constexpr std::string_view core = "-core";
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || !begins_with(text.substr(digits), core)) return 0;
  const std::size_t end = digits + core.size();
  return end == text.size() || text[end] == ' ' ? end : 0;
}

std::size_t mark_length(std::string_view text) {
  for (const std::string_view mark : {"(r)", "(tm)", "(c)"}) {
    if (begins_with(text, mark)) return mark.size();
  }
  return 0;
}

// Writes to `out` what remains of `text`; returns its end. `out` has room for all of `text`.
char* fold_words(std::string_view text, bool drop_vendors, char* out) {
  while (true) {
    if (drop_vendors) text.remove_prefix(core_count_length(text));
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
      const char folded = folded_byte[static_cast<unsigned char>(text[end])];
      if (folded == no_letter) break;
      out[end] = folded;
    }
    if (end > 0) {
      std::size_t dropped = 0;
      while (drop_vendors && dropped < end) {
        const std::size_t vendor = vendor_length({out + dropped, end - dropped});
        if (vendor == 0) break;
        dropped += vendor;
      }
      if (dropped > 0 && core_count_length(text.substr(dropped)) > 0) {
        text.remove_prefix(dropped);  // "AMD64-Core"
        continue;
      }
      std::memmove(out, out + dropped, end - dropped);
      out += end - dropped;
      text.remove_prefix(end);
      if (dropped == end) text.remove_prefix(mark_length(text));  // "Intel(R)"
    } else if (text.empty()) {
      return out;
    } else {
      const std::size_t mark = mark_length(text);
      if (mark == 0 && text.front() == '(') *out++ = '(';
      text.remove_prefix(std::max<std::size_t>(mark, 1));
    }
  }
}

std::uint64_t exact_hash(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::uint64_t hash = text.size();
  const auto take = [&](std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), bytes);
    text.remove_prefix(bytes);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
  };
  while (text.size() >= step) take(step);
  if (!text.empty()) take(text.size());
  return hash;
}

}  // namespace

Folded::Folded(std::string_view name, Fold fold) {
  if (fold == Fold::exact) {
    text_ = name;
  } else {
    if (fold == Fold::hardware) name = name.substr(0, name.find('@'));  // "CPU @ 2.40GHz"
    char* out = few_.data();
    if (name.size() > few_.size()) {
      many_.resize(name.size());
      out = many_.data();
    }
    char* end = fold_words(name, fold == Fold::hardware, out);
    if (end == out) end = fold_words(name, false, out);  // a name of vendor words alone ("Tesla") keeps them
    text_ = {out, static_cast<std::size_t>(end - out)};
  }
  hash_ = exact_hash(text_);
}

bool folds_alike(std::string_view a, std::string_view b, Fold fold) {
  return fold == Fold::exact ? a == b : Folded(a, fold).text() == Folded(b, fold).text();
}

bool Row::has(int column) const { return column >= 0 && table_->cell(index_, column) != no_cell; }

std::string_view Row::text(int column) const {
  if (!has(column)) return {};
  return table_->text_at(table_->cell(index_, column));
}

std::optional<double> Row::number(int column) const {
  if (!has(column)) return std::nullopt;
  return std::bit_cast<double>(table_->cell(index_, column));
}

bool Row::flag(int column) const { return has(column) && table_->cell(index_, column) != 0; }

unsigned Row::layer() const {
  const std::uint16_t* files = table_->image().files;
  return files == nullptr ? 0 : files[index_];
}

void keep_latest_layer(std::vector<Row>& rows) {
  unsigned latest = 0;
  for (const Row row : rows) latest = std::max(latest, row.layer());
  rows.erase(
      std::remove_if(rows.begin(), rows.end(), [&](Row row) { return row.layer() != latest; }), rows.end());
}

std::string_view Row::sources() const { return text(find_column(table_->def(), "source")); }
std::string_view Row::method() const { return text(find_column(table_->def(), "method")); }
std::string_view Row::note() const { return text(find_column(table_->def(), "note")); }
std::optional<int> Row::year() const {
  const std::optional<double> year = number(find_column(table_->def(), "year"));
  if (!year) return std::nullopt;
  return static_cast<int>(*year);
}

Row Table::find(std::string_view id) const {
  if (image_.id_slots == nullptr) return {};
  std::uint64_t slot = exact_hash(id) & image_.id_slot_mask;
  for (;; slot = (slot + 1) & image_.id_slot_mask) {
    const std::uint32_t entry = image_.id_slots[slot];
    if (entry == 0) return {};
    const Row found(this, entry - 1);
    if (found.id() == id) return found;
  }
}

}  // namespace footpound
