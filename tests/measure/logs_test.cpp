// SPDX-License-Identifier: MIT
#include "measure/logs/log_format.hpp"

#include <set>

#include "read_log.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

Measurement read_sample(const std::string& name, std::string_view format = {}) {
  std::ifstream in(sample_path(name), std::ios::binary);
  REQUIRE(in);
  const Result<Measurement> measurement = read_power_log(in, format, {});
  INFO((measurement ? "" : message(measurement.error())));
  REQUIRE(measurement);
  return *measurement;
}

}  // namespace

TEST_CASE("every format is known by its own sample's content") {
  const std::pair<const char*, const char*> samples[] = {{"nvidia-smi", "nvidia-smi-units.csv"},
      {"nvidia-smi", "nvidia-smi-nounits-noheader.csv"}, {"nvidia-smi-dmon", "nvidia-smi-dmon.txt"},
      {"perf", "perf-stat-x.csv"}, {"perf", "perf-stat-interval.csv"}, {"perf", "perf-stat-per-socket.csv"},
      {"perf-json", "perf-stat-j.ndjson"}, {"zeus", "zeus-monitor.csv"}, {"powermetrics", "powermetrics.txt"},
      {"rocm-smi", "rocm-smi.csv"}, {"amd-smi", "../trials/amd-smi-watch.csv"},
      {"tegrastats", "../trials/tegrastats.log"}, {"prometheus", "../trials/prometheus-range.json"},
      {"carbontracker", "../trials/carbontracker-log.txt"}};
  std::set<std::string> without_sample;
  for (const LogFormat* format : log_formats()) without_sample.insert(std::string(format->name));
  for (const auto& [format, sample] : samples) {
    INFO(sample);
    std::ifstream in(sample_path(sample));
    LogLines lines(in);
    const std::vector<std::string> head = *lines.head(16);
    const auto row = std::find_if(
        log_formats().begin(), log_formats().end(), [&](const LogFormat* f) { return f->looks_like(head); });
    REQUIRE(row != log_formats().end());
    CHECK((*row)->name == format);
    without_sample.erase(std::string(format));
    // named, it reads the same
    CHECK(measured_joules(read_sample(sample)) == measured_joules(read_sample(sample, format)));
  }
  CHECK(without_sample == std::set<std::string>{"watts"});  // any CSV, below
}

TEST_CASE("every format has its row in docs/measure.md") {
  const std::string page = Scratch::read_file(root_path("/docs/measure.md"));
  for (const LogFormat* format : log_formats()) {
    INFO(format->name);
    CHECK(contains(page, "\n| `" + std::string(format->name) + "` | "));
    CHECK_FALSE(format->help.empty());
  }
}

TEST_CASE("nvidia-smi with units: per GPU by trapezoid; what is not available is no zero") {
  const Measurement measurement = read_sample("nvidia-smi-units.csv");
  REQUIRE(measurement.devices.size() == 2);
  // (61.72 + 389.55) / 2 x 1.001 + (389.55 + 391.02) / 2 x 1.000
  CHECK(close_to(measured_joules(measurement), 225.860635 + 390.285));
  CHECK(measurement.devices[0].device.id == "gpu0");
  CHECK(measurement.devices[0].device.name == "NVIDIA A100-SXM4-80GB");
  // one reading only: nothing measured; 63.10 W x 2.001 s for the rest, from nothing to twice that
  CHECK(in_joules(measurement.devices[1].measured) == 0);
  CHECK(close_to(in_joules(measurement.devices[1].filled), 63.10 * 2.001));
  CHECK(measurement.devices[1].failures == 2);
  CHECK(measurement.start == "2026-05-01T22:00:00");
  CHECK(measurement.end == "2026-05-01T22:00:02");
}

TEST_CASE("nvidia-smi without units and header, with a gap") {
  const Measurement measurement = read_sample("nvidia-smi-nounits-noheader.csv");
  const DeviceEnergy& device = measurement.devices.at(0);
  CHECK(device.device.id == "GPU-604ac76c-d9cf-fef3-62e9-d92044ab6e52");
  // (61.72 + 145.90) / 2 x 0.2; over the gap (145.90 + 389.55) / 2 x 0.4
  CHECK(close_to(in_joules(device.measured), 20.762));
  CHECK(close_to(in_joules(device.filled), 107.09));
  CHECK(device.missing == seconds_of(0.4));
}

TEST_CASE("a repeated header is passed over, a line cut off at the end is left out and said so") {
  const std::string header = "timestamp, uuid, power.draw [W]\n";
  const std::string rows =
      "2026/05/01 22:00:00.000, GPU-a, 100.00 W\n2026/05/01 22:00:01.000, GPU-a, 100.00 W\n";
  const std::string more = "2026/05/01 22:00:02.000, GPU-a, 100.00 W\n";
  const Result<Measurement> whole = read(header + rows + header + more);
  REQUIRE(whole);
  CHECK(close_to(measured_joules(*whole), 200));
  for (const char* cut :
      {"2026/05/01 22:00:03.000, GPU-a, 10", "2026/05/01 22:00:03.000, GP", "2026/0", "2"}) {
    INFO(cut);
    const Result<Measurement> measurement = read(header + rows + more + cut);
    REQUIRE(measurement);
    CHECK(close_to(measured_joules(*measurement), 200));
    CHECK(notes_of(*measurement).find("cut off") != std::string::npos);
  }
  // whole but for its line end: counted
  const Result<Measurement> unended = read(header + rows + more + "2026/05/01 22:00:03.000, GPU-a, 100.00 W");
  CHECK(close_to(measured_joules(*unended), 300));
  CHECK(refusal(header + rows + "2026/05/01 22:00:03.000, GPU-a\n" + more) == "4: has 2 fields, not 3");
}

TEST_CASE("whatever was cut off at the end is left out and said so") {
  const std::string watts = "t,w\n0,100\n1,100\n2,100\n";
  const std::string named = "t,w,uuid\n0,100,GPU-a\n1,100,GPU-a\n2,100,GPU-a\n";
  const std::string perf =
      "1.0,,10.0,Joules,power/energy-pkg/,1000000000,100.00,,\n2.0,,20.0,Joules,power/energy-pkg/"
      ",1000000000,100.00,,\n";
  const std::string total = "200.0,Joules,power/energy-pkg/,1000000000,100.00,,\n";
  const std::string json =
      "{\"counter-value\" : \"200.0\", \"unit\" : \"Joules\", \"event\" : \"power/energy-pkg/\", "
      "\"event-runtime\" : 1000000000}\n";
  const std::string zeus =
      "start_time,window_name,elapsed_time,gpu0_energy\n2026-05-01 22:00:00.000000,a,10.00,200.0\n";
  for (const auto& [text, energy] : {std::pair<std::string, double>{watts + "3,10", 200}, {watts + "3,", 200},
           {watts + "3,1e", 200}, {watts + "3", 200}, {named + "3,100,GPU", 200}, {named + "3,1", 200},
           {perf + "3.0,,30.0,Joules,power/energy-pkg/,1000", 30}, {perf + "3.0,,3", 30}, {perf + "3", 30},
           {total + "7.0,Joules,power/energy-ram/,1000", 200}, {json + "{\"counter-value\" : \"1", 200},
           {zeus + "2026-05-01 22:00:10.000000,b,10.00,46", 200}, {zeus + "2026-05-01 22:00:10.0", 200}}) {
    INFO(text);
    const Result<Measurement> measurement = read(text);
    REQUIRE(measurement);
    CHECK(close_to(measured_joules(*measurement), energy));
    CHECK(measurement->devices.size() == 1);
    CHECK(notes_of(*measurement).find("cut off") != std::string::npos);
  }
}

TEST_CASE("dmon: columns by the names above them, a dash is a gap") {
  const Measurement measurement = read_sample("nvidia-smi-dmon.txt");
  REQUIRE(measurement.devices.size() == 2);
  // (62 + 389) / 2 x 1
  CHECK(close_to(measured_joules(measurement), 225.5));
  // read once
  CHECK(in_joules(measurement.devices[1].measured) == 0);
  CHECK(refusal("# gpu pwr\n# Idx W\n 0 50\n").find("-o DT") != std::string::npos);
}

TEST_CASE("perf: packages and memory, the time from its run time") {
  const Measurement measurement = read_sample("perf-stat-x.csv");
  REQUIRE(measurement.devices.size() == 2);
  CHECK(close_to(measured_joules(measurement, 0), 5123.45));
  CHECK(measurement.devices[0].device.part == Part::cpu);
  CHECK(close_to(measured_joules(measurement, 1), 612.10));
  CHECK(measurement.devices[1].device.part == Part::memory);
  CHECK(measurement.devices[0].covered == nanoseconds(30001234567));
}

TEST_CASE("perf -I: joules per interval; one not counted is filled and told apart") {
  const Measurement measurement = read_sample("perf-stat-interval.csv");
  const DeviceEnergy& device = measurement.devices.at(0);
  CHECK(close_to(in_joules(device.measured), 171.95 + 172.45));
  CHECK(device.missing == nanoseconds(2000246913 - 1000123456));
  CHECK(in_joules(device.filled) > 170);
}

TEST_CASE("perf --per-socket: each socket is a device") {
  const Measurement measurement = read_sample("perf-stat-per-socket.csv");
  REQUIRE(measurement.devices.size() == 2);
  CHECK(close_to(measured_joules(measurement, 0) + measured_joules(measurement, 1), 5123.45));
}

TEST_CASE("perf -j reads as perf -x,") {
  const Measurement measurement = read_sample("perf-stat-j.ndjson");
  REQUIRE(measurement.devices.size() == 1);
  CHECK(close_to(measured_joules(measurement), 5123.45));
}

TEST_CASE("perf without energy events is refused") {
  std::ifstream in(sample_path("perf-stat-real-task-clock.txt"));
  CHECK_FALSE(read_power_log(in, "perf", {}));
}

TEST_CASE("perf: cores and the graphics inside a package are not counted again") {
  const Result<Measurement> measurement = read(
      "10.0,Joules,power/energy-pkg/,1000000000,100.00,,\n4.0,Joules,power/energy-cores/"
      ",1000000000,100.00,,\n"
      "1.0,Joules,power/energy-gpu/,1000000000,100.00,,\n20.0,Joules,power/energy-psys/"
      ",1000000000,100.00,,\n");
  REQUIRE(measurement);
  CHECK(measurement->devices.size() == 1);
}

TEST_CASE("zeus: joules of each GPU over the window") {
  const Measurement measurement = read_sample("zeus-monitor.csv");
  REQUIRE(measurement.devices.size() == 2);
  CHECK(close_to(measured_joules(measurement, 0), 46801.2));
  CHECK(close_to(measured_joules(measurement, 1), 46655.9));
  CHECK(measurement.window == seconds_of(120.51));
}

TEST_CASE("zeus: windows inside others are not counted again, half overlaps are refused") {
  const std::string header = "start_time,window_name,elapsed_time,gpu0_energy\n";
  const Result<Measurement> nested = read(header +
                                          "2026-05-01 22:00:01.000000,step,1.00,300\n"
                                          "2026-05-01 22:00:00.000000,epoch,10.00,3000\n"
                                          "2026-05-01 22:00:10.000000,epoch,10.00,2000\n");
  REQUIRE(nested);
  CHECK(close_to(measured_joules(*nested), 5000));
  CHECK(refusal(header + "2026-05-01 22:00:00.000000,a,10.00,3000\n"
                         "2026-05-01 22:00:05.000000,b,10.00,3000\n")
            .find("overlap") != std::string::npos);
}

TEST_CASE("a CSV of times and watts: seconds, kilowatts, quotes, CRLF and a byte-order mark") {
  CHECK(close_to(measured_joules(*read("time,power_w\n0,100\n10,100\n")), 1000));
  CHECK(close_to(measured_joules(*read("Time,Power [kW]\n0,0.1\n10,0.1\n")), 1000));
  CHECK(close_to(
      measured_joules(*read("\xEF\xBB\xBF\"time\",\"watts\"\r\n\"0\",\"100\"\r\n\"10\",\"100\"\r\n")), 1000));
  CHECK(close_to(measured_joules(*read("t,w\n0,100\n10,100")), 1000));
  const Measurement node = *read("time,power_w\n0,100\n10,100\n");
  CHECK(node.devices[0].device.part == Part::node);
  CHECK(notes_of(node).find("--log-part") != std::string::npos);
  CHECK_FALSE(node.start);
  CHECK(read("time,power_w\n0,1\n1,1\n", {{}, Part::cpu})->devices[0].device.part == Part::cpu);
}

TEST_CASE("columns are named where nothing tells them") {
  const std::string rows = "2026/05/01 22:00:00.000, 0, 50, 98\n2026/05/01 22:00:01.000, 0, 50, 98\n";
  CHECK(refusal(rows, {}, "nvidia-smi").find("--log-columns") != std::string::npos);
  const Result<Measurement> named = read(rows, {{"timestamp", "index", "power_w", "-"}, {}}, "nvidia-smi");
  REQUIRE(named);
  CHECK(close_to(measured_joules(*named), 50));
  // named columns are enough: nvidia-smi's by its times, else a plain CSV
  CHECK(
      read(rows, {{"timestamp", "index", "power_w", "-"}, {}})->devices[0].device.part == Part::accelerator);
  CHECK(close_to(measured_joules(*read("5,0,100\n6,1,100\n7,2,100\n", {{"-", "t", "w"}, {}})), 200));
  CHECK(refusal(rows, {{"a", "b"}, {}}, "nvidia-smi").find("--log-columns") == 0);
  CHECK(refusal("time,power_w,watts\n0,1,2\n").find("several") != std::string::npos);
}

TEST_CASE("bad logs are refused with the line, never read as zero") {
  CHECK(refusal("") == "is empty");
  CHECK(refusal("\n\n").find("no power log") != std::string::npos);
  CHECK(refusal("hello\nworld\n").find("--log-format") != std::string::npos);
  CHECK(refusal("x\n", {}, "nvidia") ==
        "--log-format: unknown format \"nvidia\"; there are nvidia-smi-dmon, perf-json, perf, zeus, "
        "prometheus, "
        "powermetrics, tegrastats, carbontracker, rocm-smi, amd-smi, nvidia-smi, watts");
  CHECK(refusal("time,power_w\n0,abc\n").find("2: ") == 0);
  CHECK(refusal("time,power_w\n0,-5\n").find("no power a machine draws") != std::string::npos);
  CHECK(refusal("time,power_w\n0,1e300\n").find("no power a machine draws") != std::string::npos);
  CHECK(refusal("time,power_w\nyesterday,5\n").find("is not a time") != std::string::npos);
  CHECK(refusal(std::string("time,power_w\n0,1\0\n", 18)).find("NUL") != std::string::npos);
  CHECK(refusal("time,power_w\n" + std::string(65 << 20, '1')).find("64 MiB") != std::string::npos);
  CHECK(refusal("time,power_w\n0,\x1b[31m5\n").find("\\x1b") != std::string::npos);
  CHECK(refusal("time,power_w\n0,5\n").find("holds no energy") != std::string::npos);
  CHECK(refusal("time,power_w\n0,[N/A]\n1,[N/A]\n").find("holds no energy") != std::string::npos);
  CHECK(refusal("1,Joules,power/energy-pkg/,x,,\n2,Joules,power/energy-pkg/,5e9,,\n").find("1: ") == 0);
  CHECK(refusal("{\"counter-value\" : \"x\", \"unit\" : \"Joules\", \"event\" : \"power/energy-pkg/\"}\n")
            .find("1: ") == 0);
  CHECK(refusal("{\"counter-value\" : \n").find("1: ") == 0);
}

TEST_CASE("what no device draws is refused with its line") {
  const std::string gpu = "timestamp, index, power.draw [W]\n2026/05/01 22:00:00, 0, ";
  CHECK(refusal(gpu + "5000.01 W\n") == "2: \"5000.01 W\" is no power a machine draws");
  CHECK(refusal(gpu + "4294967.29 W\n").find("2: ") == 0);
  CHECK(
      refusal("#Date Time gpu pwr\n#YYYYMMDD HH:MM:SS Idx W\n 20260501 22:00:00 0 9999\n").find("3: ") == 0);
  // a package for a second and one that its counter may be late: at most 2 x 1000 J
  CHECK(refusal("1.0,S0,1,2001,Joules,power/energy-pkg/,1000000000,100.00,,\n") ==
        "1: 2,001 J is no energy that one device takes in 1 s");
  CHECK(
      refusal("2001,Joules,power/energy-pkg/,1000000000,100.00,,\n").find("one device") == std::string::npos);
  CHECK(refusal("1e9,Joules,power/energy-pkg/,1000000000,100.00,,\n").find("1: ") == 0);
  CHECK(
      refusal("start_time,window_name,elapsed_time,gpu0_energy\n2026-05-01 22:00:00.000000,a,10.00,1e12\n") ==
      "2: 1e+12 J is no energy that one device takes in 10 s");
}

TEST_CASE("a log with a new device in each row is taken for what it is not") {
  std::string text = "timestamp, index, power.draw [W]\n";
  for (int i = 0; i < 5000; ++i) text += "2026/05/01 22:00:00, " + std::to_string(i) + ", 5 W\n";
  CHECK(refusal(text).find("4096 devices") != std::string::npos);
}

TEST_CASE("a device's name from a log is safe to print") {
  const Result<Measurement> measurement = read(
      "timestamp, index, name, power.draw [W]\n2026/05/01 22:00:00, 0, A\x1b[2J, 5 W\n2026/05/01 22:00:01, "
      "0, A\x1b[2J, 5 W\n");
  REQUIRE(measurement);
  CHECK(measurement->devices[0].device.name == "A\\x1b[2J");
}
