// SPDX-License-Identifier: MIT
// The one path, with the real reader, worker and writer.
#include "stream/engine.hpp"

#include <algorithm>

#include "support/scratch.hpp"
#include "support/streams.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

const Said flags = {{"region", "X-T"}, {"pue", "1.2"}};

std::string csv_rows(int count) {
  static const char* const gpus[] = {"test-gpu", "TG1", "test sxm", "nonsense", "test-twin"};
  std::string text = "job,gpu,gpus,hours\n";
  for (int i = 0; i < count; ++i) {
    const std::string job =
        i % 7 == 0 ? "\"job " + std::to_string(i) + ",\nof two lines\"" : "job" + std::to_string(i);
    text += job + "," + gpus[i % 5] + "," + std::to_string(1 + i % 9) + "," +
            (i % 11 == 0 ? "0" : std::to_string(i) + ".5") + "\n";
  }
  return text;
}

std::string json_rows(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += i % 13 == 5 ? "{broken\n"
                        : "{\"job\":\"j\\u00e4" + std::to_string(i) +
                              "\",\"it_power_w\":" + std::to_string(100 + i) + ",\"hours\":2}\n";
  }
  return text;
}

StreamSetup setup_of(
    const std::string& in, unsigned threads, std::size_t block, OnError on_error = OnError::emit) {
  StreamSetup setup;
  setup.in = in;
  setup.flags = flags;
  setup.options.threads = threads;
  setup.options.block_size = block;
  setup.options.on_error = on_error;
  return setup;
}

}  // namespace

TEST_CASE("the same bytes come out whatever the threads and the blocks, and the same words on stderr") {
  const std::string in = GENERATE("csv", "ndjson");
  const std::string text = in == "csv" ? csv_rows(300) : json_rows(300);
  const StreamResult once = run_text(text, setup_of(in, 1, std::size_t{1} << 20));
  CHECK(once.whole);
  CHECK(once.total.records == 300);
  for (const unsigned threads : {1U, 2U, 3U, 4U}) {
    for (const std::size_t block : {1U, 7U, 64U, 1000U}) {
      const StreamResult again = run_text(text, setup_of(in, threads, block));
      INFO(threads << " threads, blocks of " << block);
      REQUIRE(again.out == once.out);
      REQUIRE(again.err == once.err);
      REQUIRE(again.total.failed == once.total.failed);
      REQUIRE(again.total.skipped == once.total.skipped);
    }
  }
}

TEST_CASE("as many rows come out as went in, each as it would have come alone") {
  const std::string text = csv_rows(60);
  StreamSetup setup = setup_of("csv", 3, 50);
  const std::string together = run_text(text, setup).out;
  const std::string header = text.substr(0, text.find('\n') + 1);
  std::string apart;
  std::size_t at = header.size();
  for (int i = 0; i < 60; ++i) {
    // a record of two lines has its line end inside quotes
    std::size_t end = text.find('\n', at);
    if (text[at] == '"') end = text.find('\n', end + 1);
    setup.header = i == 0;
    apart += run_text(header + text.substr(at, end + 1 - at), setup).out;
    at = end + 1;
  }
  CHECK(at == text.size());
  CHECK(together == apart);
}

TEST_CASE("absurd sizes are refused or answered in numbers, the same in a stream as alone") {
  const std::vector<std::string> sizes = {"1e-307", "1e-160", "1e-99", "1", "8", "1e99", "1e149", "1e160",
      "1e300", "1e300+-99999%", "1e-300+-90%", "1.7e308"};
  std::uint32_t state = 7;
  const auto any = [&](const std::vector<std::string>& of) {
    state = state * 1664525 + 1013904223;
    return of[(state >> 16) % of.size()];
  };
  const std::vector<std::string> at_least_one = {"1", "2", "1e39", "1e41", "1e308", "1e300+-99999%"};
  StreamSetup setup = setup_of("csv", 1, std::size_t{1} << 20);
  setup.columns =
      "energy_kwh,energy_low_kwh,energy_high_kwh,co2e_kg,co2e_lb,co2e_low_kg,co2e_high_kg,car_lifetimes,"
      "flights_ny_sf,"
      "used_hours,used_accelerator_count,used_it_power_w,used_it_energy_kwh,used_pue,used_intensity_g_per_"
      "kwh,error";
  setup.flags = {{"region", "X-T"}};
  const std::string header = "gpu,gpus,hours,gpu_power_w,trials,pue,intensity_g_per_kwh\n";
  std::string all = header + "TG1,8,10,300,1,1.2,100\n";
  std::string alone = run_text(all, setup).out;
  for (int i = 0; i < 400; ++i) {
    const auto mostly = [&](const std::vector<std::string>& of, const std::string& usual) {
      return any({"a", "b", "c"}) == "a" ? any(of) : usual;
    };
    const std::string row = "TG1," + mostly(sizes, "8") + "," + mostly(sizes, "10") + "," +
                            mostly(sizes, "300") + "," + mostly(at_least_one, "1") + "," +
                            mostly(at_least_one, "1.2") + "," + mostly(sizes, "100") + "\n";
    all += row;
    const std::string one = run_text(header + row, setup).out;
    alone += one.substr(one.find('\n') + 1);
  }
  const std::string out = run_text(all, setup).out;
  CHECK(out == alone);
  CHECK(out.find("inf") == std::string::npos);
  CHECK(out.find("nan") == std::string::npos);
  CHECK(out.find("does not fit a number") != std::string::npos);
}

TEST_CASE("failures are told by file and line, skipped records counted apart") {
  const StreamResult result =
      run_text("job,it_power_w,hours\na,100,1\n\"b\nb\",x,1\nc,100,0\nd,100,-1\n", setup_of("csv", 1, 1000));
  CHECK(result.total.records == 4);
  CHECK(result.total.failed == 2);
  CHECK(result.total.skipped == 1);
  CHECK(contains(result.err, "/in:3: it_power_w: \"x\" is not a power"));
  CHECK(contains(result.err, "/in:6: hours: \"-1\" is out of range"));
  CHECK(contains(result.err, "2 of 4 records failed"));
  CHECK(contains(result.err, "1 of 4 records are no runs"));
  CHECK(contains(result.out, "c,100,0,,,,,,,,,skipped: hours: is 0: nothing ran\n"));
}

TEST_CASE("flag --on-error skip leaves failures out, keeps the order and the rows that are no runs") {
  const StreamResult result = run_text(
      "job,it_power_w,hours\na,100,1\nb,x,1\nc,100,0\nd,100,1\n", setup_of("csv", 2, 5, OnError::skip));
  CHECK(result.whole);
  CHECK(result.total.failed == 1);
  CHECK_FALSE(contains(result.out, "\nb,"));
  CHECK(result.out.find("\na,") < result.out.find("\nc,"));
  CHECK(result.out.find("\nc,") < result.out.find("\nd,"));
}

TEST_CASE("flag --on-error stop ends before the failure, the same for any threads and blocks") {
  std::string text = "job,it_power_w,hours\n";
  for (int i = 0; i < 40; ++i) text += std::to_string(i) + ",100," + (i == 20 || i == 30 ? "x" : "1") + "\n";
  for (const unsigned threads : {1U, 2U, 4U}) {
    for (const std::size_t block : {1U, 30U, 10000U}) {
      const StreamResult result = run_text(text, setup_of("csv", threads, block, OnError::stop));
      INFO(threads << " threads, blocks of " << block);
      CHECK_FALSE(result.whole);
      CHECK(result.total.failed == 1);
      CHECK(contains(result.out, "\n19,"));
      CHECK_FALSE(contains(result.out, "\n20,"));
      CHECK_FALSE(contains(result.out, "\n21,"));
    }
  }
}

TEST_CASE("an array stays an array whatever is left out") {
  StreamSetup setup = setup_of("csv", 2, 5, OnError::skip);
  setup.out = "json";
  setup.columns = "energy_kwh";
  CHECK(run_text("it_power_w,hours\nx,1\n1000,1\nx,1\n1000,2\n", setup).out ==
        "[\n{\"it_power_w\":1000,\"hours\":1,\"energy_kwh\":1.2},\n{\"it_power_w\":1000,\"hours\":2,\"energy_"
        "kwh\":2.4}\n]\n");
}

TEST_CASE(
    "a record longer than allowed ends the run, one of just that length does not, whatever the blocks") {
  // {head, a record of so many bytes, foot}
  struct Format {
    std::string in, head, foot;
    std::string (*record)(std::size_t size);
  };
  const auto filled = [](const std::string& front, std::size_t size, const std::string& back) {
    return front + std::string(size - front.size() - back.size(), 'x') + back;
  };
  static const auto fill = filled;
  const Format format = GENERATE(values<Format>({
      {"csv", "job,it_power_w,hours\n", "", [](std::size_t n) { return fill("", n, ",1000,1"); }},
      {"csv", "job,it_power_w,hours\r\n", "", [](std::size_t n) { return fill("\"\n", n, "\",1000,1"); }},
      {"tsv", "job\tit_power_w\thours\n", "", [](std::size_t n) { return fill("", n, "\t1000\t1"); }},
      {"ndjson", "", "",
          [](std::size_t n) { return fill(R"({"it_power_w":1000,"hours":1,"job":")", n, "\"}"); }},
      {"sacct", "JobID|State|ElapsedRaw|AllocTRES|JobName\n", "",
          [](std::size_t n) { return fill("7|COMPLETED|60|cpu=1,gres/gpu:tg1=1,node=1|", n, ""); }},
      {"sacct-json", "{\"jobs\": [\n", "]}\n",
          [](std::size_t n) {
            return fill(R"({"job_id": 7, "state": {"current": "RUNNING"}, "x": ")", n, "\"}");
          }},
  }));
  const std::string end = format.in == "sacct-json" ? ",\n" : contains(format.head, "\r") ? "\r\n" : "\n";
  const auto text_of = [&](std::size_t size) {
    std::string text = format.head;
    for (const std::size_t each : {std::size_t{70}, std::size_t{300}, size, std::size_t{70}})
      text += format.record(each) + end;
    if (!format.foot.empty()) text.erase(text.size() - end.size());
    return text + format.foot;
  };
  const std::size_t first_line = format.in == "ndjson" ? 1 : 2;
  const std::size_t lines_each = contains(format.record(300), "\n") ? 2 : 1;
  for (const std::size_t size : {std::size_t{300}, std::size_t{301}, std::size_t{5000}}) {
    for (const unsigned threads : {1U, 3U}) {
      for (const std::size_t block : {1U, 64U, 299U, 300U, 301U, 302U, 303U, 1000U, 100000U}) {
        StreamSetup setup = setup_of(format.in, threads, block);
        setup.out = "ndjson";
        setup.options.longest_record = 300;
        const StreamResult result = run_text(text_of(size), setup);
        INFO(format.in << ", a record of " << size << ", " << threads << " threads, blocks of " << block);
        CHECK(result.total.records == (size == 300 ? 4 : 2));
        CHECK(std::count(result.out.begin(), result.out.end(), '\n') == (size == 300 ? 4 : 2));
        if (size == 300) {
          CHECK(result.refused.empty());
        } else {
          const std::string line = std::to_string(first_line + 2 * lines_each);
          CHECK(contains(result.refused, ":" + line + ": is longer than 300 bytes; raise --max-record"));
        }
      }
    }
  }
}

TEST_CASE("what stands among jobs and is none makes the same rows whatever the blocks") {
  std::string text = "{\"jobs\": [";
  for (int i = 0; i < 30; ++i)
    text += R"(tru fal"se", {"job_id": 1}{"job_id": 2} , 1.5e3"a ] b"x}y,,{"a": [1, {"b": "}"}]}word )";
  text += "], \"meta\": {}}\n";
  StreamSetup setup = setup_of("sacct-json", 1, 1000000);
  setup.out = "ndjson";
  const StreamResult once = run_text(text, setup);
  CHECK(once.total.records > 100);
  for (const unsigned block : {1U, 2U, 3U, 5U, 64U, 1000U}) {
    setup.options.block_size = block;
    setup.options.threads = 1 + block % 3;
    const StreamResult again = run_text(text, setup);
    INFO(block);
    CHECK(again.total.records == once.total.records);
    CHECK(again.out == once.out);
    CHECK(again.err == once.err);
  }
}

TEST_CASE("a stream of nothing but a long line, blank or not, takes no more memory than allowed") {
  for (const char byte : {' ', 'x'}) {
    for (const std::size_t block : {64U, 100000U}) {
      StreamSetup setup = setup_of("ndjson", 1, block);
      setup.options.longest_record = 300;
      const StreamResult result = run_text("{\"hours\":1}\n" + std::string(5000, byte) + "\n", setup);
      INFO(block);
      CHECK(result.total.records == 1);
      CHECK(contains(result.refused, ":2: is longer than 300 bytes"));
    }
  }
}

TEST_CASE("what comes before the end of a run is written, the same for any threads and blocks") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "{\"it_power_w\":1000,\"hours\":" + std::to_string(i + 1) + "}\n";
  const std::string too_long = "{\"job\":\"" + std::string(5000, 'x') + "\"}\n";
  const bool bad_before = GENERATE(false, true);
  if (bad_before) text += "{\"hours\":\"x\"}\n";
  for (const unsigned threads : {1U, 2U, 4U}) {
    for (const std::size_t block : {1U, 64U, 500U}) {
      StreamSetup setup = setup_of("ndjson", threads, block, bad_before ? OnError::stop : OnError::emit);
      setup.columns = "energy_kwh";
      setup.options.longest_record = 1000;
      const StreamResult result = run_text(text + too_long + text, setup);
      INFO(threads << " threads, blocks of " << block);
      CHECK_FALSE(result.whole);
      CHECK(result.total.records == (bad_before ? 51 : 50));
      CHECK(result.refused.empty() == bad_before);  // stopped before the long record was met
      CHECK(std::count(result.out.begin(), result.out.end(), '\n') == 50);
      CHECK(contains(result.out, "\"hours\":50,\"energy_kwh\":60}\n"));
    }
  }
}

TEST_CASE("nothing in, the header out") {
  const StreamResult result = run_text("job,hours\n", setup_of("csv", 4, 1));
  CHECK(result.whole);
  CHECK(result.total.records == 0);
  CHECK(contains(result.out, "job,hours,energy_kwh"));
}

TEST_CASE("a record keeps to its own time: flags do not contradict it") {
  StreamSetup setup = setup_of("csv", 1, 1000);
  setup.columns = "used_hours,error";
  setup.flags = {{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}};
  CHECK(run_text("gpu_hours\n80\n", setup).out == "gpu_hours,used_hours,error\n80,20,\n");
  CHECK(run_text("start,end\n2024-01-01,2024-01-02\n,\n", setup).out ==
        "start,end,used_hours,error\n2024-01-01,2024-01-02,24,\n,,10,\n");
}

TEST_CASE("a column says the same whichever others are asked for") {
  StreamSetup setup = setup_of("csv", 1, std::size_t{1} << 20);
  const std::string text = csv_rows(120);
  const auto column = [&](const std::string& columns, std::size_t place) {
    setup.columns = columns;
    std::vector<std::string> values;
    std::string out = run_text(text, setup).out;
    // from the last of the own fields on, which has no comma in it
    for (std::size_t at = 0; at < out.size();) {
      const std::size_t end = out.find('\n', at);
      std::string row = out.substr(at, end - at);
      at = end + 1;
      if (row.find(',') == std::string::npos || row.back() == '"' || row.starts_with("\"job")) continue;
      for (std::size_t i = 0; i < place; ++i) row.erase(row.rfind(','));
      values.push_back(row.substr(row.rfind(',') + 1));
    }
    return values;
  };
  // figures alone, then with what needs all that went into them
  const std::vector<std::string> alone = column("energy_kwh,co2e_kg", 0);
  CHECK(alone.size() > 60);
  CHECK(alone == column("energy_low_kwh,used_pue,used_hours,co2e_high_kg,co2e_kg", 0));
  CHECK(column("energy_kwh,co2e_kg", 1) == column("used_region,energy_kwh,assumed", 1));
}
