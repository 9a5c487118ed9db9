// SPDX-License-Identifier: MIT
// NDJSON: one JSON object a line. Members that mean nothing to us are stepped over.
#include "io/ndjson_reader.hpp"

#include <algorithm>
#include <utility>

#include "io/columns.hpp"
#include "io/json_text.hpp"

namespace footpound {

namespace {

class LineCutter : public Cutter {
 public:
  std::size_t cut(std::string_view data, std::size_t) override {
    const std::size_t last = data.rfind('\n');
    return last == std::string_view::npos ? 0 : last + 1;
  }
};

// What a key means to us.
struct KnownKey {
  std::string raw;  // as its file writes it; "" where it has escapes and is not remembered
  ColumnMeaning meaning;
  FieldSetter setter{};  // where it is a field
  bool vague = false;  // refused: "power"
  bool kept = false;   // in Record::own
};

KnownKey known_key(const ReaderOptions& options, std::string_view raw, std::string_view key) {
  KnownKey known;
  if (raw == key) known.raw = raw;
  known.meaning = meaning_of(key);
  known.vague = known.meaning.field == nullptr && refused_field(key).has_value();
  if (known.meaning.field != nullptr) known.setter = known.meaning.field->setter();
  known.kept = known.meaning.output != nullptr || keeps(options, key);
  return known;
}

// Records of one stream mostly have the same keys in the same order: what stood at this place in
// the record before is expected first.
class KeyMemory {
 public:
  std::string_view expected(std::size_t place) const { return place < keys_.size() ? std::string_view(keys_[place].raw) : std::string_view(); }
  const KnownKey& at(std::size_t place) const { return keys_[place]; }
  // Valid until the next call.
  const KnownKey& remember(KnownKey key, std::size_t place) {
    if (place >= most_places) return overflow_ = std::move(key);
    if (place >= keys_.size()) keys_.resize(place + 1);
    return keys_[place] = std::move(key);
  }

 private:
  static constexpr std::size_t most_places = 256;
  std::vector<KnownKey> keys_;
  KnownKey overflow_;
};

class NdjsonReader : public RecordReader {
 public:
  explicit NdjsonReader(const ReaderOptions& options) : options_(options) {}

  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return std::make_unique<LineCutter>(); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return Encoding::json; }
  std::vector<std::string> notes() const override { return notes_; }

 private:
  void fill(KeyMemory& keys, std::string& scratch, Record& record) const;

  ReaderOptions options_;
  std::vector<std::string> notes_;
};

// What the value says as the text of a field; nullopt with `error` set where it cannot.
std::optional<std::string_view> text_of(std::string_view key, std::string_view value, Record& record, std::string& scratch) {
  switch (value.front()) {
    case '"': {
      const std::optional<std::string_view> meaning = json_meaning(value.substr(1, value.size() - 2), scratch);
      if (!meaning) break;
      if (meaning->data() != scratch.data() || scratch.empty()) return meaning;
      record.undone.push_back(scratch);
      return record.undone.back();
    }
    case '{':
    case '[': break;
    case 'n': return "";  // null: not stated
    default: return value;
  }
  record.error = Error{ErrorKind::bad_value, std::string(key), "is " + in_quotes(value), "write a text or a number"};
  return std::nullopt;
}

// The key as it is meant; where it has escapes, kept with the record.
std::string_view meaning_of_key(std::string_view raw_key, Record& record, std::string& scratch) {
  if (raw_key.find('\\') == std::string_view::npos) return raw_key;
  const std::optional<std::string_view> meaning = json_meaning(raw_key, scratch);
  if (!meaning) return raw_key;
  record.undone.emplace_back(*meaning);
  return record.undone.back();
}

void NdjsonReader::fill(KeyMemory& keys, std::string& scratch, Record& record) const {
  std::uint64_t seen = 0;
  std::size_t place = 0;
  JsonObject object(record.raw);
  const char* wrong = object.each([&](std::string_view raw_key, std::string_view value) {
    const bool expected = object.key_was_expected();
    const std::string_view key = expected ? raw_key : meaning_of_key(raw_key, record, scratch);
    const KnownKey& known = expected ? keys.at(place) : keys.remember(known_key(options_, raw_key, key), place);
    const ColumnMeaning& meaning = known.meaning;
    ++place;
    if (known.kept) record.own.push_back({key, value});
    record.replaces = record.replaces || meaning.output != nullptr;
    if (record.error) return true;  // the rest only has to be passed on
    if (meaning.field == nullptr) {
      if (known.vague) record.error = refused_field(key);
      return true;
    }
    if ((seen & bit(*meaning.field)) != 0) {
      record.error = Error{ErrorKind::contradiction, std::string(key), "is stated twice", "leave one of them out"};
      return true;
    }
    seen |= bit(*meaning.field);
    const char first = value.front();
    const bool plain = first == '"' && !object.value_has_escapes();
    const bool number = first == '-' || (first >= '0' && first <= '9');
    std::string_view text = plain ? value.substr(1, value.size() - 2) : value;
    const char* readable = record.raw.data();
    if (!plain && !number) {
      const std::optional<std::string_view> meant = text_of(key, value, record, scratch);
      if (!meant) return true;
      text = *meant;
      readable = text.data();
    }
    if (Result<void> done = set_field(known.setter, key, text, record, readable); !done) record.error = done.error();
    return true;
  }, [&] { return keys.expected(place); });
  if (wrong != nullptr) {
    record.error = Error{ErrorKind::malformed, {}, "is no JSON object: byte " + std::to_string(object.at() + 1) + " " + wrong, {}};
  } else if (record.replaces && !options_.keep_own_fields) {
    // to replace one of the own fields the writer needs them all
    record.own.clear();
    JsonObject again(record.raw);
    static_cast<void>(again.each([&](std::string_view raw_key, std::string_view value) {
      record.own.push_back({meaning_of_key(raw_key, record, scratch), value});
      return true;
    }));
  }
}

Result<std::size_t> NdjsonReader::begin(std::string_view head) {
  const std::size_t mark = head.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  // near misses are looked for in the first record only
  const std::string_view line = head.substr(mark, head.find('\n', mark) - mark);
  JsonObject object(line);
  const char* wrong = object.each([&](std::string_view key, std::string_view) {
    if (std::string note = near_miss(key); !note.empty() && notes_.size() < 20) notes_.push_back(std::move(note));
    return true;
  });
  static_cast<void>(wrong);  // reported when the record is read
  return mark;
}

std::uint64_t NdjsonReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  KeyMemory keys;
  std::string scratch;
  Record record;
  record.spec = base;
  record.states_by_field = true;
  std::uint64_t line = 0;
  std::size_t at = 0;
  while (at < block.size()) {
    const std::size_t end = std::min(block.find('\n', at), block.size());
    std::string_view raw = block.substr(at, end - at);
    at = end + 1;
    ++line;
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) continue;
    record.line = line;
    record.raw = raw;
    record.own.clear();
    record.undone.clear();
    const std::uint64_t stated_before = std::exchange(record.stated, 0);
    record.replaces = false;
    record.error.reset();
    if (raw.size() > options_.longest_record) {
      record.error = Error{ErrorKind::malformed, {}, "is longer than " + std::to_string(options_.longest_record) + " bytes", "raise --max-record"};
    } else {
      fill(keys, scratch, record);
    }
    restore_unstated(record, stated_before, base);
    sink(record);
  }
  return line;
}

}  // namespace

std::unique_ptr<RecordReader> make_ndjson_reader(const ReaderOptions& options) {
  return std::make_unique<NdjsonReader>(options);
}

bool looks_like_ndjson(std::string_view head) {
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && head[begin] == '{';
}

}  // namespace footpound
