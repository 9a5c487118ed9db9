// SPDX-License-Identifier: MIT
#include "summary/totals.hpp"

#include <random>

#include "support/catch.hpp"

using namespace footpound;

namespace {

JobFigures job(double kwh, double kg) {
  JobFigures figures;
  figures.accelerator_hours = 2;
  figures.energy_kwh = kwh;
  figures.energy_low_kwh = kwh / 2;
  figures.energy_high_kwh = kwh * 2;
  figures.co2e_kg = kg;
  figures.co2e_low_kg = kg / 2;
  figures.co2e_high_kg = kg * 2;
  figures.boundary = Boundary::it;
  return figures;
}

// With all of its rows made.
Sheet sheet_of(const Totals& totals, std::optional<std::size_t> top = std::nullopt) {
  Sheet sheet = totals.sheet(top, false);
  std::vector<std::vector<Cell>> rows;
  sheet.each_row([&](const std::vector<Cell>& row) { rows.push_back(row); });
  sheet.rows = std::move(rows);
  sheet.made = {};
  return sheet;
}

Cell cell(const Sheet& sheet, std::size_t row, std::string_view column) {
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    if (sheet.columns[c].key == column) return sheet.rows[row][c];
  }
  FAIL("no column " << column);
  return {};
}

std::string partial_of(const Totals& totals) {
  std::string text;
  totals.write_partial([&](std::string_view line) { text += line; });
  return text;
}

Result<void> add_partial(Totals& totals, std::string_view text) {
  PartialReader reader(totals);
  if (Result<void> read = reader.read(text); !read) return read;
  return reader.finish();
}

}  // namespace

TEST_CASE("totals add by group, sorted by key", "[summary]") {
  Totals totals({"project"});
  totals.group({"b"}).add(job(10, 4));
  totals.group({"a"}).add(job(1, 0.5));
  totals.group({"b"}).add(job(5, 2));
  const Sheet sheet = sheet_of(totals);
  REQUIRE(sheet.rows.size() == 2);
  CHECK(cell(sheet, 0, "project") == Cell("a"));
  CHECK(cell(sheet, 1, "jobs") == Cell(2.0));
  CHECK(cell(sheet, 1, "energy_kwh") == Cell(15.0));        // 10 + 5
  CHECK(cell(sheet, 1, "co2e_low_kg") == Cell(3.0));        // 2 + 1
  CHECK(cell(sheet, 1, "co2e_high_kg") == Cell(12.0));      // 8 + 4
  CHECK(cell(sheet, 1, "accelerator_hours") == Cell(4.0));  // 2 + 2
  CHECK(cell(sheet, 1, "boundary_it") == Cell(2.0));
}

TEST_CASE("lists of keys that read alike when joined are groups of their own", "[summary]") {
  Totals totals({"a", "b"});
  const std::vector<std::vector<std::string>> lists = {
      {"x", "yz"}, {"xy", "z"}, {"", "xyz"}, {"xyz", ""}, {"x\0y", "z"}};
  for (const std::vector<std::string>& values : lists) totals.group(values).add(job(1, 1));
  const Sheet sheet = sheet_of(totals);
  REQUIRE(sheet.rows.size() == lists.size());
  for (std::size_t row = 0; row < lists.size(); ++row) CHECK(cell(sheet, row, "jobs") == Cell(1.0));
}

TEST_CASE("an unknown term leaves its total unknown, not smaller", "[summary]") {
  Totals totals({"project"});
  totals.group({"a"}).add(job(10, 4));
  JobFigures without = job(5, 2);
  without.energy_low_kwh.reset();
  without.accelerator_hours.reset();
  totals.group({"a"}).add(without);
  const Sheet sheet = sheet_of(totals);
  CHECK(cell(sheet, 0, "energy_low_kwh") == Cell());
  CHECK(cell(sheet, 0, "accelerator_hours") == Cell());
  CHECK(cell(sheet, 0, "energy_kwh") == Cell(15.0));
}

TEST_CASE("flag --top keeps the groups with most CO2e, largest first", "[summary]") {
  Totals totals({"project"});
  for (const auto& [name, kg] : {std::pair{"a", 1.0}, {"b", 3.0}, {"c", 2.0}})
    totals.group({name}).add(job(1, kg));
  const Sheet sheet = sheet_of(totals, 2);
  REQUIRE(sheet.rows.size() == 2);
  CHECK(cell(sheet, 0, "project") == Cell("b"));
  CHECK(cell(sheet, 1, "project") == Cell("c"));
}

TEST_CASE("partials of any split merge to the bytes of the whole", "[summary]") {
  Totals whole({"project", "region"});
  Totals left({"project", "region"});
  Totals right({"project", "region"});
  for (int i = 0; i < 50; ++i) {
    const std::vector<std::string> key = {"p" + std::to_string(i % 3), "quote\" and\nline"};
    whole.group(key).add(job(0.1 * i, 1.0 / (i + 1)));
    (i % 7 < 3 ? left : right).group(key).add(job(0.1 * i, 1.0 / (i + 1)));
  }
  Totals merged({});
  REQUIRE(add_partial(merged, partial_of(right)));
  REQUIRE(add_partial(merged, partial_of(left)));
  CHECK(partial_of(merged) == partial_of(whole));
}

TEST_CASE("what is no partial total is refused with its line", "[summary]") {
  Totals totals({});
  for (const char* text : {"", "{}", "not json", "{\"footpound_partial\":2,\"by\":[]}"}) {
    const Result<void> done = add_partial(totals, text);
    REQUIRE_FALSE(done);
    CHECK(done.error().field == "line 1");
  }
  Totals by_a({"a"});
  by_a.group({"x"}).failed = 3;
  REQUIRE(add_partial(totals, partial_of(by_a)));
  CHECK(totals.failed() == 3);
  const Result<void> other = add_partial(totals, partial_of(Totals({"b"})));
  REQUIRE_FALSE(other);
  CHECK(message(other.error()).find("other keys") != std::string::npos);
}

TEST_CASE("partials behind each other are as good as one by one; one cut off is refused", "[summary]") {
  Totals left({"a"});
  Totals right({"a"});
  left.group({"x"}).add(job(1, 2));
  right.group({"y"}).add(job(3, 4));
  Totals together({});
  REQUIRE(add_partial(together, partial_of(left) + partial_of(right)));
  const std::string whole = partial_of(right);
  left.add(std::move(right));
  CHECK(partial_of(together) == partial_of(left));

  for (std::size_t end = whole.find('\n'); end + 1 < whole.size(); end = whole.find('\n', end + 1)) {
    Totals cut({});
    INFO(whole.substr(0, end + 1));
    CHECK_FALSE(add_partial(cut, whole.substr(0, end + 1)));
    CHECK_FALSE(add_partial(cut, whole.substr(0, end + 1) + whole));
  }
}

TEST_CASE("figures that no totals have are refused", "[summary]") {
  const auto wrong = [](const std::string& from, const std::string& to) {
    Totals good({"a"});
    good.group({"x"}).add(job(1, 2));
    std::string text = partial_of(good);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    Totals totals({});
    const Result<void> done = add_partial(totals, text);
    return done ? std::string() : message(done.error());
  };
  CHECK(wrong("\"jobs\":1", "\"jobs\":2").empty());
  CHECK(wrong("\"jobs\":1", "\"jobs\":-1").find("line 2: holds a count that is none") == 0);
  CHECK(wrong("\"jobs\":1", "\"jobs\":1.5").find("line 2: holds a count that is none") == 0);
  CHECK(
      wrong("\"jobs\":1", "\"jobs\":18446744073709551615").find("line 2: holds a count that does not fit") ==
      0);
  CHECK(wrong("\"jobs\":1", "\"jobs\":0").find("line 2: counts more boundaries than jobs") == 0);
  CHECK(wrong("[2]", "[-2]").find("line 2: holds a sum below 0") == 0);
  CHECK(wrong("[2]", "[1e308,1e308]").find("line 2: holds a sum that does not fit") == 0);
  CHECK(wrong("[2]", "[1e999]").find("line 2: is no partial total") == 0);
  CHECK(wrong("\"groups\":1", "\"groups\":2").find("line 3: counts other groups") == 0);
}

TEST_CASE("a sum that does not fit a number is told before anything is written of it", "[summary]") {
  const auto checked = [](double kwh, double kg, int jobs) {
    Totals totals({"a"});
    JobFigures figures;
    figures.energy_kwh = kwh;
    figures.co2e_kg = kg;
    totals.group({"other"}).add(JobFigures{});
    for (int i = 0; i < jobs; ++i) totals.group({"x"}).add(figures);
    const Result<void> done = totals.check();
    return done ? std::string() : message(done.error());
  };
  CHECK(checked(1e308, 1, 1).empty());
  CHECK(checked(1e308, 1, 2) ==
        "energy_kwh: the sum does not fit a number; look for records with absurd figures");
  // 1e306 kg are 1e309 g, and 2.2e306 lb
  CHECK(
      checked(1, 1e306, 1) == "co2e_kg: the sum does not fit a number; look for records with absurd figures");
  CHECK(checked(1, 1e304, 1).empty());
}

TEST_CASE("shares of sums that together fit no number are shares all the same", "[summary]") {
  Totals totals({"a"});
  for (const char* name : {"x", "y"}) totals.group({name}).add(job(1, 1.2e305));
  REQUIRE(totals.check());
  const Sheet sheet = totals.sheet(std::nullopt, true);
  sheet.each_row([&](const std::vector<Cell>& row) {
    CHECK(std::get<std::string>(row.back()).find("50 %") != std::string::npos);
  });
}

TEST_CASE("what a partial holds, however absurd, is what a merge gives", "[summary]") {
  std::mt19937_64 random(3);
  const double sizes[] = {0, 5e-324, 1e-310, 1e-30, 3.7e-9, 1.0 / 3, 1, 1e14, 1e60, 1e300};
  const auto any = [&] {
    return sizes[random() % std::size(sizes)] * (1 + static_cast<double>(random() % 9));
  };
  for (int round = 0; round < 100; ++round) {
    Totals whole({"a"});
    Totals left({"a"});
    Totals right({"a"});
    for (int i = 0; i < 30; ++i) {
      JobFigures figures;
      figures.energy_kwh = any();
      figures.co2e_kg = any();
      if (random() % 3 != 0) figures.accelerator_hours = any();
      if (random() % 3 != 0) figures.energy_low_kwh = any();
      if (random() % 3 != 0) figures.co2e_high_kg = any();
      const std::vector<std::string> key = {"\x01\"" + std::to_string(random() % 4)};
      whole.group(key).add(figures);
      (random() % 2 == 0 ? left : right).group(key).add(figures);
    }
    REQUIRE(whole.check());
    const std::string expected = partial_of(whole);
    Totals merged({});
    REQUIRE(add_partial(merged, partial_of(right) + partial_of(left)));
    CHECK(partial_of(merged) == expected);
    left.add(std::move(right));
    CHECK(partial_of(left) == expected);
  }
}

TEST_CASE("a partial is read in pieces, and the line of what is wrong is that of the whole", "[summary]") {
  Totals totals({"a"});
  totals.group({"x"}).add(job(1, 2));
  const std::string text = partial_of(totals);
  Totals merged({});
  PartialReader reader(merged);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin) + 1;
    REQUIRE(reader.read(std::string_view(text).substr(begin, end - begin)));
    begin = end;
  }
  REQUIRE(reader.finish());
  CHECK(partial_of(merged) == text);
  const Result<void> wrong = reader.read("nonsense\n");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().field == "line 4");
}
