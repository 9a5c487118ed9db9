// SPDX-License-Identifier: MIT
#include "factors/hardware_words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/letters.hpp"
#include "footpound/base/error.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(
      words.begin(), words.end(), [&](std::string_view w) { return same_without_case(word, w); });
}

constexpr std::string_view device_words[] = {"gpu", "gpus", "tpu", "tpus", "accelerator", "accelerators",
    "device", "devices", "chip", "chips", "unit", "units", "gcd", "gcds", "ipus"};
constexpr std::string_view board_words[] = {"board", "boards", "module", "modules", "card", "cards"};
constexpr std::string_view core_words[] = {"core", "cores"};
constexpr std::string_view node_words[] = {
    "node", "nodes", "server", "servers", "machine", "machines", "host", "hosts", "vm", "vms"};
constexpr std::string_view memory_words[] = {"hbm2", "hbm2e", "hbm3", "hbm3e", "hbm", "gddr5", "gddr5x",
    "gddr6", "gddr6x", "gddr7", "vram", "memory", "ram", "mem"};
constexpr std::string_view filler[] = {"a", "an", "the", "of", "with", "in", "using", "used", "total", "each",
    "per", "on", "across", "over", "at"};

// Signs that look alike in print, as a keyboard has them; brackets, commas and signs of multiplication stand
// apart.
std::string plain_signs(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> signs[] = {{"\xC3\x97", " x "},
      {"\xE2\x9C\x95", " x "}, {"\xE2\x9C\x96", " x "}, {"\xC2\xA0", " "}, {"\xE2\x80\xAF", " "},
      {"\xE2\x80\x89", " "}, {"\xE2\x80\x93", "-"}, {"\xE2\x80\x94", "-"}, {"\xE2\x80\x91", "-"},
      {"\xC2\xAE", ""}, {"\xE2\x84\xA2", ""}, {"(R)", " "}, {"(r)", " "}, {"(TM)", " "}, {"(tm)", " "},
      {"(s)", "s"}, {"*", " x "}, {"(", " ( "}, {"[", " ( "}, {")", " ) "}, {"]", " ) "}, {";", " "},
      {":", " "}, {"|", " "}, {"~", " "}, {"\t", " "}, {"/node", " per node "}};
  std::string out;
  while (!text.empty()) {
    const auto* const sign =
        std::find_if(std::begin(signs), std::end(signs), [&](auto& s) { return text.starts_with(s.first); });
    const bool thousands = text.front() == ',' && !out.empty() && is_digit(out.back()) && text.size() >= 4 &&
                           is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
                           (text.size() == 4 || !is_digit(text[4]));
    if (sign != std::end(signs)) {
      out += sign->second;
    } else if (text.front() == ',') {
      if (!thousands) out += ' ';  // "1,024 GPUs" is a number
    } else {
      out += text.front();
    }
    text.remove_prefix(sign != std::end(signs) ? sign->first.size() : 1);
  }
  return out;
}

// "8xA100" and "A100x8" are two words; "RX7900XTX", "RTX3090" and "TX2" are one.
void part_count(std::string word, std::vector<std::string>& words) {
  std::size_t digits = 0;
  while (digits < word.size() && is_digit(word[digits])) ++digits;
  if (digits > 0 && digits + 1 < word.size() && lower(word[digits]) == 'x') {
    const std::string rest = word.substr(digits + 1);
    if (!same_without_case(rest, "t") && !same_without_case(rest, "tx")) {
      words.push_back(word.substr(0, digits + 1));
      return part_count(rest, words);
    }
  }
  std::size_t begin = word.size();
  while (begin > 0 && is_digit(word[begin - 1])) --begin;
  if (begin > 1 && begin < word.size() && lower(word[begin - 1]) == 'x') {
    const std::string name = word.substr(0, begin - 1);
    if (std::any_of(name.begin(), name.end(), is_digit)) {
      words.push_back(name);
      words.push_back(word.substr(begin - 1));
      return;
    }
  }
  words.push_back(std::move(word));
}

// "A100-SXM4-80GB" is three words.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : plain_signs(text) + " ") {
    if (c != ' ' && c != '-' && c != '_') {
      word += c;
    } else if (!word.empty()) {
      part_count(std::move(word), words);
      word.clear();
    }
  }
  return words;
}

std::optional<double> plain_number_of(std::string_view word) {
  double number = 0;
  if (word.empty() || !is_digit(word.front()) || !is_digit(word.back()) || !parse_number(word, number))
    return std::nullopt;
  return number;
}

// "80GB", "80G", "24576MiB", "40/80GB"; empty where it is none. `unit` is what follows a bare number.
std::vector<double> memory_of(std::string_view word, std::string_view unit) {
  std::size_t end = word.size();
  while (end > 0 && is_letter(word[end - 1])) --end;
  if (end == 0) return {};
  if (end < word.size()) unit = word.substr(end);
  double scale = 0;
  for (const std::string_view gigabytes : {"gb", "g", "gib", "gbs", "go"}) {
    if (same_without_case(unit, gigabytes)) scale = 1;
  }
  // drivers print what boards call GB as 1024 MiB each
  for (const std::string_view megabytes : {"mib", "mb"}) {
    if (same_without_case(unit, megabytes)) scale = 1024;
  }
  if (scale == 0) return {};
  std::vector<double> list;
  std::string_view numbers = word.substr(0, end);
  while (true) {
    const std::size_t slash = numbers.find('/');
    const std::optional<double> number = plain_number_of(numbers.substr(0, slash));
    if (!number) return {};
    list.push_back(*number / scale);
    if (slash == std::string_view::npos) return list;
    numbers.remove_prefix(slash + 1);
  }
}

bool is_form(std::string_view word) {
  const std::string small = lower_case(word);
  return small == "pcie" || small == "oam" || small == "sxm" ||
         (small.size() == 4 && small.starts_with("sxm") && is_digit(small[3]));
}

Error unclear(std::string_view text, std::string what, std::string instead) {
  return Error{ErrorKind::ambiguous, {}, in_quotes(text) + " " + std::move(what), std::move(instead)};
}

// How a stated number of nodes goes with the count.
enum class Nodes : unsigned char { unclear, multiply, hold_all };

class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text), words_(words_of(text)) {}

  Result<HardwareWords> read() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      if (!read_sign() && !read_amount() && !read_plain_word()) set_aside_or_name();
    }
    if (several_counts_) return unclear(text_, "holds several counts", "write it once, 8 x A100");
    return with_nodes();
  }

 private:
  std::string_view word(std::size_t ahead = 0) const {
    return at_ + ahead < words_.size() ? std::string_view(words_[at_ + ahead]) : std::string_view();
  }
  std::string_view word_before() const {
    return at_ > 0 ? std::string_view(words_[at_ - 1]) : std::string_view();
  }

  void count(double n) {
    several_counts_ = several_counts_ || (out_.count && *out_.count != n);
    out_.count = n;
  }

  bool read_sign() {
    if (word() == "(") return brackets_ = true;
    if (word() == ")") return brackets_ = false, true;
    if (same_without_case(word(), "pci") && same_without_case(word(1), "e")) {
      out_.form = "pcie";
      return ++at_, true;
    }
    return false;
  }

  // Counts, memory, nodes.
  bool read_amount() {
    const std::optional<double> number = plain_number_of(word());
    const std::string_view next = word(1);
    std::vector<double> memory = memory_of(word(), {});
    if (memory.empty() && (number || word().find('/') != std::string_view::npos)) {
      memory = memory_of(word(), next);
      if (!memory.empty()) ++at_;
    }
    if (!memory.empty()) {
      out_.memory_gb.insert(out_.memory_gb.end(), memory.begin(), memory.end());
      return true;
    }
    const bool times_before = same_without_case(word_before(), "x");
    const std::optional<double> said = count_of_word(word());
    if (said && is_one_of(next, node_words)) {
      nodes_ = *said;
      const std::string_view after = word(2);
      const bool times_after =
          same_without_case(after, "x") || same_without_case(after, "of") || same_without_case(after, "with");
      if (times_before || times_after || !is_digit(word().back())) how_ = Nodes::multiply;
      for (const std::string_view holds : {"on", "across", "over"}) {
        if (same_without_case(word_before(), holds)) how_ = Nodes::hold_all;
      }
      return ++at_, true;
    }
    if (number && same_without_case(next, "x")) {  // 8 x A100
      // "4090 x 2": the second is the count
      if (at_ > 0 && !brackets_ && !out_.name.empty()) return false;
      if (plain_number_of(word(2)) && at_ == 0 && *number >= 1000) return false;
      count(*number);
      return ++at_, true;
    }
    if (same_without_case(word(), "x") && plain_number_of(next) && !out_.name.empty() &&
        !is_one_of(word(2), node_words)) {  // A100 x 8
      count(*plain_number_of(next));
      return ++at_, true;
    }
    if (same_without_case(word(), "x") && at_ + 1 < words_.size() &&
        (count_of_word(next) || nodes_ > 0 || out_.count) && out_.name.empty())
      return true;                                                                      // 2 nodes x 8 A100
    if (same_without_case(word(), "x") && is_one_of(word(2), node_words)) return true;  // x 16 nodes
    if (!said) return false;
    if (!number) return count(*said), true;  // 8x, x8, dual
    const bool counts = is_one_of(next, device_words) || is_one_of(next, board_words) ||
                        is_one_of(next, core_words) || same_without_case(next, "per") ||
                        same_without_case(next, "each");
    if (counts && brackets_) return count(*number), true;
    const bool in_front = out_.name.empty() && out_.front_number.empty() && !brackets_;
    if (!in_front || out_.count || at_ + 1 == words_.size()) return false;
    out_.front_number = word();
    return true;
  }

  bool read_plain_word() {
    if (is_form(word())) {
      out_.form = lower_case(word());
      return true;
    }
    if (same_without_case(word(), "each") ||
        (same_without_case(word(), "per") && is_one_of(word(1), node_words))) {
      if (nodes_ == 0 || how_ == Nodes::unclear) how_ = Nodes::multiply;
      if (is_one_of(word(1), node_words)) ++at_;
      return true;
    }
    if (is_one_of(word(), board_words)) return out_.counted = Counted::boards, true;
    if (is_one_of(word(), core_words) && (out_.count || !out_.front_number.empty()) &&
        !same_without_case(word_before(), "tensor"))
      return out_.counted = Counted::cores, true;
    if (is_one_of(word(), memory_words) && (!out_.memory_gb.empty() || brackets_)) return true;
    return is_one_of(word(), filler) || is_device_word();
  }

  // "TPU v3" and "GPU Max 1100" are names.
  bool is_device_word() const {
    if (!is_one_of(word(), device_words)) return false;
    const bool begins_name = out_.name.empty() && at_ + 1 < words_.size();
    const bool is_tpu = same_without_case(word(), "tpu") || same_without_case(word(), "tpus");
    return !(is_tpu && begins_name) && !same_without_case(word_before(), "center") &&
           !same_without_case(word_before(), "google");
  }

  void set_aside_or_name() {
    if (!brackets_) {
      out_.name.emplace_back(word());
      out_.last_is_counted =
          plain_number_of(word()) && (is_one_of(word(1), device_words) || is_one_of(word(1), board_words) ||
                                         is_one_of(word(1), core_words));
      return;
    }
    out_.aside += out_.aside.empty() ? "" : " ";
    out_.aside += word();
  }

  Result<HardwareWords> with_nodes() {
    const std::optional<double> front =
        out_.count || out_.front_number.empty() ? out_.count : plain_number_of(out_.front_number);
    if (nodes_ <= 1 || how_ == Nodes::hold_all) return std::move(out_);
    if (!front) {
      return unclear(text_, "does not say how many a node has",
          "state the number of all with --gpu-count, or write 2 nodes of 8 x A100");
    }
    if (how_ == Nodes::unclear) {
      return unclear(text_, "may be " + plain_number(*front, 15) + " in all or on each node",
          "write " + plain_number(*front, 15) + " or " + plain_number(*front * nodes_, 15) +
              ", the number of all");
    }
    out_.nodes = nodes_;
    return std::move(out_);
  }

  std::string_view text_;
  std::vector<std::string> words_;
  std::size_t at_ = 0;
  HardwareWords out_;
  bool brackets_ = false;
  bool several_counts_ = false;
  double nodes_ = 0;
  Nodes how_ = Nodes::unclear;
};

}  // namespace

std::optional<double> count_of_word(std::string_view word) {
  constexpr std::pair<std::string_view, double> words[] = {{"one", 1}, {"single", 1}, {"two", 2}, {"dual", 2},
      {"double", 2}, {"three", 3}, {"four", 4}, {"quad", 4}, {"five", 5}, {"six", 6}, {"seven", 7},
      {"eight", 8}, {"sixteen", 16}};
  for (const auto& [name, number] : words) {
    if (same_without_case(word, name)) return number;
  }
  if (word.size() > 1 && lower(word.front()) == 'x') {
    word.remove_prefix(1);
  } else if (word.size() > 1 && lower(word.back()) == 'x') {
    word.remove_suffix(1);
  }
  return plain_number_of(word);
}

std::vector<std::string> without_epithets(const std::vector<std::string>& name) {
  static constexpr std::string_view epithets[] = {"tensor", "core", "cores", "graphics", "generation",
      "edition", "series", "ampere", "hopper", "volta", "turing", "kepler", "maxwell", "lovelace",
      "blackwell", "architecture", "model", "cloud", "video", "gaming", "macbook", "mac", "imac", "studio",
      "mini", "air", "silicon", "gpu", "gpus", "founders", "oc", "desktop", "nvlink"};
  std::vector<std::string> left;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool of_macbook =
        i > 0 && same_without_case(name[i], "pro") && same_without_case(name[i - 1], "macbook");
    if (!of_macbook && !is_one_of(name[i], epithets)) left.push_back(name[i]);
  }
  return left;
}

Result<HardwareWords> take_hardware_apart(std::string_view text) { return Reading(text).read(); }

CpuWords take_cpu_apart(std::string_view text) {
  std::string plain = plain_signs(text.substr(0, text.find('@')));
  for (const std::string_view behind : {" ( ", " with ", " w/ ", " mit "})
    plain = plain.substr(0, plain.find(behind));
  CpuWords cpu;
  std::vector<std::string> words;
  std::string word;
  for (const char c : plain + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  const auto take_count = [&](std::size_t at) {
    cpu.count = count_of_word(words[at]);
    if (cpu.count) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
  };
  if (words.size() > 1) take_count(0);
  if (cpu.count && !words.empty() && same_without_case(words.front(), "x")) words.erase(words.begin());
  const bool times = words.size() > 2 && same_without_case(words[words.size() - 2], "x");
  if (!cpu.count && words.size() > 1 && (times || lower(words.back().front()) == 'x'))
    take_count(words.size() - 1);
  if (times && cpu.count && same_without_case(words.back(), "x")) words.pop_back();
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {  // "12th Gen"
    if (!is_digit(words[i].front()) || !same_without_case(words[i + 1], "gen")) continue;
    words.erase(
        words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(i + 2));
    break;
  }
  for (const std::string& each : words) {
    const bool is_plural = same_without_case(each, "cpus") || same_without_case(each, "processors");
    if (!is_plural) cpu.name += (cpu.name.empty() ? "" : " ") + each;
  }
  return cpu;
}

}  // namespace footpound
