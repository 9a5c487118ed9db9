// SPDX-License-Identifier: MIT
// What the site's map knows of where a job ran: of its nodes first, then of its partition, QOS, account and
// cluster.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "footpound/base/result.hpp"
#include "read/slurm/site_map.hpp"
#include "read/slurm/slurm_job.hpp"

namespace footpound {

class SlurmPlace {
 public:
  // `map` may be nullptr. Errors: the job's nodes are no list.
  static Result<SlurmPlace> of(const SlurmJob& job, const SiteMap* map);

  // "" or nullopt: the map does not say. Errors: the nodes do not agree on it.
  Result<std::string_view> text(std::string SiteEntry::*member) const;
  Result<std::optional<double>> number(std::optional<double> SiteEntry::*member) const;

 private:
  Error disagreement() const;

  NodesEntry nodes_;
  std::array<const SiteEntry*, 4> others_{};
};

}  // namespace footpound
