// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_devices.hpp"

#include <algorithm>
#include <string>

#include "base/letters.hpp"
#include "read/slurm/mig.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string count_text(double count) {
  std::string text;
  append_number(text, count);
  return text;
}

// One gres after the other of one job, with what is known beside them.
class DeviceReader {
 public:
  explicit DeviceReader(const DeviceNames& names) : names_(names) {}

  Result<SlurmDevices> read(const Tres& tres) {
    if (Result<void> done = add_family(tres, {"gpu", false}); !done) return done.error();
    bool has_shares = false;
    for (std::size_t i = 0; i < tres.gres_count; ++i) {
      const Tres::Gres& gres = tres.gres[i];
      if (is_of_family(gres.name, "gpu")) continue;
      if (is_gpu_gres(gres.name)) {
        has_shares = true;
        continue;
      }
      if (Result<void> done = add_other(gres); !done) return done.error();
    }
    if (!has_shares) return devices_;
    for (const Family& family : {Family{"shard", true}, Family{"mps", true}}) {
      if (Result<void> done = add_family(tres, family); !done) return done.error();
    }
    return devices_;
  }

 private:
  struct Family {
    std::string_view name;
    bool is_share;  // parts of GPUs, as the site cut them
  };

  const SiteEntry* mapped(std::string_view gres) const {
    return names_.site == nullptr ? nullptr : names_.site->gres(gres);
  }

  // One kind of device more; the same kind under two names (a whole one and a slice) is one group.
  Result<void> add(std::string_view accelerator, double count) {
    if (count == 0) return {};
    const auto end = devices_.groups.begin() + static_cast<std::ptrdiff_t>(devices_.group_count);
    const auto found = std::find_if(devices_.groups.begin(), end,
        [&](const DeviceGroup& g) { return same_without_case(g.accelerator, accelerator); });
    if (found != end) {
      found->count += count;
      return {};
    }
    if (devices_.group_count == devices_.groups.size()) {
      return Error{ErrorKind::refused, {},
          "holds more than " + std::to_string(devices_.groups.size()) + " kinds of accelerators", {}};
    }
    devices_.groups[devices_.group_count++] = {accelerator, count};
    return {};
  }

  // The untyped entry of a family is the total of the same devices that its typed ones name: never a sum.
  Result<void> add_family(const Tres& tres, const Family& family) {
    double total = 0;
    double typed = 0;
    bool has_total = false;
    for (std::size_t i = 0; i < tres.gres_count; ++i) {
      const Tres::Gres& gres = tres.gres[i];
      if (!is_of_family(gres.name, family.name)) continue;
      if (gres.name.size() == family.name.size()) {
        total = gres.count;
        has_total = true;
        continue;
      }
      typed += gres.count;
      const std::string_view type = gres.name.substr(family.name.size() + 1);
      Result<void> done = family.is_share ? add_share(gres) : add_typed(type, gres.count);
      if (!done) return done;
    }
    if (!has_total || total == typed) return {};
    const std::string what = family.is_share ? "gres/" + std::string(family.name) : "GPUs";
    if (typed > total) {
      return Error{ErrorKind::malformed, {},
          "has " + count_text(typed) + " " + what + " by type, but " + count_text(total) + " in all", {}};
    }
    if (typed > 0) {
      return Error{ErrorKind::missing, {},
          "has " + count_text(total) + " " + what + ", of which only " + count_text(typed) + " have a type",
          "which are the others? split the record, or let the site track all types (AccountingStorageTRES)"};
    }
    return family.is_share ? add_share({family.name, total}) : add_untyped(total);
  }

  Result<void> add_typed(std::string_view type, double count) {
    const SiteEntry* entry = mapped(type);
    const std::optional<MigSlice> mig = parse_mig(type);
    if (entry != nullptr && (entry->share || !mig))
      return add(entry->accelerator, count * entry->share.value_or(1));
    if (!mig) return add(placed(type), count);
    std::string_view device = entry != nullptr      ? std::string_view(entry->accelerator)
                              : mig->device.empty() ? names_.untyped
                                                    : placed(mig->device);
    if (const SiteEntry* whole = mapped(device)) device = whole->accelerator;
    const std::optional<double> share = mig_share(mig->profile, device);
    if (!share && !device.empty()) return add(type, count);  // there is no such slice: told as unknown
    if (!share || (device.empty() && names_.type_needed)) {
      return Error{ErrorKind::missing, {},
          "gres/gpu:" + std::string(type) + " is a slice of an unknown device",
          "name the device in section \"gres\" of --map FILE, or with --gpu"};
    }
    return add(device, count * *share);
  }

  std::string_view placed(std::string_view type) const {
    return may_be(type, names_.placed) ? names_.placed : type;
  }

  Result<void> add_untyped(double total) {
    if (names_.untyped.empty() && names_.type_needed) {
      return Error{ErrorKind::missing, {},
          "has " + count_text(total) + (total == 1 ? " GPU" : " GPUs") + " of no type",
          "name it by partition or node in --map FILE, or with --gpu"};
    }
    return add(names_.untyped, total);
  }

  // A fraction of a device, counted as the site pleases: only its map can tell.
  Result<void> add_share(const Tres::Gres& gres) {
    if (gres.count == 0) return {};
    const SiteEntry* entry = mapped(gres.name);
    if (entry == nullptr) entry = mapped(gres_family(gres.name));
    if (entry != nullptr && entry->share) return add(entry->accelerator, gres.count * *entry->share);
    const std::string name(gres.name);
    return Error{ErrorKind::missing, {},
        "gres/" + name + "=" + count_text(gres.count) + " are parts of a GPU of unknown size",
        R"(say what one is in --map FILE: {"gres": {")" + name +
            R"(": {"accelerator": "a100-sxm4-80gb", "share": 0.25}}})"};
  }

  Result<void> add_other(const Tres::Gres& gres) {
    const SiteEntry* entry = mapped(gres.name);
    if (entry == nullptr) {
      devices_.uncounted_gres = devices_.uncounted_gres || gres.count > 0;
      return {};
    }
    if (gres.count == Tres::no_count) {
      return Error{ErrorKind::bad_value, {}, "gres/" + std::string(gres.name) + " has no count",
          "leave it out of section \"gres\" of --map FILE if it is no accelerator"};
    }
    return add(entry->accelerator, gres.count * entry->share.value_or(1));
  }

  const DeviceNames& names_;
  SlurmDevices devices_;
};

// The next run of letters or of digits of a name; "" at its end.
std::string_view next_word(std::string_view& name) {
  std::size_t begin = 0;
  while (begin < name.size() && !is_letter(name[begin]) && !is_digit(name[begin])) ++begin;
  std::size_t end = begin;
  if (end < name.size()) {
    const bool of_digits = is_digit(name[begin]);
    while (end < name.size() && (of_digits ? is_digit(name[end]) : is_letter(name[end]))) ++end;
  }
  const std::string_view word = name.substr(begin, end - begin);
  name.remove_prefix(end);
  return word;
}

// Words that a driver writes in front of every name of its make.
bool is_maker(std::string_view word) {
  constexpr std::array makers = {
      std::string_view("nvidia"), std::string_view("amd"), std::string_view("intel")};
  return std::any_of(
      makers.begin(), makers.end(), [&](std::string_view maker) { return same_without_case(word, maker); });
}

}  // namespace

double SlurmDevices::count() const {
  double sum = 0;
  for (std::size_t i = 0; i < group_count; ++i) sum += groups[i].count;
  return sum;
}

bool may_be(std::string_view type, std::string_view accelerator) {
  if (accelerator.empty()) return false;
  std::string_view word = next_word(type);
  if (is_maker(word)) word = next_word(type);
  if (word.empty()) return false;
  while (!word.empty()) {
    std::string_view other = next_word(accelerator);
    while (!other.empty() && !same_without_case(word, other)) other = next_word(accelerator);
    if (other.empty()) return false;
    word = next_word(type);
  }
  return true;
}

Result<SlurmDevices> slurm_devices(const Tres& tres, const DeviceNames& names) {
  return DeviceReader(names).read(tres);
}

}  // namespace footpound
