// SPDX-License-Identifier: MIT
// perf stat -x, and -j: joules of CPU packages and memory, in total or interval by interval.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

struct Event {
  std::string_view text;
  Part part;
  const Accuracy& accuracy;
};
// cores and gpu lie inside a package, psys holds it
constexpr std::array events = {
    Event{"energy-pkg", Part::cpu, rapl_package}, Event{"energy-ram", Part::memory, rapl_memory}};

// of which perf adds up the energies, where it does not write them apart
constexpr double most_sockets = 64;
constexpr double most_seconds = 1e9;

// One line, whichever form it came in.
struct Sample {
  std::string socket;  // "S0"; empty: all together
  std::string event;
  std::string joules;                  // as written
  std::optional<double> interval_end;  // seconds, with -I
  double run_time_ns = 0;
};

class PerfBook {
 public:
  PerfBook(LogLines& lines, LogBook& book) : lines_(lines), book_(book) {}

  Result<void> take(const Sample& sample) {
    const auto* event = std::find_if(events.begin(), events.end(),
        [&](const Event& e) { return sample.event.find(e.text) != std::string::npos; });
    if (event == events.end()) return {};
    std::optional<Energy> energy;
    double number = 0;
    if (parse_number(sample.joules, number)) {
      energy = joules(number);
    } else if (sample.joules.empty() || sample.joules.front() != '<') {
      return at_line(lines_, in_quotes(sample.joules) + " is not a number of joules");
    }
    // an event the machine does not have is no device
    if (sample.joules == "<not supported>") return {};

    Device device;
    device.id = printable(std::string(event->text) + (sample.socket.empty() ? "" : "-" + sample.socket));
    device.part = event->part;
    device.meter = "perf";
    device.accuracy = event->accuracy;
    const double end = sample.interval_end ? *sample.interval_end : sample.run_time_ns / 1e9;
    if (!(end >= 0 && end <= most_seconds) || (energy && !(end > 0))) {
      return at_line(lines_, "its time is not known", "log with perf stat -I 1000");
    }
    const auto to = nanoseconds(std::llround(end * 1e9));
    Moment& from = until_[device.id];
    if (to <= from && sample.interval_end) return at_line(lines_, "its time does not go on");
    if (!sample.interval_end && from > Moment{0})
      return at_line(lines_, "says " + in_quotes(device.id) + " twice");
    const double sockets = sample.socket.empty() ? most_sockets : 1;
    if (energy) {
      const Result<Energy> of_one = logged_energy(number / sockets, event->part, to - from);
      if (!of_one) return at_line(lines_, of_one.error().what);
    }
    book_.span(book_.device(device), from, to, energy);
    from = to;
    return {};
  }

 private:
  LogLines& lines_;
  LogBook& book_;
  std::map<std::string, Moment> until_;
};

bool is_socket(std::string_view field) {
  return field.size() >= 2 && field.front() == 'S' && field[1] >= '0' && field[1] <= '9';
}

constexpr std::string_view unit = "Joules";

// [interval,] [socket,count,] value,Joules,event,run time,percent,...
std::optional<Sample> sample_of(const std::vector<std::string>& fields) {
  const auto at = std::find(fields.begin(), fields.end(), unit);
  if (at == fields.begin() || at == fields.end() || fields.end() - at < 3) return std::nullopt;
  Sample out;
  out.joules = *(at - 1);
  out.event = *(at + 1);
  parse_number(*(at + 2), out.run_time_ns);
  for (auto field = fields.begin(); field != at - 1; ++field) {
    double seconds = 0;
    if (is_socket(*field)) {
      out.socket = *field;
      break;  // a count of CPUs follows it
    }
    if (parse_number(*field, seconds)) out.interval_end = seconds;
  }
  return out;
}

// The run time, which is read, has a field behind it.
bool is_whole(const std::vector<std::string>& fields) {
  const auto at = std::find(fields.begin(), fields.end(), unit);
  return at == fields.end() || fields.end() - at >= 4;
}

bool mentions_energy(std::string_view line) { return line.find("energy-") != std::string_view::npos; }
bool is_json_object(std::string_view line) { return !trimmed(line).empty() && trimmed(line).front() == '{'; }

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<Sample> sample_of(const Json& object) {
  if (!object.is_object() || text_of(object, "unit") != unit) return std::nullopt;
  Sample out;
  out.socket = text_of(object, "socket");
  out.event = text_of(object, "event");
  out.joules = text_of(object, "counter-value");
  out.interval_end = number_of(object, "interval");
  out.run_time_ns = number_of(object, "event-runtime").value_or(0);
  return out;
}

bool looks_like_perf(Head head) {
  return std::any_of(head.begin(), head.end(), [](const std::string& line) {
    return mentions_energy(line) && !is_json_object(line) && sample_of(csv_fields(line));
  });
}

bool looks_like_perf_json(Head head) {
  return std::any_of(head.begin(), head.end(), [](const std::string& line) {
    return is_json_object(line) && line.find("\"counter-value\"") != std::string::npos;
  });
}

Result<void> read_perf(LogLines& lines, const LogOptions&, LogBook& book) {
  PerfBook perf(lines, book);
  std::size_t most_fields = 0;
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return {};
    if (trimmed(**line).empty() || (*line)->front() == '#') continue;
    const std::vector<std::string> fields = csv_fields(**line);
    // its last field may have lost digits: a run time, or what tells the event
    if (lines.unfinished() && (fields.size() < most_fields || !is_whole(fields))) {
      book.note_cut_off();
      return {};
    }
    most_fields = std::max(most_fields, fields.size());
    if (!mentions_energy(**line)) continue;
    const std::optional<Sample> sample = sample_of(fields);
    if (!sample) {
      return at_line(lines, "no value, unit Joules and event in it", "log with perf stat -x,");
    }
    if (Result<void> taken = perf.take(*sample); !taken) return taken;
  }
}

Result<void> read_perf_json(LogLines& lines, const LogOptions&, LogBook& book) {
  PerfBook perf(lines, book);
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return {};
    if (!is_json_object(**line)) continue;
    const Json object = Json::parse(**line, nullptr, false);
    if (object.is_discarded()) {
      if (lines.unfinished()) {
        book.note_cut_off();
        return {};
      }
      return at_line(lines, "is not a JSON object");
    }
    const std::optional<Sample> sample = sample_of(object);
    if (!sample) continue;
    if (Result<void> taken = perf.take(*sample); !taken) return taken;
  }
}

}  // namespace

extern const LogFormat perf = {
    "perf", "perf stat -x, -a -e power/energy-pkg/,power/energy-ram/", looks_like_perf, read_perf};
extern const LogFormat perf_json = {"perf-json", "perf stat -j -a -e power/energy-pkg/,power/energy-ram/",
    looks_like_perf_json, read_perf_json};

}  // namespace footpound::measure
