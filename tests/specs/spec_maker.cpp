// SPDX-License-Identifier: MIT
#include "specs/spec_maker.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "factors/prices.hpp"
#include "factors/tables.hpp"
#include "read/slurm/mig.hpp"
#include "units/number_text.hpp"
#include "words/explain.hpp"

namespace footpound {

namespace {

bool takes(const Field& field, std::string_view text) {
  Record record;
  return static_cast<bool>(set_field(field, field.name, text, record));
}

std::string refusal(const Field& field, std::string_view text) {
  Record record;
  const Result<void> done = set_field(field, field.name, text, record);
  return done ? std::string() : message(done.error());
}

// What an error proposes: `... unknown "?"; it is "direct" or "lifecycle"`.
std::vector<std::string> proposed(const std::string& error) {
  std::vector<std::string> words;
  for (std::size_t at = error.find('"'); at != std::string::npos; at = error.find('"', at)) {
    const std::size_t end = error.find('"', at + 1);
    if (end == std::string::npos) break;
    words.push_back(error.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  if (!words.empty()) words.erase(words.begin());  // what was asked
  return words;
}

// The names that the tables know such things by: the rows of a table that is called after the field, and
// the columns of all tables that are.
std::vector<std::string> names_for(const Field& field, const Catalog& catalog) {
  std::vector<std::string> names;
  const std::string plural = std::string(field.name) + "s";
  for (std::size_t t = 0; t < table_count; ++t) {
    const Table& table = catalog.table(static_cast<TableId>(t));
    const bool ours = table.def().name == plural ||
                      (static_cast<TableId>(t) == TableId::ambiguous_names && plural == "accelerators");
    for (std::size_t c = 0; c < table.def().columns.size(); ++c) {
      const Column& column = table.def().columns[c];
      const bool of_rows = ours && column.names_row;
      const bool of_column = column.key.substr(0, field.name.size()) == field.name;
      if ((!of_rows && !of_column) || (column.type != CellType::text && column.type != CellType::texts))
        continue;
      for (std::uint32_t r = 0; r < table.size(); ++r) {
        each_item(
            table.row(r).text(static_cast<int>(c)), [&](std::string_view name) { names.emplace_back(name); });
      }
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// What no table knows and nobody means well by.
std::string hostile_text(Choices& choices) {
  using namespace std::string_view_literals;
  static constexpr std::array texts = {"\x1b[31mred\x1b[0m"sv, "two\nlines"sv, "two\r\nlines"sv,
      "\"quoted\""sv, "\""sv, "a,b"sv, "a\tb"sv, "a|b"sv, "a\0b"sv, "\0"sv, "\xff\xfe"sv, "\xc3"sv,
      "caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac"sv, "\xc2\x85next"sv, "\xe2\x80\xaetxt.exe"sv,
      "\xf0\x9f\x90\x88"sv, "-"sv, "--help"sv, "-1"sv, "=1+1"sv, "'; --"sv, "{"sv, "["sv, "null"sv, "true"sv,
      "{\"a\":1}"sv, "%s%n%d"sv, "$(true)"sv, "\\"sv, "a\\"sv, "\\u0041"sv, "<b>&amp;</b>"sv, "&{}$#^_~%\\"sv,
      "..."sv, "nan"sv, "inf"sv, "0"sv, "1e999"sv,
      "\xef\xbb\xbf"sv
      "bom"sv,
      "\x7f"sv, "a  b"sv, "#"sv, "---"sv, "| a | b |"sv, "aws\nus-east-1"sv, "}}"sv, "\\begin{document}"sv,
      "\xed\xa0\x80"sv, "@"sv, ":"sv, "8 x A100"sv};
  if (choices.chance(0.05)) return std::string(10000, choices.chance(0.5) ? 'x' : '"');
  if (choices.chance(0.1)) {
    std::string bytes;
    for (std::size_t n = 1 + choices.below(20); n != 0; --n) bytes += static_cast<char>(choices.below(256));
    return bytes;
  }
  return std::string(choices.pick(texts));
}

// A slip of the keyboard, or another way of writing.
std::string misspelt(std::string text, Choices& choices) {
  if (text.empty()) return "x";
  const std::size_t at = choices.below(text.size());
  switch (choices.below(7)) {
    case 0: text.erase(at, 1); break;
    case 1: text.insert(at, 1, text[at]); break;
    case 2: text[at] = static_cast<char>('a' + choices.below(26)); break;
    case 3:
      for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      break;
    case 4: std::replace(text.begin(), text.end(), '-', ' '); break;
    case 5: text = "NVIDIA " + text; break;
    default: text = " " + text + " ";
  }
  return text;
}

std::string rounded(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

// What makes an answer possible; the rest of a spec stands around one of them.
using Basis = std::vector<std::string_view>;
const std::vector<Basis>& bases() {
  static const std::vector<Basis> all = {{"accelerator", "hours"},
      {"accelerator", "accelerator_count", "hours"}, {"accelerator", "accelerator_count", "hours", "region"},
      {"accelerator_power_w", "hours"}, {"accelerator_power_w", "accelerator_count", "hours"},
      {"accelerator_power_w", "accelerator_hours"}, {"it_power_w", "hours"}, {"measured_it_energy_kwh"},
      {"measured_accelerator_energy_kwh"}, {"measured_accelerator_energy_kwh", "accelerator", "hours"},
      {"cpu", "hours"}, {"cpu_cores", "memory_gb", "hours"}, {"accelerator", "parameters", "tokens"},
      {"accelerator", "flops", "accelerator_count"}, {"accelerator", "parameters", "tokens", "mfu"},
      {"instance", "hours"}, {"accelerator", "utilization", "hours"}, {"host_power_w", "hours"},
      {"accelerator", "start", "end"}, {"accelerator", "accelerator_hours"}};
  return all;
}

// What people state beside it, and how often.
constexpr std::array<std::pair<std::string_view, double>, 6> beside = {{{"region", 0.5}, {"pue", 0.2},
    {"intensity_g_per_kwh", 0.2}, {"year", 0.15}, {"trials", 0.2}, {"name", 0.2}}};

}  // namespace

const Field& field_named(std::string_view name) {
  const Field* field = find_field(name);
  if (field == nullptr) throw std::logic_error("no field is called " + std::string(name));
  return *field;
}

const Statement* MadeSpec::find(std::string_view field) const {
  const Field* const wanted = &field_named(field);
  for (const Statement& statement : statements) {
    if (statement.field == wanted) return &statement;
  }
  return nullptr;
}

MadeSpec MadeSpec::with(std::string_view field, std::string value) const {
  MadeSpec spec = *this;
  const Field* const wanted = &field_named(field);
  std::erase_if(spec.statements, [&](const Statement& statement) { return statement.field == wanted; });
  spec.statements.push_back({wanted, std::move(value), false});
  return spec;
}

std::vector<std::size_t> SpecBatch::places() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < fields().size(); ++i) places.push_back(i);
  Choices(seed ^ 0x0D0E).shuffle(places);
  return places;
}

SpecMaker::SpecMaker(const Catalog& catalog) {
  for (const Field& field : fields()) values_.push_back(values_of(field, catalog));
  for (const std::string_view list : price_sets(catalog)) price_lists_.emplace_back(list);
  for (const std::string_view set : footpound::equivalent_sets(catalog)) equivalent_sets_.emplace_back(set);
  for (const std::string& name : values_[index_of(field_named("accelerator"))].names) {
    const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
    if (plain && !parse_mig(name)) gres_types_.push_back(name);
  }
}

SpecMaker::Values SpecMaker::values_of(const Field& field, const Catalog& catalog) const {
  Values values{&field, Kind::other, {}, {}, {}};
  if (field.value.empty()) {
    values.kind = Kind::flag;
    for (const char* word : {"true", "false", "yes", "no", "1", "0"}) {
      if (takes(field, word)) values.words.emplace_back(word);
    }
  } else if (field.setter.text != nullptr) {
    values.kind = Kind::text;
    values.names = names_for(field, catalog);
  } else if (field.setter.instant != nullptr) {
    values.kind = Kind::instant;
  } else if (field.setter.number != nullptr) {
    values.kind = Kind::number;
    for (const Unit& unit : units()) {
      if (takes(field, "1" + std::string(unit.symbol)) || takes(field, "50" + std::string(unit.symbol)))
        values.units.push_back(unit.symbol);
    }
    for (const char* form : {"36:00:00", "1-12:00:00", "3d7h", "1h30m", "3/7", "12:34", "35 %"}) {
      if (takes(field, form)) values.words.emplace_back(form);
    }
    values.below_one = takes(field, "0.5");
    values.above_one = takes(field, "2");
    values.counts = takes(field, "1k");
  } else {
    values.words = proposed(refusal(field, "?"));
    for (int year = 1989; year <= 2102; ++year) {
      if (takes(field, std::to_string(year))) values.words.push_back(std::to_string(year));
    }
  }
  return values;
}

SpecBatch SpecMaker::batch(std::uint64_t seed, std::size_t specs) const {
  Choices choices(seed);
  SpecBatch batch;
  batch.seed = seed;
  batch.options = options(choices);
  for (const Field& field : fields()) {
    const std::string_view other = field.aliases[choices.below(field.aliases.size())];
    batch.names.push_back(other.empty() || choices.chance(0.6) ? field.name : other);
  }
  while (batch.specs.size() < specs) batch.specs.push_back(spec(choices));
  for (MadeSpec& spec : batch.specs) {
    const std::vector<std::size_t> places = batch.places();
    std::sort(spec.statements.begin(), spec.statements.end(), [&](const Statement& a, const Statement& b) {
      return places[index_of(*a.field)] < places[index_of(*b.field)];
    });
  }
  return batch;
}

std::vector<std::string> SpecMaker::options(Choices& choices) const {
  std::vector<std::string> words;
  if (choices.chance(0.1)) words.emplace_back("--strict");
  if (choices.chance(0.2))
    words.insert(words.end(), {"--boundary", choices.chance(0.6) ? "it" : "accelerators"});
  if (choices.chance(0.15) && !price_lists_.empty())
    words.insert(words.end(), {"--prices", choices.pick(price_lists_)});
  if (choices.chance(0.1))
    words.insert(words.end(), {"--timezone", choices.chance(0.5) ? "+05:30" : "-11:00"});
  return words;
}

// Six of ten are what somebody could mean; the others are stranger, and one in ten is anything at all.
MadeSpec SpecMaker::spec(Choices& choices) const {
  const std::size_t strange = choices.below(10);
  const double more = strange < 6 ? 0.03 : strange < 9 ? 0.12 : 0.3;
  const double edges = strange < 6 ? 0.02 : strange < 9 ? 0.15 : 0.3;
  const double mistakes = strange < 6 ? 0.01 : strange < 9 ? 0.06 : 0.2;
  const auto mood = [&] {
    return choices.chance(mistakes) ? Mood::wrong : choices.chance(edges) ? Mood::edge : Mood::usual;
  };
  std::vector<bool> stated(fields().size());
  if (strange < 9) {
    for (const std::string_view name : choices.pick(bases())) stated[index_of(field_named(name))] = true;
    for (const auto& [name, share] : beside) {
      if (choices.chance(share)) stated[index_of(field_named(name))] = true;
    }
  }
  for (std::size_t i = 0; i < stated.size(); ++i) stated[i] = stated[i] || choices.chance(more);
  MadeSpec spec;
  for (std::size_t i = 0; i < stated.size(); ++i) {
    if (stated[i]) spec.statements.push_back(state(values_[i], mood(), choices));
  }
  if (spec.statements.empty()) spec.statements.push_back(state(choices.pick(values_), mood(), choices));
  return spec;
}

Statement SpecMaker::state(const Values& values, Mood mood, Choices& choices) const {
  Statement statement{values.field, {}, choices.chance(0.5)};
  switch (values.kind) {
    case Kind::text: statement.value = text(values, mood, choices); break;
    case Kind::number: statement.value = number(values, mood, choices); break;
    case Kind::instant: statement.value = instant(mood, choices); break;
    case Kind::flag:
    case Kind::other:
      statement.value = mood == Mood::wrong || values.words.empty() ? hostile_text(choices)
                        : mood == Mood::edge ? misspelt(choices.pick(values.words), choices)
                                             : choices.pick(values.words);
  }
  // an empty text means another thing in every form
  if (statement.value.find_first_not_of(" \t\r\n") == std::string::npos) statement.value = "?";
  return statement;
}

std::string SpecMaker::text(const Values& values, Mood mood, Choices& choices) const {
  if (mood == Mood::wrong || values.names.empty()) return hostile_text(choices);
  const std::string& name = choices.pick(values.names);
  return mood == Mood::edge ? misspelt(name, choices) : name;
}

// In the middle of what the field takes.
std::string SpecMaker::plain_number(const Values& values, Choices& choices) const {
  double value = 0;
  if (!values.above_one) {
    value = choices.between(0.05, 1);
  } else if (!values.below_one) {
    value = choices.chance(0.5) ? 1 + choices.between(0, 1) : static_cast<double>(1 + choices.below(32));
  } else if (values.field->group == FieldGroup::model) {
    value = choices.scale_free(1e2, 1e13);
  } else if (values.counts && choices.chance(0.8)) {
    value = static_cast<double>(std::size_t{1} << choices.below(7));
  } else {
    value = choices.scale_free(0.1, 1e4);
  }
  return choices.chance(0.2) ? number_text(value) : rounded(value);
}

std::string SpecMaker::number(const Values& values, Mood mood, Choices& choices) const {
  static constexpr std::array edges = {"0", "1", "1.", ".5", "+1", "1e-300", "1e300", "1e308", "1e-307",
      "2.2250738585072014e-308", "5e-324", "1.7976931348623157e308", "1e15", "1e22", "9007199254740993",
      "0.1", "00012", "1E+2", "123456789012345678901234567890", "0.00000000000000000000001", "1e-100",
      "1e100", "1e150", "1e-150", "3/7", "0.999999999999999", "1.0000000000000002", "-0", "0.0", "0e5",
      "100%", "1e5+-1e5", "1+-1e-300"};
  static constexpr std::array wrongs = {"-1", "abc", "1e400", "1e-400", "nan", "inf", "-inf", "0x10", "1,5",
      "1,000", "1 000", "12parsecs", "--", "1+-", "+-1", "5%%", "1e", "1/0", "0/0", "1:2:3:4", "36:00:00",
      "3d7h", "2.", "..", "1.2.3", "1W", "1h", "1kWh", "1g/kWh", "1GB", "50%", "\xd9\xa3", "1_000", "1e5e5",
      "-0.5", "1e308k", "1e-320", "1+-1e9", "true"};
  if (mood == Mood::edge) return choices.pick(edges);
  if (mood == Mood::wrong) return choices.chance(0.1) ? hostile_text(choices) : choices.pick(wrongs);
  if (!values.words.empty() && choices.chance(0.08)) return choices.pick(values.words);
  const std::string plain = plain_number(values, choices);
  std::string text = plain;
  if (!values.units.empty() && choices.chance(0.2)) text += std::string(choices.pick(values.units));
  if (choices.chance(0.12)) {
    static constexpr std::array spreads = {"+-10%",
        "\xC2\xB1"
        "5%",
        "+-0.1", " +/- 1%", "+-300%"};
    text += choices.pick(spreads);
  }
  return takes(*values.field, text) ? text : plain;
}

std::string SpecMaker::instant(Mood mood, Choices& choices) {
  static constexpr std::array edges = {"0", "1", "-1", "1990-01-01", "1989-12-31T23:59:59Z", "2100-12-31",
      "2101-01-01", "0000-01-01", "0001-01-01", "9999-12-31T23:59:59Z", "1e10", "1e18", "1e300", "-1e18",
      "-62167219200", "2024-02-29", "2023-05-01T24:00:00Z", "2023-05-01T23:59:60Z",
      "1970-01-01T00:00:00+14:00", "253402300800", "0.5"};
  static constexpr std::array wrongs = {"2023-02-29", "2023-13-01", "yesterday", "2023-5-1", "23-05-01",
      "2023-05-01T25:00:00Z", "2023-05-01 ", "2023-05-01T00:00:00+99:99", "1e400", "nan", "01/02/2023",
      "2023-05", "T"};
  if (mood == Mood::edge) return choices.pick(edges);
  if (mood == Mood::wrong) return choices.chance(0.1) ? hostile_text(choices) : choices.pick(wrongs);
  const auto epoch = static_cast<long long>(choices.between(1.2e9, 1.8e9));
  if (choices.chance(0.3)) return std::to_string(epoch);
  char text[64];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u", static_cast<unsigned>(2010 + choices.below(16)),
      static_cast<unsigned>(1 + choices.below(12)), static_cast<unsigned>(1 + choices.below(28)));
  if (choices.chance(0.3)) return text;
  const std::string day = text;
  std::snprintf(text, sizeof text, "T%02u:%02u:%02u", static_cast<unsigned>(choices.below(24)),
      static_cast<unsigned>(choices.below(60)), static_cast<unsigned>(choices.below(60)));
  static constexpr std::array zones = {"", "Z", "+01:00", "-08:00"};
  return day + text + choices.pick(zones);
}

}  // namespace footpound
