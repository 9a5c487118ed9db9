// SPDX-License-Identifier: MIT
#include "read/slurm/cell_shape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "read/slurm/slurm_tres.hpp"
#include "units/amount.hpp"
#include "units/instant.hpp"

namespace footpound {

namespace {

using View = std::string_view;

constexpr std::size_t most_surplus =
    64;  // cells: the readings that are looked at are its square by the columns

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool holds_any(View text, View letters) { return text.find_first_of(letters) != View::npos; }

bool is_one_of(View text, std::span<const View> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_state(View text) {
  constexpr std::array states = {View("BOOT_FAIL"), View("CANCELLED"), View("COMPLETED"), View("COMPLETING"),
      View("CONFIGURING"), View("DEADLINE"), View("FAILED"), View("NODE_FAIL"), View("OUT_OF_MEMORY"),
      View("PENDING"), View("PREEMPTED"), View("REQUEUED"), View("REQUEUE_HOLD"), View("REQUEUE_FED"),
      View("RESIZING"), View("RESV_DEL_HOLD"), View("REVOKED"), View("RUNNING"), View("SIGNALING"),
      View("SPECIAL_EXIT"), View("STAGE_OUT"), View("STOPPED"), View("SUSPENDED"), View("TIMEOUT")};
  return is_one_of(text.substr(0, text.find_first_of(" +")), states);
}

bool is_job_id(View text) {
  if (!is_digit(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
      [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || View("_+.[]%,-").find(c) != View::npos; });
}

bool is_time(View text) {
  constexpr std::array words = {View("Unknown"), View("None"), View("NA"), View("N/A")};
  return is_one_of(text, words) || parse_instant(text, 0);
}

bool is_elapsed(View text) {
  constexpr std::array words = {View("UNLIMITED"), View("Partition_Limit"), View("INVALID"), View("Unknown")};
  return is_one_of(text, words) || slurm_seconds(text);
}

bool is_number(View text) {
  if (holds_any(text.substr(0, 1), "KMGTPE?")) return false;
  while (!text.empty() && holds_any(text.substr(text.size() - 1), "KMGTPEcn?")) text.remove_suffix(1);
  double number = 0;
  return parse_number(text, number);
}

bool is_pair(View text) {
  const std::size_t colon = text.find(':');
  double number = 0;
  return colon != View::npos && parse_number(text.substr(0, colon), number) &&
         parse_number(text.substr(colon + 1), number);
}

bool is_tres(View text) {
  while (true) {
    const View entry = text.substr(0, text.find(','));
    const std::size_t equals = entry.find('=');
    if (equals == View::npos || equals == 0 || holds_any(entry, " ")) return false;
    if (entry.size() == text.size()) return true;
    text.remove_prefix(entry.size() + 1);
  }
}

}  // namespace

bool fits(CellShape shape, View text) {
  if (text.empty()) return true;
  switch (shape) {
    case CellShape::free:
    case CellShape::text: return true;
    case CellShape::path: return text.front() == '/';
    case CellShape::word: return !holds_any(text, " /=") || text == "None assigned";
    case CellShape::job_id: return is_job_id(text);
    case CellShape::state: return is_state(text);
    case CellShape::time: return is_time(text);
    case CellShape::elapsed: return is_elapsed(text);
    case CellShape::number: return is_number(text);
    case CellShape::pair: return is_pair(text);
    case CellShape::tres: return is_tres(text);
  }
  return false;
}

std::vector<std::size_t> only_reading(
    std::span<const CellShape> columns, std::span<const View> cells, char delimiter) {
  if (cells.size() < columns.size() || cells.size() - columns.size() > most_surplus) return {};
  const std::size_t surplus = cells.size() - columns.size();
  // they stand side by side in their row
  const auto joined = [&](std::size_t first, std::size_t count) {
    const View& last = cells[first + count - 1];
    return View(
        cells[first].data(), static_cast<std::size_t>(last.data() + last.size() - cells[first].data()));
  };
  const auto can_take = [&](std::size_t column, std::size_t first, std::size_t count) {
    return (count == 1 || may_hold_delimiter(columns[column], delimiter)) &&
           fits(columns[column], joined(first, count));
  };
  // ways[c][s]: in how many ways the columns from c on can be read, `s` cells too many being behind; 2 are
  // many
  std::vector<std::array<std::uint8_t, most_surplus + 1>> ways(columns.size() + 1);
  ways[columns.size()][surplus] = 1;
  for (std::size_t c = columns.size(); c-- > 0;) {
    for (std::size_t s = 0; s <= surplus; ++s) {
      int sum = 0;
      for (std::size_t more = 0; s + more <= surplus && sum < 2; ++more) {
        if (ways[c + 1][s + more] != 0 && can_take(c, c + s, 1 + more)) sum += ways[c + 1][s + more];
      }
      ways[c][s] = static_cast<std::uint8_t>(std::min(sum, 2));
    }
  }
  if (ways[0][0] != 1) return {};
  std::vector<std::size_t> counts;
  for (std::size_t c = 0, s = 0; c < columns.size(); ++c) {
    std::size_t more = 0;
    while (ways[c + 1][s + more] == 0 || !can_take(c, c + s, 1 + more)) ++more;
    counts.push_back(1 + more);
    s += more;
  }
  return counts;
}

}  // namespace footpound
