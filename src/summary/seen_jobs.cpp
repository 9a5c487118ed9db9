// SPDX-License-Identifier: MIT
#include "summary/seen_jobs.hpp"

#include <utility>

namespace footpound {

bool SeenJobs::holds(std::uint64_t fingerprint) const {
  if (slots_.empty()) return false;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = fingerprint & mask;; at = (at + 1) & mask) {
    if (slots_[at] == fingerprint) return true;
    if (slots_[at] == 0) return false;
  }
}

// False where it is there already.
bool SeenJobs::insert(std::uint64_t fingerprint) {
  if (4 * (count_ + 1) > 3 * slots_.size()) {
    constexpr std::size_t few = 1024;
    std::vector<std::uint64_t> old(slots_.empty() ? few : 2 * slots_.size());
    old.swap(slots_);
    count_ = 0;
    for (const std::uint64_t known : old) {
      if (known != 0) insert(known);
    }
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = fingerprint & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    if (slots_[at] == fingerprint) return false;
  }
  slots_[at] = fingerprint;
  ++count_;
  return true;
}

void SeenJobs::add(std::vector<Found> file) {
  const bool fits = of_file_.exchange(0) <= most_jobs - count_;
  is_full_ = is_full_ || !fits;
  for (Found& part : file) {
    repeated_ += part.repeated;
    if (!fits) part.ended.clear();
    for (const std::uint64_t ended : part.ended) {
      if (!insert(ended)) ++twice_;
      repeated_ += open_.erase(ended);
    }
  }
  // which of two records of a job that runs on is the later one, its hours tell
  for (Found& part : file) {
    for (Found::Open& job : part.open) {
      if (holds(job.fingerprint)) {
        ++repeated_;
        continue;
      }
      const auto [known, is_new] = open_.try_emplace(job.fingerprint, job);
      if (is_new) continue;
      ++repeated_;
      if (known->second.hours < job.hours) known->second = std::move(job);
    }
  }
}

void SeenJobs::finish(Totals& totals) const {
  for (const auto& [fingerprint, job] : open_) totals.group_of_key(job.key).add(job.figures);
}

}  // namespace footpound
