// SPDX-License-Identifier: MIT
// The answer for people: headline, where the energy goes, what it rests on.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "record/record.hpp"
#include "units/number_text.hpp"
#include "words/explain.hpp"
#include "words/narrow_text.hpp"
#include "words/remarks.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view plain = "\x1b[0m";

class TextWriter : public RecordWriter {
 public:
  explicit TextWriter(const WriterOptions& options) : options_(options) {}

  std::string_view separator() const override { return "\n"; }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    title(answer.name(), out);
    headline(answer, out);
    breakdown(answer, out);
    remarks(record, answer, out);
    if (options_.explain) explanation(answer, out);
  }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    title(name_of_failed(record), out);
    out += "no answer: " + printable(message(error)) + "\n";
  }

 private:
  void title(std::string_view name, std::string& out) const {
    if (!name.empty()) out += style(bold, printable(name)) + "\n";
  }

  std::string style(std::string_view how, std::string_view text) const {
    if (!options_.colour) return std::string(text);
    return fmt::format("{}{}{}", how, text, plain);
  }

  static std::string range(double low, double high) {
    return low == high ? std::string()
                       : fmt::format("  ({} to {})", human_number(low, 3), human_number(high, 3));
  }

  void headline(const Answer& answer, std::string& out) const {
    const Estimate& e = answer.estimate();
    const auto line = [&](std::string number, std::string_view unit, const std::string& rest) {
      out += style(bold, fmt::format("{:>14} {}", number, unit)) + rest + "\n";
    };
    line(human_number(in_kwh(e.energy.value)), "kWh", range(in_kwh(e.energy.low()), in_kwh(e.energy.high())));
    line(human_number(in_pounds(e.co2e.value)), "lb CO2e",
        range(in_pounds(e.co2e.low()), in_pounds(e.co2e.high())));
    line(human_number(in_kilograms(e.co2e.value)), "kg CO2e",
        range(in_kilograms(e.co2e.low()), in_kilograms(e.co2e.high())));
    if (options_.equivalents_stated || options_.explain) {
      for (const Equivalent& each : equivalents_of(e.co2e.value, *options_.catalog, options_.equivalents)) {
        out += fmt::format("{:>14} {}\n", human_number(each.amount, 3), each.text);
      }
    } else {
      out += fmt::format("{:>14} car lifetimes\n", human_number(car_lifetimes(e.co2e.value), 3));
      out += fmt::format("{:>14} flights New York - San Francisco and back, one passenger\n",
          human_number(flights_ny_sf(e.co2e.value), 3));
    }
    if (e.co2e.low() != e.co2e.high()) out += style(dim, "               in brackets: 90 % interval") + "\n";
    if (answer.inputs()[FactorId::trials].number() > 1) {
      const double n = answer.inputs()[FactorId::trials].number();
      out += fmt::format("{:>14} trials; one: {} kWh, {} lb, {} kg CO2e\n", human_number(n),
          human_number(in_kwh(e.energy.value) / n), human_number(in_pounds(e.co2e.value) / n),
          human_number(in_kilograms(e.co2e.value) / n));
    }
    if (e.cost_usd) out += cost_line(answer.inputs(), e.cost_usd->value);
    if (e.market_co2e) {
      out += fmt::format("{:>14} kg CO2e market-based, beside the location-based figure above\n",
          human_number(in_kilograms(*e.market_co2e)));
    }
    if (e.embodied_co2e) {
      out += fmt::format("{:>14} kg CO2e embodied in the accelerators, not in the figures above\n",
          human_number(in_kilograms(*e.embodied_co2e)));
    }
  }

  static std::string cost_line(const Inputs& in, double usd) {
    const double paid_hours = in[FactorId::trials].number() * in_hours(*in.priced_time);
    std::string amount = human_number(usd);
    std::string how = fmt::format("at {} USD an hour", human_number(in[FactorId::price].number()));
    if (in.preemptible_price_usd) {
      amount = human_number(*in.preemptible_price_usd * paid_hours) + " to " + amount;
      how = fmt::format("at {} (preemptible) to {} USD (on demand) an hour, {}",
          human_number(*in.preemptible_price_usd), human_number(in[FactorId::price].number()),
          source_text(in[FactorId::price].row));
    }
    return fmt::format("{:>14} USD, {} accelerator-hours {}\n", amount, human_number(paid_hours), how);
  }

  void breakdown(const Answer& answer, std::string& out) const {
    const Estimate& e = answer.estimate();
    out += "\nwhere the energy goes\n";
    const double all = in_kwh(e.energy.value);
    const auto row = [&](std::string_view what, Energy energy, const std::string& how) {
      out += fmt::format("  {:<20} {:>12} kWh {:>4.0f} %  {}\n", what, human_number(in_kwh(energy)),
          all > 0 ? 100 * in_kwh(energy) / all : 0, how);
    };
    if (e.accelerator_energy) row("accelerators", *e.accelerator_energy, accelerators_text(answer));
    if (e.host_energy) row("host", *e.host_energy, host_text(answer.inputs()));
    if (!e.accelerator_energy && !e.host_energy)
      row("IT equipment", e.it_energy.value, it_text(answer.inputs()));
    row("datacentre overhead", e.overhead,
        fmt::format("PUE {}", human_number(answer.inputs()[FactorId::pue].number())));
    const Factor& intensity = answer.inputs()[FactorId::intensity];
    out += fmt::format("  carbon intensity     {:>12} g CO2e/kWh  {}\n", human_number(intensity.number()),
        intensity_label(answer.inputs()));
  }

  static std::string intensity_label(const Inputs& inputs) {
    std::string text = inputs.intensity_method ? std::string(name(*inputs.intensity_method)) : std::string();
    if (inputs[FactorId::intensity].origin == Origin::given)
      return text.empty() ? "as stated" : text + ", as stated";
    const std::string note = note_text(inputs[FactorId::intensity], inputs);
    return note.empty() ? text : text + ", " + note;
  }

  static std::string accelerators_text(const Answer& answer) {
    std::string text;
    for (std::size_t i = 0; i < answer.inputs().board_kinds; ++i) {
      const Boards& boards = answer.inputs().boards[i];
      if (!text.empty()) text += " + ";
      if (boards.count) text += human_number(*boards.count) + " x ";
      text += boards.accelerator() ? boards.accelerator().id() : "accelerator";
      if (boards.has(FactorId::accelerator_power))
        text += fmt::format(" at {} W", human_number(boards[FactorId::accelerator_power].number()));
    }
    if (answer.inputs().has(FactorId::hours)) {
      text += fmt::format(", {} h", human_number(answer.inputs()[FactorId::hours].number()));
    } else if (answer.inputs().has(FactorId::accelerator_hours)) {
      text += fmt::format(
          ", {} accelerator-hours", human_number(answer.inputs()[FactorId::accelerator_hours].number()));
    }
    return text;
  }

  static std::string host_text(const Inputs& inputs) {
    if (inputs.has(FactorId::host_power))
      return fmt::format("{} W", human_number(inputs[FactorId::host_power].number()));
    std::string text;
    for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
      if (!inputs.boards[i].has(FactorId::host_power_per_device)) continue;
      text += fmt::format("{}{} W", text.empty() ? "" : " and ",
          human_number(inputs.boards[i][FactorId::host_power_per_device].number()));
    }
    return text + " per accelerator";
  }

  static std::string it_text(const Inputs& inputs) {
    if (inputs.has(FactorId::it_power))
      return fmt::format("{} W, {} h", human_number(inputs[FactorId::it_power].number()),
          human_number(inputs[FactorId::hours].number()));
    return "as measured";
  }

  void remarks(const Record& record, const Answer& answer, std::string& out) const {
    std::string assumed;
    for (const Assumption& each : assumptions(answer)) {
      assumed += "  " + each.text;
      if (!each.flag.empty()) assumed += fmt::format("; state {}", each.flag);
      assumed += '\n';
    }
    if (!assumed.empty()) out += "\n" + style(yellow, "assumed") + "\n" + assumed;
    std::string noted;
    for (const std::string& note : notes(record, answer, *options_.catalog)) noted += "  " + note + "\n";
    if (!noted.empty()) out += "\nnotes\n" + noted;
  }

  void explanation(const Answer& answer, std::string& out) const {
    out += fmt::format("\nIT energy from\n  {}\n", rung_text(answer.inputs()));
    if (const std::optional<Narrowing> narrow = narrow_most(answer.inputs())) {
      out += fmt::format("\nwhat would narrow the interval most\n  {}\n", narrow_text(*narrow));
    }
    out += "\nfactors\n";
    each_factor(answer.inputs(), [&](const Factor& factor) {
      const FactorKind& what = kind(factor.id);
      out += fmt::format("  {:<32} {:>14} {:<7} {}", what.name, human_number(factor.number(), 6), what.unit,
          name(factor.origin));
      if (factor.log_sd > 0) {
        const Interval<double> doubt = interval(factor);
        out += fmt::format(", {} to {}", human_number(doubt.low, 3), human_number(doubt.high, 3));
      }
      out += '\n';
      const std::string note = note_text(factor, answer.inputs());
      if (!note.empty()) out += "      " + note + "\n";
      for (const Row row : {factor.row, factor.note_row == factor.row ? Row() : factor.note_row}) {
        if (!row) continue;
        out += fmt::format("      row {} of {}", row.id(), row.table().def().name);
        const std::string_view file = options_.catalog->file_of(row);
        if (!file.empty()) out += fmt::format(" in {}", printable(file));
        out += fmt::format("; source {}\n", source_text(row));
      }
    });
    out += "\nformula\n";
    formula(answer, out);
  }

  // Twelve digits check any sum, and show none of the binary fractions' own.
  static std::string digits(double value) {
    const std::string text = fmt::format("{:.12g}", value);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return number_text(value);
  }

  // The numbers put in, with all the digits it takes to check them.
  void formula(const Answer& answer, std::string& out) const {
    const Inputs& in = answer.inputs();
    const Estimate& e = answer.estimate();
    std::string it;
    if (in.rung == EnergyRung::measured_it) {
      it = fmt::format("{} kWh", digits(in.metered()->number()));
    } else if (in.rung == EnergyRung::it_power) {
      it = fmt::format("{} W x {} h / 1000", digits(in[FactorId::it_power].number()),
          digits(in[FactorId::hours].number()));
    } else {
      if (in.rung == EnergyRung::measured_accelerator)
        it = fmt::format("{} kWh", digits(in.metered()->number()));
      for (std::size_t i = 0; i < in.board_kinds && in.rung == EnergyRung::parts; ++i) {
        const Boards& boards = in.boards[i];
        it += fmt::format("{}{} W x {} device-hours / 1000", it.empty() ? "" : " + ",
            digits(boards[FactorId::accelerator_power].number()), digits(in_hours(boards.time->total())));
      }
      if (in.has(FactorId::host_power))
        it += fmt::format("{}{} W x {} h / 1000", it.empty() ? "" : " + ",
            digits(in[FactorId::host_power].number()), digits(in[FactorId::hours].number()));
      for (std::size_t i = 0; i < in.board_kinds; ++i) {
        const Boards& boards = in.boards[i];
        if (!boards.has(FactorId::host_power_per_device)) continue;
        it += fmt::format(" + {} W x {} device-hours / 1000",
            digits(boards[FactorId::host_power_per_device].number()), digits(in_hours(boards.time->total())));
      }
    }
    if (in.has(FactorId::flops)) {
      out += fmt::format("  hours      = {} FLOP / ({} x {} FLOP/s x {}){} / 3600 = {} h\n",
          digits(in[FactorId::flops].number()), digits(in[FactorId::accelerator_count].number()),
          digits(in[FactorId::peak].number()), digits(in[FactorId::mfu].number()),
          in.has(FactorId::hours_overhead) ? " x " + digits(in[FactorId::hours_overhead].number())
                                           : std::string(),
          digits(in[FactorId::hours].number()));
    }
    out += fmt::format("  IT energy  = {} x ({}) = {} kWh\n", digits(in[FactorId::trials].number()), it,
        digits(in_kwh(e.it_energy.value)));
    out += fmt::format("  energy     = IT energy x {} = {} kWh\n", digits(in[FactorId::pue].number()),
        digits(in_kwh(e.energy.value)));
    out += fmt::format("  CO2e       = energy x {} g/kWh / 1000 = {} kg\n",
        digits(in[FactorId::intensity].number()), digits(in_kilograms(e.co2e.value)));
    out += fmt::format(
        "             = kg / {} = {} lb\n", digits(kilograms_per_pound), digits(in_pounds(e.co2e.value)));
  }

  WriterOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_text_writer(const WriterOptions& options, const SourceShape*) {
  return std::make_unique<TextWriter>(options);
}

}  // namespace footpound
