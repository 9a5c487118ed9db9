// SPDX-License-Identifier: MIT
// The text of data/*.json and overlay files -> tables of cells, as the file writes them; what they
// have to be, table_json.hpp says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"

namespace footpound {

struct JsonCell {
  enum class Kind : unsigned char {
    null,
    flag,
    integer,
    number,
    text,
    texts,  // a list of them
    list,   // of other things
    object,
  };

  Kind kind = Kind::null;
  std::string key;
  double number = 0;               // flag (0 or 1), integer, number
  std::vector<std::string> texts;  // one of text
};

// For messages: "0.9", "\"a\"", "[...]".
std::string as_written(const JsonCell& cell);

// The members of an object; nullopt: it is something else.
using JsonRow = std::optional<std::vector<JsonCell>>;

struct JsonTable {
  JsonRow head;                              // its members without "rows"
  std::optional<std::vector<JsonRow>> rows;  // where that is a list
};

const JsonCell* find_cell(const std::vector<JsonCell>& row, std::string_view key);

// One table, or a list of them. Errors: malformed, with the byte; a key that is stated twice.
Result<std::vector<JsonTable>> read_json_tables(std::string_view text);

}  // namespace footpound
