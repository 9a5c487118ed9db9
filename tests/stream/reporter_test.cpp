// SPDX-License-Identifier: MIT
#include "stream/reporter.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

template <class Talk>
std::string said(bool quiet, Talk talk) {
  const Scratch scratch;
  std::FILE* to = std::fopen(scratch.path("err").c_str(), "w");
  {
    Reporter reporter(to, quiet);
    talk(reporter);
  }
  std::fclose(to);
  return scratch.read("err");
}

Tally failures(ErrorKind kind, std::uint64_t count) {
  Tally tally;
  for (std::uint64_t i = 1; i <= count; ++i) {
    ++tally.records;
    tally.count(i, {kind, "hours", "is bad", {}});
  }
  return tally;
}

std::size_t lines_with(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("every kind of error can be counted") {
  CHECK(error_kinds == static_cast<std::size_t>(ErrorKind::skipped) + 1);
}

TEST_CASE("a message has tool, file, line and words") {
  const std::string err = said(
      false, [](Reporter& reporter) { reporter.add("jobs.csv", 17, failures(ErrorKind::bad_value, 1)); });
  CHECK(err == "footpound: jobs.csv:17: hours: is bad\n");
}

TEST_CASE("of each kind the first twenty are printed, over all blocks, then counts") {
  const std::string err = said(false, [](Reporter& reporter) {
    reporter.add("f", 2, failures(ErrorKind::bad_value, 15));
    reporter.add("f", 17, failures(ErrorKind::bad_value, 15));
    reporter.add("f", 32, failures(ErrorKind::missing, 3));
    reporter.summary();
  });
  CHECK(lines_with(err, "hours: is bad") == 23);
  CHECK(contains(err, "footpound: f:21: "));
  CHECK_FALSE(contains(err, "footpound: f:22: "));
  CHECK(contains(err, "footpound: f:32: "));
  CHECK(contains(err, "footpound: 10 more records: bad value\n"));
  CHECK(contains(err, "footpound: 33 of 33 records failed\n"));
}

TEST_CASE("records that are no runs are counted apart and told as a note") {
  const auto talk = [](Reporter& reporter) {
    reporter.add("f", 1, failures(ErrorKind::skipped, 50));
    reporter.summary();
    CHECK(reporter.total().failed == 0);
    CHECK(reporter.total().skipped == 50);
  };
  CHECK(said(false, talk) == "footpound: note: 50 of 50 records are no runs and were skipped\n");
  CHECK(said(true, talk).empty());
}

TEST_CASE("a note is told once, and not when quiet; failures are told all the same") {
  const auto talk = [](Reporter& reporter) {
    reporter.note("x");
    reporter.note("x");
    reporter.note("y");
    reporter.add("f", 1, failures(ErrorKind::bad_value, 1));
  };
  CHECK(said(false, talk) == "footpound: note: x\nfootpound: note: y\nfootpound: f:1: hours: is bad\n");
  CHECK(said(true, talk) == "footpound: f:1: hours: is bad\n");
}

TEST_CASE("a file's name cannot drive the terminal") {
  CHECK(contains(
      said(false, [](Reporter& reporter) { reporter.add("a\x1b[2J", 1, failures(ErrorKind::bad_value, 1)); }),
      "a\\x1b[2J:1:"));
}
