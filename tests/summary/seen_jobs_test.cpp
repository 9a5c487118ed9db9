// SPDX-License-Identifier: MIT
#include "summary/seen_jobs.hpp"

#include <random>
#include <set>

#include "support/catch.hpp"

using namespace footpound;

namespace {

SeenJobs::Found ended(std::vector<std::uint64_t> jobs, std::uint64_t repeated = 0) {
  SeenJobs::Found found;
  found.ended = std::move(jobs);
  found.repeated = repeated;
  return found;
}

SeenJobs::Found open(std::uint64_t job, double kwh) {
  SeenJobs::Found found;
  JobFigures figures;
  figures.energy_kwh = kwh;
  found.open.push_back({job, kwh, "", figures});  // as many hours as kWh
  return found;
}

double kwh(const SeenJobs& seen) {
  Totals totals({});
  seen.finish(totals);
  return totals.group_of_key("").sums[1].value();
}

}  // namespace

TEST_CASE("seen jobs: those of the files before are known again", "[summary]") {
  SeenJobs seen;
  std::set<std::uint64_t> all;
  std::mt19937_64 random(7);
  for (int file = 0; file < 3; ++file) {
    std::vector<std::uint64_t> jobs;
    for (int i = 0; i < 3000; ++i) jobs.push_back(random() | 1);
    for (const std::uint64_t job : jobs) CHECK_FALSE(seen.holds(job));
    all.insert(jobs.begin(), jobs.end());
    seen.add({ended(jobs)});
  }
  for (const std::uint64_t job : all) CHECK(seen.holds(job));
  CHECK(seen.repeated() == 0);
  CHECK(seen.twice_in_file() == 0);
}

TEST_CASE("seen jobs: twice in one file is told, several files are counted once", "[summary]") {
  SeenJobs seen;
  seen.add({ended({1, 2}), ended({2, 3})});  // two threads
  CHECK(seen.twice_in_file() == 1);
  seen.add({ended({4}, 3)});
  CHECK(seen.repeated() == 3);
}

TEST_CASE("seen jobs: of a job that had not ended, what tells most counts", "[summary]") {
  SeenJobs seen;
  seen.add({open(1, 10)});
  seen.add({open(1, 25)});
  seen.add({open(1, 5), open(2, 100)});
  CHECK(kwh(seen) == 125);
  CHECK(seen.repeated() == 2);
  seen.add({ended({2})});  // counted there
  CHECK(kwh(seen) == 25);
  seen.add({open(2, 100)});  // an older file, named later
  CHECK(kwh(seen) == 25);
  CHECK(seen.repeated() == 4);
}
