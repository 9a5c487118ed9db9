// SPDX-License-Identifier: MIT
// tegrastats of NVIDIA's Jetson boards: the power of the rails, of which one is the module's input on most.
#include <algorithm>
#include <array>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

// Of the whole module: TX1, TX2, Xavier NX, Orin Nano and NX; Nano; Thor.
constexpr std::array<std::string_view, 3> inputs = {"VDD_IN", "POM_5V_IN", "VIN"};

struct Rail {
  std::string name;
  double watts;
};

// "3200mW/3150mW" or "3200/3150": now and on average, in milliwatts.
std::optional<double> watts_in(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view part, double& out) {
    if (part.size() > 2 && part.substr(part.size() - 2) == "mW") part.remove_suffix(2);
    return part.find_first_not_of("0123456789.") == std::string_view::npos && parse_number(part, out);
  };
  double now = 0;
  double mean = 0;
  if (!number(text.substr(0, slash), now) || !number(text.substr(slash + 1), mean)) return std::nullopt;
  return now / 1000;
}

std::vector<Rail> rails_in(std::string_view line) {
  const std::vector<std::string> words = blank_fields(line);
  std::vector<Rail> out;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& name = words[i - 1];
    if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string::npos) continue;
    if (name == "NC" || name == "RAM" || name == "SWAP") continue;
    if (const std::optional<double> watts = watts_in(words[i])) out.push_back({name, *watts});
  }
  return out;
}

// What stands before "RAM": "05-14-2025 10:00:01", or what a script wrote there.
std::optional<Stamp> time_in(std::string_view line) {
  std::string text(trimmed(line.substr(0, line.find("RAM "))));
  const bool month_first = text.size() > 10 && text[2] == '-' && text[5] == '-';
  if (month_first) text = text.substr(6, 4) + "-" + text.substr(0, 5) + text.substr(10);
  return parse_stamp(text);
}

bool is_look(std::string_view line) {
  return line.find("RAM ") != std::string_view::npos && line.find("MB") != std::string_view::npos &&
         !rails_in(line).empty();
}

bool looks_like_tegrastats(Head head) {
  return std::any_of(head.begin(), head.end(), [](const std::string& line) { return is_look(line); });
}

class TegrastatsReader {
 public:
  TegrastatsReader(LogLines& lines, LogBook& book) : lines_(lines), book_(book) {}

  Result<void> read() {
    while (true) {
      const Result<std::optional<std::string_view>> line = lines_.next();
      if (!line) return line.error();
      if (!*line || lines_.unfinished()) break;
      if (!is_look(**line)) continue;
      const std::optional<Stamp> at = time_in(**line);
      if (!at) {
        return at_line(lines_, "tegrastats wrote no time in front of it",
            "log with: tegrastats | while read -r line; do echo \"$(date +%FT%T) $line\"; done");
      }
      if (at_ && at->at != at_->at) keep();
      at_ = at;
      if (Result<void> taken = take(rails_in(**line)); !taken) return taken;
    }
    if (lines_.unfinished()) book_.note_cut_off();
    if (looks_ > 0) keep();
    return {};
  }

 private:
  Result<void> take(const std::vector<Rail>& rails) {
    const auto input = std::find_if(rails.begin(), rails.end(),
        [](const Rail& rail) { return std::find(inputs.begin(), inputs.end(), rail.name) != inputs.end(); });
    double sum = 0;
    for (const Rail& rail : rails) sum += rail.watts;
    const double watts = input != rails.end() ? input->watts : sum;
    if (watts > in_watts(ceiling(Part::node))) return at_line(lines_, "is no power of a Jetson");
    if (id_.empty()) {
      id_ = input != rails.end() ? input->name : "rails";
      std::string names;
      for (const Rail& rail : rails) names += (names.empty() ? "" : " + ") + rail.name;
      book_.note(input != rails.end()
                     ? input->name + " is the module's input, which holds the other rails"
                     : "no rail is the module's input: the rails are added up (" + names + ")");
    }
    sum_ += watts;
    ++looks_;
    return {};
  }

  // Looks within one second have one time: their mean.
  void keep() {
    Device device;
    device.id = id_;
    device.name = "Jetson module";
    device.part = Part::node;
    device.meter = "tegrastats";
    device.accuracy = hwmon_sensor;
    book_.power(book_.device(device), *at_, watts(sum_ / static_cast<double>(looks_)));
    sum_ = 0;
    looks_ = 0;
  }

  LogLines& lines_;
  LogBook& book_;
  std::string id_;
  std::optional<Stamp> at_;
  double sum_ = 0;
  std::size_t looks_ = 0;
};

Result<void> read_tegrastats(LogLines& lines, const LogOptions&, LogBook& book) {
  return TegrastatsReader(lines, book).read();
}

}  // namespace

extern const LogFormat tegrastats = {
    "tegrastats", "tegrastats of NVIDIA Jetson, with times", looks_like_tegrastats, read_tegrastats};

}  // namespace footpound::measure
