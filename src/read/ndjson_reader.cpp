// SPDX-License-Identifier: MIT
// NDJSON: one JSON object a line. Members that mean nothing to us are stepped over.
#include "read/ndjson_reader.hpp"

#include <utility>
#include <vector>

#include "read/key_memory.hpp"
#include "text/json_text.hpp"
#include "text/line_cutter.hpp"

namespace footpound {

namespace {

class NdjsonReader : public RecordReader {
 public:
  explicit NdjsonReader(const ReaderOptions& options) : options_(options) {}

  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return std::make_unique<LineCutter>(); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return Encoding::json; }
  std::vector<std::string> notes() const override { return notes_.notes(); }

 private:
  void state(const KnownKey& known, std::string_view key, std::string_view value, bool plain,
      std::string& scratch, Record& record) const;
  void fill(KeyMemory& keys, std::string& scratch, Record& record) const;
  std::size_t follow(const KeyMemory& keys, std::string_view text, const Spec& base, std::string& scratch,
      Record& record, std::uint64_t& unrestored) const;

  ReaderOptions options_;
  NameNotes notes_;
};

// What the value says as the text of a field; nullopt with `error` set where it cannot.
std::optional<std::string_view> text_of(
    std::string_view key, std::string_view value, Record& record, std::string& scratch) {
  switch (value.front()) {
    case '"': {
      const std::optional<std::string_view> meaning =
          json_meaning(value.substr(1, value.size() - 2), scratch);
      if (!meaning) break;
      if (meaning->data() != scratch.data() || scratch.empty()) return meaning;
      record.decoded.push_back(scratch);
      return record.decoded.back();
    }
    case '{':
    case '[': break;
    case 'n': return "";  // null: not stated
    default: return value;
  }
  record.error =
      Error{ErrorKind::bad_value, std::string(key), "is " + in_quotes(value), "write a text or a number"};
  return std::nullopt;
}

Error said_twice(ErrorKind kind, std::string_view key) {
  return Error{kind, std::string(key), "is stated twice", "leave one of them out"};
}

// The key as it is meant; where it has escapes, kept with the record.
std::string_view meaning_of_key(std::string_view raw_key, Record& record, std::string& scratch) {
  if (raw_key.find('\\') == std::string_view::npos) return raw_key;
  const std::optional<std::string_view> meaning = json_meaning(raw_key, scratch);
  if (!meaning) return raw_key;
  record.decoded.emplace_back(*meaning);
  return record.decoded.back();
}

// What a member states, into the record. `plain`: a string without escapes.
void NdjsonReader::state(const KnownKey& known, std::string_view key, std::string_view value, bool plain,
    std::string& scratch, Record& record) const {
  if (record.error) return;  // the rest only has to be passed on
  if (known.meaning.field == nullptr) {
    if (known.vague) record.error = refused_field(key);
    return;
  }
  std::string_view text = value;
  const char first = value.front();
  if (plain) {
    text = value.substr(1, value.size() - 2);
  } else if (first != '-' && !(first >= '0' && first <= '9')) {
    const std::optional<std::string_view> meant = text_of(key, value, record, scratch);
    if (!meant) return;
    text = *meant;
  }
  if (Result<void> done = set_field(*known.meaning.field, key, text, record); !done)
    record.error = done.error();
}

void NdjsonReader::fill(KeyMemory& keys, std::string& scratch, Record& record) const {
  std::uint64_t seen = 0;
  std::uint64_t outputs_seen = 0;
  std::size_t place = 0;
  bool all_expected = true;
  std::vector<std::string_view> values;
  JsonObject object(record.raw);
  const char* wrong = object.each(
      [&](std::string_view raw_key, std::string_view value) {
        const bool expected = object.key_was_expected();
        const std::string_view key = expected ? raw_key : meaning_of_key(raw_key, record, scratch);
        const KnownKey& known =
            expected ? keys.at(place) : keys.remember(known_key(options_, raw_key, key), place);
        ++place;
        all_expected = all_expected && expected;
        values.push_back(value);
        if (known.kept) record.own_fields.push_back({key, value});
        if (known.meaning.output != nullptr) {
          record.replaces = true;
          const std::uint64_t output = std::uint64_t{1} << index_of(*known.meaning.output);
          // as of a record whose figures nobody can tell: not even `summarize` takes them
          if ((outputs_seen & output) != 0 && !record.error)
            record.error = said_twice(ErrorKind::malformed, key);
          outputs_seen |= output;
        }
        if (known.meaning.field != nullptr && !record.error) {
          const std::uint64_t field = bit(*known.meaning.field);
          if ((seen & field) != 0) {
            record.error = said_twice(ErrorKind::contradiction, key);
            return true;
          }
          seen |= field;
          record.said[index_of(*known.meaning.field)] = key;
        }
        state(known, key, value, value.front() == '"' && !object.value_has_escapes(), scratch, record);
        return true;
      },
      [&] { return keys.expected(place); });
  if (wrong != nullptr) {
    record.error = Error{ErrorKind::malformed, {},
        "is no JSON object: byte " + std::to_string(object.at() + 1) + " " + wrong, {}};
  } else if (record.replaces && !options_.keep_own_fields) {
    // to replace one of the own fields the writer needs them all
    record.own_fields.clear();
    JsonObject again(record.raw);
    static_cast<void>(again.each([&](std::string_view raw_key, std::string_view value) {
      record.own_fields.push_back({meaning_of_key(raw_key, record, scratch), value});
      return true;
    }));
  }
  if (!record.error && all_expected) {
    keys.make_pattern(record.raw, values);
  } else {
    keys.forget_pattern();
  }
}

// A record like the one before, which ends at a line feed of `text`: its length, 0 where it is another.
// `unrestored`: fields that still are as a record before stated them.
std::size_t NdjsonReader::follow(const KeyMemory& keys, std::string_view text, const Spec& base,
    std::string& scratch, Record& record, std::uint64_t& unrestored) const {
  if (keys.pattern().empty()) return 0;
  record.raw = text;  // in front of its members all may be read
  using Value = RecordPattern::Value;
  return keys.pattern().walk(text, [&](std::size_t place, Value kind, std::string_view value) {
    const KnownKey& known = keys.at(place);
    if (known.kept) record.own_fields.push_back({known.raw, value, kind == Value::text});
    if (known.meaning.field == nullptr || record.error) return;
    if (kind == Value::null) {
      known.meaning.field->copy(record.spec, base);
      unrestored &= ~known.setter.bit;
      return;
    }
    if (kind == Value::number && state_number(known.setter, TextWithin(value, text), record)) return;
    if (kind == Value::other) return state(known, known.raw, value, false, scratch, record);
    if (kind == Value::text) value = value.substr(1, value.size() - 2);
    state_field(known.setter, TextWithin(value, text), record);
  });
}

Result<std::size_t> NdjsonReader::begin(std::string_view head) {
  // near misses are looked for in the first record only, where it is all there
  const std::string_view line = head.substr(0, head.find('\n'));
  if (line.size() > options_.longest_record) return 0;
  JsonObject object(line);
  const char* wrong = object.each([&](std::string_view key, std::string_view) {
    notes_.add(near_miss(key));
    return true;
  });
  static_cast<void>(wrong);  // reported when the record is read
  return 0;
}

std::uint64_t NdjsonReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  KeyMemory keys;
  std::string scratch;
  Record record;
  record.spec = base;
  record.states_by_field = true;
  std::uint64_t stated_before = 0;  // and not restored yet
  const auto renew = [&] {
    if (!record.own_fields.empty()) record.own_fields.clear();
    if (!record.decoded.empty()) record.decoded.clear();
    stated_before |= std::exchange(record.stated, 0);
    record.replaces = false;
    record.error.reset();
  };
  std::uint64_t line = 0;
  for (std::size_t at = 0; at < block.size();) {
    const std::string_view rest = block.substr(at);
    ++line;
    record.line = line;
    renew();
    const std::size_t followed = follow(keys, rest, base, scratch, record, stated_before);
    if (followed != 0) {
      record.raw = rest.substr(0, followed);
      at += followed + (followed < rest.size() && rest[followed] == '\r' ? 2 : 1);
    } else {
      std::string_view raw = rest.substr(0, rest.find('\n'));
      at += raw.size() + 1;
      if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
      renew();
      record.raw = raw;
      const bool is_blank = raw.find_first_not_of(" \t") == std::string_view::npos;
      if (is_blank && raw.size() <= options_.longest_record) continue;
      fill(keys, scratch, record);
    }
    restore_unstated(record, std::exchange(stated_before, 0), base);
    sink(record);
  }
  return line;
}

}  // namespace

std::unique_ptr<RecordReader> make_ndjson_reader(const ReaderOptions& options) {
  return std::make_unique<NdjsonReader>(options);
}

bool looks_like_ndjson(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && head[begin] == '{';
}

}  // namespace footpound
