// SPDX-License-Identifier: MIT
// A record's own fields, as its file has them: passed on, whatever they mean to us.
#pragma once

#include <string_view>

namespace footpound {

// How a record's own fields are written in its file.
// `plain`: fields that stand for themselves, without quotes or escapes (sacct).
enum class Encoding : unsigned char { none, csv, tsv, json, plain };

// One of the record's own fields, as its file has it (quotes and escapes included).
struct OwnField {
  std::string_view name;
  std::string_view raw;
  bool is_plain = false;  // a JSON string that is known to hold no escapes
};

}  // namespace footpound
