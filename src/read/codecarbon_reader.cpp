// SPDX-License-Identifier: MIT
// The CSV reader does the reading; what the columns mean is the tracker's own: its `cpu_count`
// are logical processors, its `region` a province, its `pue` is in the energy already.
#include "read/codecarbon_reader.hpp"

#include <algorithm>
#include <array>

#include "base/letters.hpp"
#include "factors/regions.hpp"
#include "read/delimited_reader.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

enum Column : unsigned char {
  timestamp,
  project_name,
  duration,
  energy_consumed,
  pue,
  country_iso_code,
  region,
  cloud_provider,
  cloud_region,
  gpu_count,
  gpu_model,
  columns
};
constexpr std::array<std::string_view, columns> names = {"timestamp", "project_name", "duration",
    "energy_consumed", "pue", "country_iso_code", "region", "cloud_provider", "cloud_region", "gpu_count",
    "gpu_model"};

std::string folded(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return lower_case(text.substr(begin, text.find_last_not_of(" \t") + 1 - begin));
}

Error in(Column column, ErrorKind kind, std::string what, std::string instead) {
  return Error{kind, std::string(names[column]), std::move(what), std::move(instead)};
}

class CodecarbonReader : public RecordReader {
 public:
  explicit CodecarbonReader(const ReaderOptions& options) : options_(options) {
    ReaderOptions csv = options;
    csv.keep_own_fields = true;
    csv.own_fields_wanted.clear();
    csv_ = make_csv_reader(csv);
  }

  std::size_t header_end(std::string_view head) const override { return csv_->header_end(head); }
  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return csv_->cutter(); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return csv_->encoding(); }
  std::span<const std::string> header() const override { return csv_->header(); }
  std::string_view raw_header() const override { return csv_->raw_header(); }
  std::string_view line_end() const override { return csv_->line_end(); }

 private:
  using Cells = std::array<std::string_view, columns>;
  Result<void> describe(const Cells& cells, Spec& spec, std::uint64_t& stated) const;
  void place(const Cells& cells, Spec& spec, std::uint64_t& stated) const;

  ReaderOptions options_;
  std::unique_ptr<RecordReader> csv_;
  std::array<std::optional<std::size_t>, columns> where_;
};

Result<std::size_t> CodecarbonReader::begin(std::string_view head) {
  Result<std::size_t> length = csv_->begin(head);
  if (!length) return length;
  const std::span<const std::string> header = csv_->header();
  for (std::size_t i = 0; i < header.size(); ++i) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (folded(header[i]) == names[c]) where_[c] = i;
    }
  }
  if (!header.empty() && !where_[energy_consumed]) {
    return in(energy_consumed, ErrorKind::malformed, "is no column of it",
        "CodeCarbon's emissions.csv holds one; for other CSV write --in csv");
  }
  return length;
}

// A cloud region where one is named, else a state or province that the tables know, else the
// country.
void CodecarbonReader::place(const Cells& cells, Spec& spec, std::uint64_t& stated) const {
  static const Field& region_field = *find_field("region");
  static const Field& provider_field = *find_field("provider");
  if (!cells[cloud_region].empty()) {
    spec.region = cells[cloud_region];
    stated |= bit(region_field);
    if (!cells[cloud_provider].empty()) {
      spec.provider = cells[cloud_provider];
      stated |= bit(provider_field);
    }
    return;
  }
  if (cells[country_iso_code].empty()) return;
  spec.region = cells[country_iso_code];
  stated |= bit(region_field);
  if (cells[region].empty() || options_.catalog == nullptr) return;
  const Result<RegionMatch> state = find_region(*options_.catalog, cells[region], "");
  const Result<RegionMatch> country = find_region(*options_.catalog, cells[country_iso_code], "");
  if (!state || !country || is_whole_country(state->row)) return;
  const Row of = country_of(*options_.catalog, state->row);
  if (of && of.id() == country->row.id() && provider_of(state->row).empty()) spec.region = state->row.id();
}

Result<void> CodecarbonReader::describe(const Cells& cells, Spec& spec, std::uint64_t& stated) const {
  double energy = 0;
  if (!parse_number(cells[energy_consumed], energy) || energy < 0) {
    return in(energy_consumed, cells[energy_consumed].empty() ? ErrorKind::missing : ErrorKind::bad_value,
        cells[energy_consumed].empty() ? "is empty" : in_quotes(cells[energy_consumed]) + " is no energy",
        "it is the run's kWh");
  }
  if (energy == 0) return Error{ErrorKind::skipped, {}, "the tracker recorded no energy", {}};
  double factor = 1;
  if (!cells[pue].empty() && (!parse_number(cells[pue], factor) || factor < 1)) {
    return in(pue, ErrorKind::out_of_range, in_quotes(cells[pue]) + " is no PUE", "it is 1 or more");
  }
  spec.measured_it_energy = Stated<Energy>{kilowatt_hours(energy / factor), 0};
  stated |= bit(*find_field("measured_it_energy_kwh"));
  // 1 is the tracker's default, for "not looked at": then ours is sought
  if (factor != 1) {
    spec.pue = Stated<double>{factor, 0};
    stated |= bit(*find_field("pue"));
  }
  double seconds = 0;
  if (!cells[duration].empty()) {
    if (!parse_number(cells[duration], seconds) || seconds < 0) {
      return in(
          duration, ErrorKind::bad_value, in_quotes(cells[duration]) + " is no time", "it is in seconds");
    }
    if (seconds > 0) {
      spec.hours = Stated<Duration>{hours(seconds / 3600), 0};
      stated |= bit(*find_field("hours"));
    }
  }
  if (!cells[timestamp].empty()) {
    const Result<Instant> end = parse_instant(cells[timestamp], spec.local_offset_seconds);
    if (!end) return in(timestamp, ErrorKind::bad_value, in_quotes(cells[timestamp]) + " is not a time", {});
    spec.start = Instant{end->epoch_seconds - seconds};  // it is the end, and the year is that of the start
    stated |= bit(*find_field("start"));
  }
  if (!cells[project_name].empty()) spec.name = cells[project_name];
  place(cells, spec, stated);
  // only embodied emissions need them: a kind that cannot be told apart is left out
  const std::optional<CodecarbonGpus> gpus = parse_codecarbon_gpus(cells[gpu_model]);
  if (gpus && !gpus->name.empty()) {
    double count = gpus->count.value_or(0);
    if (count > 0 || (parse_number(cells[gpu_count], count) && count > 0)) {
      spec.accelerator = gpus->name;
      spec.accelerator_count = Stated<double>{count, 0};
      stated |= bit(*find_field("accelerator")) | bit(*find_field("accelerator_count"));
    }
  }
  return {};
}

std::uint64_t CodecarbonReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  return csv_->read(block, base, [&](Record& record) {
    if (record.error && record.error->kind == ErrorKind::malformed) {
      if (record.error->instead.empty()) {
        record.error->instead =
            "CodeCarbon leaves out columns without a value when it appends to a file, and what follows is "
            "shifted: take the row out";
      }
      sink(record);
      return;
    }
    // what the plain CSV reader took the columns for does not count
    record.error.reset();
    record.spec = base;
    record.stated = 0;
    Cells cells;
    std::string scratch;
    for (std::size_t c = 0; c < columns; ++c) {
      if (!where_[c] || *where_[c] >= record.own.size()) continue;
      std::string_view text = csv_meaning(record.own[*where_[c]].raw, scratch);
      if (text.data() == scratch.data() && !text.empty()) {
        record.undone.push_back(scratch);
        text = record.undone.back();
      }
      cells[c] = text;
    }
    std::uint64_t stated = 0;
    if (Result<void> done = describe(cells, record.spec, stated); !done)
      record.error = std::move(done.error());
    for (const Field& field : fields()) {
      if ((stated & bit(field)) != 0) record.said[index_of(field)] = field.name;
    }
    record.stated = stated;
    sink(record);
  });
}

}  // namespace

std::unique_ptr<RecordReader> make_codecarbon_reader(const ReaderOptions& options) {
  return std::make_unique<CodecarbonReader>(options);
}

bool looks_like_codecarbon(std::string_view head) {
  bool emissions = false;
  bool energy = false;
  for (const std::string& cell : first_row(head, ',')) {
    const std::string name = folded(cell);
    emissions = emissions || name == "emissions";
    energy = energy || name == "energy_consumed";
  }
  return emissions && energy;
}

std::optional<CodecarbonGpus> parse_codecarbon_gpus(std::string_view model) {
  constexpr std::string_view times = " x ";
  const std::size_t at = model.find(times);
  double count = 0;
  if (at == std::string_view::npos || !parse_number(model.substr(0, at), count))
    return CodecarbonGpus{model, std::nullopt};
  const std::string_view name = model.substr(at + times.size());
  if (name.find(times) != std::string_view::npos) return std::nullopt;
  return CodecarbonGpus{name, count};
}

}  // namespace footpound
