// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_place.hpp"

#include "footpound/base/error.hpp"

namespace footpound {

Result<SlurmPlace> SlurmPlace::of(const SlurmJob& job, const SiteMap* map) {
  SlurmPlace place;
  if (map == nullptr) return place;
  Result<NodesEntry> nodes = map->nodes(job.node_list);
  if (!nodes) {
    nodes.error().field = "NodeList";
    return nodes.error();
  }
  place.nodes_ = std::move(*nodes);
  place.others_ = {map->of(SiteSection::partition, job.partition), map->of(SiteSection::qos, job.qos),
      map->of(SiteSection::account, job.account), map->of(SiteSection::cluster, job.cluster)};
  return place;
}

Error SlurmPlace::disagreement() const {
  return Error{ErrorKind::ambiguous, "NodeList",
      "--map says different things of its nodes " + in_quotes(nodes_.mixed->a) + " and " +
          in_quotes(nodes_.mixed->b),
      "give all nodes of a job one entry"};
}

Result<std::string_view> SlurmPlace::text(std::string SiteEntry::*member) const {
  if (nodes_.mixed && !(nodes_.mixed->unlike.*member).empty()) return disagreement();
  const SiteEntry* const node = nodes_.entry();
  if (node != nullptr && !(node->*member).empty()) return std::string_view(node->*member);
  for (const SiteEntry* entry : others_) {
    if (entry != nullptr && !(entry->*member).empty()) return std::string_view(entry->*member);
  }
  return std::string_view();
}

Result<std::optional<double>> SlurmPlace::number(std::optional<double> SiteEntry::*member) const {
  if (nodes_.mixed && nodes_.mixed->unlike.*member) return disagreement();
  const SiteEntry* const node = nodes_.entry();
  if (node != nullptr && node->*member) return node->*member;
  for (const SiteEntry* entry : others_) {
    if (entry != nullptr && entry->*member) return entry->*member;
  }
  return std::optional<double>();
}

}  // namespace footpound
