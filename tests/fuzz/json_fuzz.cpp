// SPDX-License-Identifier: MIT
// The hand-written JSON scanner and the NDJSON reader over it against nlohmann's parser: what one
// takes for an object the other does, and it has the same members, in order, with the same meaning.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "read/ndjson_reader.hpp"
#include "record/fields.hpp"
#include "text/json_text.hpp"

namespace {

using namespace footpound;

// A document as the text of its events: order and repetitions of keys stay to be seen.
class Events : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add("n"); }
  bool boolean(bool value) override { return add(value ? "t" : "f"); }
  bool number_integer(number_integer_t value) override { return add("i" + std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add("i" + std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return add("d" + text); }
  bool string(string_t& text) override { return add("s" + std::to_string(text.size()) + ":" + text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return add("{"); }
  bool key(string_t& text) override { return add("k" + std::to_string(text.size()) + ":" + text); }
  bool end_object() override { return add("}"); }
  bool start_array(std::size_t) override { return add("["); }
  bool end_array() override { return add("]"); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  std::string all;

 private:
  bool add(const std::string& event) {
    all += event;
    return true;
  }
};

// Bytes that are no UTF-8 pass through ours; a NUL ends the text and a byte-order mark is dropped
// in theirs: such texts are not compared.
bool comparable(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || text.substr(0, 3) == "\xEF\xBB\xBF") return false;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// nullopt: no JSON.
std::optional<std::string> events_of(std::string_view text) {
  Events events;
  if (!nlohmann::json::sax_parse(text, &events)) return std::nullopt;
  return std::move(events.all);
}

void must(bool holds) {
  if (!holds) std::abort();
}

// One member as events; its value as nlohmann reads the bytes we cut out for it.
std::string member_events(std::string_view key, std::string_view value) {
  const std::optional<std::string> events = events_of(value);
  must(events.has_value());
  if (value.front() == '"') {
    std::string scratch;
    const std::optional<std::string_view> meaning = json_meaning(value.substr(1, value.size() - 2), scratch);
    must(meaning && *events == "s" + std::to_string(meaning->size()) + ":" + std::string(*meaning));
  }
  return "k" + std::to_string(key.size()) + ":" + std::string(key) + *events;
}

void scan(std::string_view text) {
  const bool compared = comparable(text);
  const std::optional<std::string> theirs = compared ? events_of(text) : std::nullopt;
  JsonObject object(text);
  std::string ours = "{";
  const char* wrong = object.each([&](std::string_view raw_key, std::string_view value) {
    if (!theirs) return true;
    std::string scratch;
    const std::optional<std::string_view> key = json_meaning(raw_key, scratch);
    must(key.has_value());
    ours += member_events(*key, value);
    return true;
  });
  if (!compared) return;
  if (theirs && theirs->front() == '{') {
    must(wrong == nullptr && ours + "}" == *theirs);
  } else if (wrong == nullptr) {
    // a lone surrogate is ours to replace, a number that overflows ours to pass on: both are nlohmann's
    // errors
    must(!theirs && (text.find("\\u") != std::string_view::npos ||
                        text.find_first_of("0123456789") != std::string_view::npos));
  }
}

// A record by itself, without one before it that it could be like.
void must_be_alone(const RecordReader& reader, std::string_view line, const Record& together) {
  bool read = false;
  const std::string alone_text = std::string(line) + "\r\n";  // the line may end with a return of its own
  reader.read(alone_text, Spec{}, [&](Record& alone) {
    read = true;
    must(alone.error.has_value() == together.error.has_value());
    if (alone.error) must(message(*alone.error) == message(*together.error));
    must(alone.replaces == together.replaces && alone.own_fields.size() == together.own_fields.size());
    for (std::size_t i = 0; i < alone.own_fields.size(); ++i)
      must(alone.own_fields[i].name == together.own_fields[i].name &&
           alone.own_fields[i].raw == together.own_fields[i].raw);
    if (alone.error) return;
    must(alone.stated == together.stated);
    for (const Field& field : fields()) must(field.is_set(alone.spec) == field.is_set(together.spec));
    must(alone.spec.accelerator == together.spec.accelerator && alone.spec.region == together.spec.region);
  });
  must(read);
}

// The stream: each line as a record.
void read(std::string_view text) {
  ReaderOptions options;
  options.keep_own_fields = true;
  const std::unique_ptr<RecordReader> reader = make_ndjson_reader(options);
  std::size_t at = 0;
  std::uint64_t line = 0;
  const auto next_line = [&](std::string_view& found) {
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      found = text.substr(at, end - at);
      at = end + 1;
      ++line;
      if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
      if (found.find_first_not_of(" \t") != std::string_view::npos) return true;
    }
    return false;
  };
  reader->read(text, Spec{}, [&](Record& record) {
    std::string_view expected;
    must(next_line(expected) && record.line == line && record.raw == expected);
    must_be_alone(*reader, expected, record);
    const std::optional<std::string> theirs = comparable(expected) ? events_of(expected) : std::nullopt;
    if (!theirs) return;
    if (theirs->front() != '{') {
      must(record.error && record.error->kind == ErrorKind::malformed);
      return;
    }
    std::string ours = "{";
    for (const OwnField& own : record.own_fields) ours += member_events(own.name, own.raw);
    must(ours + "}" == *theirs);
    if (record.error) return;
    const nlohmann::json object = nlohmann::json::parse(expected);
    if (const auto hours_said = object.find("hours"); hours_said != object.end() && hours_said->is_number()) {
      must(record.spec.hours && in_hours(record.spec.hours->value) == hours_said->get<double>());
    }
  });
  std::string_view rest;
  must(!next_line(rest));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (size > 256) return 0;  // ours refuses nesting deeper than 256
  scan(text);
  read(text);
  return 0;
}
