// SPDX-License-Identifier: MIT
#include "specs/spec_checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "contract/shapes.hpp"
#include "record/outputs.hpp"
#include "specs/answered.hpp"
#include "specs/spec_texts.hpp"
#include "support/formats.hpp"
#include "support/program.hpp"
#include "units/number_text.hpp"
#include "write/writer.hpp"

namespace footpound {

namespace {

using Words = std::vector<std::string>;

// Where a sanitizer saw it: the first function of ours that its report names.
std::string place_of_crash(const std::string& err) {
  for (const std::string_view line : lines_of(err)) {
    const std::size_t ours = line.find("/src/");
    if (line.find("runtime error:") != std::string_view::npos)
      return std::string(line.substr(ours == std::string_view::npos ? 0 : ours));
    if (line.find('#') != std::string_view::npos && ours != std::string_view::npos)
      return std::string(line.substr(ours));
  }
  return {};
}

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class Checker {
 public:
  Checker(const SpecBatch& batch, const SpecMaker& maker, SpecTally& tally)
      : batch_(batch), maker_(maker), tally_(tally), choices_(batch.seed ^ 0x5EC5) {}

  std::vector<Find> all() {
    tally_.specs += batch_.specs.size();
    stream();
    for (std::size_t i = 0; i < batch_.specs.size(); ++i) alone(i);
    other_encodings();
    other_orders();
    what_is_remembered();
    on_error();
    as_list();
    written_as_each_format();
    doubled();
    stated();
    split();
    sacct();
    return std::move(finds_);
  }

 private:
  void found(std::string property, std::string what, std::string command) {
    if (what.size() > 2000) what.resize(2000);
    finds_.push_back({std::move(property), std::move(what), std::move(command)});
  }
  void need(bool holds, std::string_view property, const std::string& what, const Words& words,
      std::string_view input) {
    if (!holds) found(std::string(property), what, shell_command(words, input));
  }

  // A run, with what holds of all of them.
  ProgramRun run(const Words& words, std::string_view input, std::initializer_list<int> statuses) {
    ++tally_.runs;
    ProgramRun run = run_program_apart(words, input);
    if (run.crashed()) {
      const std::string place = place_of_crash(run.err);
      found("no signal: " + std::string(strsignal(run.signal)) + (place.empty() ? "" : ", " + place), run.err,
          shell_command(words, input));
      return run;
    }
    need(std::find(statuses.begin(), statuses.end(), run.status) != statuses.end(),
        "the status is what the design says", "status " + std::to_string(run.status) + ": " + run.err, words,
        input);
    if (!run.err.empty()) {
      const std::string wrong = contract::wrong_with_words(run.err);
      need(wrong.empty(), "stderr holds lines of ours that are safe to print", wrong, words, input);
    }
    return run;
  }

  // One run's answer or error: of those nothing is written.
  ProgramRun one_off(const Words& words, std::string_view input, int failed) {
    ProgramRun done = run(words, input, {0, failed});
    if (done.crashed() || done.status == 0) return done;
    need(done.out.empty(), "nothing on stdout beside an error", done.out, words, input);
    need(done.err.substr(0, 11) == "footpound: ", "an error says what is wrong", done.err, words, input);
    return done;
  }

  Words options(std::initializer_list<const char*> more) const {
    Words words = {"estimate"};
    words.insert(words.end(), batch_.options.begin(), batch_.options.end());
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  // A stream that writes all columns as NDJSON, or as it came.
  std::vector<Answered> answers(
      const Words& words, const std::string& input, char delimiter, std::size_t records) {
    return answers_in(run(words, input, {0, 1}), words, input, delimiter, records);
  }
  std::vector<Answered> answers_in(const ProgramRun& done, const Words& words, const std::string& input,
      char delimiter, std::size_t records) {
    if (done.crashed() || done.status > 1) return {};
    std::vector<Answered> list =
        delimiter == 0 ? answers_of_ndjson(done.out) : answers_of_delimited(done.out, delimiter);
    need(list.size() == records, "rows in are rows out",
        std::to_string(records) + " in, " + std::to_string(list.size()) + " out: " + done.out, words, input);
    if (list.size() != records) return {};
    const bool failed = std::any_of(list.begin(), list.end(), is_failure);
    need(done.status == (failed ? 1 : 0), "the status tells of failed records",
        "status " + std::to_string(done.status), words, input);
    return list;
  }

  Words ndjson_words() const {
    return options({"--in", "ndjson", "-f", "ndjson", "--columns", "all", "-q", "-"});
  }

  std::string same(const Answered& a, const Answered& b, bool with_error) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] == b[i]) continue;
      const std::string name(output_fields()[i].name);
      if (name == "error" && !with_error && a[i].empty() == b[i].empty()) continue;
      return name + ": " + a[i] + " and " + b[i];
    }
    return {};
  }

  // ---- the batch as NDJSON, in order, by one thread: what the others are compared with ----
  void stream() {
    const Words words = joined(ndjson_words(), {"--threads", "1"});
    const std::string input = as_ndjson(batch_.specs, batch_);
    const ProgramRun done = run(words, input, {0, 1});
    if (done.crashed()) return;
    const auto in = lines_of(input);
    const auto out = lines_of(done.out);
    for (std::size_t i = 0; i < std::min(in.size(), out.size()); ++i) {
      const std::string_view own = in[i].substr(0, in[i].size() - 1);
      need(out[i].substr(0, own.size()) == own, "own fields pass byte for byte", std::string(out[i]), words,
          in[i]);
    }
    answers_ = answers_in(done, words, input, 0, batch_.specs.size());
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (is_answer(answers_[i])) ++tally_.estimates;
      sound(answers_[i], words, in[i]);
    }
  }

  void sound(const Answered& answer, const Words& words, std::string_view input) {
    if (!is_answer(answer)) {
      for (std::size_t i = 0; i < answer.size(); ++i)
        need(answer[i].empty() || output_fields()[i].name == "error", "an error has no figures beside it",
            std::string(output_fields()[i].name) + " " + answer[i], words, input);
      return;
    }
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const OutputField& field = output_fields()[i];
      if (field.number == nullptr || answer[i].empty()) continue;
      const std::optional<double> value = number_of(answer[i]);
      need(value && std::isfinite(*value) && *value >= 0, "figures are finite and not negative",
          std::string(field.name) + " " + answer[i], words, input);
    }
    for (const auto& [low, value, high] : {std::array{"energy_low_kwh", "energy_kwh", "energy_high_kwh"},
             std::array{"co2e_low_kg", "co2e_kg", "co2e_high_kg"},
             std::array{"cost_low_usd", "cost_usd", "cost_high_usd"}}) {
      const auto l = number_of(at(answer, low)), v = number_of(at(answer, value)),
                 h = number_of(at(answer, high));
      need(l.has_value() == v.has_value() && v.has_value() == h.has_value() && (!v || (*l <= *v && *v <= *h)),
          "low <= value <= high",
          std::string(value) + ": " + at(answer, low) + ", " + at(answer, value) + ", " + at(answer, high),
          words, input);
    }
    for (const char* must :
        {"energy_kwh", "co2e_kg", "co2e_lb", "used_boundary", "used_pue", "used_intensity_g_per_kwh"})
      need(!at(answer, must).empty(), "an answer has its figures", std::string(must) + " is empty", words,
          input);
  }

  // ---- each spec by itself ----
  void alone(std::size_t i) {
    const MadeSpec& spec = batch_.specs[i];
    const std::string text = as_json(spec, batch_) + "\n";
    const Words words = options({"-f", "json", "-"});
    const ProgramRun by_spec = one_off(words, text, 3);
    if (!by_spec.crashed()) compare_with_stream(i, by_spec, words, text);
    if (const std::optional<Words> flags = as_flags(spec)) {
      const Words flag_words = joined(options({"-f", "json"}), *flags);
      const ProgramRun by_flags = one_off(flag_words, {}, 2);
      if (!by_flags.crashed() && !by_spec.crashed())
        need((by_flags.status == 0) == (by_spec.status == 0) && by_flags.out == by_spec.out,
            "flags and spec agree",
            by_flags.err + by_flags.out + "\nand\n" + by_spec.err + by_spec.out + "\nof " + text, flag_words,
            {});
    }
    shaped(spec, text, by_spec);
    if (by_spec.status == 0) explained(spec, by_spec.out, words, text);
  }

  void compare_with_stream(
      std::size_t i, const ProgramRun& by_spec, const Words& words, const std::string& text) {
    if (answers_.empty()) return;
    const Answered& streamed = answers_[i];
    if (by_spec.status != 0) {
      need(!is_answer(streamed), "spec and stream agree", "the spec fails: " + by_spec.err, words, text);
      // what is no run in a stream is a mistake alone
      std::string error = at(streamed, "error");
      if (error.substr(0, 9) == "skipped: ") error.erase(0, 9);
      need(is_answer(streamed) || by_spec.err.find(error) != std::string::npos,
          "spec and stream give the same error", by_spec.err + "and " + error, words, text);
      return;
    }
    const std::optional<Answered> answer = answer_of_json(by_spec.out);
    need(answer.has_value(), "an answer has all columns", by_spec.out, words, text);
    if (!answer) return;
    const std::string differs = same(*answer, streamed, true);
    need(differs.empty(), "spec and stream agree", differs, words, text);
    sound(*answer, words, text);
  }

  // Every format in its turn, by flags or by spec, with options that change nothing but its looks.
  void shaped(const MadeSpec& spec, const std::string& text, const ProgramRun& by_spec) {
    const OutputFormat& format = choices_.pick(answer_formats());
    const std::string name(format.name);
    Words words = joined(options({}), {"-f", name});
    const bool delimited = name == "csv" || name == "tsv";
    bool whole = !delimited && name != "ndjson";
    if (format.explains && choices_.chance(0.3)) words.emplace_back("--explain");
    if (format.takes_columns && name != "json" && choices_.chance(0.3)) {
      words.insert(words.end(), {"--columns", "all"});
      whole = false;  // a row
    }
    if (choices_.chance(0.1))
      words.insert(words.end(), {"--equivalents", choices_.pick(maker_.equivalent_sets())});
    const std::optional<Words> flags = as_flags(spec);
    const bool by_flags = flags && choices_.chance(0.5);
    words = by_flags ? joined(words, *flags) : joined(words, {"-"});
    const std::string input = by_flags ? std::string() : text;
    const ProgramRun done = one_off(words, input, by_flags ? 2 : 3);
    if (done.crashed() || by_spec.crashed()) return;
    need(done.status == 0 ? by_spec.status == 0 : by_spec.status != 0, "all formats refuse the same specs",
        done.err + "and " + by_spec.err, words, input);
    if (done.status == 0)
      has_shape(format, done.out, {{contract::Became::answered}, whole}, {spec}, words, input);
  }

  void has_shape(const OutputFormat& format, const std::string& out, const contract::Expected& expected,
      const std::vector<MadeSpec>& specs, const Words& words, const std::string& input) {
    // own fields pass as they came: bytes that are no UTF-8, and numbers that fit no double; and who calls
    // a run "nan" may read it
    static constexpr std::array<std::string_view, 6> foreign = {
        "nan", "inf", "1e400", "1e999", "1e308k", "Training "};
    for (const MadeSpec& spec : specs) {
      for (const Statement& statement : spec.statements) {
        if (!nlohmann::json::accept("\"" + as_text_of_json(statement.value) + "\"")) return;
        for (const std::string_view part : foreign) {
          if (statement.value.find(part) != std::string::npos) return;
        }
      }
    }
    const std::string wrong = contract::wrong_with_output(format.name, out, expected);
    need(wrong.empty(), "the output has its format's shape: " + std::string(format.name), wrong + "\n" + out,
        words, input);
  }

  static contract::Became became(const Answered& answer) {
    return is_answer(answer)    ? contract::Became::answered
           : is_failure(answer) ? contract::Became::failed
                                : contract::Became::skipped;
  }

  void explained(const MadeSpec& spec, const std::string& out, const Words& words, const std::string& text) {
    const auto answer = nlohmann::json::parse(out, nullptr, false);
    need(answer.is_object() && answer.contains("factors") && answer["factors"].is_array(), "JSON parses", out,
        words, text);
    if (!answer.is_object() || !answer.contains("factors")) return;
    for (const auto& factor : answer["factors"]) {
      const bool numbers =
          factor["value"].is_number() && factor["low"].is_number() && factor["high"].is_number();
      const auto number = [&](const char* key) { return factor[key].get<double>(); };
      need(numbers && number("value") >= 0 && number("low") <= number("value") &&
               number("value") <= number("high"),
          "factors are finite, low <= value <= high", factor.dump(), words, text);
      if (numbers) guess(factor, answer, spec);
    }
  }

  // ---- the same records in other clothes ----
  void compare(const std::vector<Answered>& others, std::string_view property, const Words& words,
      const std::string& input) {
    for (std::size_t i = 0; i < std::min(answers_.size(), others.size()); ++i) {
      const std::string differs = same(answers_[i], others[i], true);
      need(differs.empty(), property, "record " + std::to_string(i + 1) + ": " + differs, words, input);
    }
  }

  void other_encodings() {
    if (answers_.empty()) return;
    for (const auto& [format, delimiter] : {std::pair{"csv", ','}, std::pair{"tsv", '\t'}}) {
      const Words words = options({"--in", format, "--columns", "all", "-q", "-"});
      const std::string input = as_delimited(batch_.specs, batch_, delimiter);
      compare(
          answers(words, input, delimiter, batch_.specs.size()), "NDJSON, CSV and TSV agree", words, input);
    }
  }

  void other_orders() {
    if (answers_.empty()) return;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < batch_.specs.size(); ++i) {
      order.push_back(i);
      if (choices_.chance(0.3)) order.push_back(i);
    }
    choices_.shuffle(order);
    std::vector<MadeSpec> specs;
    for (const std::size_t i : order) specs.push_back(batch_.specs[i]);
    static constexpr std::array blocks = {"1", "64", "1000", "4096", "64KiB"};
    for (const char delimiter : {'\0', ','}) {
      const char* threads = choices_.chance(0.5) ? "1" : "4";
      const Words words =
          joined(delimiter == 0 ? ndjson_words() : options({"--in", "csv", "--columns", "all", "-q", "-"}),
              {"--threads", threads, "--block", choices_.pick(blocks)});
      const std::string input =
          delimiter == 0 ? as_ndjson(specs, batch_) : as_delimited(specs, batch_, delimiter);
      const std::vector<Answered> others = answers(words, input, delimiter, specs.size());
      for (std::size_t i = 0; i < others.size(); ++i) {
        const std::string differs = same(answers_[order[i]], others[i], true);
        need(differs.empty(), "no record's answer depends on the others, threads or blocks",
            "record " + std::to_string(i + 1) + ": " + differs, words, input);
      }
    }
  }

  // Those answers hold their inputs. Where figures alone are asked for, a record takes over what one like
  // it had, with its own numbers: each is followed by some like it.
  void what_is_remembered() {
    std::vector<MadeSpec> specs;
    for (const MadeSpec& spec : batch_.specs) {
      specs.push_back(spec);
      specs.push_back(spec.with("hours", "7.25"));
      specs.push_back(spec.with("hours", "0.5+-0.1"));
      if (spec.states("accelerator_count")) specs.push_back(specs.back().with("accelerator_count", "3"));
      if (spec.states("utilization")) specs.push_back(specs.back().with("utilization", "0.5+-10%"));
      if (spec.states("accelerator_power_w")) specs.push_back(specs.back().with("accelerator_power_w", "99"));
      if (spec.states("trials")) specs.push_back(specs.back().with("trials", "5"));
      if (spec.states("pue")) specs.push_back(specs.back().with("pue", "1.25"));
    }
    for (const char delimiter : {'\0', ','}) {
      const std::string input =
          delimiter == 0 ? as_ndjson(specs, batch_) : as_delimited(specs, batch_, delimiter);
      const Words words = options({"--in", delimiter == 0 ? "ndjson" : "csv", "-q", "-"});
      const ProgramRun recalled = run(words, input, {0, 1});
      const ProgramRun plain = run(joined(words, {"--plain"}), input, {0, 1});
      need(recalled.out == plain.out && recalled.err == plain.err, "what a stream remembers changes no byte",
          "compare with --plain", words, input);
    }
  }

  void on_error() {
    if (answers_.empty()) return;
    const std::string input = as_ndjson(batch_.specs, batch_);
    std::size_t before_first = 0;
    while (before_first < answers_.size() && !is_failure(answers_[before_first])) ++before_first;
    const bool any = before_first < answers_.size();
    const auto kept = static_cast<std::size_t>(
        std::count_if(answers_.begin(), answers_.end(), [](const Answered& a) { return !is_failure(a); }));
    for (const auto& [word, rows] : {std::pair{"skip", kept}, std::pair{"stop", before_first}}) {
      const Words words = joined(ndjson_words(), {"--on-error", word});
      const ProgramRun done = run(words, input, {0, 1});
      if (done.crashed()) continue;
      need(done.status == (any ? 1 : 0), "the status tells of failed records",
          "status " + std::to_string(done.status), words, input);
      need(lines_of(done.out).size() == rows, "--on-error leaves out what failed",
          std::to_string(rows) + " rows expected:\n" + done.out, words, input);
    }
  }

  // Specs in an array: all or nothing.
  void as_list() {
    if (answers_.empty()) return;
    std::vector<MadeSpec> good;
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (!is_answer(answers_[i])) continue;
      good.push_back(batch_.specs[i]);
      which.push_back(i);
    }
    if (good.size() < batch_.specs.size()) {
      const Words words = options({"-f", "csv", "-"});
      const std::string input = as_array(batch_.specs, batch_);
      const ProgramRun done = run(words, input, {3});
      need(done.crashed() || done.out.empty(), "nothing on stdout beside an error", done.out, words, input);
    }
    if (good.empty()) return;
    const Words words = options({"-f", "csv", "--columns", "all", "-"});
    const std::string input = as_array(good, batch_);
    const ProgramRun done = one_off(words, input, 3);
    if (done.crashed()) return;
    const std::vector<Answered> list = answers_of_delimited(done.out, ',');
    need(list.size() == good.size(), "an array answers each of its specs", done.err + done.out, words, input);
    for (std::size_t i = 0; i < std::min(list.size(), good.size()); ++i) {
      const std::string differs = same(answers_[which[i]], list[i], true);
      need(differs.empty(), "an array answers each of its specs",
          "spec " + std::to_string(i + 1) + ": " + differs, words, input);
    }
    const OutputFormat& format = choices_.pick(answer_formats());
    const Words again = joined(options({}), {"-f", std::string(format.name), "-"});
    const ProgramRun shaped = run(again, input, {contract::is_for_one_run(format.name) ? 2 : 0});
    if (shaped.crashed() || shaped.status != 0) return;
    has_shape(
        format, shaped.out, {contract::Records(good.size(), contract::Became::answered)}, good, again, input);
  }

  void written_as_each_format() {
    if (answers_.empty()) return;
    const OutputFormat& format = choices_.pick(answer_formats());
    const bool csv = choices_.chance(0.5);
    const Words words =
        joined(options({"--in", csv ? "csv" : "ndjson", "-"}), {"-f", std::string(format.name), "-q"});
    const std::string input = csv ? as_delimited(batch_.specs, batch_, ',') : as_ndjson(batch_.specs, batch_);
    const ProgramRun done = run(words, input, {0, 1, 2});
    if (done.crashed()) return;
    const bool refused = contract::is_for_one_run(format.name);
    need(refused == (done.status == 2), "the status is what the design says", done.err, words, input);
    if (done.status == 2) return;
    contract::Expected expected;
    for (const Answered& answer : answers_) expected.records.push_back(became(answer));
    has_shape(format, done.out, expected, batch_.specs, words, input);
  }

  // ---- what follows from what ----
  void doubled() {
    std::vector<MadeSpec> specs;
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (!is_answer(answers_[i])) continue;
      const Statement* said = batch_.specs[i].find("trials");
      const std::optional<double> trials =
          said == nullptr ? 1 : number_of(std::string(without_blanks(said->value)));
      if (!trials || *trials > 1e100) continue;
      specs.push_back(batch_.specs[i].with("trials", number_text(2 * *trials)));
      which.push_back(i);
    }
    if (specs.empty()) return;
    const std::string input = as_ndjson(specs, batch_);
    const std::vector<Answered> twice = answers(ndjson_words(), input, 0, specs.size());
    for (std::size_t i = 0; i < twice.size(); ++i) {
      const std::string differs = not_doubled(answers_[which[i]], twice[i]);
      need(differs.empty(), "twice the trials are twice the energy",
          differs + " of " + as_json(specs[i], batch_), ndjson_words(),
          as_json(batch_.specs[which[i]], batch_) + "\n" + as_json(specs[i], batch_) + "\n");
    }
  }

  static std::string not_doubled(const Answered& once, const Answered& twice) {
    constexpr double room = 1e300;  // above, the double may not fit; below its inverse digits are lost
    if (!is_answer(twice)) {
      const auto near_the_end = [](const std::string& text) { return number_of(text).value_or(0) > room; };
      return std::any_of(once.begin(), once.end(), near_the_end) ? std::string() : at(twice, "error");
    }
    for (std::size_t i = 0; i < once.size(); ++i) {
      const OutputField& field = output_fields()[i];
      const std::optional<double> a = number_of(once[i]), b = number_of(twice[i]);
      // `used_` figures are those of one trial, but for the energy of all
      const bool of_all = field.number != nullptr &&
                          (field.name.substr(0, 5) != "used_" || field.name == "used_it_energy_kwh");
      const bool holds = !of_all || !a ? once[i] == twice[i] : b && (*b == 2 * *a || *a < 1 / room);
      if (!holds) return std::string(field.name) + ": " + once[i] + " and " + twice[i];
    }
    return {};
  }

  // What was guessed, as if it had been known. Where the guess told of something else too, that is stated
  // in both: a count or hours tell the load of the boards, so the workload is; power of the boards without
  // that of the host is a job of boards alone (docs/method.md).
  struct Guess {
    MadeSpec before, after;
    std::string field;
    double overhead = 1;  // that hours have no more, once the MFU is stated
  };

  void guess(const nlohmann::json& factor, const nlohmann::json& answer, const MadeSpec& spec) {
    const std::string origin = factor["origin"];
    const std::string name = factor["name"];
    if (origin == "given" || find_field(name) == nullptr || spec.states(name)) return;
    Guess made{spec, spec, name};
    if (name == "accelerator_power_w") {
      const bool host = spec.states("host_power_w") || spec.states("cpu") || spec.states("cpu_cores") ||
                        spec.states("cpu_count");
      if (!host && !has_option("--boundary")) return boards_alone_.push_back(stating(made, factor));
      if (!host && has_option("it")) return;
    }
    if (name == "flops" && spec.states("layers") && spec.states("context_tokens"))
      return;  // stated ones may hold attention or not
    // a whole that is stated, and not used, is held against its stated parts
    if (name == "host_power_w" && spec.states("it_power_w")) return;
    // with a count, operations that are stated beside the hours are held against what the devices can do
    if (name == "accelerator_count" && (spec.states("flops") || spec.states("tokens"))) return;
    if (name == "mfu") {
      for (const auto& other : answer["factors"]) {
        if (other["name"] == "hours_overhead") made.overhead = other["value"];
      }
    }
    const bool tells_load = name == "hours" || name == "accelerator_count" || name == "mfu";
    if (tells_load && !spec.states("workload")) made.before = made.before.with("workload", "general");
    // hours from FLOPs are those of so many devices
    if (name == "hours" && !spec.states("accelerator_count")) {
      for (const auto& other : answer["factors"]) {
        if (other["name"] == "accelerator_count")
          made.before = made.before.with("accelerator_count", number_text(other["value"].get<double>()));
      }
    }
    made.after = made.before;
    guesses_.push_back(stating(made, factor));
  }

  static Guess stating(Guess made, const nlohmann::json& factor) {
    // hours that no run takes have to bear their unit
    const std::string unit = made.field == "hours" ? "h" : "";
    made.after = made.after.with(made.field, number_text(factor["value"].get<double>()) + unit);
    return made;
  }

  bool has_option(std::string_view word) const {
    return std::find(batch_.options.begin(), batch_.options.end(), word) != batch_.options.end();
  }

  void stated() {
    compare_guesses(guesses_, {});
    compare_guesses(boards_alone_, {"--boundary", "accelerators"});
  }

  void compare_guesses(const std::vector<Guess>& guesses, const Words& more) {
    if (guesses.empty()) return;
    std::vector<MadeSpec> specs;
    for (const Guess& guess : guesses) specs.insert(specs.end(), {guess.before, guess.after});
    const Words words = joined(ndjson_words(), more);
    const std::vector<Answered> list = answers(words, as_ndjson(specs, batch_), 0, specs.size());
    for (std::size_t i = 0; i < list.size() / 2; ++i) {
      const Answered& before = list[2 * i];
      const Answered& after = list[2 * i + 1];
      const std::string input = as_ndjson({specs[2 * i], specs[2 * i + 1]}, batch_);
      const std::string differs = is_answer(before) ? changed(guesses[i], before, after) : std::string();
      need(differs.empty(), "stating what was guessed changes nothing but the interval: " + guesses[i].field,
          differs, words, input);
    }
  }

  static std::string changed(const Guess& guess, const Answered& before, const Answered& after) {
    if (!is_answer(after)) return at(after, "error");
    if (guess.field == "mfu") {
      const double hours = number_of(at(before, "used_hours")).value_or(0);
      const double stated = number_of(at(after, "used_hours")).value_or(0) * guess.overhead;
      return std::abs(hours - stated) <= 1e-12 * hours
                 ? std::string()
                 : "hours " + at(before, "used_hours") + ", then " + at(after, "used_hours");
    }
    for (const char* name : {"energy_kwh", "co2e_kg", "co2e_lb", "car_lifetimes", "flights_ny_sf",
             "used_it_energy_kwh", "used_it_power_w", "used_boundary", "used_pue", "used_region",
             "used_intensity_g_per_kwh", "market_co2e_kg", "embodied_co2e_kg", "cost_usd"}) {
      if (at(before, name) != at(after, name))
        return std::string(name) + ": " + at(before, name) + ", then " + at(after, name);
    }
    if (at(after, "assumed").find(guess.field) != std::string::npos) return guess.field + " is still assumed";
    if (guess.field != "pue" && guess.field != "intensity_g_per_kwh") return {};
    const auto width = [](const Answered& answer) {
      const double low = number_of(at(answer, "co2e_low_kg")).value_or(0);
      return low > 1e-300 ? number_of(at(answer, "co2e_high_kg")).value_or(0) / low : 1;
    };
    return width(after) <= width(before) * (1 + 1e-9) ? std::string() : "the interval grew";
  }

  // Flags are defaults under records: it is all the same which of both says a field.
  void split() {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (!is_answer(answers_[i])) continue;
      MadeSpec flags, record;
      const bool time_by_flag = choices_.chance(0.5);
      for (const Statement& statement : batch_.specs[i].statements) {
        const bool by_flag = statement.field->group == FieldGroup::time ? time_by_flag : choices_.chance(0.5);
        (by_flag ? flags : record).statements.push_back(statement);
      }
      const std::optional<Words> said = as_flags(flags);
      if (!said) continue;
      const Words words = joined(ndjson_words(), *said);
      const std::string input = as_json(record, batch_) + "\n";
      const std::vector<Answered> one = answers(words, input, 0, 1);
      if (one.empty()) return;
      const std::string differs = same(answers_[i], one.front(), true);
      need(differs.empty(), "flags are defaults under records", differs, words, input);
      return;
    }
  }

  void sacct() {
    const SacctTwins twins = as_sacct(batch_.specs, batch_, maker_.gres_types(), choices_);
    const Words words = options({"--in", "sacct", "-f", "ndjson", "--columns", "all", "-q", "-"});
    const std::vector<Answered> jobs = answers(words, twins.sacct, 0, twins.specs.size());
    const std::vector<Answered> specs =
        answers(ndjson_words(), as_ndjson(twins.specs, batch_), 0, twins.specs.size());
    for (std::size_t i = 0; i < std::min(jobs.size(), specs.size()); ++i) {
      const std::string differs = same(specs[i], jobs[i], false);
      need(differs.empty(), "sacct and the spec it means agree",
          "job " + std::to_string(i + 1) + ": " + differs + " of " + as_json(twins.specs[i], batch_), words,
          twins.sacct);
    }
  }

  const SpecBatch& batch_;
  const SpecMaker& maker_;
  SpecTally& tally_;
  Choices choices_;
  std::vector<Answered> answers_;
  std::vector<Guess> guesses_, boards_alone_;
  std::vector<Find> finds_;
};

bool finds_again(const SpecBatch& batch, const std::string& property, const SpecMaker& maker) {
  SpecTally tally;
  const std::vector<Find> finds = check_specs(batch, maker, tally);
  return std::any_of(finds.begin(), finds.end(), [&](const Find& find) { return find.property == property; });
}

}  // namespace

std::vector<Find> check_specs(const SpecBatch& batch, const SpecMaker& maker, SpecTally& tally) {
  return Checker(batch, maker, tally).all();
}

SpecBatch smallest_with(const SpecBatch& batch, const std::string& property, const SpecMaker& maker) {
  SpecBatch small = batch;
  int tries = 300;
  const auto keep = [&](SpecBatch fewer) {
    if (--tries < 0 || !finds_again(fewer, property, maker)) return false;
    small = std::move(fewer);
    return true;
  };
  for (std::size_t part = small.specs.size() / 2; part > 0; part /= 2) {
    for (std::size_t from = 0; from < small.specs.size() && small.specs.size() > 1;) {
      SpecBatch fewer = small;
      const std::size_t to = std::min(from + part, fewer.specs.size());
      fewer.specs.erase(fewer.specs.begin() + static_cast<std::ptrdiff_t>(from),
          fewer.specs.begin() + static_cast<std::ptrdiff_t>(to));
      if (fewer.specs.empty() || !keep(std::move(fewer))) from += part;
    }
  }
  for (std::size_t s = 0; s < small.specs.size(); ++s) {
    for (std::size_t i = 0; i < small.specs[s].statements.size() && small.specs[s].statements.size() > 1;) {
      SpecBatch fewer = small;
      fewer.specs[s].statements.erase(fewer.specs[s].statements.begin() + static_cast<std::ptrdiff_t>(i));
      if (!keep(std::move(fewer))) ++i;
    }
  }
  SpecBatch bare = small;
  bare.options.clear();
  keep(std::move(bare));
  return small;
}

std::string told(const Find& find) {
  return find.property + "\n  " + find.what + "\n  " + find.command + "\n";
}

}  // namespace footpound
