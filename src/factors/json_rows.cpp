// SPDX-License-Identifier: MIT
#include "factors/json_rows.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

namespace footpound {

namespace {

using nlohmann::json;
using Kind = JsonCell::Kind;

// Follows the parser event by event, which spares a tree of the whole file.
class TableReader : public json::json_sax_t {
 public:
  bool null() override { return value({}); }
  bool boolean(bool flag) override { return value({Kind::flag, {}, flag ? 1.0 : 0.0, {}}); }
  bool number_integer(json::number_integer_t number) override {
    return value({Kind::integer, {}, static_cast<double>(number), {}});
  }
  bool number_unsigned(json::number_unsigned_t number) override {
    return value({Kind::integer, {}, static_cast<double>(number), {}});
  }
  bool number_float(json::number_float_t number, const std::string& /*text*/) override {
    return value({Kind::number, {}, number, {}});
  }
  bool binary(json::binary_t& /*bytes*/) override { return true; }  // JSON has none

  bool string(std::string& text) override {
    if (in_.back() == In::texts) {
      cells_->back().texts.push_back(std::move(text));
      return true;
    }
    JsonCell cell{Kind::text, {}, 0, {}};
    cell.texts.push_back(std::move(text));
    return value(std::move(cell));
  }

  bool key(std::string& key) override {
    if (in_.back() != In::head && in_.back() != In::row) return true;
    if (cells_->size() == most_cells) {
      error_ = Error{ErrorKind::malformed, {},
          "states more than " + std::to_string(most_cells) + " keys in one object", "no table has as many"};
      return false;
    }
    const bool is_known = find_cell(*cells_, key) != nullptr ||
                          (in_.back() == In::head && key == rows_key && tables_.back().rows);
    if (is_known && twice_.empty()) twice_ = key;
    key_ = std::move(key);
    return true;
  }

  bool start_object(std::size_t /*size*/) override {
    switch (in_.back()) {
      case In::file:
      case In::tables:
        tables_.emplace_back();
        cells_ = &tables_.back().head.emplace();
        return enter(In::head);
      case In::rows: cells_ = &tables_.back().rows->emplace_back().emplace(); return enter(In::row);
      default: return value({Kind::object, {}, 0, {}}) && enter(In::other);
    }
  }
  bool end_object() override { return leave(); }

  bool start_array(std::size_t /*size*/) override {
    if (in_.back() == In::file) return enter(In::tables);
    if (in_.back() == In::head && key_ == rows_key) {
      tables_.back().rows.emplace();
      return enter(In::rows);
    }
    if (in_.back() == In::row) return value({Kind::texts, {}, 0, {}}) && enter(In::texts);
    return value({Kind::list, {}, 0, {}}) && enter(In::other);
  }
  bool end_array() override { return leave(); }

  bool parse_error(std::size_t byte, const std::string& /*token*/, const json::exception& problem) override {
    constexpr int number_overflows = 406;
    const std::string what = problem.id == number_overflows
                                 ? "cannot be read: "
                                 : "is not JSON: byte " + std::to_string(byte) + ": ";
    error_ = Error{ErrorKind::malformed, {}, what + printable(problem.what()), {}};
    return false;
  }

  Result<std::vector<JsonTable>> tables() {
    if (error_) return std::move(*error_);
    if (!twice_.empty())
      return Error{ErrorKind::malformed, {}, "states key " + in_quotes(twice_) + " twice in one object", {}};
    return std::move(tables_);
  }

 private:
  static constexpr std::string_view rows_key = "rows";
  static constexpr std::size_t most_cells = 256;  // each is compared with all before it

  // What the next value is part of.
  enum class In : unsigned char { file, tables, head, rows, row, texts, other };

  bool enter(In in) {
    in_.push_back(in);
    return true;
  }
  bool leave() {
    in_.pop_back();
    if (in_.back() == In::head) cells_ = &*tables_.back().head;
    return true;
  }

  bool value(JsonCell cell) {
    switch (in_.back()) {
      case In::file:
      case In::tables: tables_.emplace_back(); break;
      case In::rows: tables_.back().rows->emplace_back(); break;
      case In::head:
      case In::row:
        cell.key = std::move(key_);
        cells_->push_back(std::move(cell));
        break;
      case In::texts: cells_->back().kind = Kind::list; break;
      case In::other: break;
    }
    return true;
  }

  std::vector<JsonTable> tables_;
  std::vector<In> in_ = {In::file};
  std::vector<JsonCell>* cells_ = nullptr;  // of the row at hand, or of the table's head
  std::string key_;
  std::string twice_;
  std::optional<Error> error_;
};

}  // namespace

const JsonCell* find_cell(const std::vector<JsonCell>& row, std::string_view key) {
  const auto found =
      std::find_if(row.begin(), row.end(), [&](const JsonCell& cell) { return cell.key == key; });
  return found == row.end() ? nullptr : &*found;
}

std::string as_written(const JsonCell& cell) {
  switch (cell.kind) {
    case Kind::null: return "null";
    case Kind::flag: return cell.number != 0 ? "true" : "false";
    case Kind::integer:
    case Kind::number: {
      char digits[32];
      return {digits, std::to_chars(digits, digits + sizeof digits, cell.number).ptr};
    }
    case Kind::text: return json(cell.texts.front()).dump();
    case Kind::texts: return json(cell.texts).dump();
    case Kind::list: return "[...]";
    case Kind::object: return "{...}";
  }
  return {};
}

Result<std::vector<JsonTable>> read_json_tables(std::string_view text) {
  TableReader reader;
  static_cast<void>(json::sax_parse(text, &reader));  // it keeps the error
  return reader.tables();
}

}  // namespace footpound
