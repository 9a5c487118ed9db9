// SPDX-License-Identifier: MIT
#include "contract/runs.hpp"

#include <algorithm>

#include "record/fields.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "text/json_text.hpp"

namespace footpound::contract {

namespace {

Statements with(std::vector<std::pair<std::string, std::string>> more, const std::string& without = "") {
  Statements all = stated_in_full();
  std::erase_if(all, [&](const auto& each) {
    return each.first == without || std::any_of(more.begin(), more.end(),
                                        [&](const auto& other) { return other.first == each.first; });
  });
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string in_csv(const std::string& text, char delimiter) {
  if (text.find_first_of(std::string("\"\r\n") + delimiter) == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// A record's text, and what becomes of it.
using Pieces = std::vector<std::pair<std::string, Became>>;
constexpr Became answered = Became::answered;
constexpr Became failed = Became::failed;
constexpr Became skipped = Became::skipped;

// All of the pieces, or those that do not fail.
Stream joined(const std::string& head, const Pieces& pieces, bool all, const std::string& between = "",
    const std::string& tail = "") {
  Stream stream;
  stream.text = head;
  for (const auto& [text, became] : pieces) {
    if (!all && became == failed) continue;
    stream.text += (stream.records.empty() ? "" : between) + text;
    stream.records.push_back(became);
  }
  stream.text += tail;
  return stream;
}

// Every run of runs() as a row, with a column for each field that one of them states.
Stream delimited_stream(char delimiter, bool all) {
  std::vector<std::string> names = {"id"};
  for (const Run& run : runs()) {
    for (const auto& [name, value] : run.says) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += (i > 0 ? std::string(1, delimiter) : "") + in_csv(cells[i], delimiter);
    return text + "\n";
  };
  Pieces rows = {{std::string("short") + delimiter + "row\n", failed}};
  for (const Run& run : runs()) {
    std::vector<std::string> cells(names.size());
    cells[0] = std::to_string(rows.size());
    for (const auto& [name, value] : run.says) {
      cells[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())] = value;
    }
    rows.emplace_back(line(cells), run.became);
  }
  return joined(line(names), rows, all);
}

Stream ndjson_stream(bool all) {
  Pieces lines;
  for (const Run& run : runs()) lines.emplace_back(spec_of(run.says) + "\n", run.became);
  for (const char* malformed : {"{\"hours\": 1", "[1]", "null", "{\"hours\" 1}", "x"}) {
    lines.emplace_back(std::string(malformed) + "\n", failed);
    lines.emplace_back(spec_of(stated_in_full()) + "\n", answered);
  }
  return joined("", lines, all);
}

const std::vector<std::string> of_slurm = {
    "--host-power", "100W", "--pue", "1.2", "--intensity", "400", "--utilization", "50%"};

std::string slurm_row(const std::string& id, const std::string& state, const std::string& seconds,
    const std::string& gpu, const std::string& count) {
  return id + "|" + id + "|" + state + "|2026-03-02T08:00:00|" + seconds + "|cpu=8,gres/gpu:" + gpu + "=" +
         count + ",mem=8G,node=1\n";
}

Stream slurm_stream(bool all) {
  const Pieces rows = {{slurm_row("1", "COMPLETED", "3600", "test-gpu", "2"), answered},
      {slurm_row("2", "PENDING", "0", "test-gpu", "2"), skipped},
      {slurm_row("3", "COMPLETED", "x", "test-gpu", "2"), failed},
      {slurm_row("4", "COMPLETED", "3600", "nonesuch", "2"), failed}, {"5|short\n", failed},
      {slurm_row("6", "COMPLETED", "7200", "test-gpu", "4"), answered}};
  Stream stream = joined("JobID|JobName|State|Start|ElapsedRaw|AllocTRES\n", rows, all);
  stream.words = of_slurm;
  return stream;
}

std::string slurm_job(const std::string& id, const std::string& state, int seconds, const std::string& gpu) {
  return R"({"job_id": )" + id + R"(, "name": "n)" + id + R"(", "state": {"current": [")" + state +
         R"("]}, "time": {"elapsed": )" + std::to_string(seconds) + R"(, "start": 1777672862, "end": )" +
         std::to_string(1777672862 + seconds) +
         R"(}, "tres": {"allocated": [{"type": "cpu", "name": "", "id": 1, "count": 8}, {"type": "gres", )"
         R"("name": "gpu:)" +
         gpu + R"(", "id": 1002, "count": 2}]}})";
}

Stream slurm_json_stream(bool all) {
  const Pieces jobs = {{slurm_job("1", "COMPLETED", 3600, "test-gpu"), answered},
      {slurm_job("2", "PENDING", 0, "test-gpu"), skipped},
      {slurm_job("3", "COMPLETED", 3600, "nonesuch"), failed},
      {slurm_job("4", "COMPLETED", 7200, "test-gpu"), answered}};
  Stream stream = joined("{\n  \"jobs\": [\n", jobs, all, ",\n", "\n],\n\"meta\": {}, \"errors\": []}\n");
  stream.words = of_slurm;
  return stream;
}

// What trackers write; of the first row of a sample, its run, its energy and its place, and others that are
// none.
struct Tracker {
  std::string format, sample;
  std::string run;
  std::string energy, no_energy;
  std::string place, no_place;
};
const std::vector<Tracker> trackers = {
    {"codecarbon", "codecarbon/emissions-v3.csv", "0a578547", ",2.693586,", ",many,", ",France,FRA,",
        ",Atlantis,ATL,"},
    {"eco2ai", "eco2ai/emission.csv", "0b6f4f3e", ",1.8,", ",many,", ",DE/Hesse,", ",Atlantis,"},
};

std::string sample_of(const Tracker& tracker) {
  return Scratch::read_file(root_path("/tests/read/samples/" + tracker.sample));
}

Stream tracker_stream(const Tracker& tracker, bool all) {
  const std::string sample = sample_of(tracker);
  const std::size_t header = sample.find('\n') + 1;
  const std::string row = sample.substr(header, sample.find('\n', header) + 1 - header);
  const auto but = [&](const std::string& text, const std::string& instead) {
    std::string changed = row;
    REQUIRE(changed.find(text) != changed.npos);
    return changed.replace(changed.find(text), text.size(), instead);
  };
  const Pieces rows = {{row, answered}, {but(tracker.energy, tracker.no_energy), failed},
      {but(tracker.place, tracker.no_place), failed}, {"short,row\n", failed},
      {but(tracker.run, "11111111"), answered}};
  Stream stream = joined(sample.substr(0, header), rows, all);
  stream.words = {"--pue", "1.2"};
  return stream;
}

}  // namespace

const Statements& stated_in_full() {
  static const Statements all = {
      {"it_power_w", "1000"}, {"hours", "2"}, {"pue", "1.2"}, {"intensity_g_per_kwh", "400"}};
  return all;
}

const std::vector<Run>& runs() {
  using K = ErrorKind;
  static const std::vector<Run> all = {
      {"power of the job", stated_in_full()},
      {"a name", with({{"name", "a, \"b\" | c"}})},
      {"no accelerator of that name", with({{"gpu", "foo"}, {"gpus", "2"}}, "it_power_w"), failed,
          K::unknown_name, "gpu"},
      {"boards", with({{"accelerator_power_w", "300W"}, {"gpus", "2"}, {"host_power_w", "0"}}, "it_power_w")},
      {"no such place", with({{"region", "Atlantis"}}, "intensity_g_per_kwh"), failed, K::unknown_name,
          "region"},
      {"measured", with({{"measured_it_energy_kwh", "3MWh"}}, "it_power_w")},
      {"nothing of time", with({}, "hours"), failed, K::missing, "hours"},
      {"a PUE below 1", with({{"pue", "0.5"}}), failed, K::out_of_range, "pue"},
      {"a year of long ago", with({{"year", "1850"}}), failed, K::out_of_range, "year"},
      {"no number", with({{"hours", "soon"}}), failed, K::bad_value, "hours"},
      {"the wrong unit", with({{"it_power_w", "3 kWh"}}), failed, K::bad_value, "it_power_w"},
      {"hours that do not fit between start and end",
          with({{"hours", "90"}, {"start", "2026-01-01T00:00:00Z"}, {"end", "2026-01-02T00:00:00Z"}}), failed,
          K::contradiction, "hours"},
      {"a board of many kinds", with({{"gpu", "Test Board"}, {"gpus", "2"}}, "it_power_w"), failed,
          K::ambiguous, "gpu"},
      {"a guess where none is allowed", with({}, "pue"), failed, K::refused, ""},
      {"no hours", with({{"hours", "0"}}), Became::skipped, K::skipped, "hours"},
      {"more than a number holds", with({{"it_power_w", "1e300"}, {"hours", "1e300"}}), failed,
          K::out_of_range, ""},
      {"as little as a number holds", with({{"it_power_w", "1e-300W"}})},
      {"trials, market and price", with({{"trials", "7"}, {"market_intensity_g_per_kwh", "0"},
                                       {"gpu", "test-gpu"}, {"gpus", "3"}, {"price_usd_per_hour", "2.5"}})},
  };
  return all;
}

std::vector<std::string> estimate_words() {
  return {"estimate", "--tables", root_path("/tests/golden/tables"), "--strict"};
}

std::vector<std::string> flags_of(const Statements& says) {
  std::vector<std::string> words;
  for (const auto& [name, value] : says) {
    const Field* field = find_field(name);
    REQUIRE(field != nullptr);
    std::string flag(field->flag);
    if (name != field->name) {
      // "gpus" is an alias, whose flag follows
      flag = "--" + name;
      std::replace(flag.begin(), flag.end(), '_', '-');
    }
    words.push_back(flag);
    if (!field->value.empty()) words.push_back(value);
  }
  return words;
}

std::string spec_of(const Statements& says) {
  std::string text = "{";
  for (const auto& [name, value] : says) {
    if (text.size() > 1) text += ", ";
    append_json_string(text, name);
    text += ": ";
    if (json_value_length(value) == value.size() &&
        value.find_first_not_of("0123456789.eE+-") == value.npos) {
      text += value;
    } else {
      append_json_string(text, value);
    }
  }
  return text + "}";
}

std::vector<Stream> streams_of(std::string_view format) {
  std::vector<Stream> streams;
  for (const bool all : {true, false}) {
    if (format == "csv") streams.push_back(delimited_stream(',', all));
    if (format == "tsv") streams.push_back(delimited_stream('\t', all));
    if (format == "ndjson") streams.push_back(ndjson_stream(all));
    if (format == "sacct") streams.push_back(slurm_stream(all));
    if (format == "sacct-json") streams.push_back(slurm_json_stream(all));
    for (const Tracker& tracker : trackers) {
      if (format == tracker.format) streams.push_back(tracker_stream(tracker, all));
    }
  }
  return streams;
}

std::vector<std::string> empty_streams(std::string_view format) {
  if (format == "csv" || format == "tsv") return {"", "\n", "\n\n\n", " \n", "hours\n", "hours"};
  if (format == "ndjson") return {"", "\n", "\n\n\n", " \n"};
  if (format == "sacct") return {"", "\n", "\n\n", "JobID|State|ElapsedRaw|AllocTRES\n"};
  if (format == "sacct-json") return {"", "\n", "\n\n", "{\"jobs\": []}", "{\"jobs\": [], \"meta\": {}}\n"};
  for (const Tracker& tracker : trackers) {
    if (format != tracker.format) continue;
    const std::string sample = sample_of(tracker);
    return {"", "\n", "\n\n", sample.substr(0, sample.find('\n') + 1)};
  }
  return {};
}

}  // namespace footpound::contract
