// SPDX-License-Identifier: MIT
// The formulas of docs/accuracy.md with the round numbers of support/small_catalog.cpp.
#include "estimate/model.hpp"

#include <cmath>

#include "estimate/estimate.hpp"
#include "support/catch.hpp"
#include "support/close_to.hpp"
#include "support/small_catalog.hpp"

using namespace footpound;

namespace {

const Model& model() {
  static const Model made(small_catalog());
  return made;
}

Accelerator device(std::string_view name) { return *find_accelerator(small_catalog(), name); }

}  // namespace

TEST_CASE("a board draws a share of its rated power, by the load") {
  const Accelerator gpu = device("test-gpu");  // 300 W
  const Factor large = model().board_power(gpu, Workload::large_model);
  CHECK(large.number() == close_to(240));  // x 0.8
  CHECK(large.log_sd == 0.3);
  CHECK(large.origin == Origin::derived);
  CHECK(large.note == Note::power_from_share);
  CHECK(large.row.id() == "board-share-large-model");
  CHECK(large.note_row.id() == "test-gpu");
  CHECK(model().board_power(gpu, Workload::general).number() == close_to(150));  // x 0.5
  CHECK(model().board_power(gpu, Workload::unknown).number() == close_to(180));  // x 0.6
  CHECK(model().board_power(device("test-tpu"), Workload::large_model).number() ==
        close_to(100));  // 200 W x 0.5
  // per device, not per board: 600 W of two
  CHECK(model().board_power(device("test-twin"), Workload::large_model).number() == close_to(240));
}

TEST_CASE("a published mean of the board goes before any share; system and maximum figures do not count") {
  const Factor metered = model().board_power(device("test-metered"), Workload::general);
  CHECK(metered.number() == 210);
  CHECK(metered.log_sd == 0.05);
  CHECK(metered.note == Note::power_measured);
  CHECK(metered.row.id() == "test-a");
}

TEST_CASE("a stated utilization is a share of rated power and still a guess") {
  const Factor power = model().board_power_at(device("test-gpu"), Utilization(0.7), 0.2);
  CHECK(power.number() == close_to(210));
  CHECK(power.log_sd == close_to(std::hypot(0.1, 0.2)));
  CHECK(power.origin == Origin::derived);
}

TEST_CASE("a host is a share of rated power, with a floor") {
  const auto host = [](std::string_view name) {
    const Accelerator accelerator = device(name);
    return model().host_power(&accelerator);
  };
  CHECK(host("test-gpu").number() == close_to(75));  // 300 x 0.25
  CHECK(host("test-gpu").log_sd == 0.4);
  CHECK(host("test-small").number() == 60);  // 70 x 0.25 = 17.5, below the floor
  CHECK(host("test-small").log_sd == 0.3);
  CHECK(host("test-unrated").number() == 60);
  CHECK(model().host_power(nullptr).number() == 60);
}

TEST_CASE("a part whose rating is the whole machine's has no host besides") {
  const Accelerator soc = device("test-soc");
  const Factor none = model().host_power(&soc);
  CHECK(none.number() == 0);
  CHECK(none.log_sd == 0);
  CHECK(none.note == Note::host_inside);
  // 50 W at most: of 0.5 x 50 W the high end is the rating, log 2 / z90; a narrower spread stays
  CHECK(model().board_power(soc, Workload::general).log_sd == close_to(std::log(2.0) / z90));
  CHECK(model().board_power(soc, Workload::large_model).log_sd == close_to(-std::log(0.8) / z90));
  CHECK_FALSE(model().device_power(soc, Workload::large_model).sum_log_sd);
}

TEST_CASE("a TPU's host is what its system draws less the chip") {
  const Accelerator tpu = device("test-tpu");
  CHECK(model().host_power(&tpu).number() == close_to(50));  // 200 x 0.75 - 100
  CHECK(*model().device_power(tpu, Workload::unknown).sum_log_sd == 0.25);
  // alone it is known as well as any host; what is known better is the sum
  CHECK(model().host_power(&tpu).log_sd == 0.4);
  CHECK(model().host_power(&tpu).note == Note::host_of_node);
  // a generation with a share of its own
  const Accelerator second = device("test-tpu2");
  CHECK(model().host_power(&second).number() == close_to(80));  // 200 x 0.9 - 100
  CHECK(*model().device_power(second, Workload::unknown).sum_log_sd == 0.15);
}

TEST_CASE("metered nodes: SXM boards and host of a large job are guessed as one") {
  const DevicePower node = model().device_power(device("test-sxm"), Workload::large_model);
  CHECK(node.board.number() == close_to(320));  // 400 x 0.8
  CHECK(node.host.number() == close_to(180));   // 400 x 1.25 - 320
  CHECK(node.host.note == Note::host_of_node);
  CHECK(*node.sum_log_sd == 0.1);
  CHECK(node.host.log_sd == 0.4);
  // any other form or load: board and host on their own
  CHECK_FALSE(model().device_power(device("test-sxm"), Workload::general).sum_log_sd);
  CHECK(model().device_power(device("test-sxm"), Workload::general).host.number() == close_to(100));
  CHECK_FALSE(model().device_power(device("test-gpu"), Workload::large_model).sum_log_sd);
}

TEST_CASE("processors draw half their rating, cores their part of it, memory so much a gigabyte") {
  const Cpu cpu = *find_cpu(small_catalog(), "test-cpu");  // 200 W, 50 cores
  CHECK(model().cpu_power(cpu, 2).number() == close_to(200));
  CHECK(model().core_power(&cpu, 10).number() == close_to(20));  // a fifth of a socket
  CHECK(model().core_power(&cpu, 10).note == Note::host_from_cores);
  CHECK(model().core_power(nullptr, 10).number() == close_to(40));
  CHECK(model().core_power(nullptr, 10).log_sd == 0.6);
  CHECK(model().memory_power(64).number() == close_to(32));
}

TEST_CASE("the MFU prior goes by kind, age and speed of the chip, and is assumed") {
  const auto mfu = [](std::string_view name) { return model().mfu(device(name)); };
  CHECK(mfu("test-tpu").number() == 0.35);
  CHECK(mfu("test-old").number() == 0.2);    // launched 2017
  CHECK(mfu("test-gpu").number() == 0.4);    // 100 TFLOP/s
  CHECK(mfu("test-fast").number() == 0.25);  // 1000 TFLOP/s
  CHECK(mfu("test-fp32").number() == 0.3);   // no 16-bit rate
  CHECK(mfu("test-twin").number() == 0.4);   // 400 TFLOP/s a board, 200 a device
  for (const char* name : {"test-tpu", "test-old", "test-gpu", "test-fast", "test-fp32"})
    CHECK(mfu(name).origin == Origin::assumed);
  // attention counted: x 1.2, with the row behind it
  CHECK(model().mfu(device("test-gpu"), true).number() == close_to(0.48));
  CHECK(model().mfu(device("test-gpu"), true).note_row.id() == "mfu-attention");
  // beside a stated MFU: 1, up to the overhead's own upper end, 1.25 x exp(z90 x 0.06)
  const Interval<double> possible = interval(model().possible_overhead());
  CHECK(possible.low == 1);
  CHECK(possible.value == 1);
  CHECK(possible.high == close_to(1.25 * std::exp(z90 * 0.06)));
  CHECK(model().hours_overhead().number() == 1.25);
  CHECK(model().hours_overhead().origin == Origin::assumed);
}

TEST_CASE("a device serves as long as its source says, else as long as most do") {
  const auto row = [](std::string_view name) { return embodied_row(small_catalog(), device(name).row); };
  CHECK(model().lifetime(row("test-gpu")).number() == 5);
  CHECK(model().lifetime(row("test-gpu")).origin == Origin::table);
  CHECK(model().lifetime(row("test-sxm")).number() == 4);
  CHECK(model().lifetime(row("test-sxm")).origin == Origin::assumed);
  CHECK(model().lifetime(row("test-sxm")).id == FactorId::lifetime);
}
