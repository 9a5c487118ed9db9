// SPDX-License-Identifier: MIT
// data/schema/tables.json: what tables there are and what columns they have. docs/data.md tells its words.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "factors/table.hpp"
#include "footpound/base/result.hpp"

namespace footpound {

class Declaration {
 public:
  Declaration(const Declaration&) = delete;
  Declaration& operator=(const Declaration&) = delete;
  Declaration(Declaration&&) = default;
  Declaration& operator=(Declaration&&) = default;

  static Result<Declaration> read(std::string_view json);

  // The definitions point into this declaration and live as long as it does.
  const std::vector<TableDef>& tables() const { return tables_; }

  // The C++ header that defines the same tables as constants.
  std::string header() const;

 private:
  Declaration() = default;

  std::deque<std::string> texts_;
  std::deque<std::vector<Column>> columns_;
  std::vector<TableDef> tables_;
};

}  // namespace footpound
