// SPDX-License-Identifier: MIT
#include "read/unread_formats.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/letters.hpp"
#include "read/slurm/slurm_reader.hpp"
#include "text/delimited_text.hpp"

namespace footpound {

namespace {

using View = std::string_view;

bool starts_with(View text, View start) { return text.substr(0, start.size()) == start; }
bool holds(View text, View part) { return text.find(part) != View::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

View first_line(View head) {
  View line = head.substr(0, head.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// JSON with all of these keys, and none by which it would be a stream of runs.
bool is_json_with(View head, std::initializer_list<View> keys) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == View::npos || (head[begin] != '{' && head[begin] != '[')) return false;
  const auto has = [&](View key) { return holds(head, '"' + std::string(key) + '"'); };
  return std::all_of(keys.begin(), keys.end(), has) && !has("hours") && !has("energy_kwh");
}

bool is_gzip(View head) { return starts_with(head, "\x1f\x8b"); }
bool is_zstd(View head) { return starts_with(head, "\x28\xb5\x2f\xfd"); }
bool is_xz(View head) {
  return starts_with(head, View("\xfd"
                                "7zXZ\0",
                               6));
}
bool is_bzip2(View head) { return starts_with(head, "BZh") && holds(head.substr(0, 16), "1AY&SY"); }
bool is_zip(View head) { return starts_with(head, "PK\x03\x04"); }
bool is_utf16(View head) {
  if (starts_with(head, "\xff\xfe") || starts_with(head, "\xfe\xff")) return true;
  return head.size() >= 4 && ((head[0] == '\0' && head[2] == '\0') || (head[1] == '\0' && head[3] == '\0'));
}

bool is_squeue_json(View head) {
  return is_json_with(head, {"jobs"}) &&
         (holds(head, "\"tres_alloc_str\"") || holds(head, "\"tres_req_str\"") ||
             holds(head, "\"accrue_time\""));
}
bool is_squeue(View head) {
  const View line = first_line(head);
  return holds(line, "JOBID") && holds(line, "PARTITION") && holds(line, "NODELIST") &&
         !contains_without_case(line, "elapsed");
}
bool is_scontrol(View head) { return starts_with(head, "JobId="); }
bool is_seff(View head) { return starts_with(head, "Job ID: "); }
bool is_sreport(View head) {
  return holds(head.substr(0, 400), "\nUsage reported in ") || holds(first_line(head), "TRES Name");
}
bool is_sacctmgr(View head) {
  return holds(first_line(head), "GrpTRES") || holds(first_line(head), "Def QOS");
}
bool is_yaml(View head) {
  return (starts_with(head, "jobs:") || starts_with(head, "---")) && holds(head, "job_id:");
}
bool is_disabled(View head) { return starts_with(head, "Slurm accounting storage is disabled"); }

bool is_pbs(View head) {
  constexpr View date = "00/00/0000 00:00:00;";
  const auto fits = [&] {
    for (std::size_t i = 0; i < date.size(); ++i) {
      if (date[i] == '0' ? !is_digit(head[i]) : head[i] != date[i]) return false;
    }
    return true;
  };
  return starts_with(head, "Job Id: ") || is_json_with(head, {"pbs_version"}) ||
         (head.size() > date.size() && fits());
}
bool is_lsf(View head) {
  const View line = first_line(head);
  return starts_with(head, "Accounting information about jobs") || starts_with(head, "Job <") ||
         starts_with(head, "\"JOB_FINISH\"") || starts_with(head, "Summary of time in seconds spent") ||
         is_json_with(head, {"COMMAND", "RECORDS"}) || (holds(line, "JOBID") && holds(line, "FROM_HOST"));
}
bool is_sge(View head) {
  const View line = first_line(head);
  const auto colons = std::count(line.begin(), line.end(), ':');
  return (starts_with(head, "=====") && holds(head, "\nqname ")) || starts_with(head, "job-ID ") ||
         (colons >= 40 && !holds(line, "|"));
}
bool is_condor(View head) {
  return is_json_with(head, {"ClusterId", "ProcId"}) ||
         (holds(head, "\nClusterId = ") && holds(head, "\nProcId = ")) ||
         (holds(first_line(head), "OWNER") && holds(first_line(head), "RUN_TIME"));
}
bool is_oar(View head) {
  return is_json_with(head, {"array_id", "walltime"}) || is_json_with(head, {"Job_Id", "walltime"}) ||
         starts_with(head, "Job_Id: ");
}

// In front of where sacct's own begins, within the first lines.
bool has_lines_in_front(View head) {
  for (int lines = 0; lines < 30; ++lines) {
    const std::size_t end = head.find('\n');
    if (end == View::npos) return false;
    head.remove_prefix(end + 1);
    if (looks_like_slurm(head) || looks_like_slurm_json(head)) return true;
  }
  return false;
}
bool is_behind_other_lines(View head) {
  return !looks_like_slurm(head) && !looks_like_slurm_json(head) &&
         (starts_with(head, "sacct: ") || has_lines_in_front(head));
}

bool is_job_id(View cell) {
  return !cell.empty() && is_digit(cell.front()) &&
         cell.find_first_not_of("0123456789_+.[]%,-abcdefghijklmnopqrstuvwxyz") == View::npos;
}
bool is_word_of_sacct(View cell) {
  constexpr std::array words = {View("COMPLETED"), View("FAILED"), View("RUNNING"), View("PENDING"),
      View("TIMEOUT"), View("OUT_OF_MEMORY"), View("NODE_FAIL"), View("PREEMPTED")};
  return std::find(words.begin(), words.end(), cell) != words.end() || starts_with(cell, "CANCELLED") ||
         starts_with(cell, "billing=") || starts_with(cell, "cpu=");
}
bool is_headless(View head) {
  const View line = first_line(head);
  if (line.empty() || holds(line, "\"")) return false;
  for (const char delimiter : {'|', '\t', ';'}) {
    const std::vector<std::string> cells = first_row(line, delimiter);
    if (cells.size() < 3) continue;
    if (std::any_of(cells.begin(), cells.end(), is_job_id) &&
        std::any_of(cells.begin(), cells.end(), is_word_of_sacct))
      return true;
  }
  return false;
}

struct Unread {
  bool (*recognises)(View head);
  const char* what;
  const char* instead;
};

// Asked in this order.
constexpr std::array unread = {
    Unread{is_gzip, "is compressed (gzip)", "pipe it: zcat FILE | footpound ... -"},
    Unread{is_zstd, "is compressed (zstd)", "pipe it: zstdcat FILE | footpound ... -"},
    Unread{is_xz, "is compressed (xz)", "pipe it: xzcat FILE | footpound ... -"},
    Unread{is_bzip2, "is compressed (bzip2)", "pipe it: bzcat FILE | footpound ... -"},
    Unread{is_zip, "is a ZIP archive (so is a spreadsheet)", "unpack it; of a spreadsheet, save CSV"},
    Unread{is_utf16, "is text in UTF-16", "pipe it: iconv -f UTF-16 -t UTF-8 FILE | footpound ... -"},
    Unread{is_squeue_json, "is of squeue or scontrol, which say how jobs stand, not what they used",
        "use sacct --json, or sacct -P"},
    Unread{is_squeue, "is of squeue, which says how jobs stand, not what they used", "use sacct -P"},
    Unread{is_scontrol, "is of scontrol, which says how jobs stand, not what they used", "use sacct -P"},
    Unread{is_seff, "is of seff, one job in words", "use sacct -P -j JOBID"},
    Unread{is_sreport, "is of sreport, sums without the jobs' hardware",
        "use sacct -a -X -P, and footpound summarize --by account"},
    Unread{is_sacctmgr, "is of sacctmgr, which knows accounts and no jobs", "use sacct -P"},
    Unread{is_yaml, "is sacct's YAML", "use sacct --json, or sacct -P"},
    Unread{is_disabled, "says that Slurm keeps no accounts",
        "there is nothing to read: ask the cluster's operators"},
    Unread{is_pbs, "is of PBS, which is not read",
        "write CSV with columns name, hours (resources_used.walltime), gpus "
        "(Resource_List.ngpus), gpu, cpu_cores (ncpus)"},
    Unread{is_lsf, "is of LSF, which is not read",
        "write CSV with columns name, hours (RUN_TIME), gpus (GPU_NUM), gpu, cpu_cores "
        "(SLOTS)"},
    Unread{is_sge, "is of Grid Engine (SGE), which is not read",
        "write CSV with columns name, hours (ru_wallclock), gpus (-l gpu), gpu, cpu_cores "
        "(slots)"},
    Unread{is_condor, "is of HTCondor, which is not read",
        "write CSV with columns name, hours (RemoteWallClockTime), gpus (RequestGPUs), "
        "gpu, "
        "cpu_cores (RequestCpus)"},
    Unread{is_oar, "is of OAR, which is not read",
        "write CSV with columns name, hours (stopTime - startTime), gpus, gpu, cpu_cores"},
    Unread{is_behind_other_lines, "has other lines in front of what sacct wrote",
        "delete them; sacct's messages go to stderr: keep them out of the file (2>errors)"},
    Unread{is_headless, "holds sacct's rows without their header",
        "run sacct without -n, or name the columns in their order: --in sacct --fields "
        "JobID,State,ElapsedRaw,..."},
};

}  // namespace

std::optional<Error> unread_format(View head) {
  const auto found =
      std::find_if(unread.begin(), unread.end(), [&](const Unread& u) { return u.recognises(head); });
  if (found == unread.end()) return std::nullopt;
  std::string what = found->what;
  if (found->recognises == is_behind_other_lines) what += ": " + in_quotes(first_line(head));
  return Error{ErrorKind::malformed, {}, std::move(what), found->instead};
}

}  // namespace footpound
