// SPDX-License-Identifier: MIT
// Collections of JSON and CSV that other people's readers have stumbled over.
//   json_test_suite/  y_ is JSON, n_ is none, i_ and test_transform/ are up to the reader
//   csv/              NAME.csv, and in NAME.ndjson what it says
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "read/ndjson_reader.hpp"
#include "read/spec_reader.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "text/byte_order_mark.hpp"

namespace {

using namespace footpound;
namespace fs = std::filesystem;

std::vector<fs::path> files_below(const std::string& folder, const char* extension) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(root_path("/tests/corpora/" + folder))) {
    if (entry.path().extension() == extension) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

struct Sample {
  std::string name;
  std::string text;
  bool is_json() const { return name.starts_with("y_"); }
  bool is_none() const { return name.starts_with("n_"); }
};

std::string times(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::vector<Sample> json_samples() {
  // two of the suite's files are made here: together they are as large as all others
  std::vector<Sample> samples = {{"n_structure_100000_opening_arrays.json", times("[", 100000)},
      {"n_structure_open_array_object.json", times("[{\"\":", 50000) + "\n"},
      {"n_structure_100000_objects.json", times("{\"a\":", 100000)}};
  for (const fs::path& file : files_below("json_test_suite", ".json"))
    samples.push_back({file.filename().string(), Scratch::read_file(file.string())});
  return samples;
}

// JSON on one line: where it holds a line feed that is a blank.
std::string on_one_line(std::string json) {
  std::replace(json.begin(), json.end(), '\n', ' ');
  return json;
}

bool is_object(std::string_view json) {
  const std::size_t begin = json.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && json[begin] == '{';
}

// What is wrong with each record of a stream, "" where nothing is.
std::vector<std::string> errors_of_records(const std::string& file) {
  const std::string stream(without_byte_order_mark(file));
  ReaderOptions options;
  options.keep_own_fields = true;
  const std::unique_ptr<RecordReader> reader = make_ndjson_reader(options);
  const Result<std::size_t> head = reader->begin(stream);
  REQUIRE(head);
  std::vector<std::string> errors;
  reader->read(std::string_view(stream).substr(*head), Spec{}, [&](const Record& record) {
    if (record.error) CHECK(record.error->kind == ErrorKind::malformed);
    errors.push_back(record.error ? message(*record.error) : "");
  });
  return errors;
}

// The record alone, and where one with the same keys, or with others, went before: always the same.
std::vector<std::string> errors_of(const std::string& record) {
  std::vector<std::string> alone = errors_of_records(record + "\n");
  CHECK(errors_of_records(record) == alone);
  CHECK(errors_of_records(record + "\r\n") == alone);
  if (record.starts_with("\xEF\xBB\xBF")) return alone;  // dropped in front of a stream, wrong within
  for (const std::string& before : {record, std::string("{\"x\":1}"), std::string("{\"x\": \"\"}")}) {
    const std::string twice = before + "\n" + before + "\n";
    std::vector<std::string> behind = errors_of_records(twice + record + "\n");
    behind.erase(
        behind.begin(), behind.begin() + static_cast<std::ptrdiff_t>(errors_of_records(twice).size()));
    CHECK(behind == alone);
  }
  return alone;
}

std::optional<SpecError> error_of_spec(const std::string& text) {
  std::optional<SpecError> error;
  read_specs(without_byte_order_mark(text), Spec{}, error);
  return error;
}

std::string in_member(const std::string& key, const std::string& value) {
  return "{\"" + key + "\":" + value + "}";
}

struct Outcome {
  int status;  // of sh: 128 + the signal that ended the program
  std::string out;
  std::string err;
};

Outcome run(const Scratch& scratch, const std::string& arguments) {
  const std::string command = "unset FOOTPOUND_TABLES; '" + program_path() + "' " + arguments + " >'" +
                              scratch.path("out") + "' 2>'" + scratch.path("err") + "' </dev/null";
  const int raw = std::system(command.c_str());
  return {WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw), scratch.read("out"), scratch.read("err")};
}

const std::string a_run = " --it-power 1kW --hours 1 --region FR ";

}  // namespace

TEST_CASE("JSONTestSuite as records: what is JSON is taken, what is none is refused", "[corpora]") {
  const std::vector<Sample> samples = json_samples();
  REQUIRE(samples.size() == 341);
  for (const Sample& sample : samples) {
    INFO(sample.name);
    if (sample.is_json()) {
      const std::string json = on_one_line(sample.text);
      const std::vector<std::string> errors = errors_of(json);
      REQUIRE(errors.size() == 1);
      if (is_object(json)) {
        CHECK(errors.front().empty());
      } else {
        CHECK(errors.front().find("is no object") != std::string::npos);
      }
      CHECK(errors_of(in_member("x", json)) == std::vector<std::string>{""});
    } else {
      for (const std::string& record : {sample.text, in_member("x", sample.text)}) {
        for (const std::string& error : errors_of(record)) {
          if (!sample.is_none()) continue;
          CHECK(error.find("is no JSON object: byte ") == 0);
        }
      }
    }
  }
}

TEST_CASE(
    "JSONTestSuite as specs: what is JSON is not called malformed, what is none is refused", "[corpora]") {
  for (const Sample& sample : json_samples()) {
    INFO(sample.name);
    const std::optional<SpecError> error = error_of_spec(sample.text);
    const std::optional<SpecError> inside = error_of_spec(in_member("name", sample.text));
    if (sample.is_json()) {
      if (error && error->error.kind == ErrorKind::malformed)
        CHECK(message(error->error).find("is no JSON object") != std::string::npos);
      CHECK((!inside || inside->error.kind == ErrorKind::bad_value));
    } else if (sample.is_none()) {
      REQUIRE(error);
      CHECK(error->line >= 1);
      CHECK(inside);
    }
  }
}

TEST_CASE("JSONTestSuite through the program, as spec files", "[corpora]") {
  const Scratch scratch;
  for (const Sample& sample : json_samples()) {
    const bool is_hard = sample.name.find("structure") != std::string::npos ||
                         sample.name.starts_with("i_") || sample.name.starts_with("y_object");
    if (!is_hard) continue;  // the others differ within a string or a number
    INFO(sample.name);
    const std::string file = scratch.write("spec.json", sample.text);
    const Outcome outcome = run(scratch, "estimate '" + file + "'" + a_run);
    if (outcome.status == 0) {
      CHECK_FALSE(sample.is_none());
      continue;
    }
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find("footpound: " + file + ":") == 0);
  }
}

TEST_CASE("JSONTestSuite through the program, as one stream", "[corpora]") {
  const Scratch scratch;
  std::string stream;
  std::size_t records = 0;
  std::size_t good = 0;
  for (const Sample& sample : json_samples()) {
    if (!sample.is_json() && !sample.is_none()) continue;
    std::string record = in_member("x", on_one_line(sample.text));
    // the one whose fault is a line feed in a string
    if (sample.name == "n_string_unescaped_newline.json") continue;
    ++records;
    if (sample.is_json()) ++good;
    stream += record + "\n";
  }
  const std::string file = scratch.write("stream.ndjson", stream);
  const std::string arguments = "estimate '" + file + "' --columns error" + a_run;
  const Outcome whole = run(scratch, arguments);
  CHECK(whole.status == 1);
  CHECK(static_cast<std::size_t>(std::count(whole.out.begin(), whole.out.end(), '\n')) == records);
  std::size_t answered = 0;
  for (std::size_t at = 0; at < whole.out.size();) {
    const std::size_t end = whole.out.find('\n', at);
    const nlohmann::json row = nlohmann::json::parse(whole.out.substr(at, end - at), nullptr, false);
    REQUIRE(row.is_object());
    if (row["error"].is_null()) ++answered;
    at = end + 1;
  }
  CHECK(answered == good);
  CHECK(run(scratch, arguments + "--threads 3 --block 64").out == whole.out);
}

TEST_CASE("JSONTestSuite does no harm wherever the program reads JSON", "[corpora]") {
  const Scratch scratch;
  for (const Sample& sample : json_samples()) {
    if (!sample.name.starts_with("n_structure_")) continue;
    const std::string file = "'" + scratch.write("sample.json", sample.text) + "'";
    const std::string site = "estimate /dev/null --map " + file;
    const std::string jobs = "estimate --in sacct-json " + file;
    const std::string partial = "summarize --merge " + file;
    const std::string tables = "list regions --tables " + file;
    for (const std::string& arguments : {site, jobs, partial, tables}) {
      INFO(sample.name << ": " << arguments);
      const Outcome outcome = run(scratch, arguments);
      const bool is_empty = sample.text.find_first_not_of(" \n\xEF\xBB\xBF") == std::string::npos;
      CHECK((outcome.status == 3 || (is_empty && outcome.status == 0)));
      CHECK(outcome.err.empty() == (outcome.status == 0));
    }
  }
}

TEST_CASE("CSV that others stumbled over says what it says", "[corpora]") {
  const Scratch scratch;
  const std::vector<fs::path> files = files_below("csv", ".csv");
  REQUIRE(files.size() >= 45);
  for (const fs::path& file : files) {
    INFO(file.filename().string());
    const std::string expected = Scratch::read_file(fs::path(file).replace_extension(".ndjson").string());
    const int expected_status = expected.find("\"error\":\"") == std::string::npos ? 0 : 1;
    const std::string settings = " --columns error" + a_run;
    const std::string arguments = "estimate '" + file.string() + "' -f ndjson" + settings;
    for (const char* more : {"", "--threads 3 --block 1", "--threads 2 --block 9"}) {
      const Outcome outcome = run(scratch, arguments + more);
      CHECK(outcome.status == expected_status);
      CHECK(outcome.out == expected);
    }
    if (expected_status != 0) continue;
    // as CSV it passes through, and still says the same
    const Outcome passed = run(scratch, "estimate '" + file.string() + "'" + settings);
    const std::string again = scratch.write("again.csv", passed.out);
    CHECK(run(scratch, "estimate '" + again + "' -f ndjson" + settings).out == expected);
  }
}
