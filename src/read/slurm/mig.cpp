// SPDX-License-Identifier: MIT
#include "read/slurm/mig.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/letters.hpp"

namespace footpound {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Those that are not cut in seven (NVIDIA, Multi-Instance GPU User Guide, "Supported GPUs").
struct Device {
  std::string_view name;  // without what stands between letters and digits
  int instances;
};
constexpr std::array devices = {
    Device{"a30", 4}, Device{"rtxpro6000", 4}, Device{"rtxpro5000", 2}, Device{"rtxpro4500", 2}};
constexpr int most_instances = 7;

// Of no device: the A30's and the RTX PRO 6000's own; null where others have one of that size too.
struct Profile {
  std::string_view name;
  int instances;
};
constexpr std::array profiles = {Profile{"1g.6gb", 4}, Profile{"2g.12gb", 4}, Profile{"4g.24gb", 4},
    Profile{"4g.96gb", 4}, Profile{"1g.24gb", 0}, Profile{"2g.48gb", 0}, Profile{"1g.16gb", 0},
    Profile{"2g.32gb", 0}};

int instances_of_device(std::string_view device) {
  std::string name;
  for (const char c : device) {
    if (is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z')) name += lower(c);
  }
  for (const Device& known : devices) {
    const std::size_t at = name.find(known.name);
    if (at == std::string::npos) continue;
    const std::size_t behind = at + known.name.size();
    if (behind == name.size() || !is_digit(name[behind])) return known.instances;  // an A30 is no A3000
  }
  return most_instances;
}

int instances_of_profile(std::string_view profile) {
  const auto found = std::find_if(
      profiles.begin(), profiles.end(), [&](const Profile& p) { return same_without_case(p.name, profile); });
  return found == profiles.end() ? most_instances : found->instances;
}

}  // namespace

std::optional<MigSlice> parse_mig(std::string_view type) {
  // "Ng.Mgb" at the end; "+me", ".me" and the like behind it
  if (type.find('.') == std::string_view::npos) return std::nullopt;  // most types
  const std::string folded = lower_case(type);
  const std::size_t dot = folded.rfind("g.");
  if (dot == std::string::npos || dot == 0 || !is_digit(folded[dot - 1])) return std::nullopt;
  const std::size_t memory = dot + 2;
  const std::size_t unit = std::min(folded.find_first_not_of("0123456789", memory), folded.size());
  if (unit == memory || folded.compare(unit, 2, "gb") != 0) return std::nullopt;
  const std::size_t end = unit + 2;
  if (end < folded.size() && std::string_view("+.-_").find(folded[end]) == std::string_view::npos)
    return std::nullopt;
  std::string_view device = type.substr(0, dot - 1);
  const std::string_view profile = type.substr(dot - 1, end - (dot - 1));
  if (!device.empty()) {
    // "1c.3g.20gb", a part of a slice: refused as an unknown type, its share is not in the name
    if (device.back() != '_' && device.back() != '-') return std::nullopt;
    device.remove_suffix(1);
  }
  const int slices = profile.front() - '0';
  if (slices < 1 || slices > most_instances) return std::nullopt;
  return MigSlice{device, profile};
}

std::optional<double> mig_share(std::string_view profile, std::string_view device) {
  const int slices = profile.front() - '0';
  const int instances = device.empty() ? instances_of_profile(profile) : instances_of_device(device);
  if (slices < 1 || slices > instances) return std::nullopt;
  return static_cast<double>(slices) / instances;
}

}  // namespace footpound
