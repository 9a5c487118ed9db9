// SPDX-License-Identifier: MIT
#include "measure/visible_gpus.hpp"

#include <algorithm>
#include <charconv>

#include "footpound/base/error.hpp"

namespace footpound::measure {

namespace {

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<VisibleGpu> parse_entry(std::string_view entry) {
  if (begins(entry, "GPU-")) return VisibleGpu{std::nullopt, std::string(entry), {}};
  // older drivers: MIG-GPU-<uuid>/<instance>/<instance>
  if (begins(entry, "MIG-GPU-")) {
    const std::string_view uuid = entry.substr(4);
    return VisibleGpu{std::nullopt, std::string(uuid.substr(0, uuid.find('/'))), {}};
  }
  if (begins(entry, "MIG-")) return VisibleGpu{std::nullopt, {}, std::string(entry)};
  unsigned index = 0;
  const auto [end, error] = std::from_chars(entry.data(), entry.data() + entry.size(), index);
  if (entry.empty() || error != std::errc{} || end != entry.data() + entry.size()) return std::nullopt;
  return VisibleGpu{index, {}, {}};
}

std::optional<std::size_t> by_uuid(const std::vector<KnownGpu>& known, const std::string& uuid) {
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (begins(known[i].uuid, uuid)) return i;
  }
  return std::nullopt;
}

Choice all_of(const std::vector<KnownGpu>& known, std::string why) {
  Choice all;
  for (std::size_t i = 0; i < known.size(); ++i) all.chosen.push_back(i);
  all.notes.push_back("all GPUs of the node are counted: " + std::move(why));
  return all;
}

}  // namespace

std::vector<VisibleGpu> parse_visible_gpus(std::string_view text) {
  std::vector<VisibleGpu> out;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::optional<VisibleGpu> entry = parse_entry(trim(text.substr(0, comma)));
    if (!entry) return out;
    out.push_back(*entry);
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

Choice choose_gpus(const std::vector<KnownGpu>& known, const std::vector<VisibleGpu>& visible,
    const std::optional<std::string>& order, const std::vector<std::optional<std::size_t>>& parents) {
  // one that the driver has lost has no name
  const auto named =
      std::find_if(known.begin(), known.end(), [](const KnownGpu& gpu) { return !gpu.name.empty(); });
  const bool alike = std::all_of(known.begin(), known.end(),
      [&](const KnownGpu& gpu) { return gpu.name.empty() || gpu.name == named->name; });
  const bool same_order = alike || order == "PCI_BUS_ID";
  Choice out;
  std::size_t next_parent = 0;
  for (const VisibleGpu& entry : visible) {
    std::optional<std::size_t> found;
    std::string entry_text = entry.uuid;
    if (entry.index) {
      entry_text = std::to_string(*entry.index);
      if (!same_order) {
        return all_of(known,
            "CUDA_VISIBLE_DEVICES names them by number, the GPUs are of different "
            "kinds, and CUDA_DEVICE_ORDER is not PCI_BUS_ID");
      }
      if (*entry.index < known.size()) found = *entry.index;
    } else if (!entry.mig.empty()) {
      entry_text = entry.mig;
      found = parents[next_parent++];
      if (!found) return all_of(known, "the GPU of the slice " + in_quotes(entry.mig) + " is not known");
    } else {
      found = by_uuid(known, entry.uuid);
    }
    if (!found) {
      out.notes.push_back("CUDA_VISIBLE_DEVICES names " + in_quotes(entry_text) + ", which is not there");
      break;
    }
    if (std::find(out.chosen.begin(), out.chosen.end(), *found) == out.chosen.end()) {
      out.chosen.push_back(*found);
    }
  }
  std::sort(out.chosen.begin(), out.chosen.end());
  return out;
}

}  // namespace footpound::measure
