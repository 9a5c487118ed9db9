// SPDX-License-Identifier: MIT
#include "measure/sysfs_meter.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "fakes.hpp"
#include "measure/sysfs.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

// The tree of samples/rapl-sysfs.tsv: path, tab, value.
void fill(const FakeTree& tree) {
  std::ifstream in(sample_path("rapl-sysfs.tsv"));
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t tab = line.find('\t');
    tree.write(line.substr(0, tab), line.substr(tab + 1) + "\n");
  }
}

Places places(const FakeTree& tree) {
  Places out;
  out.sysfs_root = tree.root();
  out.nvml_library = "libno-such-library.so.1";
  return out;
}

std::vector<std::string> ids(const Opened& opened) {
  std::vector<std::string> out;
  for (const Device& device : opened.meter->devices()) out.push_back(device.id);
  return out;
}

}  // namespace

TEST_CASE("RAPL counts packages and memory, and nothing twice") {
  const FakeTree tree;
  fill(tree);
  tree.write("class/powercap/intel-rapl-mmio:0/name", "package-0\n");
  tree.write("class/powercap/intel-rapl-mmio:0/energy_uj", "5\n");
  // the kernel links inner zones beside the top ones
  tree.write("class/powercap/intel-rapl:0:0/name", "dram\n");
  tree.write("class/powercap/intel-rapl:0:0/energy_uj", "5\n");
  const Result<Opened> opened = open_rapl(places(tree), {});
  REQUIRE(opened);
  CHECK(ids(*opened) == std::vector<std::string>{"package-0", "dram-0", "package-1"});
  CHECK(opened->meter->devices()[0].part == Part::cpu);
  CHECK(opened->meter->devices()[1].part == Part::memory);
  CHECK(opened->meter->devices()[0].counter.range == 262'143'328'850);
  const Result<Reading> reading = opened->meter->read(1);
  REQUIRE(reading);
  CHECK(std::get<Count>(*reading).ticks == 3'100'450'021);
}

TEST_CASE("a zone that vanishes or turns to nonsense is a failed reading") {
  const FakeTree tree;
  fill(tree);
  const Result<Opened> opened = open_rapl(places(tree), {});
  REQUIRE(opened);
  const std::string file = "class/powercap/intel-rapl:0/energy_uj";
  for (const char* nonsense : {"", "-5\n", "12x\n", "1e9\n", "99999999999999999999999\n"}) {
    tree.write(file, nonsense);
    CHECK_FALSE(opened->meter->read(0));
  }
  tree.write(file, std::string("1\0002", 3));
  CHECK_FALSE(opened->meter->read(0));
  tree.write(file, std::string(100000, '1'));
  CHECK_FALSE(opened->meter->read(0));
  tree.remove(file);
  CHECK_FALSE(opened->meter->read(0));
  tree.write(file, "7\n");
  CHECK(opened->meter->read(0));
}

TEST_CASE("refused RAPL names the file, the cause and the remedy") {
  const FakeTree tree;
  fill(tree);
  for (const char* zone : {"intel-rapl:0/", "intel-rapl:0/intel-rapl:0:0/", "intel-rapl:1/"}) {
    chmod(tree.path("class/powercap/" + std::string(zone) + "energy_uj").c_str(), 0);
  }
  chmod(tree.root().c_str(), 0755);
  // root may read everything: look as somebody else
  const bool root = geteuid() == 0;
  constexpr uid_t nobody = 65534;
  if (root) REQUIRE(seteuid(nobody) == 0);
  const Result<Opened> opened = open_rapl(places(tree), {});
  if (root) REQUIRE(seteuid(0) == 0);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().field.find("intel-rapl:0/energy_uj") != std::string::npos);
  CHECK(opened.error().what == "Permission denied");
  CHECK(opened.error().instead.find("root") != std::string::npos);
  CHECK(opened.error().instead.find("udev") != std::string::npos);
}

TEST_CASE("a machine without powercap says so") {
  const FakeTree tree;
  const Result<Opened> opened = open_rapl(places(tree), {});
  REQUIRE_FALSE(opened);
  CHECK(opened.error().what == "No such file or directory");
  CHECK_FALSE(open_amdgpu(places(tree), {}));
  CHECK_FALSE(open_hwmon(places(tree), {}));
}

TEST_CASE("amdgpu is read in microwatts, by amdgpu alone") {
  const FakeTree tree;
  fill(tree);
  const Result<Opened> amd = open_amdgpu(places(tree), {});
  REQUIRE(amd);
  CHECK(ids(*amd) == std::vector<std::string>{"amdgpu0"});
  const Result<Reading> reading = amd->meter->read(0);
  REQUIRE(reading);
  CHECK(in_watts(std::get<Power>(*reading)) == 235);
  const Result<Opened> hwmon = open_hwmon(places(tree), {});
  REQUIRE(hwmon);
  CHECK(ids(*hwmon) == std::vector<std::string>{"amd_energy0"});
}

TEST_CASE("newer kernels show amdgpu's power as power1_input") {
  const FakeTree tree;
  tree.write("class/hwmon/hwmon0/name", "amdgpu\n");
  tree.write("class/hwmon/hwmon0/power1_input", "300000000\n");
  tree.write("class/hwmon/hwmon0/device/product_name", "AMD Instinct MI300X\n");
  const Result<Opened> amd = open_amdgpu(places(tree), {});
  REQUIRE(amd);
  CHECK(amd->meter->devices()[0].name == "AMD Instinct MI300X");
  CHECK(in_watts(std::get<Power>(*amd->meter->read(0))) == 300);
}

TEST_CASE("a GPU inside the CPU is not counted a second time") {
  const FakeTree tree;
  tree.write("class/hwmon/hwmon0/name", "amdgpu\n");
  tree.write("class/hwmon/hwmon0/power1_average", "20000000\n");
  tree.write("class/hwmon/hwmon0/in1_label", "vddnb\n");
  const Result<Opened> amd = open_amdgpu(places(tree), {});
  REQUIRE_FALSE(amd);
  CHECK(amd.error().what.find("part of the CPU package") != std::string::npos);
}

TEST_CASE("sensors of parts that another meter reads are left out") {
  const FakeTree tree;
  fill(tree);
  const Part taken[] = {Part::cpu};
  const Result<Opened> hwmon = open_hwmon(places(tree), taken);
  REQUIRE_FALSE(hwmon);
  CHECK(hwmon.error().what.find("read by another meter") != std::string::npos);
}

TEST_CASE("a sensor of which nobody knows what it stands for is named, not counted") {
  const FakeTree tree;
  tree.write("class/hwmon/hwmon0/name", "ina226\n");
  tree.write("class/hwmon/hwmon0/power1_input", "5000000\n");
  const Result<Opened> hwmon = open_hwmon(places(tree), {});
  REQUIRE_FALSE(hwmon);
  CHECK(hwmon.error().what.find("ina226") != std::string::npos);
}

TEST_CASE("every row of the table opens or says why not, and list meters shows it") {
  const FakeTree tree;
  fill(tree);
  const std::vector<MeterStatus> statuses = meter_statuses(places(tree));
  REQUIRE(statuses.size() == meters().size());
  for (const MeterStatus& status : statuses) {
    INFO(status.name);
    CHECK_FALSE(status.help.empty());
    CHECK_FALSE(status.what.empty());
  }
  CHECK(statuses[2].name == "rapl");
  CHECK(statuses[2].what == "package-0, dram-0, package-1");
}

TEST_CASE("the rig reads each part once") {
  const FakeTree tree;
  fill(tree);
  const Result<Rig> rig = open_meters(places(tree));
  REQUIRE(rig);
  std::vector<std::string> all;
  for (const auto& meter : rig->meters) {
    for (const Device& device : meter->devices()) all.push_back(device.id);
  }
  CHECK(all == std::vector<std::string>{"amdgpu0", "package-0", "dram-0", "package-1"});
}

TEST_CASE("meters are chosen by name, unknown names refused") {
  const FakeTree tree;
  fill(tree);
  const std::string rapl[] = {"rapl"};
  CHECK(open_meters(places(tree), rapl)->meters.size() == 1);
  const std::string wrong[] = {"rappl"};
  CHECK(message(open_meters(places(tree), wrong).error()) ==
        "unknown meter \"rappl\"; there are nvml, amdgpu, rapl, hwmon");
}

TEST_CASE("a power that no device draws is a failed reading, not a number") {
  const FakeTree tree;
  fill(tree);
  tree.write("class/hwmon/hwmon7/name", "power_meter\n");
  tree.write("class/hwmon/hwmon7/power1_average", "18446744073709551615\n");
  const Result<Opened> node = open_hwmon(places(tree), {});
  REQUIRE(node);  // of its kind, the other can be read
  CHECK(node->notes.back().find("1.845e+13 W, which is more than it can draw") != std::string::npos);
  tree.write("class/hwmon/hwmon7/power1_average", "9000000000\n");
  const Result<Opened> amd = open_amdgpu(places(tree), {});
  REQUIRE(amd);
  for (const auto& [microwatts, is_reading] : {std::pair{"5000000000\n", true}, {"5000000001\n", false},
           {"4294967295000\n", false}, {"300000000\n", true}}) {
    tree.write("class/hwmon/hwmon3/power1_average", microwatts);
    INFO(microwatts);
    CHECK(static_cast<bool>(amd->meter->read(0)) == is_reading);
  }
}
