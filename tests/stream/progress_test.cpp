// SPDX-License-Identifier: MIT
#include "stream/progress.hpp"

#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace footpound;

namespace {

// What is drawn while `run` moves the clock on.
template <class Run>
std::string drawn(std::optional<std::uint64_t> total, Run run) {
  const Scratch scratch;
  std::FILE* to = std::fopen(scratch.path("err").c_str(), "w");
  double now = 100;
  Progress progress(to, total, [&] { return now; });
  run(progress, now);
  std::fclose(to);
  return scratch.read("err");
}

}  // namespace

TEST_CASE("nothing is drawn in the first second, nor taken away") {
  CHECK(drawn(1000, [](Progress& progress, double& now) {
    now += 0.9;
    progress.advance(500, 5);
    progress.erase();
  }).empty());
}

TEST_CASE("rows, rate, share and time left") {
  // 300 of 1000 bytes in 2 s: 2 s x 0.7 / 0.3 = 4.67 s are left
  CHECK(drawn(1000, [](Progress& progress, double& now) {
    now += 2;
    progress.advance(300, 4000);
  }) == "\rfootpound: 4.00k rows, 2.00k rows/s, 30 %, 0:05 left");
}

TEST_CASE("without a known size: rows and rate") {
  CHECK(drawn(std::nullopt, [](Progress& progress, double& now) {
    now += 10;
    progress.advance(300, 123);
  }) == "\rfootpound: 123 rows, 12 rows/s");
}

TEST_CASE("at most five times a second, over what stood there before") {
  const std::string text = drawn(std::nullopt, [](Progress& progress, double& now) {
    now += 1;
    progress.advance(1, 999);
    for (int i = 0; i < 19; ++i) {
      now += 0.01;
      progress.advance(1, 0);
    }
    now += 9;
    progress.advance(1, 0);
  });
  // the second is shorter by two letters
  CHECK(text == "\rfootpound: 999 rows, 999 rows/s\rfootpound: 999 rows, 98 rows/s ");
}

TEST_CASE("erased, the line leaves blanks and goes to its beginning, once") {
  CHECK(drawn(std::nullopt, [](Progress& progress, double& now) {
    now += 1;
    progress.advance(1, 7);
    progress.erase();
    progress.erase();
  }) == "\rfootpound: 7 rows, 7 rows/s\r" + std::string(27, ' ') + "\r");
}

TEST_CASE("more bytes than were said are all of them") {
  CHECK(drawn(10, [](Progress& progress, double& now) {
    now += 4000;
    progress.advance(20, 8'000'000);
  }) == "\rfootpound: 8.00M rows, 2.00k rows/s, 100 %, 0:00 left");
}
