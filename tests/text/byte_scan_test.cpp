// SPDX-License-Identifier: MIT
#include "text/byte_scan.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

using namespace footpound;

namespace {

constexpr std::size_t window = 8192;  // what an index looks ahead

std::string random_text(std::mt19937& random, std::size_t size, std::string_view alphabet) {
  std::string text(size, '\0');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

using Row = std::vector<std::size_t>;

Row row_of(RowIndex::Row row) { return {row.ends, row.ends + row.count}; }

// The cell ends of the row that begins at `begin`, byte by byte; empty where a quote stands in it
// or no line feed ends it.
Row plain_row(std::string_view text, std::size_t begin) {
  Row row;
  for (std::size_t i = begin; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == ',' || text[i] == '\n') row.push_back(i);
    if (text[i] == '\n') return row;
  }
  return {};
}

// Rows from `begin` on as the index names them after one look ahead.
std::vector<Row> rows_ahead(RowIndex& index, std::size_t begin) {
  std::vector<Row> rows;
  index.fill(begin);
  for (RowIndex::Row row = index.next(); !row.empty(); row = index.next()) rows.push_back(row_of(row));
  return rows;
}

// Walks over all rows as a reader does and compares each with the plain ones. Returns how many
// the index left to the reader: quoted, longer than the window, or without a line feed.
int rows_left_to_reader(std::string_view text) {
  RowIndex index(text, ',');
  int left = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    Row row = row_of(index.next());
    if (row.empty()) {
      index.fill(begin);
      row = row_of(index.next());
    }
    const Row plain = plain_row(text, begin);
    if (row.empty()) {
      ++left;
      const std::size_t end = text.find('\n', begin);
      REQUIRE((plain.empty() || plain.back() - begin >= window));
      begin = end == std::string_view::npos ? text.size() : end + 1;
    } else {
      REQUIRE(row == plain);
      begin = row.back() + 1;
    }
  }
  return left;
}

}  // namespace

TEST_CASE("a row's cells lie between its ends, the first from the row's beginning on", "[io]") {
  const std::string_view text = "ab,,c\nd,e,\n";
  RowIndex index(text, ',');
  index.fill(0);
  const RowIndex::Row first = index.next();
  REQUIRE(first.count == 3);
  CHECK(first.cell(text, 0) == "ab");
  CHECK(first.cell(text, 1).empty());
  CHECK(first.cell(text, 2) == "c");
  const RowIndex::Row second = index.next();
  CHECK(second.cell(text, 0) == "d");
  CHECK(second.cell(text, 2).empty());
}

TEST_CASE("the fast masks are the plain ones", "[io]") {
  std::mt19937 random(11);
  std::string any(256, '\0');
  for (std::size_t i = 0; i < any.size(); ++i) any[i] = static_cast<char>(i);
  for (int round = 0; round < 2000; ++round) {
    const std::string text =
        random_text(random, 64, round % 2 == 0 ? "ab,\t\"\n\r\x80 " : std::string_view(any));
    for (const char delimiter : {',', '\t'})
      REQUIRE(masks_of(text.data(), delimiter) == masks_plain(text.data(), delimiter));
  }
}

TEST_CASE("the fast looks at sixteen bytes are the plain ones", "[io]") {
  std::mt19937 random(12);
  std::string any(256, '\0');
  for (std::size_t i = 0; i < any.size(); ++i) any[i] = static_cast<char>(i);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random, 16,
        round % 3 == 0   ? "0123456789./:"
        : round % 3 == 1 ? "ab\"\\\x1f\x20\x7f\x80"
                         : std::string_view(any));
    std::string other = text;
    other[random() % 16] = any[random() % 256];
    REQUIRE(string_stops(text.data()) == string_stops_plain(text.data()));
    REQUIRE(number_stops(text.data()) == number_stops_plain(text.data()));
    REQUIRE(same_bytes(text.data(), other.data()) == same_bytes_plain(text.data(), other.data()));
  }
}

TEST_CASE("each of 64 places has its bit", "[io]") {
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    std::string text(64, 'x');
    text[i] = ',';
    CHECK(masks_of(text.data(), ',') == ByteMasks{bit, 0, 0});
    text[i] = '\n';
    CHECK(masks_of(text.data(), ',') == ByteMasks{bit, bit, 0});
    text[i] = '"';
    CHECK(masks_of(text.data(), ',') == ByteMasks{0, 0, bit});
  }
}

TEST_CASE("an index names the cell ends of each row, and stops in front of the first with a quote", "[io]") {
  const std::string_view text = "a,b\n\n,\nc\n\"d\",e\nf\n";
  RowIndex index(text, ',');
  CHECK(index.next().empty());
  CHECK(rows_ahead(index, 0) == std::vector<Row>{{1, 3}, {4}, {5, 6}, {8}});
  CHECK(rows_ahead(index, 9).empty());
  CHECK(rows_ahead(index, 15) == std::vector<Row>{{16}});
  CHECK(index.next().empty());
  CHECK(rows_ahead(index, text.size()).empty());
}

TEST_CASE("a last row without a line feed is left to the reader", "[io]") {
  RowIndex index("a,b\nc,d", ',');
  CHECK(rows_ahead(index, 0) == std::vector<Row>{{1, 3}});
  CHECK(rows_ahead(index, 4).empty());
  RowIndex none("", ',');
  CHECK(rows_ahead(none, 0).empty());
}

TEST_CASE("an index may look ahead from any row, also from one it has passed", "[io]") {
  const std::string_view text = "a,b\nc,d\ne,f\n";
  RowIndex index(text, ',');
  CHECK(rows_ahead(index, 8) == std::vector<Row>{{9, 11}});
  CHECK(rows_ahead(index, 4) == std::vector<Row>{{5, 7}, {9, 11}});
  index.fill(0);
  CHECK(row_of(index.next()) == Row{1, 3});
  index.fill(4);  // with rows left
  CHECK(row_of(index.next()) == Row{5, 7});
}

TEST_CASE("rows are the plain ones at any size around 64 bytes and around the window", "[io]") {
  std::mt19937 random(12);
  for (const std::size_t around : {std::size_t{0}, std::size_t{64}, std::size_t{128}, window, 2 * window}) {
    for (std::size_t size = around < 3 ? 0 : around - 3; size <= around + 3; ++size) {
      for (const std::string_view alphabet : {"abc,\n", "abcdefghijkl,\n\r", ",\n", "abcdefgh,,\n\""}) {
        for (int round = 0; round < 5; ++round) rows_left_to_reader(random_text(random, size, alphabet));
      }
    }
  }
}

TEST_CASE("a row ends within the window or is left to the reader, wherever it begins", "[io]") {
  for (const std::size_t begin :
      {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{100}}) {
    for (const std::size_t length :
        {window - 66, window - 2, window - 1, window + 62, window + 63, window + 64, 3 * window}) {
      std::string text = begin == 0 ? "" : std::string(begin - 1, 'x') + '\n';
      text += ',' + std::string(length - 1, 'y') + '\n';
      text += "z,z\n";
      INFO(begin << ' ' << length);
      // what is looked at may go up to 63 bytes past the window, never less far
      const int left = rows_left_to_reader(text);
      if (length < window) CHECK(left == 0);
      if (length >= window + 64) CHECK(left == 1);
    }
  }
}

TEST_CASE("a full window of ends fits", "[io]") {
  CHECK(rows_left_to_reader(std::string(3 * window, '\n')) == 0);
  std::string text(2 * window, ',');
  text += '\n';
  CHECK(rows_left_to_reader(text) == 1);
  CHECK(rows_left_to_reader(std::string(window - 1, ',') + "\n") == 0);
}
