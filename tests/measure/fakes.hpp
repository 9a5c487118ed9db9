// SPDX-License-Identifier: MIT
// The edge of the world for tests: a tree of files, a clock and meters that follow a script.
#pragma once

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "measure/sampler.hpp"
#include "support/paths.hpp"

namespace footpound::measure {

inline bool close_to(double a, double b, double relative = 1e-12) {
  return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

constexpr nanoseconds seconds_of(double n) { return nanoseconds(static_cast<long>(n * 1e9)); }

// A directory that goes away with the test.
class FakeTree {
 public:
  FakeTree() {
    std::string pattern = (std::filesystem::temp_directory_path() / "footpound-test-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~FakeTree() { std::filesystem::remove_all(root_); }
  FakeTree(const FakeTree&) = delete;
  FakeTree& operator=(const FakeTree&) = delete;

  const std::string& root() const { return root_; }
  std::string path(const std::string& name) const { return root_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void remove(const std::string& name) const { std::filesystem::remove_all(path(name)); }

 private:
  std::string root_;
};

inline std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline std::string sample_path(const std::string& name) {
  return root_path("/tests/measure/samples/" + name);
}

// Time passes only by waiting. The child ends, or the user stops us, at a given time.
class ScriptedWorld : public World {
 public:
  Moment now() override { return time; }
  WallTime wall() override { return wall_start + time; }
  Wake wait_until(Moment at) override {
    if (ends_at && *ends_at <= at) {
      time = *ends_at;
      return ends_by;
    }
    time = at;
    if (stalls.count(at) != 0) time += stalls[at];
    return Wake::tick;
  }

  Moment time{0};
  WallTime wall_start{0};
  std::optional<Moment> ends_at;
  Wake ends_by = Wake::child_ended;
  std::map<Moment, nanoseconds> stalls;  // woken so much too late
};

// Each device reads what its function says for the time.
class ScriptedMeter : public Meter {
 public:
  using Script = std::function<Result<Reading>(double at_seconds)>;
  explicit ScriptedMeter(World& world) : world_(world) {}
  void add(Device device, Script script) {
    devices_.push_back(std::move(device));
    scripts_.push_back(std::move(script));
  }
  std::span<const Device> devices() const override { return devices_; }
  Result<Reading> read(std::size_t device) override { return scripts_[device](in_seconds(world_.now())); }

 private:
  World& world_;
  std::vector<Device> devices_;
  std::vector<Script> scripts_;
};

// A counter in millijoules that never wraps, of something that draws less than 5 kW.
inline Device counting_device(const std::string& id, Part part = Part::accelerator) {
  return Device{id, "", part, "test", Accuracy{0.05, nanoseconds{0}, "test"},
      CounterRule{joules(1e-3), 0, watts(5000)}};
}
inline Device power_device(const std::string& id, Part part = Part::accelerator) {
  return Device{id, "", part, "test", Accuracy{0.05, nanoseconds{0}, "test"}, {}};
}

inline Error no_reading() { return Error{ErrorKind::missing, "gpu0", "GPU is lost (NVML 15)", {}}; }

}  // namespace footpound::measure
