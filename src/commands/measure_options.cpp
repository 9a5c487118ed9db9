// SPDX-License-Identifier: MIT
#include "commands/measure_options.hpp"

#include "measure/logs/log_format.hpp"

namespace footpound {

void MeasureOptions::add(CLI::App& app) {
  std::string meter_names;
  for (const measure::MeterRow& row : measure::meters())
    meter_names += (meter_names.empty() ? "" : ", ") + std::string(row.name);
  std::string formats;
  for (const measure::LogFormat* format : measure::log_formats())
    formats += (formats.empty() ? "" : ", ") + std::string(format->name);

  const std::string what = "What to measure (or a command behind --)";
  app.add_option("--for", length, "no command: measure the machine for so long")
      ->type_name("DURATION")
      ->group(what);
  app.add_option("--log", log, "no command: read a power log; - is standard input")
      ->type_name("FILE")
      ->group(what);
  app.add_option("--log-format", log_format,
         formats + "; by default known by content; `footpound list log-formats` tells of them")
      ->type_name("FORMAT")
      ->group(what);
  app.add_option("--log-columns", log_columns,
         "a log without header: its columns, timestamp,uuid,power_w (- for one to pass over)")
      ->type_name("LIST")
      ->group(what);
  app.add_option("--log-part", log_part,
         "what a plain series of watts is of: node (default), accelerator, cpu, memory")
      ->type_name("PART")
      ->group(what);

  const std::string how = "How to measure";
  app.add_option("--meters", meters, "only these: " + meter_names)->type_name("LIST")->group(how);
  app.add_option("--interval", interval, "between two looks (default 100ms; 10ms to 60s)")
      ->type_name("DURATION")
      ->group(how);
  app.add_flag("--all-gpus", all_gpus, "count GPUs that CUDA_VISIBLE_DEVICES hides, too")->group(how);
  app.add_option("--sysfs-root", places.sysfs_root)->group("");
  app.add_option("--nvml-library", places.nvml_library)->group("");

  const std::string whole = "The whole run";
  app.add_option("--covers", covers, "share of the whole run that is measured: 3%, 100/10000 (steps)")
      ->type_name("SHARE")
      ->group(whole);
  app.add_option("--total-hours", total_hours, "length of the whole run")
      ->type_name("DURATION")
      ->group(whole);
  app.add_option("--warm-up", warm_up, "left out of the steady power (default: found by rule)")
      ->type_name("DURATION")
      ->group(whole);

  const std::string out = "Record";
  app.add_option("--record", record,
         "write the record, a spec for `estimate`, to a file (without a command: standard output)")
      ->type_name("FILE")
      ->group(out);
  app.add_option("--trace", trace, "write every reading to a file, as NDJSON")->type_name("FILE")->group(out);

  estimate.session.add_run(app, nullptr);
  estimate.output.add(app);
}

}  // namespace footpound
