// SPDX-License-Identifier: MIT
#include "measure/logs/unread_logs.hpp"

#include <algorithm>
#include <array>

#include "base/letters.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

constexpr std::string_view log_nvidia =
    "log with nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -l 1";
constexpr std::string_view log_perf =
    "log with perf stat -x, -I 1000 -a -e power/energy-pkg/,power/energy-ram/";
constexpr std::string_view log_amd = "log with amd-smi metric --power --csv --watch 1";
constexpr std::string_view to_estimate = "it holds runs, not powers: footpound estimate reads it";

struct Unread {
  std::string_view mark;       // in small letters; in one of the first lines
  std::string_view also = {};  // another one, in the same or another of them
  std::string_view what;
  std::string_view instead;
};

// The more particular ones first.
constexpr std::array unread = {
    Unread{"<nvidia_smi_log", {}, "is one look of nvidia-smi -q -x (XML)", log_nvidia},
    Unread{"nvsmi log", {}, "is one look of nvidia-smi -q", log_nvidia},
    Unread{"nvidia-smi ", "driver version", "is nvidia-smi's table, one look for people", log_nvidia},
    Unread{"# gpu", "pid", "is nvidia-smi pmon, which knows no watts", log_nvidia},
    Unread{"rocm system management interface", {}, "is rocm-smi's table, one look for people", log_amd},
    Unread{"rocm-smi log", {}, "is rocm-smi's table, one look for people", log_amd},
    Unread{"\"card0\"", "power", "is rocm-smi --json, a look without its time", log_amd},
    Unread{"performance counter stats", {}, "is perf stat for people", log_perf},
    Unread{"counts unit events", {}, "is perf stat for people", log_perf},
    Unread{"joules power/energy", {}, "is perf stat for people", log_perf},
    Unread{"pkgwatt", {}, "is turbostat's, which is not read", log_perf},
    Unread{"pkg_j", {}, "is turbostat's, which is not read", log_perf},
    Unread{"energy consumed:", "domain", "is likwid-powermeter's, which is not read", log_perf},
    Unread{"power measurements will start", {}, "is powerstat's, which is not read", log_perf},
    Unread{"time    user  nice", "watts", "is powerstat's, which is not read", log_perf},
    Unread{"processor power_0", {}, "is Intel Power Gadget's, which is not read",
        "keep its columns Elapsed Time (sec) and Processor Power_0(Watt) in a CSV"},
    Unread{"package_0", "duration", "is pyJoules's, which is not read",
        "add up its microjoules: footpound estimate --measured-it-energy 0.0036kWh"},
    Unread{"instantaneous power reading", {}, "is ipmitool's, a look for people",
        "log a time and the watts of each look as CSV: time,power_w"},
    Unread{"powerconsumedwatts", {}, "is Redfish's JSON, one look",
        "log a time and PowerConsumedWatts of each look as CSV: time,power_w"},
    Unread{"powerwatts\"", "reading", "is Redfish's JSON, one look",
        "log a time and the watts of each look as CSV: time,power_w"},
    Unread{"# help dcgm_fi", {}, "is one look of dcgm-exporter",
        "query a range of it from Prometheus (api/v1/query_range), which is read"},
    Unread{"# type dcgm_fi", {}, "is one look of dcgm-exporter",
        "query a range of it from Prometheus (api/v1/query_range), which is read"},
    Unread{"dcgm_fi_dev_power_usage{", {}, "is one look of dcgm-exporter",
        "query a range of it from Prometheus (api/v1/query_range), which is read"},
    Unread{"#entity", {}, "is dcgmi dmon's, which has no times", log_nvidia},
    Unread{"\"query_time\"", "\"gpus\"", "is gpustat --json, one look", log_nvidia},
    Unread{"rapl_power_draw_absolute", {}, "is experiment-impact-tracker's, which is not read",
        "keep its columns timestamp and nvidia_draw_absolute in a CSV: time,power_w"},
    Unread{"carbontracker:", {}, "is carbontracker's output, whose energy holds its PUE",
        "give the log beside it, ..._carbontracker.log, whose watts do not"},
    Unread{"actual consumption for", {}, "is carbontracker's output, whose energy holds its PUE",
        "give the log beside it, ..._carbontracker.log, whose watts do not"},
    Unread{"energy_consumed", "emissions", "is CodeCarbon's emissions.csv", to_estimate},
    Unread{"power_consumption(kwh)", "duration(s)", "is eco2AI's emission.csv", to_estimate},
    Unread{"jobid|", {}, "is Slurm's accounting", to_estimate},
    Unread{"power tot", "uptime", "is jtop's, which is in milliwatts",
        "name its columns: --log-columns time,-,...,power_mw for the one of Power TOT"},
    Unread{"<?xml", "plist", "is powermetrics as plist",
        "write it as text: powermetrics -i 1000 (without -f plist)"},
};

constexpr std::array<std::string_view, 9> messages = {"unable to determine the device handle",
    "nvidia-smi has failed", "no devices were found", "failed to initialize nvml",
    "failed to properly shut down nvml", "gpu is lost", "gpu access blocked", "field \"", "unable to handle"};

}  // namespace

bool is_driver_message(std::string_view line) {
  const std::string text = lower_case(trimmed(line));
  return std::any_of(messages.begin(), messages.end(),
             [&](std::string_view message) { return text.compare(0, message.size(), message) == 0; }) ||
         text == "unknown error" || text.find("reboot the system to recover this gpu") != std::string::npos;
}

std::optional<Error> unread_log(Head head) {
  std::vector<std::string> lines;
  for (const std::string& line : head) lines.push_back(lower_case(line));
  const auto has = [&](std::string_view mark) {
    return std::any_of(lines.begin(), lines.end(),
        [&](const std::string& line) { return line.find(mark) != std::string::npos; });
  };
  for (const Unread& kind : unread) {
    if (has(kind.mark) && (kind.also.empty() || has(kind.also)))
      return Error{ErrorKind::malformed, {}, std::string(kind.what), std::string(kind.instead)};
  }
  for (const std::string& line : head) {
    if (is_driver_message(line)) {
      return Error{ErrorKind::malformed, {},
          "holds nvidia-smi's message " + in_quotes(trimmed(line)) + " and no readings",
          "look after the driver or the query, and log again"};
    }
  }
  return std::nullopt;
}

}  // namespace footpound::measure
