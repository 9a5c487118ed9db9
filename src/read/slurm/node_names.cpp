// SPDX-License-Identifier: MIT
#include "read/slurm/node_names.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace footpound {

namespace {

class Expander {
 public:
  Expander(std::size_t most, const std::function<bool(std::string_view)>& visit)
      : left_(most), visit_(visit) {}

  // `rest` is what follows the name made so far, without commas outside of brackets. False:
  // stop, for `wrong()` or because the visitor has had enough.
  bool expand(std::string_view rest) {
    const std::size_t open = rest.find('[');
    const std::size_t before = name_.size();
    name_ += rest.substr(0, open);
    const bool more = open == std::string_view::npos ? finish() : ranges(rest.substr(open + 1));
    name_.resize(before);
    return more;
  }

  const char* wrong() const { return wrong_; }

 private:
  bool fail(const char* what) {
    wrong_ = what;
    return false;
  }

  bool finish() {
    if (name_.empty()) return fail("has an empty name");
    if (left_-- == 0) return fail("has too many nodes");
    return visit_(name_);
  }

  // "011-014,020]" and what follows the bracket.
  bool ranges(std::string_view text) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return fail("lacks a closing bracket");
    const std::string_view rest = text.substr(close + 1);
    std::string_view list = text.substr(0, close);
    while (true) {
      const std::size_t comma = list.find(',');
      if (!range(list.substr(0, comma), rest)) return false;
      if (comma == std::string_view::npos) return true;
      list.remove_prefix(comma + 1);
    }
  }

  bool range(std::string_view text, std::string_view rest) {
    const std::size_t dash = std::min(text.find('-'), text.size());
    const std::string_view first = text.substr(0, dash);
    const std::string_view last = dash == text.size() ? first : text.substr(dash + 1);
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    if (!number(first, low) || !number(last, high) || high < low)
      return fail("has brackets that hold no numbers");
    const std::size_t before = name_.size();
    for (std::uint64_t n = low;; ++n) {
      const std::string digits = std::to_string(n);
      if (digits.size() < first.size()) name_.append(first.size() - digits.size(), '0');
      name_ += digits;
      const bool more = expand(rest);
      name_.resize(before);
      if (!more) return false;
      if (n == high) return true;
    }
  }

  static bool number(std::string_view text, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && error == std::errc() && end == text.data() + text.size();
  }

  std::string name_;
  std::size_t left_;
  const std::function<bool(std::string_view)>& visit_;
  const char* wrong_ = nullptr;
};

// Where the first name of a list ends: its comma outside of brackets.
std::size_t name_end(std::string_view list) {
  bool inside = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '[') inside = true;
    if (list[i] == ']') inside = false;
    if (list[i] == ',' && !inside) return i;
  }
  return list.size();
}

}  // namespace

const char* each_node(
    std::string_view list, std::size_t most, const std::function<bool(std::string_view)>& visit) {
  Expander expander(most, visit);
  while (true) {
    const std::size_t end = name_end(list);
    const std::string_view one = list.substr(0, end);
    // names of machines have few numbers; more brackets than that are no list of nodes
    if (std::count(one.begin(), one.end(), '[') > 4) return "has too many brackets";
    if (!expander.expand(one)) return expander.wrong();
    if (end == list.size()) return nullptr;
    list.remove_prefix(end + 1);
  }
}

}  // namespace footpound
