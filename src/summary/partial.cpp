// SPDX-License-Identifier: MIT
// Mergeable totals as text. The first line names the keys:
//   {"footpound_partial":1,"by":["project"]}
// then a line a group, and a last one that tells a whole partial from one cut off:
//   {"key":["vision"],"jobs":2,"skipped":0,"failed":0,"boundaries":[2,0],"sums":[[1.5],...],"unknown":[0,...]}
//   {"groups":1}
// A sum is a list of doubles whose exact sum it is, so that merging rounds nothing.
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "summary/totals.hpp"
#include "text/json_text.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

using nlohmann::json;

template <class Text>
void append_texts(std::string& out, const std::vector<Text>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, texts[i]);
  }
  out += ']';
}

// What is wrong with a line, on its way out of PartialReader::take().
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Error malformed(std::size_t line, std::string what) {
  return Error{ErrorKind::malformed, "line " + std::to_string(line), std::move(what),
      "give files that `summarize --partial` wrote"};
}

constexpr std::uint64_t most_counted = std::uint64_t{1} << 62;  // far from where a sum would not fit

std::uint64_t count_of(const json& value) {
  if (!value.is_number_unsigned()) throw Wrong("holds a count that is none");
  const auto count = value.get<std::uint64_t>();
  if (count > most_counted) throw Wrong("holds a count that does not fit");
  return count;
}

ExactSum sum_of(const json& parts) {
  ExactSum sum;
  for (const json& part : parts) {
    const double value = part.get<double>();
    if (!std::isfinite(value)) throw Wrong("holds a sum that does not fit a number");
    sum.add(value);
  }
  if (!std::isfinite(sum.value())) throw Wrong("holds a sum that does not fit a number");
  if (sum.value() < 0) throw Wrong("holds a sum below 0");
  return sum;
}

Group group_of(const json& row) {
  Group group;
  group.jobs = count_of(row.at("jobs"));
  group.skipped = count_of(row.at("skipped"));
  group.failed = count_of(row.at("failed"));
  group.boundary_it = count_of(row.at("boundaries").at(0));
  group.boundary_accelerators = count_of(row.at("boundaries").at(1));
  if (group.boundary_it > group.jobs || group.boundary_accelerators > group.jobs - group.boundary_it)
    throw Wrong("counts more boundaries than jobs");
  for (std::size_t i = 0; i < group.sums.size(); ++i) {
    group.sums[i] = sum_of(row.at("sums").at(i));
    group.unknown[i] = count_of(row.at("unknown").at(i));
    if (group.unknown[i] > group.jobs) throw Wrong("counts more unknown terms than jobs");
  }
  return group;
}

void check_room(const Group& sum, const Group& more) {
  if (sum.jobs > most_counted - more.jobs || sum.skipped > most_counted - more.skipped ||
      sum.failed > most_counted - more.failed) {
    throw Wrong("makes a count that does not fit");
  }
}

}  // namespace

void Totals::write_partial(const std::function<void(std::string_view line)>& write) const {
  std::string out = "{\"footpound_partial\":1,\"by\":";
  append_texts(out, keys_);
  out += "}\n";
  write(out);
  for (const auto& [key, the_group] : sorted()) {
    const Group& group = *the_group;
    out = "{\"key\":";
    append_texts(out, values_of(key));
    out += fmt::format(",\"jobs\":{},\"skipped\":{},\"failed\":{},\"boundaries\":[{},{}],\"sums\":[",
        group.jobs, group.skipped, group.failed, group.boundary_it, group.boundary_accelerators);
    for (std::size_t i = 0; i < group.sums.size(); ++i) {
      out += i > 0 ? ",[" : "[";
      bool first = true;
      for (const double part : group.sums[i].parts()) {
        if (!first) out += ',';
        first = false;
        append_number(out, part);
      }
      out += ']';
    }
    out += "],\"unknown\":[";
    for (std::size_t i = 0; i < group.sums.size(); ++i)
      out += fmt::format("{}{}", i > 0 ? "," : "", group.unknown[i]);
    out += "]}\n";
    write(out);
  }
  write(fmt::format("{{\"groups\":{}}}\n", groups_.size()));
}

Result<void> PartialReader::read(std::string_view lines) {
  while (!lines.empty()) {
    ++line_;
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    try {
      if (Result<void> taken = take(line); !taken) return taken;
    } catch (const Wrong& wrong) {
      return malformed(line_, wrong.what());
    } catch (const json::exception&) {
      return malformed(line_, "is no partial total");
    }
  }
  return {};
}

Result<void> PartialReader::take(std::string_view line) {
  const json row = json::parse(line);
  if (!open_) {
    if (row.at("footpound_partial") != 1) return malformed(line_, "is of another version");
    if (!totals_.set_keys(row.at("by").get<std::vector<std::string>>()))
      return malformed(line_, "is grouped by other keys than the rest");
    open_ = true;
    groups_ = 0;
  } else if (row.contains("groups")) {
    if (count_of(row.at("groups")) != groups_) return malformed(line_, "counts other groups than are there");
    open_ = false;
  } else if (row.contains("footpound_partial")) {
    return malformed(line_, "begins where the partial before has not ended: that was cut off");
  } else {
    const auto values = row.at("key").get<std::vector<std::string>>();
    if (values.size() != totals_.keys().size()) return malformed(line_, "has another number of keys");
    const Group more = group_of(row);
    Group& sum = totals_.group(values);
    check_room(sum, more);
    sum.add(more);
    ++groups_;
  }
  return {};
}

Result<void> PartialReader::finish() const {
  if (open_) return malformed(line_, "is the last line of a partial that was cut off");
  return line_ > 0 ? Result<void>{} : malformed(1, "is empty");
}

}  // namespace footpound
