// SPDX-License-Identifier: MIT
#include "measure/sysfs_meter.hpp"

#include "measure/sysfs.hpp"

namespace footpound::measure {

namespace {

Result<Reading> reading_of(const SysfsDevice& source) {
  const Result<std::uint64_t> value = read_number_of(source.path);
  if (!value) return value.error();
  if (source.counts) return Reading(Count{*value});
  return plausible(source.device, watts(static_cast<double>(*value) / 1e6));
}

}  // namespace

SysfsMeter::SysfsMeter(std::vector<SysfsDevice> sources) : sources_(std::move(sources)) {
  for (const SysfsDevice& source : sources_) devices_.push_back(source.device);
}

Result<Reading> SysfsMeter::read(std::size_t device) { return reading_of(sources_[device]); }

Result<Opened> open_sysfs_meter(std::vector<SysfsDevice> sources) {
  Opened out;
  std::optional<Error> first_error;
  bool any = false;
  for (const SysfsDevice& source : sources) {
    const Result<Reading> value = reading_of(source);
    any = any || static_cast<bool>(value);
    if (value) continue;
    if (!first_error) first_error = value.error();
    out.notes.push_back(source.device.id + " cannot be read: " + message(value.error()));
  }
  if (!any) return *first_error;
  // one that fails now stays in: its part is then known to be incomplete
  out.meter = std::make_unique<SysfsMeter>(std::move(sources));
  return out;
}

}  // namespace footpound::measure
