// SPDX-License-Identifier: MIT
#include "published/paper.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "estimate/spec.hpp"
#include "factors/tables.hpp"
#include "footpound/base/error.hpp"
#include "published/comparison.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

struct Prices {
  double low, high;  // preemptible and on demand, USD per hour of what the paper calls a device
  double counted;    // devices of ours in one of those: a TPU board has four chips
  std::string_view accelerator;
};

class Paper {
 public:
  explicit Paper(const Catalog& catalog) : catalog_(catalog), resolver_(catalog, {}) {
    sheet_.name = "strubell2019";
    sheet_.columns = {{"table"}, {"row"}, {"cell"}, {"printed"}, {"ours", true, 8}, {"agrees"}, {"remark"}};
    pue_ = value("formula:pue:constant");
    intensity_ = pounds(value("formula:us-grid:constant")) / kilowatt_hours(1);
    usd_per_kwh_ = value("formula:electricity-price:constant");
  }

  Sheet reproduce() {
    table1();
    for (const char* row : {"transformer-base", "transformer-big", "elmo", "bert-v100", "bert-tpu",
             "nas-p100", "nas-tpu", "gpt-2"})
      table3(row);
    correction();
    table4();
    sheet_.notes = {
        "agrees: ours rounds to the printed figure. Energy = power x hours x PUE 1.58; lb = energy x 0.954; "
        "cost = devices x hours x price (low: preemptible, high: on demand).",
        "The paper sampled its power on other boards than those it names (a Titan X; ELMo: three GTX 1080 "
        "Ti).",
        "A TPU device is four chips. TPU energies, which the paper does not print, are estimated from TPU "
        "power measured since, with the paper's PUE."};
    return std::move(sheet_);
  }

 private:
  Row cell(const std::string& id) const {
    const Row row = catalog_.table(TableId::paper_strubell2019).find(id);
    if (!row) throw RunError(ExitCode::input, "table paper_strubell2019 lacks " + in_quotes(id));
    return row;
  }
  bool has(const std::string& id) const {
    return static_cast<bool>(catalog_.table(TableId::paper_strubell2019).find(id));
  }
  double value(const std::string& id) const {
    const std::optional<double> number = cell(id).number(column(TableId::paper_strubell2019, "value"));
    if (!number)
      throw RunError(ExitCode::input, "table paper_strubell2019: " + in_quotes(id) + " has no value");
    return *number;
  }

  void add(std::string_view table, std::string_view row, std::string_view cell, Cell printed, Cell ours,
      std::string agrees, std::string remark) {
    const auto text_or_nothing = [](std::string text) {
      return text.empty() ? Cell() : Cell(std::move(text));
    };
    sheet_.rows.push_back({std::string(table), std::string(row), std::string(cell), std::move(printed),
        std::move(ours), text_or_nothing(std::move(agrees)), text_or_nothing(std::move(remark))});
  }

  // A printed number against ours; `unit` is that of its last printed digit.
  void check(const std::string& id, double ours, std::string remark = {}, double unit = 1) {
    const Row row = cell(id);
    const bool agrees = std::abs(ours - value(id)) <= unit / 2;
    add(row.text(column(TableId::paper_strubell2019, "table")),
        row.text(column(TableId::paper_strubell2019, "row")),
        row.text(column(TableId::paper_strubell2019, "field")),
        std::string(row.text(column(TableId::paper_strubell2019, "printed"))), ours, agrees ? "yes" : "no",
        std::move(remark));
  }

  Estimate run(Power power, Duration time) {
    Spec spec;
    spec.it_power = Stated<Power>{power, 0};
    spec.hours = Stated<Duration>{time, 0};
    return answer(spec);
  }

  Estimate answer(Spec& spec) {
    spec.pue = Stated<Pue>{Pue(pue_), 0};
    spec.intensity = Stated<Intensity>{intensity_, 0};
    Inputs inputs;
    if (const Result<void> done = resolver_.resolve(spec, inputs); !done)
      throw RunError(ExitCode::input, message(done.error()));
    return estimate(inputs);
  }

  // What the hardware of a row costs, and how many devices it is.
  std::pair<Prices, double> hardware(const std::string& row) const {
    const std::string id = "table3:" + row + ":hardware";
    const std::string_view named = cell(id).text(column(TableId::paper_strubell2019, "price"));
    const Row price = catalog_.table(TableId::prices).find(named);
    if (!price) throw RunError(ExitCode::input, "table prices lacks " + in_quotes(named));
    return {{price.number(column(TableId::prices, "usd_per_hour_spot")).value_or(0),
                price.number(column(TableId::prices, "usd_per_hour_on_demand")).value_or(0),
                price.number(column(TableId::prices, "devices")).value_or(1),
                price.text(column(TableId::prices, "accelerator"))},
        value(id)};
  }

  void table3(const std::string& row) {
    const std::string id = "table3:" + row + ":";
    const double printed_hours = value(id + "hours");
    const auto [price, devices] = hardware(row);
    std::vector<PrintedPerHour> cells = {{value(id + "cost_low_usd"), devices * price.low},
        {value(id + "cost_high_usd"), devices * price.high}};
    const bool has_power = has(id + "energy_kwh");
    std::optional<Estimate> ours;
    if (has_power) {
      const Power power = watts(value(id + "power_w"));
      ours = run(power, hours(printed_hours));
      cells.push_back({value(id + "energy_kwh"), in_kwh(run(power, hours(1)).energy.value)});
      cells.push_back({value(id + "co2e_lb"), in_pounds(run(power, hours(1)).co2e.value)});
    }
    std::string remark;
    const bool all_fit = rounds_to_all(cells, printed_hours);
    if (!all_fit) {
      const std::optional<double> fit = hours_that_fit(cells);
      remark = fmt::format("cannot be reproduced at the printed {} h", human_number(printed_hours));
      remark += fit ? fmt::format("; {} h fits every cell of the row", human_number(*fit)) : "";
    }
    if (has_power) {
      check(id + "energy_kwh", in_kwh(ours->energy.value), remark);
      check(id + "co2e_lb", in_pounds(ours->co2e.value), remark);
    } else {
      today(row, price.accelerator, devices * price.counted, printed_hours);
    }
    check(id + "cost_low_usd", devices * printed_hours * price.low, remark);
    check(id + "cost_high_usd", devices * printed_hours * price.high, remark);
  }

  static bool rounds_to_all(const std::vector<PrintedPerHour>& cells, double time) {
    for (const PrintedPerHour& each : cells) {
      if (std::abs(each.per_hour * time - each.printed) > 0.5) return false;
    }
    return true;
  }

  // What the paper could not print: TPU power was not known in 2019.
  void today(const std::string& row, std::string_view accelerator, double chips, double time) {
    Spec spec;
    spec.accelerator = accelerator;
    spec.accelerator_count = Stated<double>{chips, 0};
    spec.hours = Stated<Duration>{hours(time), 0};
    const Estimate ours = answer(spec);
    const std::string_view title =
        cell("table3:" + row + ":hours").text(column(TableId::paper_strubell2019, "row"));
    const auto add_not_printed = [&](std::string_view name, double amount, double low, double high) {
      add("table3", title, name, std::string("not printed"), amount, {},
          fmt::format("estimated, {} to {}: {} chips {} and their hosts", human_number(low, 3),
              human_number(high, 3), human_number(chips), accelerator));
    };
    add_not_printed(
        "energy_kwh", in_kwh(ours.energy.value), in_kwh(ours.energy.low()), in_kwh(ours.energy.high()));
    add_not_printed(
        "co2e_lb", in_pounds(ours.co2e.value), in_pounds(ours.co2e.low()), in_pounds(ours.co2e.high()));
  }

  // The search behind the NAS row, as it was run.
  void correction() {
    const Row search = catalog_.table(TableId::runs).find("patterson-et-nas");
    if (!search) return;
    for (const Comparison& each : Recomputer(catalog_).compare(search)) {
      if (each.basis != Basis::power_and_hours && each.basis != Basis::energy) continue;
      const double times = each.measure == Measure::co2e_kg
                               ? in_kilograms(pounds(value("table3:nas-p100:co2e_lb"))) / each.ours.value
                               : value("table3:nas-p100:energy_kwh") / each.ours.value;
      // printed with two digits
      const double unit = std::pow(10, std::floor(std::log10(each.published)) - 1);
      add("table3", "NAS as it was run (Patterson et al. 2021)", name(each.measure),
          human_number(each.published), each.ours.value,
          std::abs(each.ours.value - each.published) <= unit / 2 ? "yes" : "no",
          fmt::format("correction of the row NAS P100x8, which is {} times as much", human_number(times, 2)));
    }
  }

  void table1() {
    static constexpr std::array<std::pair<const char*, const char*>, 4> cited = {{
        {"table1:air-travel-1-passenger-ny-sf:co2e_lb", "strubell-flight-ny-sf"},
        {"table1:human-life-avg-1-year:co2e_lb", "strubell-human-year"},
        {"table1:american-life-avg-1-year:co2e_lb", "strubell-american-year"},
        {"table1:car-avg-incl-fuel-1-lifetime:co2e_lb", "strubell-car-lifetime"},
    }};
    for (const auto& [id, row] : cited) {
      const Row equivalent = catalog_.table(TableId::equivalents).find(row);
      if (equivalent)
        check(id, *equivalent.number(column(TableId::equivalents, "lb_per_unit")),
            "cited by the paper, not computed: ours is the cited figure itself, row " + std::string(row));
    }
    const std::string how =
        fmt::format("from the electricity cost of Table 4 at {} USD/kWh", number_text(usd_per_kwh_));
    check("table1:nlp-pipeline-parsing-srl:co2e_lb",
        lb_of_electricity(value("table4:24-model-s:electricity_cost_usd")) / 24, how + ", 24 models / 24");
    // a cost printed to the dollar leaves 8 lb open
    check("table1:nlp-pipeline-w-tuning-and-experimentation:co2e_lb",
        lb_of_electricity(value("table4:4789-model-s:electricity_cost_usd")),
        how + ", where a dollar is 8 lb", lb_of_electricity(1));
    for (const auto& [id, row] : {std::pair{"table1:transformer-big:co2e_lb", "transformer-big"},
             std::pair{"table1:transformer-big-w-neural-architecture-search:co2e_lb", "nas-p100"}}) {
      const std::string inputs = "table3:" + std::string(row) + ":";
      check(id, in_pounds(run(watts(value(inputs + "power_w")), hours(value(inputs + "hours"))).co2e.value),
          "as in Table 3");
    }
  }

  double lb_of_electricity(double usd) const {
    return in_pounds(kilowatt_hours(usd / usd_per_kwh_) * intensity_);
  }

  void table4() {
    const double one = value("table4:1-model-s:gpu_hours");
    check("table4:1-model-s:gpu_hours", one, "an input of the table");
    check("table4:24-model-s:gpu_hours", 24 * one);
    add("table4", cell("table4:4789-model-s:gpu_hours").text(column(TableId::paper_strubell2019, "row")),
        "gpu_hours",
        std::string(
            cell("table4:4789-model-s:gpu_hours").text(column(TableId::paper_strubell2019, "printed"))),
        value("table4:4789-model-s:gpu_hours"), "",
        "an input of the table: jobs of 3 minutes to 9 days, " +
            std::string(cell("table4:4789-model-s:gpu_hours").note()));
    const Prices p100 = hardware("nas-p100").first;
    for (const char* models : {"1-model-s", "24-model-s", "4789-model-s"}) {
      const std::string id = "table4:" + std::string(models) + ":";
      const double device_hours = value(id + "gpu_hours");
      const Row cost = cell(id + "cloud_cost_usd");
      const std::string_view printed = cost.text(column(TableId::paper_strubell2019, "printed"));
      const std::string ours = cost_range(
          device_hours * p100.low, device_hours * p100.high, printed.find('k') != std::string_view::npos);
      add("table4", cost.text(column(TableId::paper_strubell2019, "row")), "cloud_cost_usd",
          std::string(printed), ours, ours == printed ? "yes" : "no", "");
    }
    const double lb_per_model = value("table1:nlp-pipeline-parsing-srl:co2e_lb");
    const double lb_of_all = value("table1:nlp-pipeline-w-tuning-and-experimentation:co2e_lb");
    const std::string how = "from the lb of Table 1: power was sampled and is not printed";
    check("table4:1-model-s:electricity_cost_usd", usd_of(lb_per_model), how);
    check("table4:24-model-s:electricity_cost_usd", usd_of(24 * lb_per_model), how);
    check("table4:4789-model-s:electricity_cost_usd", usd_of(lb_of_all), how);
  }

  double usd_of(double lb) const { return lb / in_pounds(kilowatt_hours(1) * intensity_) * usd_per_kwh_; }

  static std::string cost_range(double low, double high, bool thousands) {
    return thousands ? fmt::format("{:.0f}k to {:.0f}k", low / 1000, high / 1000)
                     : fmt::format("{:.0f} to {:.0f}", low, high);
  }

  const Catalog& catalog_;
  Resolver resolver_;
  Sheet sheet_;
  double pue_ = 1;
  Intensity intensity_;
  double usd_per_kwh_ = 0;
};

}  // namespace

std::optional<double> hours_that_fit(const std::vector<PrintedPerHour>& cells) {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  for (const PrintedPerHour& each : cells) {
    low = std::max(low, (each.printed - 0.5) / each.per_hour);
    high = std::min(high, (each.printed + 0.5) / each.per_hour);
  }
  if (!(low <= high) || !std::isfinite(high)) return std::nullopt;
  constexpr int most_decimals = 3;
  double scale = 1;
  for (int decimals = 0; decimals <= most_decimals; ++decimals, scale *= 10) {
    const double candidate = std::round((low + high) / 2 * scale) / scale;
    if (candidate >= low && candidate <= high) return candidate;
  }
  return (low + high) / 2;
}

Sheet reproduce_strubell2019(const Catalog& catalog) { return Paper(catalog).reproduce(); }

}  // namespace footpound
