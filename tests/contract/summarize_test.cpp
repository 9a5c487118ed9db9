// SPDX-License-Identifier: MIT
// The contract of `summarize`: every input format in every format of sheets, whole, in parts and merged.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "contract/runs.hpp"
#include "contract/words.hpp"
#include "read/reader.hpp"
#include "sheet/sheet.hpp"
#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/program.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;
using namespace footpound::contract;

namespace {

Words summarize_words() {
  Words words = estimate_words();
  words.front() = "summarize";
  return words;
}

std::size_t count(const Records& records, Became became) {
  return static_cast<std::size_t>(std::count(records.begin(), records.end(), became));
}

// The jobs of all groups: answered, skipped and failed.
void check_counts(const std::string& json, const Records& records) {
  const auto sheet = nlohmann::json::parse(json, nullptr, false);
  REQUIRE(sheet.is_object());
  std::size_t jobs = 0;
  std::size_t skipped = 0;
  std::size_t failed = 0;
  for (const auto& row : sheet["rows"]) {
    jobs += row["jobs"].get<std::size_t>();
    skipped += row["skipped"].get<std::size_t>();
    failed += row["failed"].get<std::size_t>();
  }
  CHECK(jobs == count(records, Became::answered));
  CHECK(skipped == count(records, Became::skipped));
  CHECK(failed == count(records, Became::failed));
}

}  // namespace

TEST_CASE("contract: totals of every input format, in every format", "[contract]") {
  const Scratch scratch;
  for (const InputFormat& in : input_formats()) {
    for (const Stream& stream : streams_of(in.name)) {
      const std::string path = scratch.write("stream", stream.text);
      const Words reads = {"--in", std::string(in.name)};
      // a key that some record has: the first column, or key
      std::string key = stream.text.substr(0, stream.text.find_first_of(",|\t"));
      if (in.name == "ndjson") key = "hours";
      if (in.name == "sacct-json") key = "job_id";
      const int status = count(stream.records, Became::failed) > 0 ? 1 : 0;
      const std::string failures = status == 0
                                       ? ""
                                       : std::to_string(count(stream.records, Became::failed)) + " of " +
                                             std::to_string(stream.records.size()) + " records failed\n";
      for (const Words& groups : {Words{}, Words{"--by", key}, Words{"--by", key, "--top", "2"},
               Words{"--columns", "energy_kwh,failed"}}) {
        // the parts of the stream are itself and itself again
        const Words part = summarize_words() + stream.words + reads +
                           (groups.size() > 1 && groups[0] == "--by" ? Words{"--by", key} : Words{}) +
                           Words{"--partial", path};
        const ProgramRun partial = run_program_apart(part);
        INFO(all_of(partial, part));
        CHECK(partial.status == status);
        CHECK(contains(partial.err, failures));
        const std::string merged = scratch.write("part", partial.out);
        for (const OutputFormat& format : totals_formats()) {
          const Words out = groups + Words{"-f", std::string(format.name)};
          const Words words = summarize_words() + stream.words + reads + out;
          const ProgramRun by_file = run_program_apart(words + Words{path});
          const ProgramRun by_pipe = run_program_apart(words + Words{"-"}, stream.text);
          INFO(all_of(by_file, words + Words{path}));
          CHECK(by_file.status == status);
          CHECK(wrong_with_sheet(format.name, by_file.out) == "");
          if (!by_file.err.empty()) CHECK(wrong_with_words(by_file.err) == "");
          CHECK(contains(by_file.err, failures));
          CHECK(by_pipe.status == status);
          CHECK(by_pipe.out == by_file.out);
          if (format.name == "json" && (groups.empty() || groups.back() == key))
            check_counts(by_file.out, stream.records);

          const Words merge = Words{"summarize", "--merge", merged} + out;
          const ProgramRun of_part = run_program_apart(merge);
          INFO(all_of(of_part, merge));
          // the keys are in the part, which is not told --by again
          const ProgramRun again = groups.empty() || groups.front() != "--by"
                                       ? of_part
                                       : run_program_apart(Words{"summarize", "--merge", merged} +
                                                           Words(out.begin() + 2, out.end()));
          CHECK(again.status == status);
          CHECK(again.out == by_file.out);
        }
      }
    }
  }
}

TEST_CASE("contract: totals of nothing, in every format", "[contract]") {
  const Scratch scratch;
  for (const InputFormat& in : input_formats()) {
    for (const std::string& stream : empty_streams(in.name)) {
      const std::string path = scratch.write("stream", stream);
      for (const OutputFormat& format : totals_formats()) {
        const Words words =
            summarize_words() + Words{"-q", "--in", std::string(in.name), "-f", std::string(format.name)};
        for (const bool piped : {false, true}) {
          const ProgramRun run = run_program_apart(words + Words{piped ? "-" : path}, piped ? stream : "");
          INFO(all_of(run, words) << "\n" << stream);
          CHECK(run.status == 0);
          CHECK(run.err == "");
          CHECK(wrong_with_sheet(format.name, run.out) == "");
        }
      }
      const Words part = summarize_words() + Words{"-q", "--in", std::string(in.name), "--partial", path};
      const ProgramRun partial = run_program_apart(part);
      INFO(all_of(partial, part));
      CHECK(partial.status == 0);
      const ProgramRun merged =
          run_program_apart({"summarize", "--merge", "-f", "json", scratch.write("part", partial.out)});
      INFO(all_of(merged, {}));
      CHECK(merged.status == 0);
      CHECK(wrong_with_sheet("json", merged.out) == "");
    }
  }
}

TEST_CASE("contract: what cannot be added up is refused, in every format", "[contract]") {
  const Scratch scratch;
  const std::string spec = scratch.write("run.json", spec_of(stated_in_full()));
  const std::string csv = scratch.write("runs.csv", "id,hours\n1,2\n");
  const std::string no_part = scratch.write("part", "{\"a\": 1}\n");
  struct Refused {
    Words words;
    int status;
  };
  const std::vector<Refused> all = {
      {{spec}, 3},
      {{scratch.path("none.csv")}, 3},
      {{"--by", "nonesuch", csv}, 2},
      {{"--by", "id,", csv}, 2},
      {{"--by", "id,id", csv}, 2},
      {{"--top", "0", csv}, 2},
      {{"--columns", "nonesuch", csv}, 2},
      {{"--merge", no_part}, 3},
      {{"--merge", csv}, 3},
      {{"--partial", "--columns", "jobs", csv}, 2},
      {{"--hours", "soon", csv}, 2},
      {{"--nonesuch", csv}, 2},
      {{"--in", "nonesuch", csv}, 2},
      {{}, 2},
  };
  for (const OutputFormat& format : totals_formats()) {
    for (const Refused& refused : all) {
      const Words words = summarize_words() + Words{"-f", std::string(format.name)} + refused.words;
      const ProgramRun run = run_program_apart(words);
      INFO(all_of(run, words));
      CHECK(run.status == refused.status);
      CHECK(run.out == "");
      CHECK(wrong_with_words(run.err) == "");
    }
  }
}
