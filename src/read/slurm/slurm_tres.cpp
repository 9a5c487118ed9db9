// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_tres.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "units/amount.hpp"

namespace footpound {

namespace {

// Slurm's markers NO_VAL (0xfffffffe) and INFINITE (0xffffffff) of 32 bits; those of 64 bits lie above.
constexpr double first_marker = 4294967294.0;

// What stands before a letter of `letters` counts `base` to the power of the letter's place.
std::optional<double> scaled(std::string_view text, std::string_view letters, double base, double bare) {
  if (text.empty()) return std::nullopt;
  double scale = bare;
  const std::size_t place = letters.find(text.back());
  if (place != std::string_view::npos) {
    scale = std::pow(base, static_cast<double>(place + 1));
    text.remove_suffix(1);
  }
  double number = 0;
  if (!parse_number(text, number)) return std::nullopt;
  return number * scale;
}

Error not_a_count(std::string_view name, std::string_view text) {
  return Error{ErrorKind::bad_value, {},
      "gres/" + std::string(name) + " is " + in_quotes(text) + ", which is no count", {}};
}

}  // namespace

bool is_gpu_gres(std::string_view name) {
  return is_of_family(name, "gpu") || is_of_family(name, "shard") || is_of_family(name, "mps");
}

bool is_short_marker(double number) { return number == first_marker || number == first_marker + 1; }

Result<void> Tres::add_count(
    std::string_view type, std::string_view name, std::string_view text, double scale) {
  double number = 0;
  const bool parsed = parse_number(text, number);
  const bool is_count = parsed && number >= 0 && number < first_marker;
  if (type == "gres") {
    if (name == "gpumem" || name == "gpuutil") return {};  // memory and utilisation of GPUs, not counts
    if (!is_count && is_gpu_gres(name)) return not_a_count(name, text);
    if (gres_count == most_gres)
      return Error{
          ErrorKind::malformed, {}, "lists more than " + std::to_string(most_gres) + " kinds of gres", {}};
    gres[gres_count++] = {name, is_count ? number : no_count};
  } else if (type == "cpu" && is_count) {
    cpus = number;
  } else if (type == "node" && is_count && number > 0) {
    nodes = number;
  } else if (type == "mem" && is_count) {
    memory_bytes = number * scale;
  } else if (type == "energy") {
    joules = parsed ? number : std::numeric_limits<double>::infinity();
  }
  return {};
}

Result<void> parse_tres(std::string_view text, Tres& tres) {
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view entry = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const std::size_t equals = entry.find('=');
    if (equals == std::string_view::npos) {
      return Error{ErrorKind::malformed, {}, in_quotes(entry) + " is no name=number",
          "print AllocTRES whole (sacct -P)"};
    }
    std::string_view name = entry.substr(0, equals);
    const std::string_view number = entry.substr(equals + 1);
    if (name == "mem") {
      const std::optional<double> bytes = slurm_bytes(number);
      if (bytes && *bytes >= 0) tres.memory_bytes = *bytes;
      continue;
    }
    std::string_view type = name;
    if (name.substr(0, 5) == "gres/") {
      type = "gres";
      name.remove_prefix(5);
    }
    if (Result<void> done = tres.add_count(type, name, number, 1); !done) return done;
  }
  return {};
}

Result<void> parse_gres_list(std::string_view text, Tres& tres) {
  while (!text.empty()) {
    // "gpu:2(S:0-1,3)": which ones they are stands in brackets
    std::size_t end = 0;
    for (int depth = 0; end < text.size() && (depth > 0 || text[end] != ','); ++end)
      depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    std::string_view entry = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    entry = entry.substr(0, entry.find('('));
    if (entry.substr(0, 5) == "gres:" || entry.substr(0, 5) == "gres/") entry.remove_prefix(5);
    const std::size_t colon = entry.rfind(':');
    std::string_view count = colon == std::string_view::npos ? std::string_view() : entry.substr(colon + 1);
    std::string_view name = entry.substr(0, colon);
    double number = 0;
    if (!parse_number(count, number)) {  // one of them
      count = "1";
      name = entry;
    }
    if (name.empty()) continue;
    if (Result<void> done = tres.add_count("gres", name, count, 1); !done) return done;
  }
  return {};
}

std::optional<double> slurm_bytes(std::string_view text) { return scaled(text, "KMGTPE", 1024, 1048576); }

std::optional<double> slurm_joules(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return scaled(text, "KMGTP", 1000, 1).value_or(std::numeric_limits<double>::infinity());
}

std::optional<double> slurm_seconds(std::string_view text) {
  double total = 0;
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    double days = 0;
    if (dash == 0 || !parse_number(text.substr(0, dash), days)) return std::nullopt;
    total = days * 86400;
    text.remove_prefix(dash + 1);
  }
  double clock = 0;
  int parts = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    double part = 0;
    if (++parts > 3 || !parse_number(text.substr(0, colon), part) || part < 0) return std::nullopt;
    clock = clock * 60 + part;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  if (dash != std::string_view::npos) {
    for (; parts < 3; ++parts) clock *= 60;
  }
  return total + clock;
}

}  // namespace footpound
