// SPDX-License-Identifier: MIT
// What a format's bytes have to look like, whatever is in them. A format of the program's tables that
// has no checker here fails the tests that ask for it: a new one has to add its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace footpound::contract {

// What became of a record.
enum class Became : unsigned char { answered, failed, skipped };
using Records = std::vector<Became>;

// `whole`: one object, one table, one card; else one row for each record.
struct Expected {
  Records records;
  bool whole = false;
};

// Does the format speak of one run only?
bool is_for_one_run(std::string_view format);

// What is wrong with an estimate's bytes in an output format; "" where nothing is.
std::string wrong_with_output(std::string_view format, const std::string& text, const Expected& expected);

// The same of a sheet (list, show, published, summarize) in one of its formats. Several sheets may stand
// in one document where `several`.
std::string wrong_with_sheet(std::string_view format, const std::string& text, bool several = false);

// What is wrong with the words on standard error: each line is ours and says so, and nothing in it
// moves a terminal's cursor.
std::string wrong_with_words(const std::string& text);

// The cells of CSV or TSV (RFC 4180); a record that ends within quotes is its last.
std::vector<std::vector<std::string>> cells_of(std::string_view text, char delimiter);

}  // namespace footpound::contract
