// SPDX-License-Identifier: MIT
#include "specs/spec_texts.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "text/json_text.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

std::optional<bool> truth(std::string_view text) {
  const std::string_view word = without_blanks(text);
  for (const std::string_view yes : {"true", "yes", "1"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"false", "no", "0"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

std::string in_json(std::string_view text) { return '"' + as_text_of_json(text) + '"'; }

bool is_bare_json(std::string_view text) {
  const bool begins =
      !text.empty() && std::string_view("-0123456789tf").find(text.front()) != std::string_view::npos;
  return begins && json_value_length(text) == text.size() &&
         text.find_last_not_of(" \t\r\n") == text.size() - 1;
}

std::string in_cell(std::string_view text, char delimiter) {
  const bool plain = text.find_first_of(std::string("\"\r\n") + delimiter) == std::string_view::npos &&
                     without_blanks(text) == text;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::vector<const Field*> stated_by_any(const std::vector<MadeSpec>& specs, const SpecBatch& batch) {
  std::vector<const Field*> stated;
  for (const Field& field : fields()) {
    const bool any = std::any_of(
        specs.begin(), specs.end(), [&](const MadeSpec& spec) { return spec.states(field.name); });
    if (any) stated.push_back(&field);
  }
  const std::vector<std::size_t> places = batch.places();
  std::sort(stated.begin(), stated.end(),
      [&](const Field* a, const Field* b) { return places[index_of(*a)] < places[index_of(*b)]; });
  return stated;
}

// `word` between single quotes or, where it is not printable, $'...'.
std::string shell_word(std::string_view word) {
  bool plain = !word.empty();
  bool printable = true;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    printable = printable && byte >= 0x20 && byte < 0x7f;
    plain = plain &&
            (std::isalnum(byte) != 0 || std::string_view("-_=.,:/+%@").find(c) != std::string_view::npos);
  }
  if (plain) return std::string(word);
  std::string out = printable ? "'" : "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[8];
    if (printable) {
      out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    } else if (byte < 0x20 || byte >= 0x7f || c == '\'' || c == '\\') {
      std::snprintf(escape, sizeof escape, "\\%03o", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace

// Bytes that are no UTF-8 stay: a file can hold them.
std::string as_text_of_json(std::string_view text) {
  std::string out;
  for (const char c : text) {
    char escape[8];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::vector<std::string>> as_flags(const MadeSpec& spec) {
  std::vector<std::string> words;
  for (const Statement& statement : spec.statements) {
    const std::string flag(statement.field->flag);
    if (statement.value.find('\0') != std::string::npos) return std::nullopt;
    if (statement.field->value.empty()) {
      const std::optional<bool> on = truth(statement.value);
      if (!on) return std::nullopt;
      if (*on) words.push_back(flag);
    } else if (statement.bare && statement.value.front() != '-') {
      words.push_back(flag);
      words.push_back(statement.value);
    } else {
      words.push_back(flag + "=" + statement.value);
    }
  }
  return words.empty() ? std::nullopt : std::optional(words);
}

std::string as_json(const MadeSpec& spec, const SpecBatch& batch) {
  std::string out = "{";
  for (const Statement& statement : spec.statements) {
    if (out.size() > 1) out += ',';
    const bool bare = statement.bare && is_bare_json(statement.value);
    out +=
        in_json(batch.name_of(*statement.field)) + ":" + (bare ? statement.value : in_json(statement.value));
  }
  return out + "}";
}

std::string as_ndjson(const std::vector<MadeSpec>& specs, const SpecBatch& batch) {
  std::string out;
  for (const MadeSpec& spec : specs) out += as_json(spec, batch) + "\n";
  return out;
}

std::string as_array(const std::vector<MadeSpec>& specs, const SpecBatch& batch) {
  std::string out = "[";
  for (const MadeSpec& spec : specs) out += (out.size() > 1 ? ",\n" : "\n") + as_json(spec, batch);
  return out + "\n]\n";
}

std::string as_delimited(const std::vector<MadeSpec>& specs, const SpecBatch& batch, char delimiter) {
  const std::vector<const Field*> columns = stated_by_any(specs, batch);
  std::string out;
  const auto row = [&](auto cell) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += delimiter;
      out += cell(*columns[i]);
    }
    out += '\n';
  };
  row([&](const Field& field) { return std::string(batch.name_of(field)); });
  for (const MadeSpec& spec : specs) {
    row([&](const Field& field) {
      const Statement* statement = spec.find(field.name);
      return statement == nullptr ? std::string() : in_cell(statement->value, delimiter);
    });
  }
  return out;
}

SacctTwins as_sacct(const std::vector<MadeSpec>& specs, const SpecBatch& batch,
    const std::vector<std::string>& gres_types, Choices& choices) {
  // what Slurm's own columns state; the others are columns of ours
  const auto is_slurms = [](const Field& field) {
    static constexpr std::string_view names[] = {
        "name", "accelerator", "accelerator_count", "nodes", "cpu_cores", "memory_gb"};
    return field.group == FieldGroup::time || std::any_of(std::begin(names), std::end(names),
                                                  [&](std::string_view n) { return n == field.name; });
  };
  SacctTwins twins;
  for (const MadeSpec& spec : specs) {
    MadeSpec twin;
    for (const Statement& statement : spec.statements) {
      const bool fits = statement.value.find_first_of(std::string("|\r\n\0", 4)) == std::string::npos;
      if (fits && !is_slurms(*statement.field)) twin.statements.push_back(statement);
    }
    twins.specs.push_back(std::move(twin));
  }
  const std::vector<const Field*> columns = stated_by_any(twins.specs, batch);
  twins.sacct = "JobID|State|ElapsedRaw|Start|AllocTRES";
  for (const Field* column : columns) twins.sacct += "|" + std::string(batch.name_of(*column));
  twins.sacct += "|JobName\n";
  for (std::size_t i = 0; i < twins.specs.size(); ++i) {
    MadeSpec& twin = twins.specs[i];
    const MadeSpec ours = twin;
    const auto add = [&](std::string_view field, std::string value) {
      twin = twin.with(field, std::move(value));
    };
    const std::size_t seconds = 1 + choices.below(std::size_t{1} << (4 + choices.below(20)));
    const std::size_t start = 1'200'000'000 + choices.below(600'000'000);
    add("hours", number_text(static_cast<double>(seconds) / 3600));
    add("start", std::to_string(start));
    const std::size_t gpus = choices.chance(0.2) ? 0 : std::size_t{1} << choices.below(5);
    std::string tres = "billing=1";
    add("accelerator_count", std::to_string(gpus));
    if (gpus > 0) {
      const std::string& type = choices.pick(gres_types);
      tres += ",gres/gpu:" + type + "=" + std::to_string(gpus) + ",gres/gpu=" + std::to_string(gpus);
      add("accelerator", type);
    }
    if (choices.chance(0.7)) {
      const std::size_t cores = 1 + choices.below(128);
      tres += ",cpu=" + std::to_string(cores);
      add("cpu_cores", std::to_string(cores));
    }
    if (choices.chance(0.7)) {
      const std::size_t gib = 1 + choices.below(2048);
      tres += ",mem=" + std::to_string(gib) + "G";
      add("memory_gb", number_text(static_cast<double>(gib) * 1073741824 / 1e9));
    }
    const std::size_t nodes = 1 + choices.below(4);
    tres += ",node=" + std::to_string(nodes);
    add("nodes", std::to_string(nodes));
    twins.sacct += std::to_string(i + 1) + "|COMPLETED|" + std::to_string(seconds) + "|" +
                   std::to_string(start) + "|" + tres;
    for (const Field* column : columns) {
      const Statement* statement = ours.find(column->name);
      twins.sacct += "|" + (statement == nullptr ? std::string() : statement->value);
    }
    twins.sacct += "|job\n";
  }
  return twins;
}

std::string as_file(const SpecBatch& batch) {
  std::string out = std::to_string(batch.seed);
  for (const std::string& word : batch.options) out += " " + word;
  out += '\n';
  return out + as_ndjson(batch.specs, batch);
}

SpecBatch read_batch(std::string_view text) {
  SpecBatch batch;
  for (const Field& field : fields()) batch.names.push_back(field.name);
  const auto line = [&] {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view found = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return found;
  };
  std::string_view head = line();
  batch.seed = std::strtoull(std::string(head).c_str(), nullptr, 10);
  while (true) {
    const std::size_t blank = head.find(' ');
    if (blank == std::string_view::npos) break;
    head.remove_prefix(blank + 1);
    batch.options.emplace_back(head.substr(0, head.find(' ')));
  }
  while (!text.empty()) {
    MadeSpec spec;
    JsonObject object(line());
    const char* wrong = object.each([&](std::string_view key, std::string_view value) {
      const Field* field = find_field(key);
      if (field == nullptr) throw std::runtime_error("no field is called " + std::string(key));
      batch.names[index_of(*field)] = key == field->name         ? field->name
                                      : key == field->aliases[0] ? field->aliases[0]
                                                                 : field->aliases[1];
      std::string scratch;
      const bool quoted = value.front() == '"';
      const std::string_view meant =
          quoted ? json_meaning(value.substr(1, value.size() - 2), scratch).value_or("?") : value;
      spec.statements.push_back({field, std::string(meant), !quoted});
      return true;
    });
    if (wrong != nullptr) throw std::runtime_error(std::string("a spec of the batch ") + wrong);
    batch.specs.push_back(std::move(spec));
  }
  return batch;
}

std::string shell_command(const std::vector<std::string>& words, std::string_view input) {
  std::string line;
  if (!input.empty()) {
    line = "printf '";
    for (const char c : input) {
      const auto byte = static_cast<unsigned char>(c);
      char escape[8];
      if (c == '%') {
        line += "%%";
      } else if (c == '\n') {
        line += "\\n";
      } else if (byte < 0x20 || byte >= 0x7f || c == '\'' || c == '\\') {
        std::snprintf(escape, sizeof escape, "\\%03o", static_cast<unsigned>(byte));
        line += escape;
      } else {
        line += c;
      }
    }
    line += "' | ";
  }
  line += "footpound";
  for (const std::string& word : words) line += " " + shell_word(word);
  return line;
}

}  // namespace footpound
