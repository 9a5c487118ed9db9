// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_devices.hpp"

#include <algorithm>
#include <string>

#include "units/number_text.hpp"

namespace footpound {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string count_text(double count) {
  std::string text;
  append_number(text, count);
  return text;
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// One kind of device more; the same kind under two names (a whole one and a slice) is one group.
Result<void> add(SlurmDevices& devices, std::string_view accelerator, double count) {
  if (count == 0) return {};
  const auto end = devices.groups.begin() + static_cast<std::ptrdiff_t>(devices.group_count);
  const auto found = std::find_if(
      devices.groups.begin(), end, [&](const DeviceGroup& g) { return g.accelerator == accelerator; });
  if (found != end) {
    found->count += count;
    return {};
  }
  if (devices.group_count == devices.groups.size()) {
    return Error{ErrorKind::refused, {},
        "holds more than " + std::to_string(devices.groups.size()) + " kinds of accelerators", {}};
  }
  devices.groups[devices.group_count++] = {accelerator, count};
  return {};
}

Result<void> add_typed(SlurmDevices& devices, std::string_view type, double count, const SiteMap* site,
    std::string_view untyped, bool type_needed) {
  if (const SiteEntry* entry = site == nullptr ? nullptr : site->gres(type)) {
    return add(devices, entry->accelerator, count * entry->share.value_or(1));
  }
  const std::optional<MigSlice> mig = parse_mig(type);
  if (!mig) return add(devices, type, count);
  std::string_view device = mig->device.empty() ? untyped : mig->device;
  const SiteEntry* entry = site == nullptr ? nullptr : site->gres(device);
  if (entry != nullptr) device = entry->accelerator;
  if (device.empty() && type_needed) {
    return Error{ErrorKind::missing, {}, "gres/gpu:" + std::string(type) + " is a slice of an unknown device",
        "name the device in section \"gres\" of --map FILE, or with --gpu"};
  }
  return add(devices, device, count * mig->share);
}

// The untyped entry is the total of the same GPUs that the typed ones name: never a sum.
Result<void> add_gpus(
    SlurmDevices& devices, double total, double typed, std::string_view untyped, bool type_needed) {
  if (total == 0) return {};
  if (typed > total) {
    return Error{ErrorKind::malformed, {},
        "has " + count_text(typed) + " GPUs by type, but " + count_text(total) + " in all", {}};
  }
  if (typed > 0) {
    if (typed == total) return {};
    return Error{ErrorKind::missing, {},
        "has " + count_text(total) + " GPUs, of which only " + count_text(typed) + " have a type",
        "which are the others? split the record, or let the site track all types (AccountingStorageTRES)"};
  }
  if (untyped.empty() && type_needed) {
    return Error{ErrorKind::missing, {},
        "has " + count_text(total) + (total == 1 ? " GPU" : " GPUs") + " of no type",
        "name it by partition or node in --map FILE, or with --gpu"};
  }
  return add(devices, untyped, total);
}

// A fraction of a device, counted as the site pleases: only its map can tell.
Result<void> add_share(SlurmDevices& devices, const Tres::Gres& gres, const SiteMap* site) {
  const std::string_view family = gres.name.substr(0, gres.name.find(':'));
  const SiteEntry* entry = site == nullptr ? nullptr : site->gres(gres.name);
  if (entry == nullptr && site != nullptr) entry = site->gres(family);
  if (entry != nullptr && entry->share) return add(devices, entry->accelerator, gres.count * *entry->share);
  const std::string name(gres.name);
  return Error{ErrorKind::missing, {},
      "gres/" + name + "=" + count_text(gres.count) + " are parts of a GPU of unknown size",
      R"(say what one is in --map FILE: {"gres": {")" + name +
          R"(": {"accelerator": "a100-sxm4-80gb", "share": 0.25}}})"};
}

// Compute slices of a whole device. Seven, but for the A30 and the RTX PRO 6000, whose
// profiles are told by their memory (NVIDIA, Multi-Instance GPU User Guide).
double slices_of(std::string_view profile) {
  for (const std::string_view quarter : {"1g.6gb", "2g.12gb", "4g.24gb", "2g.48gb", "4g.96gb"}) {
    if (profile == quarter) return 4;
  }
  return 7;
}

}  // namespace

std::optional<MigSlice> parse_mig(std::string_view type) {
  // "Ng.Mgb" at the end, "+me" and the like behind it
  const std::string_view core = type.substr(0, type.find('+'));
  const std::size_t dot = core.rfind("g.");
  if (dot == std::string_view::npos || dot == 0 || !is_digit(core[dot - 1])) return std::nullopt;
  const std::string_view memory = core.substr(dot + 2);
  const std::size_t digits = std::min(memory.find_first_not_of("0123456789"), memory.size());
  if (digits == 0 || memory.substr(digits) != "gb") return std::nullopt;
  std::string_view device = core.substr(0, dot - 1);
  if (!device.empty() && device.back() != '_' && device.back() != '-' && device.back() != '.')
    return std::nullopt;
  // "1c.3g.20gb", a part of a slice: refused as an unknown type, its share is not in the name
  if (!device.empty() && device.back() == '.') return std::nullopt;
  if (!device.empty()) device.remove_suffix(1);
  const double slices = core[dot - 1] - '0';
  const double share = slices / slices_of(core.substr(dot - 1));
  if (!(share > 0 && share <= 1)) return std::nullopt;
  return MigSlice{device, share};
}

Result<SlurmDevices> slurm_devices(
    const Tres& tres, const SiteMap* site, std::string_view untyped, bool type_needed) {
  SlurmDevices devices;
  double total = 0;
  double typed = 0;
  for (std::size_t i = 0; i < tres.gres_count; ++i) {
    const Tres::Gres& gres = tres.gres[i];
    Result<void> done;
    if (gres.name == "gpu") {
      total = gres.count;
    } else if (starts_with(gres.name, "gpu:")) {
      typed += gres.count;
      done = add_typed(devices, gres.name.substr(4), gres.count, site, untyped, type_needed);
    } else if (starts_with(gres.name, "shard") || starts_with(gres.name, "mps")) {
      if (gres.count > 0) done = add_share(devices, gres, site);
    } else if (const SiteEntry* entry = site == nullptr ? nullptr : site->gres(gres.name)) {
      done = add(devices, entry->accelerator, gres.count * entry->share.value_or(1));
    } else {
      devices.uncounted_gres = devices.uncounted_gres || gres.count > 0;
    }
    if (!done) return done.error();
  }
  if (Result<void> done = add_gpus(devices, total, typed, untyped, type_needed); !done) return done.error();
  return devices;
}

}  // namespace footpound
