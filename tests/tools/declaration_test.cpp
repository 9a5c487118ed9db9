// SPDX-License-Identifier: MIT
#include "declaration.hpp"

#include "factors/tables.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"

using namespace footpound;

namespace {

// Two tables; of the first, `column` is the second column and `rest` more keys.
std::string declaration_with(const std::string& column, const std::string& rest = "") {
  return R"({"shared": {"id": {"type": "text", "required": true, "help": "key"}}, "tables": [)"
         R"({"table": "parts", "help": "things", "names": "name", "columns": [{"key": "id"},)" +
         column + "]" + rest +
         R"(}, {"table": "makers", "help": "who", "names": "exact", "columns": [{"key": "id"}]}]})";
}

std::string refusal(const std::string& json) {
  const Result<Declaration> read = Declaration::read(json);
  INFO(json);
  REQUIRE_FALSE(read);
  return message(read.error());
}

}  // namespace

TEST_CASE("a column begins with what is shared under its key") {
  const Result<Declaration> read = Declaration::read(declaration_with(
      R"({"key": "maker", "type": "text", "names_row": true, "refers_to": "makers", "beside": "rows", "help": "x"},)"
      R"({"key": "watts", "type": "number", "required": true, "above": 0, "to": 10, "help": "W"})"));
  REQUIRE(read);
  REQUIRE(read->tables().size() == 2);
  const TableDef& parts = read->tables()[0];
  CHECK(parts.name == "parts");
  CHECK(parts.help == "things");
  CHECK(parts.fold == Fold::name);
  REQUIRE(parts.columns.size() == 3);
  CHECK(parts.columns[0].key == "id");
  CHECK(parts.columns[0].required);
  CHECK(parts.columns[1].names_row);
  CHECK(parts.columns[1].refers_to == static_cast<TableId>(1));
  CHECK(parts.columns[1].beside == Beside::rows);
  CHECK(parts.columns[2].type == CellType::number);
  CHECK(parts.columns[2].range.above);
  CHECK_FALSE(parts.columns[2].range.holds(0));
  CHECK(parts.columns[2].range.holds(10));
  CHECK(parts.columns[2].beside == Beside::nothing);
}

TEST_CASE("a declaration that says what there is not is refused, with the table and the column") {
  const std::string watts = R"({"key": "watts", "type": "number", "help": "W")";
  CHECK(refusal(declaration_with(watts + R"(, "least": 0})")) == "parts: watts: unknown key \"least\"");
  CHECK(refusal(declaration_with(watts + R"(, "refers_to": "people"})")) ==
        "parts: watts: no table \"people\"");
  CHECK(refusal(declaration_with(watts + R"(, "beside": "rows"})")) ==
        "parts: watts: \"beside\" without \"refers_to\"");
  CHECK(refusal(declaration_with(R"({"key": "watts", "type": "double", "help": "W"})")) ==
        "parts: watts: \"double\" is no such word");
  CHECK(refusal(declaration_with(R"({"key": "watts", "type": "number", "help": ""})")) ==
        "parts: watts: \"help\" is empty");
  CHECK(refusal(declaration_with(watts + "}", R"(, "fold": "exact")")) == "parts: unknown key \"fold\"");
  CHECK_FALSE(refusal(declaration_with(R"({"key": "watts"})")).empty());  // neither here nor shared
  CHECK_FALSE(refusal("{").empty());
}

TEST_CASE("the program's definitions are what data/schema/tables.json declares") {
  const Result<Declaration> read =
      Declaration::read(Scratch::read_file(root_path("/data/schema/tables.json")));
  REQUIRE(read);
  REQUIRE(read->tables().size() == table_count);
  for (std::size_t t = 0; t < table_count; ++t) {
    const TableDef& ours = table_defs()[t];
    const TableDef& said = read->tables()[t];
    INFO(said.name);
    CHECK(ours.name == said.name);
    CHECK(ours.help == said.help);
    CHECK(ours.fold == said.fold);
    REQUIRE(ours.columns.size() == said.columns.size());
    for (std::size_t c = 0; c < said.columns.size(); ++c) {
      INFO(said.columns[c].key);
      CHECK(ours.columns[c].key == said.columns[c].key);
      CHECK(ours.columns[c].type == said.columns[c].type);
      CHECK(ours.columns[c].required == said.columns[c].required);
      CHECK(ours.columns[c].names_row == said.columns[c].names_row);
      CHECK(ours.columns[c].range.least == said.columns[c].range.least);
      CHECK(ours.columns[c].range.most == said.columns[c].range.most);
      CHECK(ours.columns[c].range.above == said.columns[c].range.above);
      CHECK(ours.columns[c].refers_to == said.columns[c].refers_to);
      CHECK(ours.columns[c].beside == said.columns[c].beside);
    }
  }
}
