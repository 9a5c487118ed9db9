// SPDX-License-Identifier: MIT
#include "read/slurm/site_map.hpp"

#include <ctime>
#include <fstream>
#include <iterator>

#include "read/slurm/node_names.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace footpound;

namespace {

std::string wrong(std::string_view text) {
  static const Catalog catalog;
  SiteMap map;
  const std::optional<SpecError> error = map.read(text, catalog);
  return error ? std::to_string(error->line) + ": " + message(error->error) : "";
}

std::string names(std::string_view list, std::size_t most = 100) {
  std::string out;
  const char* bad = each_node(list, most, [&](std::string_view name) {
    out += (out.empty() ? "" : " ") + std::string(name);
    return true;
  });
  return bad == nullptr ? out : bad;
}

}  // namespace

TEST_CASE("node names: brackets are ranges, leading zeros stay", "[slurm]") {
  CHECK(names("n1") == "n1");
  CHECK(names("gpu[011-014,020]") == "gpu011 gpu012 gpu013 gpu014 gpu020");
  CHECK(names("a1,b[2-3],c") == "a1 b2 b3 c");
  CHECK(names("r[1-2]n[08-10]") == "r1n08 r1n09 r1n10 r2n08 r2n09 r2n10");
  CHECK(names("n[9-11]x") == "n9x n10x n11x");
  CHECK(names("n[1-") == "lacks a closing bracket");
  CHECK(names("n[3-1]") == "has brackets that hold no numbers");
  CHECK(names("n[]") == "has brackets that hold no numbers");
  CHECK(names("") == "has an empty name");
  CHECK(names("n[1-18446744073709551615]") == "has too many nodes");
  CHECK(names("a[1][1][1][1][1]") == "has too many brackets");
}

TEST_CASE("map: partitions, nodes and gres are found without case", "[slurm]") {
  const Catalog catalog;
  SiteMap map;
  const std::optional<SpecError> error = map.read(R"({
    "partition": {"GPU": {"accelerator": "h100", "region": "FR", "pue": 1.2}},
    "node": {"n[01-02]": {"pue": 1.3}, "fat*": {"pue": 1.4}, "fat7*": {"pue": 1.5}},
    "gres": {"tesla": "v100-sxm2-32gb", "shard": {"accelerator": "l4", "share": 0.125}}
  })",
      catalog);
  INFO((error ? message(error->error) : ""));
  REQUIRE_FALSE(error);
  REQUIRE(map.of(SiteSection::partition, "gpu") != nullptr);
  CHECK(map.of(SiteSection::partition, "gpu")->accelerator == "h100");
  CHECK(map.of(SiteSection::partition, "cpu") == nullptr);
  CHECK(map.gres("Tesla")->accelerator == "v100-sxm2-32gb");
  CHECK(map.gres("shard")->share == 0.125);
  CHECK(map.nodes("n[01-02]")->entry()->pue == 1.3);
  CHECK(map.nodes("FAT1")->entry()->pue == 1.4);
  CHECK(map.nodes("fat70")->entry()->pue == 1.5);  // the longer prefix
  CHECK(map.nodes("n1")->entry() == nullptr);      // n01 is another
  CHECK(map.nodes("None assigned")->entry() == nullptr);
  // n03 has no entry: what the others say is not what all agree on
  const Result<NodesEntry> mixed = map.nodes("n[01-03]");
  REQUIRE(mixed);
  CHECK_FALSE(mixed->entry()->pue);
  CHECK(mixed->mixed->unlike.pue == 1.3);
  CHECK(mixed->mixed->unlike.accelerator.empty());
  CHECK_FALSE(map.nodes("n[01-"));
}

TEST_CASE("map: the one in docs/slurm.md can be read", "[slurm]") {
  std::ifstream file(root_path("/docs/slurm.md"));
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = page.find("```json\n") + 8;
  CHECK(wrong(page.substr(begin, page.find("```", begin) - begin)).empty());
}

TEST_CASE("map: what is wrong is told with its line", "[slurm]") {
  CHECK(wrong("") == "1: is no object (JSON)");
  CHECK(wrong("{}").empty());
  CHECK(wrong("{\n\"partitions\": {}}") == R"(2: unknown key "partitions"; did you mean "partition"?)");
  CHECK(wrong(R"({"partition": {"gpu": {"gpu": "a100"}}})").find(R"(1: partition.gpu: unknown key "gpu")") ==
        0);
  CHECK(wrong("{\"partition\": {\"gpu\": {\n\"accelerator\": \"a1000000\"}}}")
            .find(R"(2: partition.gpu.accelerator: unknown "a1000000")") == 0);
  CHECK(wrong(R"({"partition": {"gpu": {"pue": 0.9}}})") ==
        R"(1: partition.gpu.pue: "0.9" is no PUE; write a number of 1 or more)");
  CHECK(wrong(R"({"gres": {"shard": {"accelerator": "l4", "share": 2}}})").find("1: gres.shard.share:") == 0);
  CHECK(wrong(R"({"gres": {"shard": {"share": 0.5}}})").find("1: gres.shard: names no accelerator") == 0);
  CHECK(wrong(R"({"gres": {"x": "l4", "x": "l4"}})") == "1: gres.x: is stated twice; leave one of them out");
  CHECK(wrong(R"({"node": {"n[1-2]": {"pue": 1.1}, "n2": {"pue": 1.2}}})")
            .find(R"(1: node.n2: holds "n2", which another pattern holds too)") == 0);
  CHECK(wrong(R"({"node": {"n[1-": {"pue": 1.1}}})").find("1: node.n[1-: lacks a closing bracket") == 0);
  CHECK(wrong(R"({"partition": {"gpu": "a100"}})").find("1: partition.gpu: is no object") == 0);
  CHECK(wrong(R"({"partition": {"gpu": {"region": "Atlantis"}}})").find(R"(1: partition.gpu.region: )") == 0);
}

TEST_CASE("map: one name in two cases is stated twice", "[slurm]") {
  CHECK(wrong("{\"partition\": {\"p\": {\"pue\": 1.1},\n\"P\": {\"pue\": 1.2}}}") ==
        "2: partition.P: is there in another case, too, and names ignore case; leave one of them out");
  CHECK(wrong("{\"gres\": {\"p\": \"l4\", \"P\": \"l40\"}}").find("names ignore case") != std::string::npos);
  CHECK(wrong("{\"node\": {\"p*\": {\"pue\": 1.1}, \"P*\": {\"pue\": 1.2}}}").find("names ignore case") !=
        std::string::npos);
  CHECK(wrong("{\"node\": {\"p\": {\"pue\": 1.1}, \"P\": {\"pue\": 1.2}}}").find("another pattern") !=
        std::string::npos);
  CHECK(wrong("{\"partition\": {\"p\": {\"pue\": 1.1}, \"p\": {\"pue\": 1.1}}}") ==
        "1: partition.p: is stated twice; leave one of them out");
}

TEST_CASE("map: the time it takes grows as its names do", "[slurm]") {
  const Catalog catalog;
  const auto seconds_of = [&](int names) {
    std::string text = "{\"partition\": {";
    for (int i = 0; i < names; ++i) text += "\"p" + std::to_string(i) + "\": {\"pue\": 1.1}, ";
    text += "\"last\": {}}, \"node\": {";
    for (int i = 0; i < names; ++i) text += "\"n" + std::to_string(i) + "-*\": {\"pue\": 1.1}, ";
    text += "\"last\": {}}}";
    const std::clock_t begin = std::clock();
    SiteMap map;
    REQUIRE_FALSE(map.read(text, catalog));
    for (int i = 0; i < names; ++i) {
      const Result<NodesEntry> found = map.nodes("n" + std::to_string(i) + "-7");
      REQUIRE(found);
      REQUIRE(found->entry() != nullptr);
    }
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  // sixteen times the names; the square would be 256 times the time
  CHECK(seconds_of(16000) < 80 * (seconds_of(1000) + 0.001));
}
