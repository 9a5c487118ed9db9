// SPDX-License-Identifier: MIT
// The contract of `estimate`: whatever becomes of a run, by whatever way it is stated and in whatever
// format it is asked for, the status, standard output and standard error are what docs/ promise. The
// ways, formats, fields and kinds of errors are those of the program's tables.
#include <algorithm>
#include <set>

#include "contract/runs.hpp"
#include "contract/words.hpp"
#include "read/reader.hpp"
#include "record/fields.hpp"
#include "stream/reporter.hpp"
#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/program.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"
#include "write/writer.hpp"

using namespace footpound;
using namespace footpound::contract;

namespace {

const Words format_words(std::string_view format) { return {"-f", std::string(format)}; }

struct Promise {
  std::vector<int> statuses;  // one of them
  std::string words{};        // standard error has them; "" and `quiet`: nothing is said
  bool quiet = false;
};

// One cell of the matrix. Standard output is `expected` in the format; nothing where that is null.
void check(const Words& words, const std::string& input, const Promise& promise, std::string_view format,
    const Expected* expected) {
  const ProgramRun run = run_program_apart(words, input);
  INFO(typed(words) << (input.empty() ? "" : " <<'.'\n" + input.substr(0, 400) + "\n."));
  INFO("status " << run.status << ", signal " << run.signal << "\nout: " << run.out << "\nerr: " << run.err);
  CHECK_FALSE(run.crashed());
  if (run.crashed()) return;
  CHECK(std::count(promise.statuses.begin(), promise.statuses.end(), run.status) == 1);
  if (expected == nullptr) {
    CHECK(run.out == "");
  } else {
    CHECK(wrong_with_output(format, run.out, *expected) == "");
  }
  if (promise.quiet) {
    CHECK(run.err == "");
  } else {
    CHECK(wrong_with_words(run.err) == "");
    CHECK(contains(run.err, promise.words));
  }
}

// The flag that says it: of an alias, the alias'.
std::string flag_of_field(const std::string& name) { return flags_of({{name, "1"}}).front(); }

std::string blamed(const std::string& name) { return name.empty() ? std::string() : name + ": "; }

}  // namespace

TEST_CASE("contract: the runs of the tests have every kind of error", "[contract]") {
  std::set<ErrorKind> kinds = {ErrorKind::malformed, ErrorKind::misfit};  // of no flags: below
  for (const Run& run : runs()) {
    if (run.became != Became::answered) kinds.insert(run.kind);
  }
  for (std::size_t i = 0; i < error_kinds; ++i) {
    INFO(name(static_cast<ErrorKind>(i)));
    CHECK(kinds.count(static_cast<ErrorKind>(i)) == 1);
  }
  CHECK(name(static_cast<ErrorKind>(error_kinds)) == "error");  // a new kind is counted
}

TEST_CASE("contract: one run by flags, in every format", "[contract]") {
  for (const OutputFormat& format : answer_formats()) {
    for (const Run& run : runs()) {
      const Words words = estimate_words() + format_words(format.name) + flags_of(run.says);
      if (run.became == Became::answered) {
        const Expected one{{Became::answered}, true};
        check(words, "", {{0}, "", true}, format.name, &one);
      } else {
        const std::string flag = run.blames.empty() ? "" : flag_of_field(run.blames) + ": ";
        check(words, "", {{2}, "footpound: " + flag}, format.name, nullptr);
      }
    }
  }
}

TEST_CASE("contract: one run by a spec, in every format", "[contract]") {
  const Scratch scratch;
  for (const OutputFormat& format : answer_formats()) {
    for (const Run& run : runs()) {
      const std::string path = scratch.write("run.json", spec_of(run.says));
      for (const bool piped : {false, true}) {
        const Words words = estimate_words() + format_words(format.name) + Words{piped ? "-" : path};
        const std::string input = piped ? spec_of(run.says) : "";
        if (run.became == Became::answered) {
          const Expected one{{Became::answered}, true};
          check(words, input, {{0}, "", true}, format.name, &one);
        } else {
          check(words, input, {{3}, (piped ? "<stdin>" : path) + ":1: " + blamed(run.blames)}, format.name,
              nullptr);
        }
      }
    }
  }
}

TEST_CASE("contract: an array of runs, all or nothing, in every format", "[contract]") {
  const Scratch scratch;
  for (const OutputFormat& format : answer_formats()) {
    for (const Run& run : runs()) {
      // each begins on a line of its own
      const std::string text = "[" + spec_of(stated_in_full()) + ",\n" + spec_of(run.says) + "\n]\n";
      const std::string path = scratch.write("runs.json", text);
      const Words words = estimate_words() + format_words(format.name) + Words{path};
      const Expected two{{Became::answered, Became::answered}};
      if (is_for_one_run(format.name)) {
        check(words, "", {{2, 3}}, format.name, nullptr);
      } else if (run.became == Became::answered) {
        check(words, "", {{0}, "", true}, format.name, &two);
      } else {
        check(words, "", {{3}, path + ":2: " + blamed(run.blames)}, format.name, nullptr);
      }
    }
    for (const char* malformed : {"x", "{\"hours\": 1", "{\"hours\" 1}", "[1]", "7", "null", "\"a\""}) {
      const std::string text = "[" + spec_of(stated_in_full()) + ",\n" + malformed + "\n]\n";
      check(estimate_words() + format_words(format.name) + Words{"-"}, text, {{2, 3}, "footpound: "},
          format.name, nullptr);
    }
  }
}

TEST_CASE("contract: a spec that states nothing, in every format", "[contract]") {
  const Scratch scratch;
  for (const OutputFormat& format : answer_formats()) {
    const Words words = estimate_words() + format_words(format.name);
    for (const char* nothing : {"", "\n", "  ", "{}", "[{}]", "{\n}\n", "x", "null", "7", "[", "{", "[,]",
             "[{}", "{}{}", "[] x", "{\"hours\": 1} x"}) {
      const std::string path = scratch.write("nothing.json", nothing);
      check(words + Words{path}, "", {{2, 3}, "footpound: "}, format.name, nullptr);
      check(words + Words{"--in", "spec", "-"}, nothing, {{2, 3}, "footpound: "}, format.name, nullptr);
    }
    const Expected none{};
    for (const char* no_runs : {"[]", " [ ]\n", "[\n]"}) {
      const std::string path = scratch.write("none.json", no_runs);
      if (is_for_one_run(format.name)) {
        check(words + Words{path}, "", {{2}}, format.name, nullptr);
      } else {
        check(words + Words{path}, "", {{0}, "", true}, format.name, &none);
        check(words + Words{"-"}, no_runs, {{0}, "", true}, format.name, &none);
      }
    }
  }
}

namespace {

bool fits(const InputFormat&, const OutputFormat& out) { return !out.one_run; }

// The records that come out.
Records kept(const Records& records, const std::string& on_error) {
  Records left;
  for (const Became became : records) {
    if (became != Became::failed || on_error == "emit") left.push_back(became);
    if (became == Became::failed && on_error == "stop") break;
  }
  return left;
}

std::string file_of(const Scratch& scratch, const InputFormat& in, const std::string& text) {
  return scratch.write(
      "stream" + (in.extensions.empty() ? ".txt" : std::string(in.extensions.front())), text);
}

// The file is known by its name, or by a content that can be no other's.
Words in_words(const InputFormat& in, bool piped) {
  const bool is_evident = !piped && !in.extensions.empty();
  return is_evident || in.unmistakable ? Words{} : Words{"--in", std::string(in.name)};
}

std::size_t count(const Records& records, Became became) {
  return static_cast<std::size_t>(std::count(records.begin(), records.end(), became));
}

}  // namespace

TEST_CASE("contract: streams of every input format, in every format", "[contract]") {
  const Scratch scratch;
  for (const InputFormat& in : input_formats()) {
    const std::vector<Stream> streams = streams_of(in.name);
    INFO(in.name << " needs a stream in tests/contract/runs.cpp");
    CHECK_FALSE(streams.empty());
    for (const Stream& stream : streams) {
      const std::string path = file_of(scratch, in, stream.text);
      for (const OutputFormat& out : answer_formats()) {
        for (const std::string on_error : {"emit", "skip", "stop"}) {
          for (const bool piped : {false, true}) {
            const Words words = estimate_words() + stream.words + format_words(out.name) +
                                in_words(in, piped) + Words{"--on-error", on_error, piped ? "-" : path};
            const std::string input = piped ? stream.text : "";
            if (!fits(in, out)) {
              check(words, input, {{2}, "footpound: --format: "}, out.name, nullptr);
              continue;
            }
            const Expected expected{kept(stream.records, on_error)};
            const std::size_t failed = count(stream.records, Became::failed);
            const std::size_t skipped = count(expected.records, Became::skipped);
            const bool all = failed == 0 || on_error != "stop";
            const std::string seen =
                " of " + std::to_string(all ? stream.records.size() : expected.records.size() + 1) +
                " records ";
            const std::string failures = std::to_string(all ? failed : 1) + seen + "failed\n";
            const std::string notes =
                skipped == 0 ? ""
                             : "note: " + std::to_string(skipped) + seen + "are no runs and were skipped\n";
            check(words, input,
                {{failed > 0 ? 1 : 0},
                    (failed > 0 ? failures + (skipped > 0 ? "footpound: " : "") : "") + notes,
                    failed + skipped == 0},
                out.name, &expected);
          }
        }
      }
    }
  }
}

TEST_CASE("contract: all columns and explanations of a stream, in every format", "[contract]") {
  for (const InputFormat& in : input_formats()) {
    for (const Stream& stream : streams_of(in.name)) {
      for (const OutputFormat& out : answer_formats()) {
        for (const Words& more : {Words{"--columns", "all"}, Words{"--explain"},
                 Words{"--equivalents", "desnz2024"}, Words{"--no-header"}, Words{"--color", "always"}}) {
          const Words words = estimate_words() + stream.words + format_words(out.name) + in_words(in, true) +
                              more + Words{"-"};
          const ProgramRun run = run_program_apart(words, stream.text);
          INFO(typed(words) << "\nstatus " << run.status << ", signal " << run.signal << "\nout: " << run.out
                            << "\nerr: " << run.err);
          CHECK_FALSE(run.crashed());
          if (run.status == 2) {
            // the format has no columns, or no room for an explanation, or is not for streams
            CHECK((!fits(in, out) || more[0] == "--columns" || more[0] == "--explain"));
            CHECK(run.out == "");
            CHECK(wrong_with_words(run.err) == "");
            continue;
          }
          const int failed = count(stream.records, Became::failed) > 0 ? 1 : 0;
          CHECK(run.status == failed);
          // headers and colours are the formats' own matter
          const bool as_ever = more[0] != "--no-header" && more[0] != "--color";
          if (as_ever) CHECK(wrong_with_output(out.name, run.out, Expected{stream.records}) == "");
        }
      }
    }
  }
}

TEST_CASE("contract: streams that hold nothing, in every format", "[contract]") {
  const Scratch scratch;
  for (const InputFormat& in : input_formats()) {
    const std::vector<std::string> streams = empty_streams(in.name);
    INFO(in.name << " needs empty streams in tests/contract/runs.cpp");
    CHECK_FALSE(streams.empty());
    for (const std::string& stream : streams) {
      const std::string path = file_of(scratch, in, stream);
      for (const OutputFormat& out : answer_formats()) {
        for (const bool piped : {false, true}) {
          const Words words = estimate_words() + format_words(out.name) +
                              Words{"-q", "--in", std::string(in.name), piped ? "-" : path};
          const Expected none{};
          if (fits(in, out)) {
            check(words, piped ? stream : "", {{0}, "", true}, out.name, &none);
          } else {
            // where nothing at all comes in, there is nothing to refuse
            check(words, piped ? stream : "", {{0, 2}, "", stream.find_first_not_of(" \n") == stream.npos},
                out.name, nullptr);
          }
        }
      }
    }
  }
}

TEST_CASE("contract: a wrong value of every field, by every way", "[contract]") {
  const Scratch scratch;
  const std::vector<std::string> wrong = {"\x1b[31m\n?", "-1", "1e400", "nan", std::string(300, 'x'), "\xff"};
  std::size_t turn = 0;  // through the formats
  for (const Field& field : fields()) {
    if (field.value.empty()) continue;  // a flag without a value
    const std::string name(field.name);
    for (const std::string& value : wrong) {
      Statements says = stated_in_full();
      std::erase_if(says, [&](const auto& each) { return each.first == name; });
      says.emplace_back(name, value);
      const OutputFormat& format = answer_formats()[turn++ % answer_formats().size()];
      const Words words = estimate_words() + format_words(format.name);
      // a text is taken as it is, and may then name nothing; the others are refused
      const bool any_text = field.setter.text != nullptr;
      const auto try_it = [&](const Words& more, const std::string& input, int refused) {
        const ProgramRun run = run_program_apart(words + more, input);
        INFO(typed(words + more) << "\n" << input);
        INFO("status " << run.status << ", signal " << run.signal << "\nout: " << run.out
                       << "\nerr: " << run.err);
        CHECK_FALSE(run.crashed());
        const bool answered = run.status == 0 && any_text;
        if (!answered) {
          CHECK(run.status == refused);
          CHECK(run.out == "");
          CHECK(wrong_with_words(run.err) == "");
        } else {
          CHECK(wrong_with_output(format.name, run.out, Expected{{Became::answered}, true}) == "");
        }
      };
      try_it({std::string(field.flag) + "=" + value}, "", 2);
      try_it({"--in", "spec", "-"}, spec_of(says), 3);

      // a number beyond a double passes through as it came, which is JSON, but not for every reader of it
      if (is_for_one_run(format.name) || value == "1e400") continue;
      std::string header = "id";
      std::string row = "1";
      for (const auto& [key, text] : says) {
        header += "," + key;
        row += ",\"" + text + "\"";
      }
      for (const bool csv : {true, false}) {
        if (!csv && (format.name == "csv" || format.name == "tsv")) continue;
        const std::string input = csv ? header + "\n" + row + "\n" : spec_of(says) + "\n";
        const Words all = words + Words{"-q", "--in", csv ? "csv" : "ndjson", "-"};
        const ProgramRun run = run_program_apart(all, input);
        INFO(typed(all) << "\n" << input);
        INFO("status " << run.status << ", signal " << run.signal << "\nout: " << run.out
                       << "\nerr: " << run.err);
        CHECK_FALSE(run.crashed());
        CHECK((run.status == 1 || (run.status == 0 && any_text)));
        CHECK(wrong_with_output(format.name, run.out,
                  Expected{{run.status == 0 ? Became::answered : Became::failed}}) == "");
        if (run.status == 1) CHECK(wrong_with_words(run.err) == "");
      }
    }
  }
}
