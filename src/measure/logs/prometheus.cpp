// SPDX-License-Identifier: MIT
// The answer of Prometheus to a range query (api/v1/query_range): series of powers, or of counters of
// energy, each with its labels.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/letters.hpp"
#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

using Json = nlohmann::json;

constexpr std::size_t most_bytes = std::size_t{256} << 20;
constexpr std::string_view query =
    "query the metric of the powers or energies itself, such as DCGM_FI_DEV_POWER_USAGE";

struct Word {
  std::string_view text;
  double size;  // in watts or joules
};
constexpr std::array powers = {Word{"microwatt", 1e-6}, Word{"milliwatt", 1e-3}, Word{"kilowatt", 1e3},
    Word{"watt", 1}, Word{"dcgm_fi_dev_power_usage", 1}, Word{"dcgm_fi_dev_board_power", 1},
    Word{"_power_w", 1}, Word{"package_power", 1}, Word{"power_usage", 1}, Word{"power_draw", 1}};
constexpr std::array energies = {Word{"microjoule", 1e-6}, Word{"millijoule", 1e-3}, Word{"joule", 1},
    Word{"dcgm_fi_dev_total_energy_consumption", 1e-3}};
// no power drawn
constexpr std::array<std::string_view, 6> others = {"limit", "cap_", "_cap", "max", "min_", "violation"};

template <class Words>
std::optional<double> size_in(const Words& words, std::string_view name) {
  const auto* found = std::find_if(words.begin(), words.end(),
      [&](const Word& word) { return name.find(word.text) != std::string_view::npos; });
  return found == words.end() ? std::nullopt : std::optional(found->size);
}

std::string label(const Json& metric, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = metric.find(name);
    if (found != metric.end() && found->is_string() && !found->get_ref<const std::string&>().empty())
      return found->get<std::string>();
  }
  return {};
}

struct Series {
  Device device;
  std::optional<double> watts;  // of one of its numbers
  std::optional<double> joules;
  std::string metric;
  const Json* values = nullptr;
};

Part part_of(std::string_view name, const Json& metric) {
  const auto has = [&](std::string_view word) { return name.find(word) != std::string_view::npos; };
  if (has("dcgm") || has("gpu") || has("nvidia") || has("accelerator") || has("amd_smi"))
    return Part::accelerator;
  if (has("dram")) return Part::memory;
  if (has("rapl_package") || has("package") || has("cpu") || has("_core_")) return Part::cpu;
  if (has("rapl")) return metric.contains("dram") ? Part::memory : Part::cpu;
  return Part::node;
}

Result<Series> series_of(const Json& one, const LogOptions& options) {
  Series out;
  const Json no_labels = Json::object();
  const Json& metric = one.contains("metric") && one["metric"].is_object() ? one["metric"] : no_labels;
  out.metric = label(metric, {"__name__"});
  const std::string name = lower_case(out.metric);
  const bool other = std::any_of(others.begin(), others.end(),
      [&](std::string_view word) { return name.find(word) != std::string::npos; });
  out.joules = size_in(energies, name);
  if (!out.joules) out.watts = size_in(powers, name);
  if (name.empty() && options.part) out.watts = 1;
  if (other || (!out.watts && !out.joules)) {
    return Error{ErrorKind::bad_value, {},
        name.empty() ? "the series have no name: the query is an expression"
                     : in_quotes(out.metric) + " is not known to be a power or an energy",
        std::string(query) + (name.empty() ? ", or say what its watts are of: --log-part accelerator" : "")};
  }
  if (!one.contains("values") || !one["values"].is_array())
    return Error{ErrorKind::malformed, {}, "is no answer to a range query", "ask api/v1/query_range"};
  out.values = &one["values"];
  const std::string host =
      label(metric, {"Hostname", "hostname", "node", "instance", "exported_instance", "host"});
  const std::string gpu = label(metric, {"gpu", "UUID", "uuid", "gpu_uuid", "minor_number", "device", "card",
                                            "index", "path", "package", "socket", "chip"});
  out.device.part = options.part.value_or(part_of(name, metric));
  const bool bare = !gpu.empty() && gpu.find_first_not_of("0123456789") == std::string::npos;
  const std::string of_part(out.device.part == Part::accelerator ? "gpu"
                            : out.device.part == Part::cpu       ? "cpu"
                            : out.device.part == Part::memory    ? "memory"
                                                                 : "node");
  out.device.id = printable((host.empty() ? "" : host + " ") + (bare || gpu.empty() ? of_part + gpu : gpu));
  out.device.name = printable(label(metric, {"modelName", "name", "model"}));
  out.device.meter = "prometheus";
  out.device.accuracy = out.device.part == Part::accelerator ? nvidia_power : unknown_meter;
  return out;
}

// [1700000000, "100"]; the number may be "NaN"
bool point_in(const Json& point, double& seconds, std::optional<double>& value) {
  if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_string()) return false;
  seconds = point[0].get<double>();
  const std::string& text = point[1].get_ref<const std::string&>();
  double number = 0;
  value.reset();
  if (parse_number(text, number)) value = number;
  return value || means_missing(text) || text == "+Inf" || text == "-Inf";
}

Result<void> take_powers(const Series& series, LogBook& book) {
  const std::size_t device = book.device(series.device);
  for (const Json& point : *series.values) {
    double seconds = 0;
    std::optional<double> value;
    const bool read = point_in(point, seconds, value);
    const std::optional<Stamp> at = stamp_at(seconds);
    if (!read || !at)
      return Error{ErrorKind::malformed, {}, "a point of " + in_quotes(series.metric) + " is none", {}};
    std::optional<Power> power;
    if (value) {
      power = watts(*value * *series.watts);
      if (!(*power >= watts(0) && *power <= ceiling(series.device.part)))
        return Error{ErrorKind::out_of_range, {},
            in_quotes(series.metric) + " is no power that " + in_quotes(series.device.id) + " draws", {}};
    }
    book.power(device, *at, power);
  }
  return {};
}

// A counter that goes back was reset: what it counted since is not known.
Result<void> take_energies(const Series& series, LogBook& book) {
  const std::size_t device = book.device(series.device);
  std::optional<std::pair<Stamp, double>> last;
  for (const Json& point : *series.values) {
    double seconds = 0;
    std::optional<double> value;
    const bool read = point_in(point, seconds, value);
    const std::optional<Stamp> at = stamp_at(seconds);
    if (!read || !at)
      return Error{ErrorKind::malformed, {}, "a point of " + in_quotes(series.metric) + " is none", {}};
    if (!value) continue;
    book.seen(*at);
    if (last && at->at > last->first.at) {
      std::optional<Energy> energy;
      if (*value >= last->second) {
        const Result<Energy> counted = logged_energy(
            (*value - last->second) * *series.joules, series.device.part, at->at - last->first.at);
        if (!counted) return counted.error();
        energy = *counted;
      }
      book.span(device, last->first.at, at->at, energy);
    }
    last = std::pair{*at, *value};
  }
  return {};
}

// When each device has had series: several of one may follow each other (the pods that used a GPU), but
// not tell of the same time.
class Covered {
 public:
  Result<void> add(const Series& series) {
    double from = 0;
    double to = 0;
    std::optional<double> value;
    if (series.values->empty() || !point_in(series.values->front(), from, value) ||
        !point_in(series.values->back(), to, value))
      return {};
    for (const auto& [begin, end] : times_[series.device.id]) {
      if (from < end && begin < to) {
        return Error{ErrorKind::ambiguous, {},
            "two series are of " + in_quotes(series.device.id) + " at the same time",
            "query one of them by its labels, or all in one"};
      }
    }
    times_[series.device.id].emplace_back(from, to);
    return {};
  }

 private:
  std::map<std::string, std::vector<std::pair<double, double>>> times_;  // seconds, by device
};

bool looks_like_prometheus(Head head) {
  return std::any_of(head.begin(), head.end(),
      [](const std::string& line) { return line.find("\"resultType\"") != std::string::npos; });
}

Result<void> read_prometheus(LogLines& lines, const LogOptions& options, LogBook& book) {
  std::string text;
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) break;
    text.append(**line).append(1, '\n');
    if (text.size() > most_bytes) return at_line(lines, "is above 256 MiB", "query fewer hours at a time");
  }
  const Json answer = Json::parse(text, nullptr, false);
  const auto data = answer.is_object() ? answer.find("data") : answer.end();
  if (answer.is_discarded() || !answer.is_object() || data == answer.end() || !data->is_object() ||
      !data->contains("result") || !(*data)["result"].is_array() ||
      data->value("resultType", "") != "matrix") {
    return Error{ErrorKind::malformed, {}, "is no whole answer of Prometheus to a range query",
        "ask api/v1/query_range for it"};
  }
  std::vector<Series> all;
  for (const Json& one : (*data)["result"]) {
    Result<Series> series = series_of(one, options);
    if (!series) return series.error();
    all.push_back(std::move(*series));
  }
  // a device's counter tells more than its powers
  std::size_t passed_over = 0;
  Covered covered;
  for (const Series& series : all) {
    const bool counted = std::any_of(all.begin(), all.end(), [&](const Series& other) {
      return other.joules && other.device.id == series.device.id && other.device.part == series.device.part;
    });
    if (counted && !series.joules) {
      ++passed_over;
      continue;
    }
    if (Result<void> apart = covered.add(series); !apart) return apart;
    if (Result<void> taken = series.joules ? take_energies(series, book) : take_powers(series, book); !taken)
      return taken;
  }
  if (passed_over > 0)
    book.note(
        std::to_string(passed_over) + " series of powers are passed over: the devices' counters are read");
  book.expect_one_row_per_look();
  return {};
}

}  // namespace

extern const LogFormat prometheus = {"prometheus",
    "a range of powers or energies from Prometheus, api/v1/query_range, as JSON", looks_like_prometheus,
    read_prometheus};

}  // namespace footpound::measure
