// SPDX-License-Identifier: MIT
// What scheduler records lack and a site knows (--map FILE, a JSON object):
//   {"partition": {"h100": {"accelerator": "h100-sxm", "cpu": "epyc-9654", "pue": 1.2, "region": "DE"}},
//    "node":      {"gpu[01-16]": {"accelerator": "a100-sxm4-80gb"}, "fat*": {"cpu": "xeon-8358"}},
//    "gres":      {"tesla": "v100-sxm2-32gb", "shard": {"accelerator": "l4", "share": 0.125}}}
// A node says more than its partition, a longer prefix more than a shorter one; all are defaults for what
// the record does not say. Names ignore case; the same name twice, in whatever case, is an error.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"
#include "io/spec_reader.hpp"

namespace footpound {

struct SiteEntry {
  std::string accelerator;  // "" = not said; so for all texts
  std::string cpu;
  std::string region;
  std::optional<double> pue;
  std::optional<double> share;  // of one accelerator, that a gres counts (a shard)
  bool operator==(const SiteEntry&) const = default;
};

class SiteMap {
 public:
  // Reads all of `text`; names are looked up in the catalog, so that a typo is told before a
  // long run and not once a record. Empty: all is well.
  std::optional<SpecError> read(std::string_view text, const Catalog& catalog);

  // nullptr where the map says nothing. Names are compared without case.
  const SiteEntry* partition(std::string_view name) const { return find(partitions_, name); }
  const SiteEntry* gres(std::string_view name) const { return find(gres_, name); }
  // What all nodes of a Slurm list have in common. Errors: they differ, or it is no list.
  Result<const SiteEntry*> nodes(std::string_view list) const;

 private:
  using Entries = std::map<std::string, SiteEntry, std::less<>>;
  friend class SiteMapReader;

  static const SiteEntry* find(const Entries& entries, std::string_view name);
  const SiteEntry* node(std::string_view name) const;

  Entries partitions_, gres_, nodes_;  // by lower-case name
  Entries prefixes_;                   // of nodes
  std::set<std::size_t, std::greater<>> prefix_lengths_;
};

}  // namespace footpound
