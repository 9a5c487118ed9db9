// SPDX-License-Identifier: MIT
#include "footpound/factors/catalog.hpp"
#include "support/close_to.hpp"
#include "support/read_stream.hpp"

using namespace footpound;

namespace {

template <class Check>
void only(const std::string& text, Check check) {
  static const Catalog catalog;
  ReaderOptions options;
  options.catalog = &catalog;
  int records = 0;
  read_stream("codecarbon", text, options, {}, [&](const Record& record) {
    ++records;
    check(record);
  });
  CHECK(records == 1);
}

std::string error_of(const std::string& text) {
  std::string found;
  only(text, [&](const Record& record) { found = record.error ? message(*record.error) : ""; });
  return found;
}

}  // namespace

TEST_CASE("codecarbon: version 3", "[codecarbon]") {
  only(sample("codecarbon/emissions-v3.csv"), [](const Record& record) {
    REQUIRE_FALSE(record.error);
    const Spec& spec = record.spec;
    CHECK(*spec.name == "ft-bert");
    CHECK(in_kwh(spec.measured_it_energy->value) == close_to(2.693586));  // the tracker's PUE is 1
    CHECK_FALSE(spec.pue);
    CHECK(in_hours(spec.hours->value) == close_to(7200.5 / 3600));
    CHECK(*spec.region == "FRA");
    CHECK_FALSE(spec.provider);
    CHECK(*spec.accelerator == "NVIDIA A100-SXM4-80GB");
    CHECK(spec.accelerator_count->value == 4);
    CHECK_FALSE(spec.cpu_count);  // the tracker's are logical processors
    // it ends 2026-04-02T09:15:30: 20545 days, 33330 s; it began 7200.5 s before
    CHECK(spec.start->epoch_seconds == close_to(20545 * 86400.0 + 33330 - 7200.5));
    CHECK(record.own_fields.size() == 38);
  });
}

TEST_CASE("codecarbon: version 2", "[codecarbon]") {
  only(sample("codecarbon/emissions-v2.csv"), [](const Record& record) {
    REQUIRE_FALSE(record.error);
    CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(0.0004047892176375));
    CHECK(*record.spec.accelerator == "Apple M1");
    CHECK(record.spec.accelerator_count->value == 1);
    CHECK(*record.spec.region == "FRA");
  });
}

TEST_CASE("codecarbon: a shifted row is refused", "[codecarbon]") {
  CHECK(error_of(sample("codecarbon/emissions-shifted-row.csv")) ==
        "misfit row: has 29 fields, the header 31; CodeCarbon leaves out columns without a value when it "
        "appends to a "
        "file, and what follows is shifted: take the row out");
}

TEST_CASE("codecarbon: a file without the energy is refused", "[codecarbon]") {
  const Result<std::size_t> begun = find_input_format("codecarbon")->make({})->begin("emissions,duration\n");
  REQUIRE_FALSE(begun);
  CHECK(message(begun.error()) ==
        "energy_consumed: is no column of it; CodeCarbon's emissions.csv holds one; for other CSV write --in "
        "csv");
}

TEST_CASE("codecarbon: a PUE that is in the energy comes out again", "[codecarbon]") {
  only("emissions,energy_consumed,pue\n0.1,3,1.5\n", [](const Record& record) {
    CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(2));
    CHECK(record.spec.pue->value == Pue(1.5));
  });
  // the first versions have no such column
  only("emissions,energy_consumed\n0.1,3\n",
      [](const Record& record) { CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(3)); });
}

TEST_CASE("codecarbon: places", "[codecarbon]") {
  const auto region = [](const std::string& cells) {
    std::string found;
    only("emissions,energy_consumed,country_iso_code,region,cloud_provider,cloud_region\n0.1,3," + cells +
             "\n",
        [&](const Record& record) {
          found = std::string(record.spec.provider.value_or("")) + ":" +
                  std::string(record.spec.region.value_or(""));
        });
    return found;
  };
  CHECK(region("FRA,ile-de-france,,") == ":FRA");
  CHECK(region("USA,california,,") == ":US-CA");
  CHECK(region("FRA,california,,") == ":FRA");  // a state of another country is none of its provinces
  CHECK(region("USA,virginia,aws,us-east-1") == "aws:us-east-1");
  CHECK(region(",,,") == ":");
}

TEST_CASE("codecarbon: numbers that are none", "[codecarbon]") {
  const auto with = [](const std::string& energy, const std::string& duration, const std::string& pue) {
    return error_of(
        "emissions,energy_consumed,duration,pue\n0.1," + energy + "," + duration + "," + pue + "\n");
  };
  CHECK(with("1", "60", "1").empty());
  CHECK(with("", "60", "1") == "energy_consumed: is empty; it is the run's kWh");
  CHECK(with("1e999", "60", "1") == R"(energy_consumed: "1e999" is no energy; it is the run's kWh)");
  CHECK(with("-1", "60", "1") == R"(energy_consumed: "-1" is no energy; it is the run's kWh)");
  CHECK(with("0", "60", "1") == "skipped: the tracker recorded no energy");
  CHECK(with("1", "x", "1") == R"(duration: "x" is no time; it is in seconds)");
  CHECK(with("1", "60", "0.5") == R"(pue: "0.5" is no PUE; it is 1 or more)");
}

TEST_CASE("codecarbon: GPU models", "[codecarbon]") {
  const auto gpus = [](const std::string& model, const std::string& count = "") {
    std::string found;
    only("emissions,energy_consumed,gpu_model,gpu_count\n0.1,3," + model + "," + count + "\n",
        [&](const Record& record) {
          if (!record.spec.accelerator) return;
          found = std::to_string(record.spec.accelerator_count->value) + " " +
                  std::string(*record.spec.accelerator);
        });
    return found;
  };
  CHECK(gpus("4 x NVIDIA A100-SXM4-80GB") == "4.000000 NVIDIA A100-SXM4-80GB");
  CHECK(gpus("Tesla T4", "2") == "2.000000 Tesla T4");
  CHECK(gpus("Tesla T4").empty());
  CHECK(gpus("1 x NVIDIA A1002 x Tesla T4").empty());  // two kinds, run together
}

TEST_CASE("codecarbon: known by its header", "[codecarbon]") {
  CHECK(format_of_own_content(sample("codecarbon/emissions-v2.csv"))->name == "codecarbon");
  CHECK(format_of_own_content("gpu,hours,energy_kwh\n") == nullptr);
}
