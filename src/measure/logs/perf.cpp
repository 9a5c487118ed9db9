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
  std::string value;  // as written, with a decimal point
  std::string unit;
  std::optional<double> interval_end;  // seconds, with -I
  double run_time_ns = 0;
  double utilized = 0;    // "CPUs utilized", of a clock
  bool repeated = false;  // -r: the mean of several runs
  bool whole = true;      // not cut off within the run time
};

class PerfBook {
 public:
  PerfBook(LogLines& lines, LogBook& book) : lines_(lines), book_(book) {}

  Result<void> take(const Sample& sample) {
    if (sample.unit != joules_unit) return take_clock(sample);
    const auto* event = std::find_if(events.begin(), events.end(),
        [&](const Event& e) { return sample.event.find(e.text) != std::string::npos; });
    if (event == events.end()) return {};
    std::optional<double> number;
    if (double value = 0; parse_number(sample.value, value)) {
      number = value;
    } else if (sample.value.empty() || sample.value.front() != '<') {
      return at_line(lines_, in_quotes(sample.value) + " is not a number of joules");
    }
    // an event the machine does not have is no device
    if (sample.value == "<not supported>") return {};
    repeated_ = repeated_ || sample.repeated;

    Total total;
    total.line = lines_.number();
    total.event = event;
    total.number = number;
    total.socket = sample.socket;
    total.id = printable(std::string(event->text) + (sample.socket.empty() ? "" : "-" + sample.socket));
    const double end = sample.interval_end ? *sample.interval_end : sample.run_time_ns / 1e9;
    if (!(end >= 0 && end <= most_seconds) || (number && !(end > 0))) {
      return at_line(lines_, "its time is not known", "log with perf stat -I 1000");
    }
    total.to = nanoseconds(std::llround(end * 1e9));
    Moment& until = until_[total.id];
    if (total.to <= until && sample.interval_end) return at_line(lines_, "its time does not go on");
    if (!sample.interval_end && until > Moment{0})
      return at_line(lines_, "says " + in_quotes(total.id) + " twice");
    total.from = until;
    until = total.to;
    if (sample.interval_end) return keep(total);
    totals_.push_back(std::move(total));
    return {};
  }

  // Of totals, the time is known when all lines were read.
  Result<void> finish() {
    if (repeated_) book_.note("perf stat -r: energy and time are the mean of its repeats, those of one run");
    bool summed = false;
    for (Total& total : totals_) {
      if (wall_ && total.socket.empty()) {
        summed = summed || total.to > *wall_ + *wall_ / 2;
        total.to = *wall_;
      }
      if (Result<void> kept = keep(total); !kept) return kept;
    }
    const bool doubtful = std::any_of(totals_.begin(), totals_.end(),
        [&](const Total& total) { return !wall_ && total.socket.empty() && total.number; });
    if (summed)
      book_.note("the run time of perf's energies is the sum of the sockets'; the clock's is taken");
    if (doubtful) {
      book_.note(
          "perf's run time is taken, which is the sum of several sockets'; where there are some, log with -I "
          "1000, or with the event duration_time");
    }
    return {};
  }

 private:
  struct Total {
    std::size_t line = 0;
    const Event* event = nullptr;
    std::optional<double> number;  // joules
    std::string socket;
    std::string id;
    Moment from{0};
    Moment to{0};
  };

  // What tells how long the run was: duration_time, or a clock and how many CPUs it is of.
  Result<void> take_clock(const Sample& sample) {
    double value = 0;
    if (sample.interval_end || !parse_number(sample.value, value)) return {};
    double seconds = 0;
    if (sample.event.find("duration_time") != std::string::npos && sample.unit == "ns") seconds = value / 1e9;
    if (sample.unit == "msec" && sample.utilized > 0 && !wall_) seconds = value / 1e3 / sample.utilized;
    if (seconds > 0 && seconds <= most_seconds) wall_ = nanoseconds(std::llround(seconds * 1e9));
    return {};
  }

  Result<void> keep(const Total& total) {
    Device device;
    device.id = total.id;
    device.part = total.event->part;
    device.meter = "perf";
    device.accuracy = total.event->accuracy;
    const double sockets = total.socket.empty() ? most_sockets : 1;
    if (total.number) {
      const Result<Energy> of_one =
          logged_energy(*total.number / sockets, device.part, total.to - total.from);
      if (!of_one)
        return Error{
            ErrorKind::malformed, std::to_string(total.line), of_one.error().what, of_one.error().instead};
    }
    const std::optional<Energy> energy = total.number ? std::optional(joules(*total.number)) : std::nullopt;
    book_.span(book_.device(device), total.from, total.to, energy);
    return {};
  }

  static constexpr std::string_view joules_unit = "Joules";
  LogLines& lines_;
  LogBook& book_;
  std::map<std::string, Moment> until_;
  std::vector<Total> totals_;
  std::optional<nanoseconds> wall_;
  bool repeated_ = false;
};

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "S0", "S1-D0", "N0", "CPU3"
bool is_aggregate(std::string_view field) {
  const std::size_t digit = field.find_first_of("0123456789");
  return digit != std::string_view::npos && digit > 0 &&
         std::string_view("SDNC").find(field.front()) != field.npos;
}

constexpr std::string_view unit = "Joules";

// The character in front of the unit: -x; or -x";" where decimals have commas.
std::optional<char> separator_in(std::string_view line) {
  for (const std::string_view word : {unit, std::string_view("msec"), std::string_view("ns")}) {
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if (at > 0 && end < line.size() && line[at - 1] == line[end] &&
          std::string_view(",;|:\t").find(line[at - 1]) != std::string_view::npos)
        return line[at - 1];
    }
  }
  return std::nullopt;
}

std::string with_point(std::string text) {
  if (const std::size_t comma = text.find(','); comma != std::string::npos) text[comma] = '.';
  return text;
}

// [interval,] [socket,count,] value,Joules,event,[variance,] run time,percent,[metric,its unit]; a value
// with a decimal comma is two fields of a line with commas. Intervals have a point everywhere.
std::optional<Sample> sample_of(std::string_view line) {
  const std::optional<char> separator = separator_in(line);
  if (!separator) return std::nullopt;
  const std::vector<std::string> fields = csv_fields(line, *separator);
  const auto at = std::find_if(fields.begin(), fields.end(),
      [](const std::string& field) { return field == unit || field == "msec" || field == "ns"; });
  if (at == fields.begin() || at == fields.end() || fields.end() - at < 3) return std::nullopt;
  Sample out;
  out.unit = *at;
  out.event = *(at + 1);
  auto field = fields.begin();
  double seconds = 0;
  if (at - field > 1 && field->find_first_of(".,") != std::string::npos &&
      parse_number(with_point(*field), seconds)) {
    out.interval_end = seconds;
    ++field;
  }
  if (at - field > 1 && is_aggregate(*field)) {
    out.socket = *field++;
    if (out.socket.compare(0, 3, "CPU") != 0 && at - field > 1) ++field;  // a count of CPUs
  }
  std::vector<std::string> value;
  std::copy_if(field, at, std::back_inserter(value), [](const std::string& text) { return !text.empty(); });
  const bool comma = value.size() == 2 && is_digits(value[0]) && is_digits(value[1]);
  if (value.size() != 1 && !comma) return std::nullopt;
  out.value = comma ? value[0] + "." + value[1] : with_point(value[0]);
  auto run_time = at + 2;
  const auto is_percent = [&](auto one) {
    return one != fields.end() && one->size() > 1 && one->back() == '%';
  };
  out.repeated = is_percent(run_time) || (is_digits(*run_time) && is_percent(run_time + 1));
  if (out.repeated) run_time += is_percent(run_time) ? 1 : 2;
  out.whole = fields.end() - run_time >= 2;
  if (run_time < fields.end()) parse_number(*run_time, out.run_time_ns);
  if (fields.back() == "CPUs utilized" && fields.end() - at > 4)
    parse_number(with_point(*(fields.end() - 2)), out.utilized);
  return out;
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

// Numbers of a language with decimal commas: "pcnt-running" : 100,00. Behind a comma of JSON's own there
// is no digit, since keys are texts.
std::string with_decimal_points(std::string_view line) {
  std::string out(line);
  bool in_text = false;
  for (std::size_t i = 1; i + 1 < out.size(); ++i) {
    if (out[i] == '"') in_text = !in_text;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (out[i] == ',' && !in_text && digit(out[i - 1]) && digit(out[i + 1])) out[i] = '.';
  }
  return out;
}

std::optional<Sample> sample_of(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  Sample out;
  out.socket = text_of(object, "socket");
  out.event = text_of(object, "event");
  out.unit = text_of(object, "unit");
  out.value = with_point(text_of(object, "counter-value"));
  out.interval_end = number_of(object, "interval");
  out.run_time_ns = number_of(object, "event-runtime").value_or(0);
  out.repeated = number_of(object, "variance").value_or(0) > 0;
  if (text_of(object, "metric-unit") == "CPUs utilized")
    out.utilized = number_of(object, "metric-value").value_or(0);
  return out;
}

bool looks_like_perf(Head head) {
  return std::any_of(head.begin(), head.end(), [](const std::string& line) {
    return mentions_energy(line) && !is_json_object(line) && sample_of(std::string_view(line));
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
    if (!*line) return perf.finish();
    if (trimmed(**line).empty() || (*line)->front() == '#') continue;
    const std::size_t fields = csv_fields(**line, separator_in(**line).value_or(',')).size();
    const std::optional<Sample> sample = sample_of(**line);
    // its last field may have lost digits: a run time, or what tells the event
    if (lines.unfinished() && (fields < most_fields || (sample && sample->unit == unit && !sample->whole))) {
      book.note_cut_off();
      return perf.finish();
    }
    most_fields = std::max(most_fields, fields);
    if (!sample) {
      if (!mentions_energy(**line)) continue;
      return at_line(lines, "no value, unit Joules and event in it", "log with LC_ALL=C perf stat -x,");
    }
    if (Result<void> taken = perf.take(*sample); !taken) return taken;
  }
}

Result<void> read_perf_json(LogLines& lines, const LogOptions&, LogBook& book) {
  PerfBook perf(lines, book);
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return perf.finish();
    if (!is_json_object(**line)) continue;
    const Json object = Json::parse(with_decimal_points(**line), nullptr, false);
    if (object.is_discarded()) {
      if (lines.unfinished()) {
        book.note_cut_off();
        return perf.finish();
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
