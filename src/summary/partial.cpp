// SPDX-License-Identifier: MIT
// Mergeable totals as text. The first line names the keys:
//   {"footpound_partial":1,"by":["project"]}
//   {"key":["vision"],"jobs":2,"skipped":0,"failed":0,"boundaries":[2,0],"sums":[[1.5],...],"unknown":[0,...]}
// A sum is a list of doubles whose exact sum it is, so that merging rounds nothing.
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "footpound/units/number_text.hpp"
#include "io/json_text.hpp"
#include "summary/totals.hpp"

namespace footpound {

namespace {

using nlohmann::json;

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, texts[i]);
  }
  out += ']';
}

Error malformed(std::size_t line, std::string what) {
  return Error{ErrorKind::malformed, "line " + std::to_string(line), std::move(what), "give files that `summarize --partial` wrote"};
}

Group group_of(const json& row) {
  Group group;
  row.at("jobs").get_to(group.jobs);
  row.at("skipped").get_to(group.skipped);
  row.at("failed").get_to(group.failed);
  row.at("boundaries").at(0).get_to(group.boundary_it);
  row.at("boundaries").at(1).get_to(group.boundary_accelerators);
  for (std::size_t i = 0; i < group.sums.size(); ++i) {
    for (const json& part : row.at("sums").at(i)) group.sums[i].sum.add(part.get<double>());
    row.at("unknown").at(i).get_to(group.sums[i].unknown);
  }
  return group;
}

}  // namespace

std::string Totals::partial() const {
  std::string out = "{\"footpound_partial\":1,\"by\":";
  append_texts(out, keys_);
  out += "}\n";
  for (const auto& [values, the_group] : sorted()) {
    const Group& group = *the_group;
    out += "{\"key\":";
    append_texts(out, values);
    out += fmt::format(",\"jobs\":{},\"skipped\":{},\"failed\":{},\"boundaries\":[{},{}],\"sums\":[", group.jobs, group.skipped,
                       group.failed, group.boundary_it, group.boundary_accelerators);
    for (std::size_t i = 0; i < group.sums.size(); ++i) {
      out += i > 0 ? ",[" : "[";
      bool first = true;
      for (const double part : group.sums[i].sum.parts()) {
        if (!first) out += ',';
        first = false;
        append_number(out, part);
      }
      out += ']';
    }
    out += "],\"unknown\":[";
    for (std::size_t i = 0; i < group.sums.size(); ++i) out += fmt::format("{}{}", i > 0 ? "," : "", group.sums[i].unknown);
    out += "]}\n";
  }
  return out;
}

Result<void> Totals::add_partial(std::string_view text) {
  std::size_t line = 0;
  while (!text.empty()) {
    ++line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row_text = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    try {
      const json row = json::parse(row_text);
      if (line == 1) {
        if (row.at("footpound_partial") != 1) return malformed(line, "is of another version");
        const auto by = row.at("by").get<std::vector<std::string>>();
        if (keys_.empty()) keys_ = by;
        if (by != keys_) return malformed(line, "is grouped by other keys than the rest");
      } else {
        const auto values = row.at("key").get<std::vector<std::string>>();
        if (values.size() != keys_.size()) return malformed(line, "has another number of keys");
        group(values).add(group_of(row));
      }
    } catch (const json::exception&) {
      return malformed(line, "is no partial total");
    }
  }
  return line > 0 ? Result<void>{} : malformed(1, "is empty");
}

}  // namespace footpound
