// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_reader.hpp"

#include <cmath>

#include "footpound/factors/catalog.hpp"
#include "memory/answerer.hpp"
#include "read/slurm/slurm_job.hpp"
#include "read/slurm/slurm_options.hpp"
#include "record/fields.hpp"
#include "support/close_to.hpp"
#include "support/read_stream.hpp"

using namespace footpound;

namespace {

// What becomes of a stream: counts, and totals of what was read.
struct Totals {
  int records = 0, failed = 0, skipped = 0;
  double gpu_seconds = 0, core_seconds = 0, seconds = 0;
  double kwh = 0;  // with 200 W a GPU and 100 W a job besides, PUE 1
  std::vector<std::string> errors;
  std::vector<std::string> notes;
};

std::shared_ptr<const SlurmOptions> metered(SlurmMeter meter) {
  const auto slurm = std::make_shared<SlurmOptions>();
  slurm->energy = meter;
  return slurm;
}

const Catalog& catalog() {
  static const Catalog built_in;
  return built_in;
}

Totals totals(std::string_view format, std::string_view text, const ReaderOptions& options = {},
    std::size_t block = std::size_t{1} << 30) {
  Totals sum;
  Record flags;
  for (const auto& [name, value] : {std::pair{"accelerator_power_w", "200"}, {"host_power_w", "100"},
           {"pue", "1"}, {"intensity_g_per_kwh", "400"}}) {
    REQUIRE(set_field(*find_field(name), name, value, flags));
  }
  Answerer answerer(catalog(), {{}, flags.stated}, false);
  const auto reader = read_stream(
      format, text, options, flags.spec,
      [&](Record& record) {
        ++sum.records;
        const Answer* answer = answerer.answer(record);
        if (answer == nullptr) {
          if (!record.error) record.error = *answerer.error();
          const Error& error = *answerer.error();
          ++(error.kind == ErrorKind::skipped ? sum.skipped : sum.failed);
          sum.errors.push_back(std::to_string(record.line) + ": " + message(error));
          return;
        }
        const double elapsed = in_hours(record.spec.hours->value) * 3600;
        double gpus = record.spec.accelerator_count ? record.spec.accelerator_count->value : 0;
        for (std::size_t i = 0; i < record.spec.group_count; ++i) gpus += record.spec.groups[i].count;
        sum.seconds += elapsed;
        sum.gpu_seconds += gpus * elapsed;
        sum.core_seconds += record.spec.cpu_cores->value * elapsed;
        sum.kwh += in_kwh(answer->figures().energy);
      },
      block);
  for (const CountedNote& note : reader->closing_notes()) sum.notes.push_back(note.text());
  return sum;
}

// One job of the given cells, read; `check` sees its record.
template <class Check>
void one(const std::string& header, const std::string& row, Check check, const ReaderOptions& options = {},
    const Spec& base = {}) {
  int records = 0;
  read_stream("sacct", header + "\n" + row + "\n", options, base, [&](Record& record) {
    ++records;
    check(record);
  });
  CHECK(records == 1);
}

std::string error_of(const std::string& header, const std::string& row) {
  std::string text;
  one(header, row, [&](const Record& record) { text = record.error ? message(*record.error) : ""; });
  return text;
}

constexpr const char* brief = "JobID|State|ElapsedRaw|NodeList|Partition|AllocTRES|ConsumedEnergyRaw|JobName";

}  // namespace

// Jobs of the real samples, in GPU-seconds (GPUs x elapsed):
//   1: 4 x 183845 = 735380   4: 8 x 21547 = 172376   2: 2 x 2 = 4   7: 72   8+0: 2   11: 198
//   13: 30, and again 20   3_0 to 3_4: 1 + 2 + 3 + 4 + 5 = 15
// together 735380 + 172376 + 4 + 72 + 2 + 198 + 30 + 20 + 15 = 908097; without job 2, 908093.
// Elapsed: 183845 + 21547 + 2 + 72 + 2 + 198 + 50 + 15 = 205731, and CPU-only 8+1: 2 and
// 12: 1, together 205734; without job 2, 205732.
// Cores x elapsed: the GPU-seconds, as each of these has a core a GPU, and 2 x 2 + 2 x 1.
// Jobs 5 (0 s) and 6 (never started) are no runs.
TEST_CASE("sacct: epoch times; all columns there are suffice", "[slurm]") {
  const Totals sum = totals("sacct", sample("slurm/sacct-epoch-times.psv"));
  CHECK(sum.records == 17);
  CHECK(sum.failed == 0);
  CHECK(sum.skipped == 2);
  CHECK(sum.gpu_seconds == close_to(908097));
  CHECK(sum.seconds == close_to(205734));
  CHECK(sum.core_seconds == close_to(908103));
  // 200 W x 908097 s + 100 W x 205734 s = 202192800 J
  CHECK(sum.kwh == close_to(202192800 / 3.6e6));
  CHECK(sum.notes.empty());
}

TEST_CASE("sacct: a job name with the delimiter in the middle of the row is read where one reading fits",
    "[slurm]") {
  const Totals sum = totals("sacct", sample("slurm/sacct-allocations-only.psv"));
  CHECK(sum.records == 17);
  CHECK(sum.skipped == 2);
  CHECK(sum.failed == 0);
  CHECK(sum.gpu_seconds == close_to(908097));
  // 200 x 908097 + 100 x 205734 = 202192800 J
  CHECK(sum.kwh == close_to(202192800 / 3.6e6));
  CHECK(sum.notes == std::vector<std::string>{
                         "15 jobs have times without an offset, taken as UTC; state --timezone, or run "
                         "sacct with SLURM_TIME_FORMAT=%s",
                         "1 row has the delimiter in a field: read, for their times, states and counts fit "
                         "one reading alone"});
}

TEST_CASE("sacct: steps are never summed with their job", "[slurm]") {
  // 17 allocations and 20 steps: 20 + 2 skipped
  const Totals sum = totals("sacct", sample("slurm/sacct-full.psv"));
  CHECK(sum.records == 37);
  CHECK(sum.skipped == 22);
  CHECK(sum.failed == 0);
  CHECK(sum.gpu_seconds == close_to(908097));
  CHECK(sum.errors.front() == "3: skipped: a step of job 1");

  // 1 s with 2 GPUs, three times over: .batch, .extern and .0
  const Totals steps = totals("sacct", sample("slurm/sacct-extern-step.psv"));
  CHECK(steps.records == 4);
  CHECK(steps.skipped == 3);
  CHECK(steps.gpu_seconds == close_to(2));
}

TEST_CASE("sacct: Elapsed and AllocTRES in any case, with no ElapsedRaw", "[slurm]") {
  const Totals sum = totals("sacct", sample("slurm/sacct-ga4hpc-fields.psv"));
  CHECK(sum.records == 37);
  CHECK(sum.skipped == 22);
  CHECK(sum.failed == 0);
  CHECK(sum.gpu_seconds == close_to(908097));
}

TEST_CASE("sacct: constructed rows, with and without a map", "[slurm]") {
  const std::string text = sample("slurm/sacct-constructed-extra.psv");
  // 3 steps and 4304 (pending) are no runs; 4306 has shards, whose size nobody says.
  // GPU-seconds: 4201: 32 x 203410 = 6509120; 4300: 2 x 1051 = 2102; 4303: 3600 / 7, and of no
  // type, which does not matter where their power is stated, 4301: 2 x 2400 = 4800;
  // 4302: 2 x 3600 = 7200; 4305: 86400.
  const Totals bare = totals("sacct", text);
  CHECK(bare.records == 13);
  CHECK(bare.skipped == 4);
  CHECK(bare.failed == 1);
  CHECK(bare.gpu_seconds == close_to(6509120 + 2102 + 3600.0 / 7 + 4800 + 7200 + 86400));

  // The map says what a shard is, a quarter: 4306: 2 / 4 x 3600 = 1800.
  const auto slurm = std::make_shared<SlurmOptions>();
  REQUIRE_FALSE(slurm->map.emplace().read(
      R"({"partition": {"A100": {"accelerator": "a100-sxm4-80gb"}}, "gres": {"shard": {"accelerator": "a100-sxm4-80gb", "share": 0.25}}})",
      catalog()));
  ReaderOptions options;
  options.of_family = slurm;
  const Totals mapped = totals("sacct", text, options);
  CHECK(mapped.failed == 0);
  CHECK(mapped.skipped == 4);
  CHECK(mapped.gpu_seconds == close_to(6509120 + 2102 + 3600.0 / 7 + 4800 + 7200 + 86400 + 1800));
  CHECK(mapped.notes.front() == "1 job is still running: estimated for the time so far");
}

TEST_CASE("sacct: the same records whatever the blocks", "[slurm]") {
  for (const char* name :
      {"slurm/sacct-full.psv", "slurm/sacct-constructed-extra.psv", "slurm/sacct-epoch-times.psv"}) {
    const std::string text = sample(name);
    const Totals whole = totals("sacct", text);
    for (const std::size_t block : {std::size_t{1}, std::size_t{100}, std::size_t{1000}}) {
      const Totals cut = totals("sacct", text, {}, block);
      CHECK(cut.records == whole.records);
      CHECK(cut.errors == whole.errors);
      CHECK(cut.kwh == whole.kwh);
    }
  }
}

TEST_CASE("sacct: a job becomes a spec", "[slurm]") {
  one("JOBID|jobname|State|Start|End|Elapsed|ElapsedRaw|NNodes|alloctres",
      "4201|ft-70b|COMPLETED|2026-05-01T22:00:00|2026-05-04T06:30:10|2-08:30:10|203410|4|billing=448,cpu=448,"
      "gres/gpu=32,gres/gpu:h100=32,mem=4096000M,node=4",
      [](const Record& record) {
        REQUIRE_FALSE(record.error);
        const Spec& spec = record.spec;
        CHECK(*spec.name == "ft-70b");
        CHECK(*spec.accelerator == "h100");
        CHECK(spec.accelerator_count->value == 32);
        CHECK(in_hours(spec.hours->value) == close_to(203410.0 / 3600));
        CHECK(spec.nodes->value == 4);
        CHECK(spec.cpu_cores->value == 448);
        CHECK(spec.memory_gb->value == close_to(4294.967296));  // 4096000 x 2^20 bytes
        // 2026-05-01T22:00:00Z: 20574 days of 86400 s, and 22 h
        CHECK(spec.start->epoch_seconds == 1777672800);
      });
}

TEST_CASE("sacct: the last column takes what users wrote into it", "[slurm]") {
  one(brief, "7|FAILED|60|n1|gpu|cpu=1,gres/gpu:a100=1,node=1||a|b||c", [](const Record& record) {
    REQUIRE_FALSE(record.error);
    CHECK(*record.spec.name == "a|b||c");
    CHECK(record.own_fields.back().raw == "a|b||c");
  });
  // -p: a delimiter more at each line's end
  one(std::string(brief) + "|", "7|FAILED|60|n1|gpu|cpu=1,gres/gpu:a100=1,node=1||a|b|",
      [](const Record& record) {
        REQUIRE_FALSE(record.error);
        CHECK(*record.spec.name == "a|b");
        CHECK(record.own_fields.size() == 8);
      });
  // --delimiter=<tab>
  one("JobID\tElapsedRaw\tAllocTRES\tJobName", "7\t60\tcpu=1,node=1\ta|b",
      [](const Record& record) { CHECK(*record.spec.name == "a|b"); });
}

TEST_CASE("sacct: rows too short or too long are refused", "[slurm]") {
  CHECK(error_of(brief, "7|FAILED|60") == "misfit row: has 3 fields, the header 8");
  CHECK(error_of("JobName|JobID|ElapsedRaw|AllocTRES|Comment", "a|b|7|60|cpu=1|x").empty());
  CHECK(error_of("JobName|Account|JobID|ElapsedRaw|AllocTRES|Comment", "a|b|c|1 2|60|cpu=1|x") ==
        "misfit row: has 7 fields, the header 6; a field may hold the delimiter: print JobName as the last "
        "column, where it does no harm");
}

TEST_CASE("sacct: what is no run is skipped", "[slurm]") {
  CHECK(error_of(brief, "123.batch|COMPLETED|60|n1||cpu=1||x") == "skipped: a step of job 123");
  CHECK(error_of(brief, "123_4.0|COMPLETED|60|n1||cpu=1||x") == "skipped: a step of job 123_4");
  CHECK(error_of(brief, "8+1.0|COMPLETED|60|n1||cpu=1||x") == "skipped: a step of job 8+1");
  CHECK(error_of(brief, "123_[5-9%2]|PENDING|0|None assigned|a,b|||x") ==
        "skipped: pending, it has not started");
  CHECK(error_of(brief, "6|CANCELLED by 0|0|None assigned|gpu|||x") == "skipped: it ran for 0 s");
}

TEST_CASE("sacct: failed, cancelled, preempted and requeued runs used energy", "[slurm]") {
  for (const char* state : {"FAILED", "TIMEOUT", "OUT_OF_MEMORY", "NODE_FAIL", "PREEMPTED",
           "CANCELLED by 1000", "DEADLINE", "REQUEUED", "SUSPENDED", "RUNNING"}) {
    one(brief, "13|" + std::string(state) + "|30|n1|gpu|cpu=1,gres/gpu:a100=1,node=1||x",
        [](const Record& record) { CHECK_FALSE(record.error); });
  }
}

TEST_CASE("sacct: a job without GPUs has none, whatever the flags say", "[slurm]") {
  Spec flags;
  flags.accelerator = "a100";
  flags.accelerator_count = Stated<double>{8, 0};
  one(
      brief, "12|COMPLETED|3600|n1|gpu|billing=2,cpu=2,mem=2G,node=1||x",
      [](const Record& record) {
        CHECK_FALSE(record.spec.accelerator);
        CHECK(record.spec.accelerator_count->value == 0);
        CHECK(record.spec.cpu_cores->value == 2);
        CHECK(record.spec.memory_gb->value == close_to(2.147483648));
      },
      {}, flags);
  // and a flag names GPUs of no type
  one(
      brief, "12|COMPLETED|3600|n1|gpu|cpu=2,gres/gpu=3,node=1||x",
      [](const Record& record) {
        CHECK(*record.spec.accelerator == "a100");
        CHECK(record.spec.accelerator_count->value == 3);
      },
      {}, flags);
}

TEST_CASE("sacct: without AllocTRES nothing is guessed", "[slurm]") {
  CHECK(error_of("JobID|ElapsedRaw|NCPUS", "1|60|4") ==
        "AllocTRES: is not there, so the job's GPUs are not known; print AllocTRES (sacct -o ...,AllocTRES), "
        "or state --gpu and --gpu-count (0 for none)");
  Spec flags;
  flags.accelerator_count = Stated<double>{0, 0};
  one(
      "JobID|ElapsedRaw|NCPUS", "1|60|4",
      [](const Record& record) {
        CHECK_FALSE(record.error);
        CHECK(record.spec.cpu_cores->value == 4);
      },
      {}, flags);
}

TEST_CASE("sacct: several kinds of GPUs are one row", "[slurm]") {
  one(brief, "5|COMPLETED|60|n1|gpu|cpu=8,gres/gpu:a100=4,gres/gpu:v100=2,gres/gpu=6,node=2||x",
      [](const Record& record) {
        REQUIRE_FALSE(record.error);
        REQUIRE(record.spec.group_count == 2);
        CHECK(record.spec.groups[0].accelerator == "a100");
        CHECK(record.spec.groups[0].count == 4);
        CHECK(record.spec.groups[1].accelerator == "v100");
        CHECK(record.spec.groups[1].count == 2);
        CHECK_FALSE(record.spec.accelerator);
      });
}

TEST_CASE("sacct: Slurm's energy is used where it is asked for and plausible", "[slurm]") {
  ReaderOptions options;
  const auto read = [&](const std::string& joules, auto check) {
    one(brief, "1|COMPLETED|3600|n1|gpu|cpu=4,gres/gpu:a100=4,mem=8G,node=2|" + joules + "|x", check,
        options);
  };
  read(
      "7200000", [](const Record& record) { CHECK_FALSE(record.spec.measured_it_energy); });  // not asked for
  options.of_family = metered(SlurmMeter::node);
  read("7200000",
      [](const Record& record) { CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(2)); });
  options.of_family = metered(SlurmMeter::gpu);
  read("7200000", [](const Record& record) {
    CHECK(in_kwh(record.spec.measured_accelerator_energy->value) == close_to(2));
  });
  options.of_family = metered(SlurmMeter::cpu);
  read("7200000",
      [](const Record& record) { CHECK(in_watts(record.spec.host_power->value) == close_to(2000)); });
  options.of_family = metered(SlurmMeter::node);
  // 20 kW x 2 nodes x 3600 s = 144 MJ
  read("144000000", [](const Record& record) { CHECK(record.spec.measured_it_energy); });
  for (const char* absurd : {"144000001", "0", "", "-5", "18446744073709551614", "18446744073709551615",
           "16.78?", "1e999", "NONE", "nan"}) {
    INFO(absurd);
    read(absurd, [](const Record& record) {
      CHECK_FALSE(record.error);
      CHECK_FALSE(record.spec.measured_it_energy);
    });
  }
}

TEST_CASE("sacct: GPUs of no type need none where the energy is metered", "[slurm]") {
  const std::string row = "1|COMPLETED|3600|n1|gpu|cpu=4,gres/gpu=4,node=1|7200000|x";
  CHECK(error_of(brief, row).find("AllocTRES: has 4 GPUs of no type") == 0);
  CHECK(error_of(brief, "1|COMPLETED|3600|n1|gpu|cpu=4,gres/shard=4,node=1|7200000|x")
            .find("AllocTRES: gres/shard=4 are parts") == 0);
  ReaderOptions options;
  for (const SlurmMeter meter : {SlurmMeter::node, SlurmMeter::gpu}) {
    options.of_family = metered(meter);
    one(
        brief, row,
        [](const Record& record) {
          CHECK_FALSE(record.error);
          CHECK_FALSE(record.spec.accelerator);
        },
        options);
  }
  options.of_family = metered(SlurmMeter::node);
  one(
      brief, "1|COMPLETED|3600|n1|gpu|cpu=4,gres/shard=4,node=1|7200000|x",
      [](const Record& record) { CHECK_FALSE(record.error); }, options);
}

TEST_CASE("sacct: how many jobs' energy was not used is told", "[slurm]") {
  // job 1: 335412345 J in 183845 s on one node, 1.8 kW. Job 2's is absurd. The other 13 runs
  // have none: blank or 0.
  ReaderOptions options;
  options.of_family = metered(SlurmMeter::node);
  const Totals sum = totals("sacct", sample("slurm/sacct-epoch-times.psv"), options);
  CHECK(sum.failed == 0);
  // 200 W and 100 W as above but for job 1: (202192800 - 200 x 735380 - 100 x 183845 + 335412345) J
  CHECK(sum.kwh == close_to((202192800.0 - 147076000 - 18384500 + 335412345) / 3.6e6));
  CHECK(
      sum.notes == std::vector<std::string>{"13 jobs have no energy recorded by Slurm: estimated instead",
                       "1 job has an energy recorded by Slurm that is not plausible (above 20 kW a node, or "
                       "a marker): estimated instead"});
}

TEST_CASE("sacct: the lossy ConsumedEnergy where there is no other", "[slurm]") {
  ReaderOptions options;
  options.of_family = metered(SlurmMeter::node);
  one(
      "JobID|ElapsedRaw|AllocTRES|ConsumedEnergy", "1|183845|cpu=4,node=1|335.41M",
      [](const Record& record) {
        CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(335.41e6 / 3.6e6));
      },
      options);
}

TEST_CASE("sacct: the map says what records lack, nodes before partitions", "[slurm]") {
  const auto slurm = std::make_shared<SlurmOptions>();
  REQUIRE_FALSE(
      slurm->map.emplace().read(R"({"partition": {"gpu": {"accelerator": "h100", "region": "FR", "pue": 1.3}},
    "node": {"n[1-2]": {"accelerator": "a100-sxm4-80gb", "pue": 1.1}}, "gres": {"tesla": "v100-sxm2-32gb"}})",
          catalog()));
  ReaderOptions options;
  options.of_family = slurm;
  one(
      brief, "1|COMPLETED|60|n[1-2]|gpu|cpu=4,gres/gpu=4,node=2||x",
      [](const Record& record) {
        REQUIRE_FALSE(record.error);
        CHECK(*record.spec.accelerator == "a100-sxm4-80gb");
        CHECK(*record.spec.region == "FR");
        CHECK(record.spec.pue->value == Pue(1.1));
      },
      options);
  one(
      brief, "1|COMPLETED|60|n9|gpu|cpu=4,gres/gpu:tesla=4,node=2||x",
      [](const Record& record) {
        CHECK(*record.spec.accelerator == "v100-sxm2-32gb");
        CHECK(record.spec.pue->value == Pue(1.3));
      },
      options);
  one(
      brief, "1|COMPLETED|60|n[2-3]|gpu|cpu=4,gres/gpu=4,node=2||x",
      [](const Record& record) {
        REQUIRE(record.error);
        CHECK(
            message(*record.error) ==
            R"(NodeList: --map says different things of its nodes "n2" and "n3"; give all nodes of a job one entry)");
      },
      options);
  // a column that somebody joined says more
  one(
      "JobID|ElapsedRaw|Partition|AllocTRES|pue|gpu", "1|60|gpu|cpu=4,gres/gpu=4|1.05|l4",
      [](const Record& record) {
        CHECK(*record.spec.accelerator == "l4");
        CHECK(*record.spec.region == "FR");
        CHECK(record.spec.pue->value == Pue(1.05));
      },
      options);
  // a partition of GPUs does not make GPUs of a job that has none
  one(
      brief, "1|COMPLETED|60|n9|gpu|cpu=4,node=1||x",
      [](const Record& record) { CHECK(record.spec.accelerator_count->value == 0); }, options);
}

TEST_CASE("sacct: headers that cannot be read say which command helps", "[slurm]") {
  const auto refusal = [](const std::string& text) {
    const Result<std::size_t> begun = find_input_format("sacct")->make({})->begin(text);
    return begun ? std::string() : message(begun.error());
  };
  CHECK(refusal("       JobID    JobName  Partition\n------------ ---------- ----------\n")
            .find("use sacct -P") != std::string::npos);
  CHECK(refusal("State|ElapsedRaw|AllocTRES\n").find("has no column JobID") == 0);
  CHECK(refusal("JobID|State|AllocTRES\n").find("has no column ElapsedRaw") == 0);
  CHECK(refusal("{\"jobs\": []}").find("--in sacct-json") != std::string::npos);
}

TEST_CASE("sacct: known by its content", "[slurm]") {
  CHECK(format_of_content(sample("slurm/sacct-full.psv"))->name == "sacct");
  CHECK(format_of_content("jobid\tSTATE\telapsed\n1\tCOMPLETED\t00:00:01\n")->name == "sacct");
  CHECK(format_of_content("       JobID    JobName  Partition\n------------ ---------- ----------\n")->name ==
        "sacct");
  CHECK(format_of_content(sample("slurm/sacct-slurm22.05.json"))->name == "sacct-json");
  CHECK(format_of_content(sample("slurm/sacct-slurm24.05.json"))->name == "sacct-json");
  CHECK(format_of_content("{\"jobs\": [1, 2], \"gpu\": \"a100\"}\n")->name == "ndjson");
  CHECK(format_of_content("start,end,state,gpu\n")->name == "csv");
}

TEST_CASE("sacct: CSV and TSV made from it are read by its rules", "[slurm]") {
  const std::string csv = "JobID,State,ElapsedRaw,AllocTRES,JobName,energy_kwh,error\n";
  CHECK(format_of_content(csv)->name == "sacct");
  std::vector<std::string> errors;
  std::vector<std::uint64_t> lines;
  const auto reader = read_stream("sacct",
      csv +
          "1,COMPLETED,3600,\"cpu=4,gres/gpu:a100=2\",\"a "
          "\"\"b\"\",\nc\",,\n1.batch,COMPLETED,3600,cpu=4,batch,,\n"
          "2,COMPLETED,60,cpu=4,gres/gpu:a100=2,x,,\n3,COMPLETED,60,\"cpu=4,x,,\n",
      {}, {}, [&](const Record& record) {
        lines.push_back(record.line);
        errors.push_back(record.error ? message(*record.error) : "");
        if (record.own_fields.size() > 4 && record.own_fields[0].raw == "1") {
          CHECK(record.spec.accelerator_count->value == 2);
          CHECK(*record.spec.name == "a \"b\",\nc");
          CHECK(record.own_fields[4].raw == "\"a \"\"b\"\",\nc\"");
        }
      });
  CHECK(reader->encoding() == Encoding::csv);
  REQUIRE(errors.size() == 4);
  CHECK(lines == std::vector<std::uint64_t>{2, 4, 5, 6});
  CHECK(errors[0].empty());
  CHECK(errors[1] == "skipped: a step of job 1");
  CHECK(errors[2] ==
        "misfit row: has 8 fields, the header 7; AllocTRES is full of commas: without quotes around it, use "
        "sacct -P");
  CHECK(errors[3] == "misfit row: quotes do not match; a quote inside a quoted field is doubled");
}

TEST_CASE("sacct --json: GPUs without a count fail the job, where their types do not count them", "[slurm]") {
  const auto error = [](const std::string& allocated) {
    std::string text;
    read_stream("sacct-json",
        R"({"jobs":[{"job_id":1,"state":{"current":"COMPLETED"},"time":{"elapsed":60},"tres":{"allocated":[)" +
            allocated + "]}}]}",
        {}, {}, [&](const Record& record) { text = record.error ? message(*record.error) : ""; });
    return text;
  };
  const std::string cpu = R"({"type":"cpu","name":"","count":4})";
  const std::string gpu = R"(,{"type":"gres","name":"gpu","count":null})";
  CHECK(error(cpu).empty());
  CHECK(error(cpu + gpu) == "tres.allocated: gres/gpu has no count");
  CHECK(error(cpu + gpu + R"(,{"type":"gres","name":"gpu:a100","count":4})").empty());
}

TEST_CASE("sacct --json: what stands behind the list of jobs has to be the rest of one document", "[slurm]") {
  const auto unfinished = [](const std::string& behind) {
    const auto reader = read_stream("sacct-json", "{\"jobs\":[]" + behind, {}, {}, [](const Record&) {});
    const std::optional<Error> error = reader->unfinished();
    return error ? message(*error) : "";
  };
  CHECK(unfinished("}").empty());
  CHECK(unfinished(" , \"errors\": [ ], \"meta\": {\"a\": [\"]}\"]}}\n").empty());
  for (const char* wrong : {"", ",", "} x", "}{\"jobs\":[]}", ",\"meta\":}", ",\"meta\"}", ",\"meta\":{"}) {
    INFO(wrong);
    CHECK(unfinished(wrong).find("goes on, behind its list of jobs") == 0);
  }
}

TEST_CASE("sacct: hostile rows fail alone and print nothing raw", "[slurm]") {
  // a name with an escape code and a NUL passes through
  const std::string name("\x1b[2Jx\0y\xff", 8);
  one(brief, "7|FAILED|60|n1|gpu|cpu=1,gres/gpu:a100=1,node=1||" + name, [&](const Record& record) {
    CHECK_FALSE(record.error);
    CHECK(record.own_fields.back().raw == name);
  });
  CHECK(error_of(brief, "7|FAILED|\x1b[31m|n1|gpu|cpu=1||x") ==
        R"(ElapsedRaw: "\x1b[31m" is no time; sacct writes [D-]HH:MM:SS, or seconds)");
  for (const char* elapsed : {"1e999", "-5", "nan", "inf", "0x10", "1:2:3:4", "5-"}) {
    INFO(elapsed);
    CHECK(error_of(brief, "7|FAILED|" + std::string(elapsed) + "|n1|gpu|cpu=1||x").find("ElapsedRaw: ") == 0);
  }
  CHECK(error_of(brief, "7|FAILED|18446744073709551614|n1|gpu|cpu=1||x") ==
        "ElapsedRaw: is no time that a job can take");
  CHECK(error_of(brief, "7|FAILED|60|n1|gpu|cpu=1,gres/gpu=18446744073709551614||x") ==
        R"(AllocTRES: gres/gpu is "18446744073709551614", which is no count)");
  CHECK(error_of(brief, "7|FAILED|60|n1|gpu|cpu=1,gres/gpu=1e999||x") ==
        R"(AllocTRES: gres/gpu is "1e999", which is no count)");
  CHECK(error_of(brief, "7|FAILED|60|n1|gpu|cpu||x") ==
        R"(AllocTRES: "cpu" is no name=number; print AllocTRES whole (sacct -P))");
  // ten megabytes in one field
  const std::string big(10'000'000, 'x');
  one(brief, "7|FAILED|60|n1|gpu|cpu=1,gres/gpu:a100=1,node=1||" + big,
      [&](const Record& record) { CHECK(record.own_fields.back().raw.size() == big.size()); });
}

TEST_CASE("sacct: CSV whose header stands in quotes, as R and pandas write it", "[slurm]") {
  one(R"("JobID","ElapsedRaw","AllocTRES","JobName")", R"("7","60","cpu=1,node=1","a, ""b""")",
      [](const Record& record) {
        REQUIRE_FALSE(record.error);
        CHECK(record.own_fields.front().name == "JobID");
        CHECK(*record.spec.name == "a, \"b\"");
        CHECK(record.spec.cpu_cores->value == 1);
      });
}

TEST_CASE("sacct: CRLF, a byte-order mark, and no line end at the end", "[slurm]") {
  one("\xEF\xBB\xBFJobID|ElapsedRaw|AllocTRES|JobName\r", "7|60|cpu=1,node=1|x\r", [](const Record& record) {
    REQUIRE_FALSE(record.error);
    CHECK(record.own_fields.front().name == "JobID");
    CHECK(*record.spec.name == "x");
  });
  int records = 0;
  read_stream("sacct", "JobID|ElapsedRaw|AllocTRES\n7|60|cpu=1", {}, {}, [&](const Record& record) {
    ++records;
    CHECK_FALSE(record.error);
  });
  CHECK(records == 1);
}

// The two jobs of the 22.05 sample: 4 x 183845 GPU-seconds and 1 x 1.
// 24.05: 32 x 203410 = 6509120.
TEST_CASE("sacct --json: both shapes", "[slurm]") {
  const Totals old = totals("sacct-json", sample("slurm/sacct-slurm22.05.json"));
  CHECK(old.records == 2);
  CHECK(old.failed == 0);
  CHECK(old.gpu_seconds == close_to(735381));
  CHECK(old.core_seconds == close_to(735381));
  CHECK(old.kwh == close_to((200.0 * 735381 + 100.0 * 183846) / 3.6e6));
  const Totals recent = totals("sacct-json", sample("slurm/sacct-slurm24.05.json"));
  CHECK(recent.records == 1);
  CHECK(recent.failed == 0);
  CHECK(recent.gpu_seconds == close_to(6509120));
  CHECK(recent.core_seconds == close_to(448.0 * 203410));
}

TEST_CASE("sacct --json: own fields are a small stable set", "[slurm]") {
  std::vector<std::string> lines;
  read_stream("sacct-json", sample("slurm/sacct-slurm22.05.json"), {}, {}, [&](const Record& record) {
    std::string line;
    for (const OwnField& own : record.own_fields)
      line += std::string(own.name) + "=" + std::string(own.raw) + " ";
    lines.push_back(line);
    CHECK(record.spec.memory_gb->value ==
          close_to(record.line < 100 ? 8.589934592 : 1.073741824));  // 8192 and 1024 MiB
  });
  REQUIRE(lines.size() == 2);
  CHECK(
      lines[0] ==
      R"(job_id=1 array_job_id=null array_task_id=null name="train" user="root" account="nlp" cluster="mini" partition="gpu" state="COMPLETED" start=1772438400 end=1772622245 elapsed_s=183845 node_list="n1" qos="normal" )");
  CHECK(
      lines[1] ==
      R"(job_id=14 array_job_id=3 array_task_id=0 name="sweep" user="root" account="nlp" cluster="mini" partition="gpu" state="COMPLETED" start=1795414015 end=1795414016 elapsed_s=1 node_list="n1" qos="normal" )");
}

TEST_CASE("sacct --json: the same records and lines whatever the blocks", "[slurm]") {
  for (const char* name : {"slurm/sacct-slurm22.05.json", "slurm/sacct-slurm24.05.json"}) {
    const std::string text = sample(name);
    const auto lines = [&](std::size_t block) {
      std::vector<std::uint64_t> found;
      const auto reader = read_stream(
          "sacct-json", text, {}, {}, [&](const Record& record) { found.push_back(record.line); }, block);
      CHECK_FALSE(reader->unfinished());
      return found;
    };
    const std::vector<std::uint64_t> whole = lines(text.size());
    for (const std::size_t block : {std::size_t{1}, std::size_t{17}, std::size_t{5000}})
      CHECK(lines(block) == whole);
  }
}

TEST_CASE("sacct --json: elements that are no jobs are rows whatever the blocks", "[slurm]") {
  const std::string text =
      "{\"jobs\": [null, 5\n,\"x,]\" ,true 7,{\"job_id\": 1}8,[1, {}]\"y\"{}, 9],\n\"meta\": {\"jobs\": [1, "
      "2]}}\n";
  const auto rows = [&](std::size_t block) {
    std::vector<std::string> found;
    const auto reader = read_stream(
        "sacct-json", text, {}, {},
        [&](const Record& record) {
          found.push_back(std::to_string(record.line) + ": " + std::string(record.raw));
        },
        block);
    CHECK_FALSE(reader->unfinished());
    return found;
  };
  const std::vector<std::string> whole = rows(text.size());
  CHECK(whole == std::vector<std::string>{"1: null", "1: 5", "2: \"x,]\"", "2: true", "2: 7",
                     "2: {\"job_id\": 1}", "2: 8", "2: [1, {}]", "2: \"y\"{}", "2: 9"});
  for (std::size_t block = 1; block < text.size(); ++block) {
    INFO(block);
    CHECK(rows(block) == whole);
  }
}

TEST_CASE("sacct --json: cut off anywhere, it says so; what was whole was read", "[slurm]") {
  const std::string text = sample("slurm/sacct-slurm22.05.json");
  const std::size_t begin = *find_input_format("sacct-json")->make({})->begin(text);
  const std::size_t end = text.rfind(']');
  for (std::size_t cut = begin; cut <= end; cut += 37) {
    const auto reader = read_stream("sacct-json", std::string_view(text).substr(0, cut), {}, {},
        [](const Record& record) { CHECK_FALSE(record.error); });
    CHECK(reader->unfinished());
  }
}

TEST_CASE("sacct --json: hostile jobs fail alone", "[slurm]") {
  const std::string good =
      R"({"job_id": 1, "state": {"current": ["RUNNING", "COMPLETING"]}, "time": {"elapsed": 60, "start": 0}, "tres": {"allocated": [{"type": "cpu", "name": "", "count": 2}]}})";
  const auto read = [&](const std::string& jobs) {
    std::vector<std::string> errors;
    const auto reader = read_stream("sacct-json", "{\"jobs\": [" + jobs + "], \"meta\": {}}", {}, {},
        [&](const Record& record) { errors.push_back(record.error ? message(*record.error) : ""); });
    CHECK_FALSE(reader->unfinished());
    return errors;
  };
  CHECK(read("").empty());
  CHECK(read(good) == std::vector<std::string>{""});
  // a bad number, and a job behind it
  const auto bad_number = read(R"({"job_id": 01}, )" + good);
  REQUIRE(bad_number.size() == 2);
  CHECK(bad_number[0].find("is no JSON object") == 0);
  CHECK(bad_number[1].empty());
  CHECK(read("7, \"x\", null, " + good).size() == 4);
  // brackets in strings are text
  CHECK(read(R"({"job_id": 1, "name": "]}\"{[", "time": {"elapsed": 0}}, )" + good).back().empty());
  // nested deeper than is read
  CHECK(read("{\"x\": " + std::string(5000, '[') + std::string(5000, ']') + "}, " + good).back().empty());
  const auto count = [&](const std::string& number) {
    return read(
        R"({"job_id": 1, "time": {"elapsed": 60}, "tres": {"allocated": [{"type": "gres", "name": "gpu:a100", "count": )" +
        number + "}]}}")
        .front();
  };
  CHECK(count("2").empty());
  CHECK(count("18446744073709551614") ==
        R"(tres.allocated: gres/gpu:a100 is "18446744073709551614", which is no count)");
  CHECK(count("-2") == R"(tres.allocated: gres/gpu:a100 is "-2", which is no count)");
  CHECK(count("1e999") == R"(tres.allocated: gres/gpu:a100 is "1e999", which is no count)");
  // an unknown count is not there
  CHECK(count("null").find("tres.allocated: is not there") == 0);
  CHECK(count(R"({"set": false, "infinite": false, "number": 0})").find("tres.allocated: is not there") == 0);
  CHECK(count(R"({"set": true, "infinite": false, "number": 3})").empty());
}

TEST_CASE("sacct: a record's own columns stand above what was accounted", "[slurm]") {
  const std::string header = "JobID|ElapsedRaw|AllocTRES|gpu|gpus";
  const auto has = [&](const std::string& row, std::string_view kind, double count) {
    INFO(row);
    one(header, row, [&](const Record& record) {
      REQUIRE_FALSE(record.error);
      CHECK(record.spec.accelerator.value_or("") == kind);
      CHECK(record.spec.accelerator_count->value == count);
      CHECK(record.spec.group_count == 0);
    });
  };
  has("1|60|cpu=1|h100|4", "h100", 4);
  has("1|60|cpu=1,gres/gpu=2|h100|4", "h100", 4);
  has("1|60|cpu=1,gres/gpu:a100=2|h100|", "h100", 2);
  has("1|60|cpu=1,gres/gpu:a100=2|h100|0", "h100", 0);
  has("1|60|cpu=1,gres/gpu:a100=2||1", "a100", 1);
  has("1|60|cpu=1,gres/gpu:a100=1,gres/gpu:v100=1|h100|", "h100", 2);
  has("1|60|cpu=1,gres/gpu:a100_1g.5gb=7|h100|", "h100", 1);
  CHECK(error_of(header, "1|60|cpu=1|x|4").empty());
  CHECK(error_of(header, "1|60|cpu=1||4").find("AllocTRES: says no type of the accelerators") == 0);
  CHECK(error_of(header, "1|60|cpu=1,gres/gpu:a100=1,gres/gpu:v100=1||3")
            .find("AllocTRES: has several kinds") == 0);
  one(header, "1|60|cpu=1,gres/gpu:a100=1,gres/gpu:v100=1||2",
      [](const Record& record) { CHECK(record.spec.group_count == 2); });
}

TEST_CASE("sacct: what no job of a stream turned out to be is not told", "[slurm]") {
  // running, but of no type: it fails, and is not "estimated for the time so far"
  CHECK(totals("sacct", "JobID|State|ElapsedRaw|AllocTRES\n1|RUNNING|60|cpu=1,gres/shard=1\n").notes.empty());
  CHECK(totals("sacct", "JobID|State|ElapsedRaw|AllocTRES\n1|RUNNING|60|cpu=1\n").notes.size() == 1);
}

TEST_CASE("sacct: the map by QOS, account and cluster, and GPUs by node", "[slurm]") {
  const auto slurm = std::make_shared<SlurmOptions>();
  REQUIRE_FALSE(slurm->map.emplace().read(R"({
    "cluster": {"one": {"region": "FR", "pue": 1.1, "accelerator": "v100"}},
    "account": {"p1": {"pue": 1.2}}, "qos": {"fast": {"pue": 1.3}},
    "partition": {"gpu": {"accelerator": "h100", "gpus_per_node": 4}, "slow": {"pue": 1.4}}})",
      catalog()));
  ReaderOptions options;
  options.of_family = slurm;
  const std::string header = "JobID|ElapsedRaw|Cluster|Account|QOS|Partition|AllocTRES";
  const auto pue = [&](const std::string& row, double right) {
    one(
        header, row, [&](const Record& record) { CHECK(record.spec.pue->value == Pue(right)); }, options);
  };
  pue("1|60|One|||x|cpu=1", 1.1);
  pue("1|60|one|P1||x|cpu=1", 1.2);
  pue("1|60|one|p1|fast|x|cpu=1", 1.3);
  pue("1|60|one|p1|fast|slow|cpu=1", 1.4);
  one(
      header, "1|60|one|||gpu|cpu=1,node=3",
      [](const Record& record) {
        CHECK(*record.spec.accelerator == "h100");
        CHECK(record.spec.accelerator_count->value == 12);  // 4 a node
      },
      options);
  // what is accounted needs no count by nodes
  one(
      header, "1|60|one|||gpu|cpu=1,gres/gpu=2,node=3",
      [](const Record& record) { CHECK(record.spec.accelerator_count->value == 2); }, options);
}

TEST_CASE("sacct: AllocGRES where AllocTRES has no GPUs", "[slurm]") {
  one("JobID|ElapsedRaw|AllocGRES|AllocTRES", "1|60|gpu:tesla_v100s:2|cpu=1,node=1",
      [](const Record& record) {
        CHECK(*record.spec.accelerator == "tesla_v100s");
        CHECK(record.spec.accelerator_count->value == 2);
      });
  CHECK(error_of("JobID|ElapsedRaw|AllocGRES|AllocTRES", "1|60|gpu:t4:2|cpu=1,node=2")
            .find("AllocGRES: counts the GPUs of a node or of the job") == 0);
}
