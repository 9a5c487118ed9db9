// SPDX-License-Identifier: MIT
#include "support/streams.hpp"
#include "write/output_formats.hpp"
#include "write/writers.hpp"

using namespace footpound;

namespace {

// 1 kW for so many hours at PUE 1 and 500 g: as many kWh, half as many kg
const Said kilowatt = {{"it_power_w", "1kW"}, {"pue", "1"}, {"intensity_g_per_kwh", "500"}};

std::string written(const std::string& text, const std::string& in, const std::string& out = {},
    const std::string& columns = "energy_kwh,error") {
  return run_text(text, {in, out, columns, {}, kilowatt, true}).out;
}

}  // namespace

TEST_CASE("own fields come first, byte for byte, ours behind") {
  CHECK(written("job,hours, note\n\"a, \"\"b\"\"\", 2 ,\"\"\nc,3h,\"two\nlines\"\n", "csv") ==
        "job,hours, note,energy_kwh,error\n\"a, \"\"b\"\"\", 2 ,\"\",2,\nc,3h,\"two\nlines\",3,\n");
  CHECK(written("job\thours\na,b\t2\n", "tsv") == "job\thours\tenergy_kwh\terror\na,b\t2\t2\t\n");
}

TEST_CASE("the header's line end is kept, a mark is dropped, a final newline is added") {
  CHECK(written("\xEF\xBB\xBFjob,hours\r\na,2\r\nb,3", "csv") ==
        "job,hours,energy_kwh,error\r\na,2,2,\r\nb,3,3,\r\n");
}

TEST_CASE("a failed row keeps its own fields, ours are empty, the error is quoted as CSV") {
  CHECK(written("job,hours\na,x\n", "csv") ==
        "job,hours,energy_kwh,error\na,x,,\"hours: \"\"x\"\" is not a duration; write a duration such as "
        "79.2h, 3d7h or 36:00:00\"\n");
}

TEST_CASE("a short row is filled up, so that ours stand under their names") {
  CHECK(written("job,hours,x\na,1\n", "csv") ==
        "job,hours,x,energy_kwh,error\na,1,,,\"misfit row: has 2 fields, the header 3\"\n");
}

TEST_CASE("what a long row has too much is text in its last field, so that ours stand under their names") {
  CHECK(written("job,hours\n\"a,b\",1,\"c,d\",e\n", "csv") ==
        "job,hours,energy_kwh,error\n\"a,b\",\"1,\"\"c,d\"\",e\",,\"misfit row: has 4 fields, the header "
        "2\"\n");
  CHECK(written("job,hours\r\na,1,\r\n", "csv") ==
        "job,hours,energy_kwh,error\r\na,\"1,\",,\"misfit row: has 3 fields, the header 2\"\r\n");
  CHECK(written("job\thours\na\t1\tb\n", "tsv") ==
        "job\thours\tenergy_kwh\terror\na\t\"1\tb\"\t\tmisfit row: has 3 fields, the header 2\n");
  CHECK(written("job\thours\na\t1\tb\n", "tsv", "csv") ==
        "job,hours,energy_kwh,error\na,1\tb,,\"misfit row: has 3 fields, the header 2\"\n");
  CHECK(written("job,hours\na,1,b\n", "csv", "ndjson") ==
        "{\"job\":\"a\",\"hours\":\"1,b\",\"energy_kwh\":null,\"error\":\"misfit row: has 3 fields, the "
        "header 2\"}\n");
  // the last that is not ours
  CHECK(written("job,energy_kwh\na,9,b\n", "csv") ==
        "job,energy_kwh,error\n\"a,b\",,\"misfit row: has 3 fields, the header 2\"\n");
  // and so it stays, also when it has the header's width
  const std::string once = written("job,hours\na,1,b\n", "csv");
  CHECK(written(once, "csv") == once);
}

TEST_CASE(
    "a row whose quotes do not match is one text in the first column, so that what comes out can be read") {
  CHECK(written("job,hours\n\"a\"b,1\nc,2\n", "csv") ==
        "job,hours,energy_kwh,error\n\"\"\"a\"\"b,1\",,,misfit row: quotes do not match; a quote inside a "
        "quoted field "
        "is doubled\nc,2,2,\n");
  CHECK(written("job,hours\nc,\"2\nd,3\n", "csv") ==
        "job,hours,energy_kwh,error\n\"c,\"\"2\nd,3\n\",,,misfit row: quotes do not match; a quote inside a "
        "quoted field "
        "is doubled\n");
  // the first that is not ours
  CHECK(written("error,job,hours\n,\"a\"b,1\n", "csv") ==
        "error,job,hours,energy_kwh\nmisfit row: quotes do not match; a quote inside a quoted field is "
        "doubled,\",\"\"a\"\"b,1\",,\n");
  CHECK(written("job,hours\n\"a\"b,1\n", "csv", "ndjson") ==
        "{\"job\":\"\\\"a\\\"b,1\",\"hours\":null,\"energy_kwh\":null,\"error\":\"misfit row: quotes do not "
        "match; a quote "
        "inside a quoted field is doubled\"}\n");
  CHECK(written("job,hours\n\"a\"b,1\n", "csv", "tsv") ==
        "job\thours\tenergy_kwh\terror\n\"\"\"a\"\"b,1\"\t\t\tmisfit row: quotes do not match; a quote "
        "inside a quoted "
        "field is doubled\n");
}

TEST_CASE("a second pass replaces in place what bears our names, and empties what is stale") {
  const std::string first = written("job,hours\na,2\n", "csv", {}, "energy_kwh,co2e_kg,error");
  CHECK(first == "job,hours,energy_kwh,co2e_kg,error\na,2,2,1,\n");
  CHECK(written(first, "csv", {}, "energy_kwh,co2e_kg,error") == first);
  CHECK(written("energy_kwh,job,co2e_kg,hours\n99,a,98,2\n", "csv") ==
        "energy_kwh,job,co2e_kg,hours,error\n2,a,,2,\n");
}

TEST_CASE("from CSV to TSV and back meanings stay, quoting changes") {
  CHECK(written("job,hours\n\"a\tb\",2\n\"c,d\",3\n", "csv", "tsv") ==
        "job\thours\tenergy_kwh\terror\n\"a\tb\"\t2\t2\t\nc,d\t3\t3\t\n");
  CHECK(written("job\thours\nc,d\t3\n", "tsv", "csv") == "job,hours,energy_kwh,error\n\"c,d\",3,3,\n");
}

TEST_CASE("NDJSON in columns: the own fields find their columns by name; one without a column is told") {
  SourceShape source;
  source.encoding = Encoding::json;
  source.header = {"job", "hours", "energy_kwh"};  // of the first record
  WriterOptions options;
  options.columns = *parse_columns("energy_kwh,error");
  for (const auto& [format, between] : {std::pair{"csv", ','}, {"tsv", '\t'}}) {
    const auto writer = find_output_format(format)->answers(options, &source);
    std::string out;
    writer->begin(out);
    Record record;
    record.own_fields = {{"hours", "2"}, {"job", R"("a")"}, {"energy_kwh", "7"}};  // in another order
    CHECK(writer->left_out(record).empty());
    writer->failure(record, Error{ErrorKind::missing, "region", "is not stated", ""}, out);
    record.own_fields = {{"job", "null"}, {"note", R"("b")"}};
    CHECK(writer->left_out(record) == "note");
    writer->failure(record, Error{ErrorKind::missing, "region", "is not stated", ""}, out);
    std::string expected =
        "job,hours,energy_kwh,error\n"
        "a,2,,region: is not stated\n"
        ",,,region: is not stated\n";
    std::replace(expected.begin(), expected.end(), ',', between);
    CHECK(out == expected);
    CHECK(writer->may_leave_out());
  }
}

TEST_CASE("without a header line only rows are written; a one-off has our columns alone") {
  StreamSetup setup{"csv", {}, "energy_kwh", {}, kilowatt, false};
  CHECK(run_text("job,hours\na,2\n", setup).out == "a,2,2\n");
  WriterOptions options;
  options.columns = *parse_columns("energy_kwh,assumed");
  const auto writer = make_csv_writer(options, nullptr);
  std::string out;
  writer->begin(out);
  writer->record(Record{}, answered({{"accelerator", "test-gpu"}, {"hours", "10"}, {"pue", "1"}}), out);
  // unknown load: 300 x 0.6 + 75 W = 255 W
  CHECK(out == "energy_kwh,assumed\n2.55,accelerator_count+intensity_g_per_kwh\n");
}
