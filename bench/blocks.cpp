// SPDX-License-Identifier: MIT
// What the building blocks of a row cost, ours beside the libraries': reading numbers, writing
// them, walking over JSON records. Medians of interleaved rounds, ns each.
// usage: bench_blocks JOBS.ndjson   (from bench_jobs)
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fast_float/fast_float.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <nlohmann/json.hpp>

#include "text/json_text.hpp"
#include "text/record_pattern.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"
#include "units/shortest.hpp"

namespace {

using namespace footpound;

struct Candidate {
  const char* what;
  std::function<double()> run;  // its result keeps the work from being left out
  std::vector<double> ns{};
};

// Prints the median of each, per item, after one round that nobody counts.
void compare(const char* title, std::size_t items, std::vector<Candidate> candidates) {
  constexpr int rounds = 7;
  double kept = 0;
  for (int round = -1; round < rounds; ++round) {
    for (Candidate& candidate : candidates) {
      const auto begin = std::chrono::steady_clock::now();
      kept += candidate.run();
      const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
      if (round >= 0) candidate.ns.push_back(took.count() / static_cast<double>(items));
    }
  }
  fmt::print("{} ({} items; {})\n", title, items, kept != 0 ? "checked" : "nothing done");
  for (Candidate& candidate : candidates) {
    std::sort(candidate.ns.begin(), candidate.ns.end());
    fmt::print("  {:<36} {:8.1f} ns\n", candidate.what, candidate.ns[candidate.ns.size() / 2]);
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// What the reader makes of a record for the next ones.
RecordPattern pattern_of(std::string_view line) {
  RecordPattern pattern;
  const char* at = line.data();
  JsonObject(line).each([&](std::string_view, std::string_view value) {
    pattern.expect({at, static_cast<std::size_t>(value.data() - at)});
    at = value.data() + value.size();
    return true;
  });
  pattern.expect_end({at, static_cast<std::size_t>(line.data() + line.size() - at)});
  return pattern;
}

bool is_number(std::string_view value) { return value.front() >= '0' && value.front() <= '9'; }

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_blocks JOBS.ndjson\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const std::vector<std::string_view> lines = lines_of(text);

  std::vector<std::string_view> numbers;
  for (const std::string_view line : lines) {
    JsonObject(line).each([&](std::string_view, std::string_view value) {
      if (is_number(value)) numbers.push_back(value);
      return true;
    });
  }
  std::vector<double> values;
  for (const std::string_view number : numbers) {
    double value = 0;
    if (parse_number(number, value)) values.push_back(value / 3);
  }

  const auto read_all = [&](auto read) {
    return [&numbers, read] {
      double sum = 0;
      for (const std::string_view number : numbers) {
        double value = 0;
        read(number, value);
        sum += value;
      }
      return sum;
    };
  };
  compare("a number read", numbers.size(),
      {{"ours, by words",
           read_all([&](std::string_view s, double& v) { TextWithin(s, text).parse_short_decimal(v); })},
          {"ours, digit by digit",
              read_all([](std::string_view s, double& v) { parse_short_decimal(s, v); })},
          {"fast_float", read_all([](std::string_view s, double& v) {
             fast_float::from_chars(s.data(), s.data() + s.size(), v);
           })},
          {"std::from_chars", read_all([](std::string_view s, double& v) {
             std::from_chars(s.data(), s.data() + s.size(), v);
           })}});

  const auto write_all = [&](auto write) {
    return [&values, write] {
      double length = 0;
      char room[number_room];
      for (const double value : values) length += static_cast<double>(write(room, value) - room);
      return length;
    };
  };
  compare("a number written, shortest digits that read back", values.size(),
      {{"ours", write_all([](char* to, double v) { return write_number(to, v); })},
          {"fmt", write_all([](char* to, double v) { return fmt::format_to(to, "{}", v); })},
          {"std::to_chars",
              write_all([](char* to, double v) { return std::to_chars(to, to + number_room, v).ptr; })}});

  const auto decimals_of = [&](auto decimal) {
    return [&values, decimal] {
      double exponents = 0;
      for (const double value : values) exponents += decimal(value);
      return exponents;
    };
  };
  compare("its digits alone, as a number", values.size(),
      {{"ours", decimals_of([](double v) {
          SeventeenDigits digits{};
          if (!shortest_digits(v, digits)) digits = digits_by_library(v);
          return digits.exponent + static_cast<double>(digits.leading);
        })},
          {"dragonbox", decimals_of([](double v) {
             const auto decimal = jkj::dragonbox::to_decimal(
                 v, jkj::dragonbox::policy::sign::ignore, jkj::dragonbox::policy::trailing_zero::ignore);
             return decimal.exponent + static_cast<double>(decimal.significand);
           })}});

  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(text);
  compare("a record walked over, each value seen as text", lines.size(),
      {{"ours, by pattern",
           [&] {
             double bytes = 0;
             const RecordPattern pattern = pattern_of(lines.front());
             for (std::size_t at = 0; at < text.size();) {
               const std::size_t size = pattern.walk(std::string_view(text).substr(at),
                   [&](std::size_t, RecordPattern::Value, std::string_view value) {
                     bytes += static_cast<double>(value.size());
                   });
               at = size != 0 ? at + size + 1 : std::min(text.find('\n', at), text.size()) + 1;
             }
             return bytes;
           }},
          {"ours, any record",
              [&] {
                double bytes = 0;
                for (const std::string_view line : lines) {
                  JsonObject(line).each([&](std::string_view key, std::string_view value) {
                    bytes += static_cast<double>(key.size() + value.size());
                    return true;
                  });
                }
                return bytes;
              }},
          {"simdjson, on demand",
              [&] {
                double bytes = 0;
                simdjson::ondemand::document_stream stream;
                if (parser.iterate_many(padded).get(stream) != simdjson::SUCCESS) return 0.0;
                for (auto document : stream) {
                  for (auto field : document.get_object()) {
                    bytes += static_cast<double>(std::string_view(field.unescaped_key()).size());
                    bytes += static_cast<double>(std::string_view(field.value().raw_json_token()).size());
                  }
                }
                return bytes;
              }},
          {"nlohmann, tree", [&] {
             double members = 0;
             for (const std::string_view line : lines)
               members += static_cast<double>(nlohmann::json::parse(line).size());
             return members;
           }}});
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_blocks: %s\n", error.what());
  return 1;
}
