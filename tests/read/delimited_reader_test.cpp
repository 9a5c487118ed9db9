// SPDX-License-Identifier: MIT
// RFC 4180 and what files do instead.
#include "read/delimited_reader.hpp"

#include <vector>

#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

struct Line {
  std::uint64_t line;
  std::string raw;
  std::vector<std::string> own;
  std::optional<std::string> name;
  std::optional<double> hours;
  std::string error;
};

struct Read {
  std::vector<std::string> header;
  std::string line_end;
  std::vector<std::string> notes;
  std::vector<Line> rows;
  std::uint64_t lines = 0;
};

Read read(const std::string& text, ReaderOptions options = {}, bool tabs = false) {
  options.keep_own_fields = true;
  const std::unique_ptr<RecordReader> reader = tabs ? make_tsv_reader(options) : make_csv_reader(options);
  const Result<std::size_t> head = reader->begin(text);
  INFO(text << (head ? "" : message(head.error())));
  REQUIRE(head);
  Read result;
  result.header.assign(reader->header().begin(), reader->header().end());
  result.line_end = reader->line_end();
  result.notes = reader->notes();
  const std::string body = text.substr(*head);
  result.lines = reader->read(body, Spec{}, [&](Record& record) {
    Line row{record.line, std::string(record.raw), {}, {}, {}, record.error ? message(*record.error) : ""};
    for (const OwnField& own : record.own_fields) row.own.emplace_back(own.raw);
    if (record.spec.name) row.name = std::string(*record.spec.name);
    if (record.spec.hours) row.hours = record.spec.hours->value.stored();
    result.rows.push_back(row);
  });
  return result;
}

std::string header_refusal(const std::string& text) {
  const std::unique_ptr<RecordReader> reader = make_csv_reader({});
  const Result<std::size_t> head = reader->begin(text);
  REQUIRE_FALSE(head);
  return message(head.error());
}

}  // namespace

TEST_CASE("rows are read over their header, blanks around values dropped") {
  const Read csv = read("job,hours,name\n1,2.5,a\n2, 3 ,b\n");
  CHECK(csv.header == std::vector<std::string>{"job", "hours", "name"});
  REQUIRE(csv.rows.size() == 2);
  CHECK(csv.rows[0].hours == 2.5);
  CHECK(csv.rows[0].name == "a");
  CHECK(csv.rows[0].raw == "1,2.5,a");
  CHECK(csv.rows[1].hours == 3);
  CHECK(csv.rows[1].own == std::vector<std::string>{"2", " 3 ", "b"});
  CHECK(csv.rows[1].line == 2);
  CHECK(csv.lines == 2);
}

TEST_CASE("line ends of either kind, no final newline") {
  const Read crlf = read("hours,name\r\n1,a\r\n2,b");
  CHECK(crlf.header.front() == "hours");
  CHECK(crlf.line_end == "\r\n");
  REQUIRE(crlf.rows.size() == 2);
  CHECK(crlf.rows[0].raw == "1,a");
  CHECK(crlf.rows[1].name == "b");
  CHECK(read("hours\n1\n").line_end == "\n");
}

TEST_CASE("quoted fields may hold delimiters, quotes and line ends, and the lines are still counted") {
  const Read csv = read("name,hours\n\"a, \"\"b\"\"\",1\n\"two\r\nlines\n!\",2\nplain,3\n");
  REQUIRE(csv.rows.size() == 3);
  CHECK(csv.rows[0].name == "a, \"b\"");
  CHECK(csv.rows[0].own[0] == "\"a, \"\"b\"\"\"");
  CHECK(csv.rows[1].name == "two\r\nlines\n!");
  CHECK(csv.rows[1].line == 2);
  CHECK(csv.rows[2].line == 5);
  CHECK(csv.lines == 5);
}

TEST_CASE("a quote inside an unquoted field is a quote") {
  const Read csv = read("name,hours\n5\" disk,1\nb,2\n");
  REQUIRE(csv.rows.size() == 2);
  CHECK(csv.rows[0].name == "5\" disk");
}

TEST_CASE("texts with quotes undone stay apart from each other") {
  const Read csv = read("name,gpu,hours\n\"a\"\"1\",\"b\"\"2\",1\n");
  CHECK(csv.rows[0].name == "a\"1");
}

TEST_CASE("short and long rows are refused, and the next one is fine") {
  const Read csv = read("name,hours\na\nb,1,x\nc,2\n");
  REQUIRE(csv.rows.size() == 3);
  CHECK(contains(csv.rows[0].error, "has 1 fields, the header 2"));
  CHECK(contains(csv.rows[1].error, "has 3 fields, the header 2"));
  CHECK(csv.rows[2].error.empty());
}

TEST_CASE("quotes that do not match are refused") {
  CHECK(contains(read("name,hours\n\"a\"b,1\nc,2\n").rows[0].error, "quotes do not match"));
  const Read open = read("name,hours\n\"a,1\nc,2\n");
  REQUIRE(open.rows.size() == 1);
  CHECK(contains(open.rows[0].error, "quotes do not match"));
}

TEST_CASE("blank lines are no records, unless a blank is the only field") {
  CHECK(read("name,hours\n\na,1\n\n").rows.size() == 1);
  CHECK(read("hours\n1\n\n2\n").rows.size() == 3);
}

TEST_CASE("empty cells are not stated, quoted ones neither") {
  const Read csv = read("name,hours\n,1\n\"\",2\n \t,3\n");
  for (const Line& row : csv.rows) CHECK_FALSE(row.name);
}

TEST_CASE("a bad value names the column as the file writes it") {
  const Read csv = read("GPU_Hours,name\nx,a\n");
  CHECK(contains(csv.rows[0].error, "GPU_Hours: \"x\" is not an amount of device time"));
}

TEST_CASE("NUL bytes are passed through and shown escaped") {
  const Read csv = read(std::string("name,hours\na\0b,1\nc,1\0\n", 22));
  REQUIRE(csv.rows.size() == 2);
  CHECK(csv.rows[0].own[0] == std::string("a\0b", 3));
  CHECK(contains(csv.rows[1].error, "\\x00"));
}

TEST_CASE("two columns of one meaning are refused; two of the user's own are his affair") {
  CHECK(contains(header_refusal("gpu,accelerator,hours\n"), "means the same as column \"gpu\""));
  CHECK(contains(header_refusal("hours,Hours\n"), "means the same"));
  CHECK(contains(header_refusal("Error,hours,error\n"), "error: means the same as column \"Error\""));
  CHECK(contains(header_refusal("energy_kwh,hours,energy_kwh\n"), "means the same"));
  CHECK(read("job,job,hours\n1,2,3\n").rows[0].own.size() == 3);
}

TEST_CASE("a header without sense is refused") {
  CHECK(contains(header_refusal("power,hours\n"), "it_power_w"));
  CHECK(contains(header_refusal("\"a,hours\n"), "quotes do not match"));
  const std::unique_ptr<RecordReader> reader = make_csv_reader({false});
  CHECK_FALSE(reader->begin("1,2\n"));
}

TEST_CASE("a near miss in the header is noted") {
  const Read csv = read("job,gpu_cuont,hours\n1,2,3\n");
  REQUIRE(csv.notes.size() == 1);
  CHECK(contains(csv.notes[0], "did you mean \"gpu_count\"?"));
}

TEST_CASE("nothing and a header alone are empty streams") {
  for (const char* text : {"", "name,hours", "name,hours\n"}) CHECK(read(text).rows.empty());
}

TEST_CASE("tabs delimit TSV, and commas are text there") {
  const Read tsv = read("name\thours\na,b\t1\n\"c\td\"\t2\n", {}, true);
  REQUIRE(tsv.rows.size() == 2);
  CHECK(tsv.rows[0].name == "a,b");
  CHECK(tsv.rows[1].name == "c\td");
}

TEST_CASE("a stream is cut behind whole records only") {
  const std::unique_ptr<RecordReader> reader = make_csv_reader({});
  const std::string text = "a,1\n\"b\nb\",2\nc,3\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::size_t cut = reader->cutter()->cut(std::string_view(text).substr(0, size), 0);
    INFO(size);
    CHECK(cut == (size >= 16 ? 16 : size >= 12 ? 12 : size >= 4 ? 4 : 0));
  }
}

TEST_CASE("content is recognised by a field of ours in the first line") {
  CHECK(looks_like_csv("job,hours\n"));
  CHECK(looks_like_csv("hours\r\n1\r\n"));
  CHECK(looks_like_csv("\"job\",\"hours\"\n"));
  CHECK_FALSE(looks_like_csv("job,user\nhours,1\n"));
  CHECK_FALSE(looks_like_csv(""));
  CHECK(looks_like_tsv("a\tb\n"));
  CHECK_FALSE(looks_like_tsv("{\"a\":\t1}"));
}

TEST_CASE("of a record's own fields only those asked for are kept, unless one bears the name of an output") {
  ReaderOptions options;
  options.own_fields_wanted = {"PROJECT", "user"};
  const Read some = read("job,project,hours,User\n1,a,2,x\n2,\"b,c\",3\n", options);
  REQUIRE(some.rows.size() == 2);
  CHECK(some.rows[0].own == std::vector<std::string>{"a", "x"});
  CHECK(some.rows[1].own == std::vector<std::string>{"\"b,c\""});  // too short: it has no user
  CHECK(read("job,project,energy_kwh\n1,a,2\n", options).rows[0].own ==
        std::vector<std::string>{"1", "a", "2"});
}

TEST_CASE("a row is read as it would be alone, whatever came before") {
  const std::string header = "job,hours,name,start,gpus\n";
  const std::vector<std::string> rows = {"1,2,a,2025-01-01T00:00:05Z,4", "2,3.25,b,2025-01-01T00:00:06Z,8",
      "3,,c,,", "4,\"5\",\"d \"\"e\"\"\",2025-01-01,4", "5, 6 , f ,,4", "6,3h,g,2025-01-01T00:00:05Z,4",
      "7,-1,h,,4",                     // out of range, behind it what was read
      "8,2,i,never,4", "9,2,j,,none",  // the last column is read first or last
      "10,2,k", "11,123456789.5,l,,4", "12,1e3,m,,3/7", "13,2,n,2025-01-01T00:00:05Z,4"};
  std::string text = header;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < rows.size(); ++k) text += rows[i] + "\n" + rows[k] + "\n";
  }
  const Read together = read(text);
  REQUIRE(together.rows.size() == 2 * rows.size() * rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Read alone = read(header + rows[i] + "\n");
    REQUIRE(alone.rows.size() == 1);
    const Line& wanted = alone.rows.front();
    for (const Line& ours : together.rows) {
      if (ours.raw != rows[i]) continue;
      INFO(rows[i] << " in line " << ours.line);
      REQUIRE(ours.error == wanted.error);
      REQUIRE(ours.own == wanted.own);
      if (!wanted.error.empty()) continue;
      REQUIRE(ours.name == wanted.name);
      REQUIRE(ours.hours == wanted.hours);
    }
  }
}
