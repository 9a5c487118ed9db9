// SPDX-License-Identifier: MIT
#include "measure/logs/watt_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/letters.hpp"
#include "measure/logs/unread_logs.hpp"

namespace footpound::measure {

namespace {

// So many rows tell what is in which column, where no header does.
constexpr std::size_t rows_for_guess = 256;

// A plain series may be that of a rack, or a room.
constexpr Power most_of_series = watts(1e7);

// Unit and decimals of a power: "389.55 W" -> ".## W". What a cut-off line lost shows in it.
std::string form_of(std::string_view power) {
  std::string form;
  bool decimals = false;
  for (const char c : power) {
    const bool digit = c >= '0' && c <= '9';
    decimals = decimals || c == '.';
    if (!digit || decimals) form += digit ? '#' : c;
  }
  return form;
}

char delimiter_of(const std::string& row, std::size_t count) {
  for (const char delimiter : {',', ';', '\t'}) {
    if (csv_fields(row, delimiter).size() == count) return delimiter;
  }
  return ',';
}

class WattReader {
 public:
  WattReader(LogLines& lines, LogBook& book, Device like, std::optional<Part> stated)
      : lines_(lines), book_(book), like_(std::move(like)), stated_(stated) {}

  Result<void> read(const LogOptions& options) {
    if (Result<void> found = find_columns(options); !found) return found;
    for (const std::string& note : columns_.notes) book_.note(note);
    book_.expect_one_row_per_look();
    while (true) {
      const Result<std::optional<std::string_view>> line = lines_.next();
      if (!line) return line.error();
      if (!*line) break;
      if (is_no_row(**line)) continue;
      if (is_driver_message(**line)) {
        book_.note("line " + std::to_string(lines_.number()) +
                   " is a message and no reading: " + in_quotes(trimmed(**line)));
        continue;
      }
      if (Result<void> taken = take(csv_fields(**line, columns_.delimiter)); !taken) return taken;
    }
    if (unknown_unit_)
      book_.note(
          "times without a unit are taken for seconds; --log-columns time_ms,power_w would say otherwise");
    if (unknown_part_) {
      book_.note(
          "the watts are taken for those of the whole node; --log-part accelerator or cpu says otherwise");
    }
    return {};
  }

 private:
  static bool is_no_row(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.empty() || text.front() == '#';
  }

  Result<void> find_columns(const LogOptions& options) {
    const Result<std::vector<std::string>> head = lines_.head(rows_for_guess);
    if (!head) return head.error();
    const std::vector<std::string> rows = rows_of(*head);
    if (rows.empty()) {
      if (std::optional<Error> known = unread_log(*head)) return *known;
    }
    if (rows.empty()) return Error{ErrorKind::malformed, {}, "holds no readings", {}};
    if (!options.columns.empty()) {
      Result<WattColumns> columns = columns_by_name(options.columns);
      if (!columns) return columns.error();
      columns_ = std::move(*columns);
      columns_.delimiter = delimiter_of(rows.front(), columns_.count);
      const std::vector<std::string> fields = csv_fields(rows.front(), columns_.delimiter);
      if (fields.size() == columns_.count && !columns_.stamp(fields)) header_ = fields;
      return {};
    }
    Result<std::optional<WattColumns>> by_header = columns_of_head(rows);
    if (!by_header) return by_header.error();
    if (*by_header) {
      columns_ = std::move(**by_header);
      header_ = csv_fields(rows.front(), columns_.delimiter);
      return {};
    }
    Result<WattColumns> guess = columns_of_rows(rows);
    if (!guess) return guess.error();
    columns_ = std::move(*guess);
    return {};
  }

  Result<void> take(std::vector<std::string> fields) {
    if (fields == header_) return {};  // its own, or that of a logger that was started again
    if (fields.size() != columns_.count) rejoin(fields);
    if (fields.size() != columns_.count) {
      if (lines_.unfinished()) return cut_off();
      return at_line(lines_,
          "has " + std::to_string(fields.size()) + " fields, not " + std::to_string(columns_.count),
          fields.size() > columns_.count && columns_.delimiter == ','
              ? "decimal commas cannot be told from those between fields: log with LC_ALL=C"
              : "");
    }
    if (columns_.delimiter != ',') std::for_each(fields.begin(), fields.end(), with_decimal_point);
    const std::optional<Stamp> at = columns_.stamp(fields);
    if (!at) {
      if (lines_.unfinished()) return cut_off();
      return at_line(lines_, in_quotes(fields[columns_.time]) + " is not a time",
          "write 2026-05-01T22:00:00.123 or seconds");
    }
    if (lines_.unfinished() && lost_something(fields.back())) return cut_off();
    unknown_unit_ = unknown_unit_ || (at->kind == Stamp::Kind::plain && !columns_.unit_seconds);
    std::vector<std::optional<Power>> powers;
    for (const WattColumn& column : columns_.watts) {
      const std::string& text = fields[column.column];
      const Result<std::optional<Power>> power = logged_power(text, most_of(column), column.unit_watts);
      if (!power) {
        if (lines_.unfinished() && column.column + 1 == columns_.count) return cut_off();
        return at_line(lines_, power.error().what, power.error().instead);
      }
      powers.push_back(*power);
    }
    last_length_ = fields.back().size();
    if (!means_missing(fields.back())) last_field_ = fields.back();
    for (std::size_t i = 0; i < powers.size(); ++i) {
      const Result<std::size_t> device = device_of(fields, columns_.watts[i]);
      if (!device) return device.error();
      if (columns_.name && columns_.watts[i].part.value_or(Part::accelerator) == Part::accelerator)
        book_.name(*device, fields[*columns_.name]);
      if (columns_.device && columns_.watts.size() > 1 && !is_first_of_look(*device, *at)) continue;
      book_.power(*device, *at, powers[i]);
    }
    return {};
  }

  // Of a column that says the same in several rows of one look, the first counts.
  bool is_first_of_look(std::size_t device, const Stamp& at) {
    const auto [last, is_new] = last_look_.try_emplace(device, at.at);
    return is_new || std::exchange(last->second, at.at) != at.at;
  }

  // Fields that stand apart by a comma that is none between fields: of a time's nanoseconds, behind the
  // last field.
  void rejoin(std::vector<std::string>& fields) const {
    if (fields.size() != columns_.count + 1) return;
    if (fields.back().empty()) return fields.pop_back();
    const std::string& rest = fields[columns_.time + 1];
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits != 9 && !(digits > 0 && digits < rest.size() &&
                           std::string_view("+-Z").find(rest[digits]) != std::string_view::npos))
      return;
    const std::string time = fields[columns_.time] + "." + rest;
    if (!parse_stamp(time)) return;
    fields[columns_.time] = time;
    fields.erase(fields.begin() + static_cast<long>(columns_.time) + 1);
  }

  static void with_decimal_point(std::string& field) {
    const std::size_t comma = field.find(',');
    if (comma != std::string::npos && field.find_first_not_of("+-0123456789,eE W") == std::string::npos)
      field[comma] = '.';
  }

  // The heading says what the watts are of, unless the user does, of a log with one column of them.
  std::optional<Part> part_of(const WattColumn& column) const {
    if (stated_ && columns_.watts.size() == 1) return stated_;
    return column.part ? column.part : columns_.part;
  }

  // A column without a number may be the sum of several devices, or of a rack.
  Power most_of(const WattColumn& column) const {
    if (like_.part != Part::node) return ceiling(like_.part);
    const std::optional<Part> part = part_of(column);
    const bool one_device = columns_.device || (!column.id.empty() && is_digit(column.id.back()));
    return part && !stated_ && one_device && *part != Part::node ? ceiling(*part) : most_of_series;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  Result<std::size_t> device_of(const std::vector<std::string>& fields, const WattColumn& column) {
    // a CPU's power beside that of the row's GPU is the node's, and stands in each of its rows
    const bool of_row = columns_.device && (!column.part || !columns_.part || column.part == columns_.part);
    const std::string row = of_row ? fields[*columns_.device] : std::string();
    const std::string host = columns_.host ? fields[*columns_.host] : std::string();
    std::string key = host;
    key.append(1, '\n').append(row).append(1, '\n').append(column.id);
    const auto known = devices_.find(key);
    if (known != devices_.end()) return known->second;
    if (!columns_.devices.empty() && columns_.devices.count(row) == 0) {
      return at_line(lines_,
          "field " + std::to_string(*columns_.device + 1) + ", " + in_quotes(row) +
              ", was taken for the device until here",
          std::string(name_the_columns));
    }
    Device device = like_;
    const bool uuid = row.compare(0, 4, "GPU-") == 0;
    if (const std::optional<Part> part = uuid && !stated_ ? Part::accelerator : part_of(column)) {
      device.part = *part;
    } else if (device.part == Part::node) {
      unknown_part_ = true;
    }
    if (!row.empty()) {
      const bool bare = row.find_first_not_of("0123456789") == std::string::npos;
      device.id = bare && device.part == Part::accelerator ? "gpu" + row : printable(row);
      if (!column.id.empty() && columns_.watts.size() > 1) device.id += " " + column.id;
    } else if (!column.id.empty() && columns_.watts.size() > 1) {
      device.id = column.id;
    } else if (device.part == Part::accelerator) {
      device.id = "gpu";
    }
    if (!host.empty()) device.id = printable(host) + " " + device.id;
    return devices_[key] = book_.device(device);
  }

  Result<void> cut_off() {
    book_.note_cut_off();
    return {};
  }

  // The last field against those before: of watts, decimals and unit, or, where there are none, the
  // digits; of all else, its length.
  bool lost_something(const std::string& field) const {
    const bool watts = std::any_of(columns_.watts.begin(), columns_.watts.end(),
        [&](const WattColumn& column) { return column.column + 1 == columns_.count; });
    if (!watts) return last_length_ && field.size() < *last_length_;
    if (field.empty()) return true;
    if (last_field_.empty() || means_missing(field)) return false;
    const std::string form = form_of(last_field_);
    return form_of(field) != form || (form.empty() && field.size() < last_field_.size());
  }

  LogLines& lines_;
  LogBook& book_;
  Device like_;
  std::optional<Part> stated_;  // --log-part
  WattColumns columns_;
  std::vector<std::string> header_;
  std::string last_field_;                  // of the last row where it was available
  std::optional<std::size_t> last_length_;  // of the last field
  std::map<std::string, std::size_t> devices_;
  std::map<std::size_t, Moment> last_look_;  // of each device, where rows have several columns of watts
  bool unknown_part_ = false;
  bool unknown_unit_ = false;  // of the times
};

}  // namespace

std::vector<std::string> rows_of(Head head) {
  std::vector<std::string> out;
  for (const std::string& line : head) {
    const std::string_view text = trimmed(line);
    if (text.empty() || is_driver_message(text)) continue;
    if (text.front() != '#') {
      out.push_back(line);
      continue;
    }
    // a comment, but for a header: "# time, power_w"
    const std::array names = {std::string(trimmed(text.substr(1)))};
    const Result<std::optional<WattColumns>> header = columns_of_head(names);
    if (out.empty() && header && *header) out.push_back(names.front());
  }
  return out;
}

Result<WattColumns> columns_of_rows(const std::vector<std::string>& lines) {
  std::optional<Error> wrong;
  for (const char delimiter : {',', ';', '\t'}) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : lines) {
      std::vector<std::string> fields = csv_fields(line, delimiter);
      if (rows.empty() || fields.size() == rows.front().size()) rows.push_back(std::move(fields));
    }
    Result<WattColumns> guess = columns_by_guess(rows);
    if (guess) {
      guess->delimiter = delimiter;
      return guess;
    }
    if (!wrong || (rows.front().size() > 1 && delimiter != ',')) wrong = guess.error();
  }
  return *wrong;
}

Result<void> read_watt_rows(LogLines& lines, const LogOptions& options, LogBook& book, const Device& like) {
  return WattReader(lines, book, like, options.part).read(options);
}

}  // namespace footpound::measure
