// SPDX-License-Identifier: MIT
#include "factors/table.hpp"

#include <string>
#include <vector>

#include "factors/tables.hpp"
#include "support/catch.hpp"

using namespace footpound;

namespace {

bool alike(std::string_view a, std::string_view b, Fold fold) {
  const bool same = folds_alike(a, b, fold);
  CHECK(folds_alike(b, a, fold) == same);
  if (same) CHECK(Folded(a, fold).hash() == Folded(b, fold).hash());
  return same;
}

}  // namespace

TEST_CASE("an exact fold knows one spelling") {
  CHECK(alike("SE", "SE", Fold::exact));
  CHECK_FALSE(alike("SE", "se", Fold::exact));
  CHECK_FALSE(alike("a b", "ab", Fold::exact));
}

TEST_CASE("a name's fold ignores case, blanks, dashes, underscores and trade marks") {
  for (const char* other : {"united states", "United-States", "UNITED_STATES", " unitedstates ",
           "United  States(R)", "United(tm) States"}) {
    INFO(other);
    CHECK(alike("United States", other, Fold::name));
  }
  CHECK_FALSE(alike("United States", "United State", Fold::name));
  CHECK_FALSE(alike("NVIDIA A100", "A100", Fold::name));
  CHECK(alike("", "-_ ", Fold::name));
  CHECK_FALSE(alike("a(b)", "ab", Fold::name));
}

TEST_CASE("a hardware fold ignores vendor words too, wherever they stand") {
  for (const char* other : {"A100-SXM4-40GB", "nvidia_a100-sxm4-40gb", "NVIDIA A100 SXM4 40GB",
           "a100 sxm4 40gb nvidia", "Tesla A100-SXM4-40GB GPU", "NVIDIAA100-SXM4-40GB"}) {
    INFO(other);
    CHECK(alike("NVIDIA A100-SXM4-40GB", other, Fold::hardware));
  }
  CHECK(alike("Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz", "Xeon Gold 6148", Fold::hardware));
  CHECK(alike("AMD EPYC 7742 64-Core Processor", "EPYC 7742", Fold::hardware));
  CHECK(alike("AMD Instinct MI250X", "MI250X", Fold::hardware));
  CHECK(alike("NVIDIA GeForce RTX 2080 Ti", "geforcertx2080ti", Fold::hardware));
  CHECK(alike("Tesla V100", "teslav100", Fold::hardware));
  CHECK_FALSE(alike("A100", "H100", Fold::hardware));
  CHECK(alike("nvidiateslav100", "V100", Fold::hardware));
  CHECK(alike("Intel64-Core 7", "7", Fold::hardware));
  std::string again;  // 600 KB, in one go
  for (int i = 0; i < 100000; ++i) again += "NVIDIA";
  CHECK(alike(again + "a100", "A100", Fold::hardware));
  CHECK_FALSE(alike("armx", "x", Fold::hardware));  // short vendor words begin other words
}

TEST_CASE("a name of vendor words alone keeps them") {
  CHECK(alike("Tesla", "TESLA", Fold::hardware));
  CHECK_FALSE(alike("Tesla", "", Fold::hardware));
  CHECK_FALSE(alike("Tesla", "NVIDIA", Fold::hardware));
}

TEST_CASE("weaker folds accept all that stronger ones do, and equal folds hash alike") {
  const std::vector<std::string> names = {"", " ", "a", "A", "a-b", "A_B", "ab", "NVIDIA a-b", "nvidia",
      "Tesla NVIDIA", "(r)a", "a(R)", "a (x) b", "64-Core a b", "a@b", "@", "core", "core-core", "(", "a(",
      "(tm)", "tesla0", "TESLA 0", "0", "\xC3\xA9", "9-core", "9-cores", "a b @ 2GHz"};
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      INFO("[" << a << "] [" << b << "]");
      const bool exact = alike(a, b, Fold::exact);
      const bool name = alike(a, b, Fold::name);
      const bool hardware = alike(a, b, Fold::hardware);
      CHECK((!exact || name));
      CHECK((!name || hardware));
    }
  }
}

TEST_CASE("a table's columns are found by key") {
  const TableDef& grid = table_def(TableId::grid);
  CHECK(find_column(grid, "id") == 0);
  CHECK(find_column(grid, "intensity_g_per_kwh") == 2);
  CHECK(find_column(grid, "nothing") == -1);
}

TEST_CASE("the items of a list come in their order") {
  std::vector<std::string> items;
  const auto collect = [&](std::string_view item) { items.emplace_back(item); };
  each_item("", collect);
  CHECK(items.empty());
  each_item("a", collect);
  each_item(
      "b\x1f"
      "c",
      collect);
  CHECK(items == std::vector<std::string>{"a", "b", "c"});
}
