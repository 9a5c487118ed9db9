// SPDX-License-Identifier: MIT
// What scheduler records lack and a site knows (--map FILE, a JSON object):
//   {"cluster":   {"jean-zay": {"region": "FR", "pue": 1.2}},
//    "partition": {"h100": {"accelerator": "h100-sxm", "cpu": "epyc-9654", "gpus_per_node": 4}},
//    "node":      {"gpu[01-16]": {"accelerator": "a100-sxm4-80gb"}, "fat*": {"cpu": "xeon-8358"}},
//    "gres":      {"tesla": "v100-sxm2-32gb", "shard": {"accelerator": "l4", "share": 0.125}}}
// "account" and "qos" are sections as "cluster" is. A node says more than its partition, that more than its
// QOS, account and cluster, in this order, and a longer prefix more than a shorter one; all are defaults for
// what the record does not say. Names ignore case; the same name twice, in whatever case, is an error.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"
#include "read/spec_reader.hpp"

namespace footpound {

struct SiteEntry {
  std::string accelerator;  // "" = not said; so for all texts
  std::string cpu;
  std::string region;
  std::optional<double> pue;
  std::optional<double> gpus_per_node;  // of jobs that have whole nodes, where Slurm does not track GPUs
  std::optional<double> share;          // of one accelerator, that a gres counts (a shard)
  bool operator==(const SiteEntry&) const = default;
};

// What the map says of a job's nodes. What they do not agree on matters only to jobs that need it.
struct NodesEntry {
  const SiteEntry* common = nullptr;  // what all of them have; nullptr: the map says nothing, or see `mixed`
  struct Mixed {
    SiteEntry agreed;  // what all of them say
    SiteEntry unlike;  // what one of them says and another one does not
    std::string a, b;  // two that differ
  };
  std::unique_ptr<Mixed> mixed;

  const SiteEntry* entry() const { return mixed ? &mixed->agreed : common; }
};

enum class SiteSection : unsigned char { partition, qos, account, cluster, gres, node };
inline constexpr std::size_t site_sections = 6;

class SiteMap {
 public:
  // Reads all of `text`; names are looked up in the catalog, so that a typo is told before a
  // long run and not once a record. Empty: all is well.
  std::optional<SpecError> read(std::string_view text, const Catalog& catalog);

  // nullptr where the map says nothing. Names are compared without case. Not for nodes.
  const SiteEntry* of(SiteSection section, std::string_view name) const {
    return find(entries_[static_cast<std::size_t>(section)], name);
  }
  const SiteEntry* gres(std::string_view name) const { return of(SiteSection::gres, name); }
  // Of all nodes of a Slurm list together. Errors: it is no list.
  Result<NodesEntry> nodes(std::string_view list) const;

 private:
  using Entries = std::map<std::string, SiteEntry, std::less<>>;
  friend class SiteMapReader;

  static const SiteEntry* find(const Entries& entries, std::string_view name);
  const SiteEntry* node(std::string_view name) const;

  std::array<Entries, site_sections> entries_;  // by lower-case name; of nodes those that are named whole
  Entries prefixes_;                            // of nodes
  std::set<std::size_t, std::greater<>> prefix_lengths_;
};

}  // namespace footpound
