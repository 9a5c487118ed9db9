// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_header.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/letters.hpp"
#include "text/delimited_text.hpp"

namespace footpound {

namespace {

using C = SlurmColumn;
using S = CellShape;

struct Name {
  std::string_view text;
  std::optional<SlurmColumn> column;
  CellShape shape;
  bool telling = false;  // no other program's name
};

// Of `sacct -e` those that tell how a row with a delimiter in one of its fields is to be read; the others are
// as somebody's own columns are, and may hold anything.
constexpr std::array names = {
    Name{"JobID", C::job_id, S::job_id, true},
    Name{"JobIDRaw", C::job_id_raw, S::job_id, true},
    Name{"JobName", C::job_name, S::free},
    Name{"State", C::state, S::state},
    Name{"Partition", C::partition, S::word},
    Name{"NodeList", C::node_list, S::word},
    Name{"QOS", C::qos, S::word},
    Name{"Account", C::account, S::word},
    Name{"Cluster", C::cluster, S::word},
    Name{"Start", C::start, S::time},
    Name{"End", C::end, S::time},
    Name{"Elapsed", C::elapsed, S::elapsed},
    Name{"ElapsedRaw", C::elapsed_raw, S::number, true},
    Name{"NNodes", C::nodes, S::number},
    Name{"AllocNodes", C::nodes, S::number},
    Name{"NCPUS", C::cpus, S::number},
    Name{"AllocCPUS", C::cpus, S::number},
    Name{"AllocTRES", C::alloc_tres, S::tres, true},
    Name{"AllocGRES", C::alloc_gres, S::text},
    Name{"ReqTRES", C::asked_tres, S::tres},
    Name{"ReqGRES", C::asked_gres, S::text},
    Name{"SubmitLine", C::submit_line, S::free},
    Name{"ConsumedEnergy", C::energy, S::number},
    Name{"ConsumedEnergyRaw", C::energy_raw, S::number, true},
    Name{"AdminComment", {}, S::free},
    Name{"Comment", {}, S::free},
    Name{"Constraints", {}, S::free},
    Name{"Container", {}, S::free},
    Name{"Extra", {}, S::free},
    Name{"Licenses", {}, S::free},
    Name{"SystemComment", {}, S::free},
    Name{"WCKey", {}, S::free},
    Name{"StdErr", {}, S::path},
    Name{"StdIn", {}, S::path},
    Name{"StdOut", {}, S::path},
    Name{"WorkDir", {}, S::path},
    Name{"Eligible", {}, S::time},
    Name{"Submit", {}, S::time},
    Name{"CPUTime", {}, S::elapsed},
    Name{"MinCPU", {}, S::elapsed},
    Name{"AveCPU", {}, S::elapsed},
    Name{"Planned", {}, S::elapsed},
    Name{"PlannedCPU", {}, S::elapsed},
    Name{"Suspended", {}, S::elapsed},
    Name{"SystemCPU", {}, S::elapsed},
    Name{"Timelimit", {}, S::elapsed},
    Name{"TotalCPU", {}, S::elapsed},
    Name{"UserCPU", {}, S::elapsed},
    Name{"AssocID", {}, S::number},
    Name{"CPUTimeRAW", {}, S::number},
    Name{"DBIndex", {}, S::number},
    Name{"GID", {}, S::number},
    Name{"MaxRSS", {}, S::number},
    Name{"AveRSS", {}, S::number},
    Name{"MaxVMSize", {}, S::number},
    Name{"AveVMSize", {}, S::number},
    Name{"NTasks", {}, S::number},
    Name{"PlannedCPURAW", {}, S::number},
    Name{"Priority", {}, S::number},
    Name{"QOSRAW", {}, S::number},
    Name{"ReqCPUS", {}, S::number},
    Name{"ReqMem", {}, S::number},
    Name{"ReqNodes", {}, S::number},
    Name{"ReservationId", {}, S::number},
    Name{"Restarts", {}, S::number},
    Name{"TimelimitRaw", {}, S::number},
    Name{"UID", {}, S::number},
    Name{"WCKeyID", {}, S::number},
    Name{"ExitCode", {}, S::pair},
    Name{"DerivedExitCode", {}, S::pair},
    Name{"BlockID", {}, S::text},
    Name{"FailedNode", {}, S::text},
    Name{"Flags", {}, S::text},
    Name{"Group", {}, S::text},
    Name{"Layout", {}, S::text},
    Name{"McsLabel", {}, S::text},
    Name{"QOSREQ", {}, S::text},
    Name{"Reason", {}, S::text},
    Name{"Reservation", {}, S::text},
    Name{"SLUID", C::sluid, S::word},
    Name{"User", {}, S::word},
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

std::size_t SlurmHeader::id_column() const {
  const C wanted = has(C::job_id) ? C::job_id : C::job_id_raw;
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.slurm == wanted; });
  return static_cast<std::size_t>(found - columns.begin());
}

bool SlurmHeader::spans_lines() const {
  return !quoted && std::any_of(columns.begin(), columns.end(),
                        [](const Column& c) { return c.shape == CellShape::free; });
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
  if ((static_cast<unsigned char>(header.delimiter) & 0x80) != 0) {
    std::size_t end = line.find(header.delimiter);
    const std::size_t begin = end;
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0x80) != 0) ++end;
    return Error{ErrorKind::malformed, {},
        "has the delimiter " + in_quotes(line.substr(begin, end - begin)) + ", which is more than one byte",
        "run sacct -P without --delimiter: " + std::string(command)};
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
    if (name != nullptr) column.shape = name->shape;
    header.columns.push_back(std::move(column));
  }
  const auto frees = std::count_if(header.columns.begin(), header.columns.end(),
      [&](const SlurmHeader::Column& c) { return may_hold_delimiter(c.shape, header.delimiter); });
  header.joins = frees == 1 && may_hold_delimiter(header.columns.back().shape, header.delimiter);
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
