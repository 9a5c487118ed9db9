// SPDX-License-Identifier: MIT
#include "measure/logs/log_book.hpp"

#include "read_log.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

TEST_CASE("a logger that was off splits the log: the time between counts for nothing") {
  const Result<Measurement> measurement = read(
      "timestamp, index, power.draw [W]\n"
      "2026/05/01 22:00:00.000, 0, 100.00 W\n2026/05/01 22:00:01.000, 0, 100.00 W\n"
      "2026/05/01 22:00:02.000, 0, 100.00 W\n2026/05/01 23:00:00.000, 0, 300.00 W\n"
      "2026/05/01 23:00:01.000, 0, 300.00 W\n");
  REQUIRE(measurement);
  CHECK(close_to(measured_joules(*measurement), 200 + 300));
  CHECK(measurement->devices[0].missing == nanoseconds{0});
  CHECK(measurement->window == seconds_of(3));
  CHECK(notes_of(*measurement).find("1 breaks") != std::string::npos);
}

TEST_CASE("a clock set back splits the log as well") {
  const Result<Measurement> measurement = read("time,power_w\n10,100\n11,100\n3,100\n4,100\n");
  REQUIRE(measurement);
  CHECK(close_to(measured_joules(*measurement), 200));
}

TEST_CASE("a GPU without rows while others have some is missing, not away") {
  // 300 W each; gpu1 has rows in [from, to) only
  const auto log = [](int from, int to) {
    std::string text = "t,index,watts\n";
    for (int t = 0; t <= 100; ++t) {
      text += std::to_string(t) + ",0,300\n";
      if (t >= from && t < to) text += std::to_string(t) + ",1,300\n";
    }
    return *read(text, {{}, Part::accelerator});
  };
  for (const auto& [from, to] : {std::pair{0, 11}, {90, 101}}) {
    const Measurement measurement = log(from, to);
    INFO(notes_of(measurement));
    CHECK(measurement.window == seconds_of(100));
    const DeviceEnergy& device = measurement.devices.at(1);
    CHECK(close_to(in_joules(device.measured), 3000));
    CHECK(device.missing == seconds_of(90));
    CHECK(close_to(in_joules(device.filled), 27000));
    CHECK(notes_of(measurement).find("gpu1 has no rows for 90 s") != std::string::npos);
    CHECK(notes_of(measurement).find("gpu0") == std::string::npos);
  }
  // a row less at the end is the logger's, not the GPU's
  CHECK(log(0, 100).devices[1].missing == nanoseconds{0});
  // while nobody logged, nothing is missing: 10 s, an hour, 10 s without gpu1
  std::string text = "t,index,watts\n";
  for (int t = 0; t <= 10; ++t) text += std::to_string(t) + ",0,300\n" + std::to_string(t) + ",1,300\n";
  for (int t = 3610; t <= 3620; ++t) text += std::to_string(t) + ",0,300\n";
  CHECK(read(text)->devices[1].missing == seconds_of(10));
}

TEST_CASE("the same log twice is refused, a clock set back is noted") {
  const std::string rows = "10,100\n11,100\n12,130\n13,100\n";
  CHECK(refusal("t,watts\n" + rows + rows).find("the same rows twice") != std::string::npos);
  const Result<Measurement> back = read("t,watts\n" + rows + "12,90\n13,90\n14,90\n");
  REQUIRE(back);
  CHECK(notes_of(*back).find("1 s are there twice") != std::string::npos);
}

TEST_CASE("several GPUs are integrated by themselves and summed") {
  std::string text = "timestamp, index, power.draw [W]\n";
  for (int second = 0; second <= 10; ++second) {
    for (int gpu = 0; gpu < 4; ++gpu) {
      text += "2026/05/01 22:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".00" +
              std::to_string(gpu) + ", " + std::to_string(gpu) + ", " + std::to_string(100 * (gpu + 1)) +
              ".00 W\n";
    }
  }
  const Result<Measurement> measurement = read(text);
  REQUIRE(measurement);
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += measured_joules(*measurement, i);
  CHECK(close_to(sum, 10000));
}

TEST_CASE("energies of a split log add up") {
  const auto rows = [](int from, int to) {
    std::string text = "t,watts\n";
    for (int i = from; i <= to; ++i)
      text += std::to_string(i) + "," + std::to_string(100 + 13 * (i % 7)) + "\n";
    return measured_joules(*read(text));
  };
  const int at = GENERATE(5, 40, 1500);
  // more rows than are kept back for the median
  CHECK(close_to(rows(0, at) + rows(at, 3000), rows(0, 3000)));
}
