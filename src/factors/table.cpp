// SPDX-License-Identifier: MIT
#include "footpound/factors/table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/letters.hpp"

namespace footpound {

namespace {

// Dropped from hardware names wherever they stand as a word of their own.
constexpr std::array<std::string_view, 24> vendor_words = {
    "nvidia", "tesla",    "amd",     "instinct", "geforce", "intel", "google", "radeon",
    "habana", "graphcore", "cerebras", "huawei",  "apple",   "aws",   "arm",    "cpu",
    "gpu",    "processor", "core",    "quadro",   "ati",     "corporation", "inc", "genuine",
};

constexpr bool is_break(char c) { return c == ' ' || c == '-' || c == '_' || c == '\t'; }

bool is_vendor_word(std::string_view lowered_word) {
  for (const std::string_view vendor : vendor_words) {
    if (vendor == lowered_word) return true;
  }
  return false;
}

// Bytes of the vendor word that `word` begins with and goes on behind ("GeForceRTX3090"); short
// ones begin too many other words.
std::size_t vendor_prefix(std::string_view word) {
  for (const std::string_view vendor : vendor_words) {
    if (vendor.size() < 5 || word.size() <= vendor.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < vendor.size(); ++i) same = same && lower(word[i]) == vendor[i];
    if (same) return vendor.size();
  }
  return 0;
}

// "64-Core" in "AMD EPYC 7742 64-Core Processor": the count says nothing a name does not.
std::size_t core_count_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
  if (i == 0 || text.size() < i + 5) return 0;
  for (std::size_t k = 0; k < 5; ++k) {
    if (lower(text[i + k]) != std::string_view("-core")[k]) return 0;
  }
  const std::size_t end = i + 5;
  return end == text.size() || text[end] == ' ' ? end : 0;
}

// Hands out the characters of `text` that remain after folding, one by one. Works on the text
// itself, so that comparing and hashing allocate nothing.
class Folded {
 public:
  Folded(std::string_view text, Fold fold) : text_(text), fold_(fold) {
    if (fold_ == Fold::hardware) text_ = text_.substr(0, text_.find('@'));  // "CPU @ 2.40GHz"
    // a name of vendor words alone ("Tesla") keeps them
    if (fold_ == Fold::hardware && only_vendor_words()) fold_ = Fold::name;
  }

  // 0 at the end
  char next() {
    if (fold_ == Fold::exact) {
      return at_ < text_.size() ? text_[at_++] : '\0';
    }
    while (at_ < text_.size()) {
      if (at_ >= word_end_) start_word();
      if (at_ >= text_.size()) break;
      const char c = text_[at_++];
      if (is_break(c)) continue;
      if (c == '(') {
        const std::size_t mark = mark_length(text_.substr(at_ - 1));
        if (mark > 0) {
          at_ += mark - 1;
          continue;
        }
      }
      return lower(c);
    }
    return '\0';
  }

 private:
  static std::size_t mark_length(std::string_view text) {
    for (const std::string_view mark : {"(r)", "(tm)", "(c)"}) {
      if (text.size() < mark.size()) continue;
      bool same = true;
      for (std::size_t i = 0; i < mark.size(); ++i) same = same && lower(text[i]) == mark[i];
      if (same) return mark.size();
    }
    return 0;
  }

  // At the first character of a word: finds its end, and steps over it if it is a vendor's.
  void start_word() {
    while (at_ < text_.size()) {
      while (at_ < text_.size() && is_break(text_[at_])) ++at_;
      if (fold_ == Fold::hardware) {
        const std::size_t cores = core_count_length(text_.substr(at_));
        if (cores > 0) {
          at_ += cores;
          continue;
        }
      }
      std::size_t end = at_;
      std::array<char, 16> word{};
      std::size_t length = 0;
      while (end < text_.size() && !is_break(text_[end]) && text_[end] != '(') {
        if (length < word.size()) word[length] = lower(text_[end]);
        ++length;
        ++end;
      }
      if (end == at_ && at_ < text_.size()) ++end;  // a word that begins with '('
      word_end_ = end;
      if (fold_ != Fold::hardware) return;
      if (length > word.size() || !is_vendor_word({word.data(), length})) {
        const std::size_t prefix = vendor_prefix(text_.substr(at_, end - at_));
        if (prefix == 0) return;
        at_ += prefix;
        continue;
      }
      at_ = end;
      const std::size_t mark = mark_length(text_.substr(at_));  // "Intel(R)"
      at_ += mark;
    }
  }

  bool only_vendor_words() const {
    Folded rest(text_);
    return rest.next() == '\0';
  }
  explicit Folded(std::string_view text) : text_(text), fold_(Fold::hardware) {}

  std::string_view text_;
  Fold fold_;
  std::size_t at_ = 0;
  std::size_t word_end_ = 0;
};

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

std::uint64_t folded_hash(std::string_view name, Fold fold) {
  if (fold == Fold::exact) return exact_hash(name);
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a, 64 bit
  Folded folded(name, fold);
  while (const char c = folded.next()) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash ^ (hash >> 29);
}

bool folds_alike(std::string_view a, std::string_view b, Fold fold) {
  if (fold == Fold::exact) return a == b;
  Folded left(a, fold);
  Folded right(b, fold);
  while (true) {
    const char x = left.next();
    if (x != right.next()) return false;
    if (x == '\0') return true;
  }
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
  rows.erase(std::remove_if(rows.begin(), rows.end(), [&](Row row) { return row.layer() != latest; }), rows.end());
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
  std::uint64_t slot = folded_hash(id, Fold::exact) & image_.id_slot_mask;
  for (;; slot = (slot + 1) & image_.id_slot_mask) {
    const std::uint32_t entry = image_.id_slots[slot];
    if (entry == 0) return {};
    const Row found(this, entry - 1);
    if (found.id() == id) return found;
  }
}

}  // namespace footpound
