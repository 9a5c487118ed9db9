// SPDX-License-Identifier: MIT
#include "measure/logs/headings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/letters.hpp"
#include "measure/logs/log_lines.hpp"

namespace footpound::measure {

namespace {

using Role = Heading::Role;
using Words = std::vector<std::string>;

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word_letter(char c) {
  return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// "gpu_0.powerWatts" -> gpu, 0, power, Watts; "CPUPower" -> CPU, Power. Units keep their letters: mW.
Words words_of(std::string_view text) {
  Words out;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_word_letter(c)) {
      end_word();
      continue;
    }
    const std::size_t size = word.size();
    const bool after_lower = size >= 2 && is_lower(word[size - 1]) && (is_lower(word[size - 2]) || size > 2);
    const bool begins_word = size >= 2 && !is_lower(word[size - 1]) && i + 2 < text.size() &&
                             is_lower(text[i + 1]) && is_lower(text[i + 2]);
    if (is_upper(c) && (after_lower || begins_word)) end_word();
    word += c;
  }
  end_word();
  return out;
}

struct Unit {
  std::string_view text;
  double size;
};
// Read as written first, then in small letters: MW are megawatts, but power_mw are milliwatts.
constexpr std::array power_units = {Unit{"W", 1}, Unit{"w", 1}, Unit{"watt", 1}, Unit{"watts", 1},
    Unit{"kW", 1e3}, Unit{"kw", 1e3}, Unit{"kilowatts", 1e3}, Unit{"MW", 1e6}, Unit{"mW", 1e-3},
    Unit{"mw", 1e-3}, Unit{"milliwatt", 1e-3}, Unit{"milliwatts", 1e-3}, Unit{"uw", 1e-6}, Unit{"µw", 1e-6},
    Unit{"\xCE\xBCW", 1e-6}, Unit{"µW", 1e-6}, Unit{"microwatt", 1e-6}, Unit{"microwatts", 1e-6}};
constexpr std::array time_units = {Unit{"s", 1}, Unit{"sec", 1}, Unit{"secs", 1}, Unit{"second", 1},
    Unit{"seconds", 1}, Unit{"ms", 1e-3}, Unit{"msec", 1e-3}, Unit{"millis", 1e-3}, Unit{"millisecond", 1e-3},
    Unit{"milliseconds", 1e-3}, Unit{"us", 1e-6}, Unit{"usec", 1e-6}, Unit{"µs", 1e-6},
    Unit{"microseconds", 1e-6}, Unit{"ns", 1e-9}, Unit{"nsec", 1e-9}, Unit{"nanoseconds", 1e-9},
    Unit{"min", 60}, Unit{"mins", 60}, Unit{"minutes", 60}, Unit{"h", 3600}, Unit{"hr", 3600},
    Unit{"hrs", 3600}, Unit{"hours", 3600}};

template <class Units>
std::optional<double> unit_of(const Units& units, std::string_view word) {
  for (const std::string& text : {std::string(word), lower_case(word)}) {
    const auto* found =
        std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.text == text; });
    if (found != units.end()) return found->size;
  }
  return std::nullopt;
}

// A heading cut up: its words in small letters, and its unit as it stands there.
struct Parsed {
  Words words;
  std::string unit;       // the last word, or what stands in brackets behind all; "": there is none
  bool brackets = false;  // the unit stood in them
  bool has(std::string_view word) const { return std::find(words.begin(), words.end(), word) != words.end(); }
  template <class List>
  bool has_any(const List& list) const {
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return has(word); });
  }
  template <class List>
  bool has_only(const List& list) const {
    return !words.empty() && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(list.begin(), list.end(), std::string_view(word)) != list.end();
    });
  }
};

Parsed parsed(std::string_view text) {
  Parsed out;
  // Weights & Biases puts the run in front: "run-3 - system/gpu.0.powerWatts"
  if (const std::size_t run = text.rfind(" - "); run != std::string_view::npos) text.remove_prefix(run + 3);
  text = trimmed(text);
  if (!text.empty() && (text.back() == ']' || text.back() == ')')) {
    const std::size_t open = text.find_last_of("[(");
    const std::string_view inside = open == std::string_view::npos
                                        ? std::string_view()
                                        : trimmed(text.substr(open + 1, text.size() - open - 2));
    if (open != std::string_view::npos && !is_digits(inside)) {
      out.unit = inside;
      out.brackets = true;
      text = text.substr(0, open);
    }
  }
  for (const std::string& word : words_of(text)) {
    if (!out.brackets) out.unit = word;
    out.words.push_back(lower_case(word));
  }
  return out;
}

// Of watts that are no power drawn, or not all of what draws it.
constexpr std::array<std::string_view, 57> no_draw = {"limit", "cap", "capped", "max", "maximum", "min",
    "minimum", "peak", "tdp", "percent", "pct", "percentage", "utilization", "util", "state", "management",
    "mode", "factor", "energy", "joules", "wh", "kwh", "mwh", "enforced", "default", "requested", "reactive",
    "apparent", "std", "stddev", "stdev", "var", "variance", "count", "cost", "throttle", "throttling",
    "reasons", "violation", "profile", "cumulative", "budget", "target", "headroom", "efficiency", "per",
    "core", "cores", "uncore", "pp0", "pp1", "hours", "price", "rating", "rated", "setting", "status"};
constexpr std::array<std::string_view, 6> power_words = {
    "power", "pwr", "watt", "watts", "wattage", "powers"};
constexpr std::array<std::string_view, 4> total_words = {"total", "sum", "combined", "overall"};

constexpr std::array<std::string_view, 12> time_words = {"time", "timestamp", "datetime", "date", "epoch",
    "elapsed", "runtime", "ts", "t", "seconds", "secs", "unixtime"};
constexpr std::array<std::string_view, 24> words_beside_time = {"stamp", "relative", "wall", "unix", "utc",
    "local", "system", "run", "since", "start", "in", "of", "day", "sample", "process", "clock", "log", "iso",
    "the", "monotonic", "posix", "host", "gpu", "collection"};
constexpr std::array<std::string_view, 17> device_words = {"gpu", "device", "card", "accelerator", "index",
    "idx", "id", "uuid", "pci", "bus", "number", "num", "no", "minor", "serial", "cuda", "gpus"};
constexpr std::array<std::string_view, 8> host_words = {
    "host", "hostname", "node", "nodename", "server", "machine", "instance", "name"};
constexpr std::array<std::string_view, 6> name_words = {"name", "model", "gpu", "product", "device", "card"};

struct PartWord {
  std::string_view text;  // also with a number behind it
  Part part;
  std::string_view id;
};
// In the order in which they are looked for: "system/gpu.0.powerWatts" is a GPU's.
constexpr std::array part_words = {PartWord{"gpu", Part::accelerator, "gpu"},
    PartWord{"gpus", Part::accelerator, "gpu"}, PartWord{"cuda", Part::accelerator, "gpu"},
    PartWord{"card", Part::accelerator, "card"}, PartWord{"accelerator", Part::accelerator, "accelerator"},
    PartWord{"npu", Part::accelerator, "npu"}, PartWord{"tpu", Part::accelerator, "tpu"},
    PartWord{"ane", Part::accelerator, "ane"}, PartWord{"dram", Part::memory, "memory"},
    PartWord{"ram", Part::memory, "memory"}, PartWord{"memory", Part::memory, "memory"},
    PartWord{"mem", Part::memory, "memory"}, PartWord{"cpu", Part::cpu, "cpu"},
    PartWord{"cpus", Part::cpu, "cpu"}, PartWord{"processor", Part::cpu, "cpu"},
    PartWord{"package", Part::cpu, "package-"}, PartWord{"pkg", Part::cpu, "package-"},
    PartWord{"node", Part::node, "node"}, PartWord{"system", Part::node, "node"},
    PartWord{"server", Part::node, "node"}, PartWord{"host", Part::node, "node"},
    PartWord{"machine", Part::node, "node"}, PartWord{"wall", Part::node, "node"},
    PartWord{"psu", Part::node, "psu"}};

// The device in a heading: a word of a part, and the number in it or behind it.
void find_device(const Parsed& heading, Heading& out) {
  for (const PartWord& word : part_words) {
    for (std::size_t i = 0; i < heading.words.size(); ++i) {
      const std::string& text = heading.words[i];
      if (text.compare(0, word.text.size(), word.text) != 0) continue;
      std::string number = text.substr(word.text.size());
      if (!number.empty() && !is_digits(number)) continue;
      if (number.empty() && i + 1 < heading.words.size()) {
        const std::string& next = heading.words[i + 1];
        const bool pid = next == "process" && i + 2 < heading.words.size();
        if (is_digits(next)) number = next;
        if (pid && is_digits(heading.words[i + 2])) number = heading.words[i + 2];
      }
      // "power_gpu_0", but "gpu power 0" too
      if (number.empty() && is_digits(heading.words.back())) number = heading.words.back();
      out.part = word.part;
      std::string_view id = word.id;
      if (number.empty() && id.back() == '-') id.remove_suffix(1);
      out.id = std::string(id) + number;
      return;
    }
  }
  // "power0", "power 0"
  if (heading.words.empty()) return;
  const std::string& last = heading.words.back();
  const std::size_t digit = std::min(last.find_first_of("0123456789"), last.size());
  if (is_digits(last.substr(digit))) out.id = last.substr(digit);
}

bool is_power(const Parsed& heading, std::string_view text) {
  if (heading.has_any(no_draw) || text.find('%') != std::string_view::npos) return false;
  const std::string lower = lower_case(text);
  const std::string unit = lower_case(heading.unit);
  if (lower.find("/w") != std::string::npos || unit == "wh" || unit == "kwh" || unit == "mwh") return false;
  if (heading.has_any(power_words)) return true;
  // "power0", "pwr1"
  for (const std::string& word : heading.words) {
    if (word.compare(0, 5, "power") == 0 && is_digits(word.substr(5))) return true;
  }
  return unit_of(power_units, heading.unit).has_value();
}

Result<Heading> watts_of(const Parsed& heading, std::string_view text) {
  Heading out;
  out.role = Role::watts;
  out.unit = unit_of(power_units, heading.unit);
  if (!out.unit && heading.brackets) {
    Heading inside;
    find_device(parsed(heading.unit), inside);
    if (!inside.part) return Error{ErrorKind::bad_value, {}, in_quotes(text) + " is not in watts", {}};
  }
  // "POWER_MW": capitals do not tell one from the other
  if (!heading.brackets && heading.unit == "MW" &&
      text.find_first_of("abcdefghijklmnopqrstuvwxyz") == text.npos)
    return Error{ErrorKind::ambiguous, {}, in_quotes(text) + " may be milliwatts or megawatts",
        "name the columns: --log-columns timestamp,power_mw"};
  out.total = heading.has_any(total_words);
  find_device(heading, out);
  if (heading.has("average") || heading.has("avg") || heading.has("mean")) out.rank = 1;
  if (heading.has("instant") || heading.has("instantaneous")) out.rank = 2;
  if (heading.has("process")) out.rank = 3;
  return out;
}

bool is_time(const Parsed& heading) {
  return heading.has_any(time_words) &&
         std::all_of(heading.words.begin(), heading.words.end(), [](const std::string& word) {
           const auto is_it = [&](std::string_view other) { return other == word; };
           return std::any_of(time_words.begin(), time_words.end(), is_it) ||
                  std::any_of(words_beside_time.begin(), words_beside_time.end(), is_it) ||
                  unit_of(time_units, word);
         });
}

Heading time_of(const Parsed& heading) {
  Heading out;
  out.role = heading.words.size() == 1 && heading.has("date") ? Role::date : Role::time;
  out.unit = unit_of(time_units, heading.unit);
  constexpr std::array<std::string_view, 4> absolute = {"timestamp", "datetime", "ts", "unixtime"};
  constexpr std::array<std::string_view, 6> relative = {
      "elapsed", "relative", "runtime", "seconds", "secs", "t"};
  out.rank = heading.has_any(absolute) || (heading.has("date") && heading.has("time")) ? 0
             : heading.has_any(relative)                                               ? 2
             : heading.has("epoch") && heading.words.size() == 1                       ? 3
                                                                                       : 1;
  return out;
}

Heading device_of(const Parsed& heading) {
  Heading out;
  out.role = Role::device;
  const auto has = [&](std::string_view word) { return heading.has(word); };
  if (has("gpu") || has("cuda") || has("card") || has("accelerator") || has("uuid"))
    out.part = Part::accelerator;
  out.rank = has("uuid")                                                  ? 0
             : has("index") || has("idx") || has("minor")                 ? 1
             : has("pci") || has("bus")                                   ? 4
             : has("serial")                                              ? 5
             : has("gpu") || has("gpus") || has("cuda")                   ? 2
             : has("device") && (has("id") || has("no") || has("number")) ? 6
                                                                          : 3;
  return out;
}

}  // namespace

Result<Heading> heading_of(std::string_view text) {
  // "54.32 W" is a value
  if (!text.empty() && is_digits(text.substr(0, 1))) return Heading{};
  const Parsed heading = parsed(text);
  const auto is = [&](Role role, int rank) {
    Heading out;
    out.role = role;
    out.rank = rank;
    return out;
  };
  if (is_time(heading)) return time_of(heading);
  if (is_power(heading, text)) return watts_of(heading, text);
  if (heading.has("name") || heading.has("model")) {
    if (heading.has_only(name_words)) return is(Role::name, heading.words.size() > 1 ? 1 : 0);
  }
  constexpr std::array<std::string_view, 4> alone = {"id", "number", "no", "num"};
  if (heading.has_only(device_words) && !heading.has_only(alone)) return device_of(heading);
  if (heading.has_only(host_words)) return is(Role::host, 0);
  return Heading{};
}

std::string bare_device(std::string_view text) {
  const Parsed heading = parsed(text);
  Heading out;
  find_device(heading, out);
  const bool alone = heading.words.size() == 1 || (heading.words.size() == 2 && is_digits(heading.words[1]));
  const bool numbered = !out.id.empty() && is_digits(out.id.substr(out.id.size() - 1));
  return alone && numbered && out.part == Part::accelerator && !heading.brackets ? out.id : std::string();
}

}  // namespace footpound::measure
