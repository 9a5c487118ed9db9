// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_header.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/letters.hpp"
#include "text/delimited_text.hpp"

namespace footpound {

namespace {

struct Name {
  std::string_view text;
  std::optional<SlurmColumn> column;
  bool telling = false;    // no other program's name
  bool free_text = false;  // users can write anything into it
};

using C = SlurmColumn;
constexpr std::array names = {
    Name{"JobID", C::job_id, true},
    Name{"JobIDRaw", C::job_id_raw, true},
    Name{"JobName", C::job_name, false, true},
    Name{"State", C::state},
    Name{"Partition", C::partition},
    Name{"NodeList", C::node_list},
    Name{"Start", C::start},
    Name{"End", C::end},
    Name{"Elapsed", C::elapsed},
    Name{"ElapsedRaw", C::elapsed_raw, true},
    Name{"NNodes", C::nodes},
    Name{"AllocNodes", C::nodes},
    Name{"NCPUS", C::cpus},
    Name{"AllocCPUS", C::cpus},
    Name{"AllocTRES", C::alloc_tres, true},
    Name{"ConsumedEnergy", C::energy},
    Name{"ConsumedEnergyRaw", C::energy_raw, true},
    Name{"WorkDir", {}, false, true},
    Name{"Comment", {}, false, true},
    Name{"SubmitLine", C::submit_line, false, true},
    Name{"AdminComment", {}, false, true},
    Name{"SystemComment", {}, false, true},
    Name{"User", {}},
    Name{"UID", {}},
    Name{"Account", C::account},
    Name{"QOS", C::qos},
    Name{"Cluster", C::cluster},
    Name{"Submit", {}},
    Name{"ExitCode", {}},
    Name{"AllocGRES", C::alloc_gres},
    Name{"ReqTRES", C::asked_tres},
    Name{"ReqGRES", C::asked_gres},
    Name{"ReqMem", {}},
    Name{"MaxRSS", {}},
    Name{"TotalCPU", {}},
    Name{"CPUTime", {}},
    Name{"NTasks", {}},
};

constexpr std::string_view command =
    "sacct -X -D -P -o "
    "JobID,User,Account,Partition,State,Start,End,ElapsedRaw,NNodes,NodeList,AllocTRES,ConsumedEnergyRaw,"
    "JobName";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

const Name* find_name(std::string_view text) {
  const auto found = std::find_if(
      names.begin(), names.end(), [&](const Name& n) { return same_without_case(n.text, trim(text)); });
  return found == names.end() ? nullptr : &*found;
}

// sacct's names are letters and digits, in quotes where somebody's CSV holds them: the first character that
// is none of these stands between them.
char delimiter_of(std::string_view line) {
  for (const char c : trim(line)) {
    const bool of_a_name =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '"';
    if (!of_a_name) return c;
  }
  return '|';
}

}  // namespace

bool SlurmHeader::has(SlurmColumn column) const {
  return std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.slurm == column; });
}

bool names_slurm_columns(std::string_view line) {
  const char delimiter = delimiter_of(line);
  std::size_t known = 0;
  bool telling = false;
  for (const std::string& cell : first_row(line, delimiter)) {
    const Name* name = find_name(cell);
    if (name == nullptr) continue;
    ++known;
    telling = telling || name->telling;
  }
  return telling && known >= 2;
}

Result<SlurmHeader> parse_slurm_header(std::string_view line) {
  SlurmHeader header;
  header.raw = line;
  header.delimiter = delimiter_of(line);
  const std::string_view first = trim(line);
  if (first.empty() || first.front() == '{' || first.front() == '[') {
    return Error{ErrorKind::malformed, {}, "is not the text form of sacct",
        "if it is sacct --json, write --in sacct-json"};
  }
  if (line.find('\r') != std::string_view::npos) {
    return Error{ErrorKind::malformed, {}, "the header holds a carriage return (CR) that ends no line",
        "end all lines alike, in LF or in CR LF"};
  }
  if (header.delimiter == ' ') {
    return Error{ErrorKind::malformed, {}, "has columns of fixed width, which sacct cuts short",
        "use sacct -P: " + std::string(command)};
  }
  // AllocTRES is full of commas: where commas separate, fields are quoted, as we write them
  header.quoted = header.delimiter == ',' || first.front() == '"';
  std::vector<std::string> cells = first_row(line, header.delimiter);
  header.trailing = cells.size() > 1 && cells.back().empty();
  if (header.trailing) cells.pop_back();
  KnownColumns known;
  std::array<bool, slurm_columns> seen{};
  for (const std::string& cell : cells) {
    SlurmHeader::Column column;
    column.name = trim(cell);
    const Name* name = find_name(cell);
    if (name == nullptr) {
      column.ours = meaning_of(column.name);
      if (std::optional<Error> twice = known.add(column.name, column.ours)) return *twice;
      header.replaces = header.replaces || column.ours.output != nullptr;
      header.quoted = header.quoted || header.replaces;
    } else if (name->column && !std::exchange(seen[static_cast<std::size_t>(*name->column)], true)) {
      column.slurm = name->column;
    }
    if (column.ours.output == nullptr) header.users.add(header.columns.size());
    header.joins = name != nullptr && name->free_text;
    header.columns.push_back(std::move(column));
  }
  if (!header.has(C::job_id) && !header.has(C::job_id_raw)) {
    return Error{ErrorKind::malformed, {},
        "has no column JobID, without which steps cannot be told from jobs and would be counted again",
        "run " + std::string(command)};
  }
  if (!header.has(C::elapsed) && !header.has(C::elapsed_raw) &&
      !(header.has(C::start) && header.has(C::end))) {
    return Error{ErrorKind::malformed, {}, "has no column ElapsedRaw, Elapsed, or Start and End",
        "run " + std::string(command)};
  }
  return header;
}

}  // namespace footpound
