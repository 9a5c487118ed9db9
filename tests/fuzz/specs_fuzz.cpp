// SPDX-License-Identifier: MIT
// Whole specs through the whole program, for as long as is asked:
//   specs_fuzz FOLDER                checks the batches that are kept there
//   specs_fuzz FILE                  checks that batch
//   specs_fuzz --seconds N [SEED] [FINDS]
//                                    checks ever new ones on all cores, and keeps what makes a find, cut
//                                    down, in folder FINDS
// No libFuzzer: a run is a process of its own, whose coverage nobody would see.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "specs/spec_checks.hpp"
#include "specs/spec_texts.hpp"

namespace {

using namespace footpound;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t specs_of_a_batch = 25;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string file_name(const std::string& property) {
  std::string name;
  for (const char c : property.substr(0, 100)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || (!name.empty() && name.back() != '-')) name += plain ? c : '-';
  }
  return name;
}

std::size_t replay(const fs::path& path, const SpecMaker& maker) {
  std::printf("%s\n", path.filename().c_str());
  SpecTally tally;
  const std::vector<Find> finds = check_specs(read_batch(read(path)), maker, tally);
  for (const Find& find : finds) std::printf("%s\n", told(find).c_str());
  return finds.size();
}

// One process's share of the seeds. What it has to say goes through `report`: tallies and the names of files.
void work(std::uint64_t seed, std::uint64_t step, Clock::time_point end, const fs::path& folder,
    const SpecMaker& maker, std::FILE* report) {
  std::map<std::string, std::size_t> known;  // finds by property
  for (; Clock::now() < end; seed += step) {
    SpecTally tally;
    const SpecBatch batch = maker.batch(seed, specs_of_a_batch);
    const std::vector<Find> finds = check_specs(batch, maker, tally);
    std::fprintf(report, "tally %zu %zu %zu\n", tally.specs, tally.estimates, tally.runs);
    for (const Find& find : finds) {
      if (++known[find.property] > 1) continue;  // one of a kind is enough to mend it
      const SpecBatch small = smallest_with(batch, find.property, maker);
      SpecTally ignored;
      Find shown = find;
      for (Find& again : check_specs(small, maker, ignored)) {
        if (again.property == find.property) shown = std::move(again);
      }
      const std::string name = file_name(find.property);
      std::ofstream(folder / name, std::ios::binary) << as_file(small);
      std::ofstream(folder / (name + ".txt"), std::ios::binary) << told(shown);
      std::fprintf(report, "find %s\n", name.c_str());
    }
    std::fflush(report);
  }
}

int storm(double seconds, std::uint64_t seed, const fs::path& folder, const SpecMaker& maker) {
  fs::create_directories(folder);
  const unsigned workers = std::max(1U, std::thread::hardware_concurrency());
  const auto end = Clock::now() + std::chrono::milliseconds(static_cast<long>(seconds * 1000));
  std::printf("specs: seeds from %llu on, %u processes\n", static_cast<unsigned long long>(seed), workers);
  std::fflush(stdout);
  int ends[2];
  if (pipe(ends) != 0) return 2;
  for (unsigned i = 0; i < workers; ++i) {
    if (fork() != 0) continue;
    close(ends[0]);
    std::FILE* report = fdopen(ends[1], "w");
    work(seed + i, workers, end, folder, maker, report);
    std::fclose(report);
    std::_Exit(0);
  }
  close(ends[1]);
  std::FILE* reports = fdopen(ends[0], "r");
  SpecTally total;
  std::vector<std::string> finds;
  char line[256];
  while (std::fgets(line, sizeof line, reports) != nullptr) {
    SpecTally part;
    if (std::sscanf(line, "tally %zu %zu %zu", &part.specs, &part.estimates, &part.runs) == 3) {
      total.add(part);
      continue;
    }
    const std::string name(line + 5, std::strlen(line) - 6);
    if (std::find(finds.begin(), finds.end(), name) != finds.end()) continue;
    finds.push_back(name);
    std::printf("FIND %s\n%s\n", (folder / name).c_str(), read(folder / (name + ".txt")).c_str());
    std::fflush(stdout);
  }
  std::fclose(reports);
  bool whole = true;
  for (int status = 0; wait(&status) > 0;) whole = whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!whole) std::printf("specs: a process of the storm itself has died\n");
  std::printf(
      "specs: %zu specs, %zu of them estimates (%.0f %%), %zu runs of the program, %zu kinds of finds\n",
      total.specs, total.estimates,
      total.specs > 0 ? 100.0 * static_cast<double>(total.estimates) / static_cast<double>(total.specs) : 0,
      total.runs, finds.size());
  const bool enough = total.estimates * 10 >= total.specs;
  if (!enough) std::printf("specs: fewer than a tenth are estimates: the net is made of refusals\n");
  return finds.empty() && enough && whole ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const Catalog catalog;
  const SpecMaker maker(catalog);
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() >= 2 && words[0] == "--seconds") {
    const std::uint64_t seed = words.size() > 2 ? std::strtoull(words[2].c_str(), nullptr, 10) : 1;
    return storm(std::strtod(words[1].c_str(), nullptr), seed, words.size() > 3 ? words[3] : "finds", maker);
  }
  if (words.size() != 1) {
    std::fprintf(stderr, "usage: specs_fuzz FILE|FOLDER, or specs_fuzz --seconds N [SEED] [FINDS]\n");
    return 2;
  }
  std::vector<fs::path> files;
  if (fs::is_directory(words[0])) {
    for (const auto& entry : fs::directory_iterator(words[0])) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    files.emplace_back(words[0]);
  }
  std::size_t finds = 0;
  for (const fs::path& file : files) finds += replay(file, maker);
  std::printf("%zu batches, %zu finds\n", files.size(), finds);
  return finds == 0 && !files.empty() ? 0 : 1;
}
