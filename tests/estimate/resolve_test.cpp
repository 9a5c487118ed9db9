// SPDX-License-Identifier: MIT
// The ladders of design section 4: energy, boards, hosts, boundary, place, embodied.
#include "estimate/resolve.hpp"

#include "support/answers.hpp"
#include "support/close_to.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

const Said place = {{"pue", "1"}, {"intensity_g_per_kwh", "100"}};

Said with(Said said, const Said& more) {
  said.insert(said.end(), more.begin(), more.end());
  return said;
}

ResolveOptions bounded(Boundary boundary) { return {boundary, false, {}}; }
constexpr ResolveOptions strict{std::nullopt, true, {}};

double board_watts(const Said& said) {
  return meant(with(said, place)).boards[0][FactorId::accelerator_power].number();
}

}  // namespace

TEST_CASE("metered energy of the whole job needs neither hours nor hardware") {
  const Inputs inputs = meant(with({{"measured_it_energy_kwh", "12"}}, place));
  CHECK(inputs.rung == EnergyRung::measured_it);
  CHECK(inputs.boundary == Boundary::it);
  CHECK_FALSE(inputs.has(FactorId::hours));
  CHECK_FALSE(inputs.has(FactorId::accelerator_count));
  CHECK(inputs.board_kinds == 0);
  // what is not needed is not looked for
  CHECK(meant(with({{"measured_it_energy_kwh", "12"}, {"accelerator", "no such thing"}}, place)).rung ==
        EnergyRung::measured_it);
}

TEST_CASE("rungs are tried from the surest: metered job, metered boards, job power, parts") {
  Said said = {{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "10"}};
  CHECK(meant(with(said, place)).rung == EnergyRung::parts);
  said.push_back({"it_power_w", "500"});
  CHECK(meant(with(said, place)).rung == EnergyRung::it_power);
  said.push_back({"measured_accelerator_energy_kwh", "4"});
  CHECK(meant(with(said, place)).rung == EnergyRung::measured_accelerator);
  said.push_back({"measured_it_energy_kwh", "5"});
  CHECK(meant(with(said, place)).rung == EnergyRung::measured_it);
}

TEST_CASE("a board's power: stated, from utilization, published mean, or a share by the load") {
  const Said gpu = {{"accelerator", "test-gpu"}, {"hours", "10"}};
  CHECK(board_watts(with(gpu, {{"accelerator_power_w", "123"}})) == 123);
  CHECK(board_watts(with(gpu, {{"accelerator_power_w", "123"}, {"utilization", "0.41"}})) == 123);
  CHECK(board_watts(with(gpu, {{"utilization", "70%"}})) == close_to(210));
  CHECK(board_watts({{"accelerator", "test-metered"}, {"hours", "10"}}) == 210);
  CHECK(board_watts(with(gpu, {{"accelerator_count", "8"}})) == close_to(240));  // several: a large model
  CHECK(board_watts(with(gpu, {{"accelerator_count", "1"}})) == close_to(150));  // one: general
  CHECK(board_watts(with(gpu, {{"accelerator_count", "1/7"}})) == close_to(150));
  CHECK(board_watts(gpu) == close_to(180));  // an assumed count says nothing
  CHECK(board_watts(with(gpu, {{"workload", "large-model"}})) == close_to(240));
  CHECK(board_watts(with(gpu, {{"accelerator_count", "8"}, {"workload", "general"}})) == close_to(150));
}

TEST_CASE("a month of device-hours without a count is a large model's") {
  const auto watts_of = [](const char* time) {
    return board_watts({{"accelerator", "test-gpu"}, {"accelerator_hours", time}});
  };
  CHECK(watts_of("719") == close_to(180));
  CHECK(watts_of("720") == close_to(240));
}

TEST_CASE("a year of device-hours is no single device's, whatever count is stated") {
  const auto load_of = [](const char* time) {
    return meant(
        with({{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"accelerator_hours", time}}, place))
        .load;
  };
  CHECK(load_of("8759").workload == Workload::general);
  CHECK(load_of("8759").basis == LoadBasis::one);
  CHECK(load_of("8760").workload == Workload::large_model);
  CHECK(load_of("8760").basis == LoadBasis::year);
}

TEST_CASE("one whole machine is no sign of a small job, and never draws more than its rating") {
  // 50 W: 0.6 x 50 W, and up to 50 W
  const Inputs inputs =
      meant(with({{"accelerator", "test-soc"}, {"accelerator_count", "1"}, {"hours", "10"}}, place));
  CHECK(inputs.load.basis == LoadBasis::whole_machine);
  CHECK(inputs.boards[0][FactorId::accelerator_power].number() == close_to(30));
  CHECK(interval(inputs.boards[0][FactorId::accelerator_power]).high == close_to(50));
  const Inputs stated = meant(with(
      {{"accelerator", "test-soc"}, {"accelerator_count", "1"}, {"hours", "10"}, {"workload", "general"}},
      place));
  CHECK(stated.boards[0][FactorId::accelerator_power].number() == close_to(25));
}

TEST_CASE("what does nothing is marked: a TPU's workload, nodes beyond the accelerators") {
  CHECK(meant(with({{"accelerator", "test-tpu"}, {"hours", "10"}, {"workload", "general"}}, place))
            .unused.workload);
  CHECK_FALSE(meant(with({{"accelerator", "test-gpu"}, {"hours", "10"}, {"workload", "general"}}, place))
                  .unused.workload);
  CHECK(meant(
      with({{"accelerator", "test-gpu"}, {"hours", "10"}, {"accelerator_count", "2"}, {"nodes", "4"}}, place))
            .unused.nodes);
  CHECK_FALSE(meant(
      with({{"accelerator", "test-gpu"}, {"hours", "10"}, {"accelerator_count", "8"}, {"nodes", "4"}}, place))
                  .unused.nodes);
}

TEST_CASE("the power of each device needs no name, however few devices there are") {
  // 300 W x 84 h = 25.2 kWh a device
  const Said stated = {{"accelerator_power_w", "300"}, {"hours", "84"}};
  CHECK(in_kwh(estimated(stated).it_energy.value) == close_to(25.2));
  for (const auto& [count, kwh] : std::vector<std::pair<std::string_view, double>>{
           {"1", 25.2}, {"0.5", 12.6}, {"3/7", 10.8}, {"2", 50.4}}) {
    Said said = stated;
    said.emplace_back("accelerator_count", count);
    CHECK(in_kwh(estimated(said).it_energy.value) == close_to(kwh));
  }
  // a year of device-hours on one device, and FLOPs that tell no hours
  CHECK(in_kwh(estimated({{"accelerator_power_w", "300"}, {"accelerator_hours", "9000"}}).it_energy.value) ==
        close_to(2700));
  CHECK(refused({{"accelerator_power_w", "300"}, {"flops", "1e20"}}).field == "accelerator");
}

TEST_CASE("a board without rated power is refused, asking for it, unless it was stated") {
  const Error error = refused(with({{"accelerator", "test-unrated"}, {"hours", "1"}}, place));
  CHECK(error.kind == ErrorKind::missing);
  CHECK(error.field == "accelerator");
  CHECK(contains(error.instead, "--accelerator-power"));
  CHECK(board_watts({{"accelerator", "test-unrated"}, {"hours", "1"}, {"accelerator_power_w", "50"}}) == 50);
}

TEST_CASE(
    "stated device power or energy: nothing is added, and it is said; guessed power is for the whole IT "
    "share") {
  for (const Said& said : {Said{{"accelerator_power_w", "400"}, {"accelerator_hours", "10"}},
           Said{{"accelerator", "test-gpu"}, {"accelerator_power_w", "400"}, {"hours", "10"}},
           Said{{"measured_accelerator_energy_kwh", "4"}}}) {
    const Inputs inputs = meant(with(said, place));
    CHECK(inputs.boundary == Boundary::accelerators);
    CHECK(inputs.host_left_out);
  }
  for (const Said& said : {Said{{"accelerator", "test-gpu"}, {"hours", "10"}},
           Said{{"accelerator", "test-gpu"}, {"utilization", "0.9"}, {"hours", "10"}},
           Said{{"accelerator_power_w", "400"}, {"hours", "10"}, {"host_power_w", "0"}},
           Said{{"it_power_w", "400"}, {"hours", "10"}}}) {
    const Inputs inputs = meant(with(said, place));
    CHECK(inputs.boundary == Boundary::it);
    CHECK_FALSE(inputs.host_left_out);
  }
}

TEST_CASE("flag --boundary it adds a host to what was stated") {
  const Inputs stated = meant(with({{"accelerator", "test-gpu"}, {"accelerator_power_w", "200"},
                                       {"accelerator_count", "2"}, {"hours", "10"}},
                                  place),
      bounded(Boundary::it));
  CHECK(stated.boards[0][FactorId::host_power_per_device].number() == close_to(75));
  CHECK_FALSE(stated.host_left_out);
  const Inputs nameless =
      meant(with({{"accelerator_power_w", "200"}, {"hours", "10"}}, place), bounded(Boundary::it));
  CHECK(nameless.boards[0][FactorId::host_power_per_device].number() == 60);  // the least that a card has
  // metered boards: 4 kWh + 2 x 75 W x 10 h = 5.5 kWh
  const Estimate metered =
      estimated(with({{"measured_accelerator_energy_kwh", "4"}, {"accelerator", "test-gpu"},
                         {"accelerator_count", "2"}, {"hours", "10"}},
                    place),
          bounded(Boundary::it));
  CHECK(in_kwh(metered.it_energy.value) == close_to(5.5));
}

TEST_CASE("flag --boundary accelerators leaves a guessed host out") {
  const Inputs inputs =
      meant(with({{"accelerator", "test-gpu"}, {"hours", "10"}}, place), bounded(Boundary::accelerators));
  CHECK(inputs.boundary == Boundary::accelerators);
  CHECK_FALSE(inputs.boards[0].has(FactorId::host_power_per_device));
  CHECK_FALSE(inputs.boards[0].sum_log_sd);
  CHECK_FALSE(inputs.host_left_out);  // it was asked for
}

TEST_CASE(
    "flag --boundary accelerators is refused where the figure holds the hosts, or there are no "
    "accelerators") {
  for (const Said& said : {Said{{"it_power_w", "1"}, {"hours", "1"}}, Said{{"measured_it_energy_kwh", "1"}},
           Said{{"cpu", "test-cpu"}, {"hours", "1"}}}) {
    const Error error = refused(with(said, place), bounded(Boundary::accelerators));
    CHECK(error.kind == ErrorKind::refused);
    CHECK_FALSE(error.field.empty());
  }
}

TEST_CASE("a stated host is taken as it is, or worked out from processors and memory") {
  const auto host = [](const Said& said) {
    return meant(with(with({{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "10"}}, said),
        place))[FactorId::host_power]
        .number();
  };
  CHECK(host({{"host_power_w", "321"}}) == 321);
  CHECK(host({{"cpu", "test-cpu"}, {"cpu_count", "2"}}) == close_to(200));  // 2 x 200 W x 0.5
  CHECK(host({{"cpu", "test-cpu"}, {"cpu_cores", "10"}}) == close_to(20));
  CHECK(host({{"cpu_cores", "10"}}) == close_to(40));  // 4 W a core
  CHECK(host({{"cpu", "test-cpu"}}) == close_to(100));
  CHECK(host({{"cpu", "test-cpu"}, {"nodes", "3"}}) == close_to(300));
  CHECK(host({{"cpu_cores", "10"}, {"memory_gb", "64"}}) == close_to(72));  // 40 + 64 x 0.5
}

TEST_CASE("a guessed number of sockets is assumed, a stated one is not") {
  CHECK(meant(with({{"cpu", "test-cpu"}, {"hours", "1"}}, place))[FactorId::host_power].origin ==
        Origin::assumed);
  CHECK(meant(with({{"cpu", "test-cpu"}, {"cpu_count", "1"}, {"hours", "1"}}, place))[FactorId::host_power]
            .origin == Origin::derived);
}

TEST_CASE("a job without accelerators is its host alone") {
  const Estimate e = estimated(with({{"cpu", "test-cpu"}, {"cpu_count", "2"}, {"hours", "10"}}, place));
  CHECK(in_kwh(e.it_energy.value) == close_to(2));
  CHECK_FALSE(e.accelerator_energy);
  CHECK(in_kwh(estimated(with({{"accelerator_count", "0"}, {"host_power_w", "100"}, {"hours", "10"}}, place))
                   .it_energy.value) == close_to(1));
}

TEST_CASE("a host's power is the whole job's: device-hours alone do not tell how long it ran") {
  const Error error = refused(
      with({{"accelerator", "test-gpu"}, {"accelerator_hours", "80"}, {"host_power_w", "300"}}, place));
  CHECK(error.kind == ErrorKind::missing);
  CHECK(error.field == "accelerator_count");
}

TEST_CASE("nothing to go by is refused with what to state") {
  const Error nothing = refused({{"hours", "1"}});
  CHECK(nothing.kind == ErrorKind::missing);
  CHECK(contains(nothing.instead, "--gpu"));
  CHECK(refused({{"accelerator", "test-gpu"}}).field == "hours");
  CHECK(refused({{"it_power_w", "1"}}).field == "hours");
  CHECK(refused({{"accelerator_count", "2"}, {"hours", "1"}}).field == "accelerator");
  CHECK(refused({{"accelerator_hours", "2"}}).field == "accelerator");
}

TEST_CASE("an unknown name is refused and names its field") {
  CHECK(refused({{"accelerator", "zzz"}, {"hours", "1"}}).field == "accelerator");
  CHECK(refused({{"cpu", "zzz"}, {"hours", "1"}}).field == "cpu");
  CHECK(refused({{"instance", "zzz"}, {"hours", "1"}}).field == "instance");
  CHECK(refused({{"it_power_w", "1"}, {"hours", "1"}, {"region", "zzz"}}).field == "region");
  CHECK(refused({{"it_power_w", "1"}, {"hours", "1"}, {"provider", "zzz"}}).field == "provider");
}

TEST_CASE("an instance brings its accelerators, times the nodes") {
  const Inputs inputs = meant(with({{"instance", "test.8xlarge"}, {"nodes", "2"}, {"hours", "10"}}, place));
  CHECK(inputs.boards[0].accelerator().id() == "test-sxm");
  CHECK(inputs[FactorId::accelerator_count].number() == 16);
  CHECK(inputs[FactorId::accelerator_count].origin == Origin::table);
  CHECK(meant(with({{"instance", "test.8xlarge"}, {"accelerator_count", "4"}, {"hours", "10"}},
            place))[FactorId::accelerator_count]
            .number() == 4);
}

TEST_CASE("an instance is of its provider: its fleet's PUE, its region codes, and no other provider") {
  const Said said{{"instance", "test.8xlarge"}, {"hours", "10"}, {"intensity_g_per_kwh", "100"}};
  CHECK(meant(said)[FactorId::pue].row.id().substr(0, 4) == "aws:");
  CHECK(meant(with({{"region", "eu-west-1"}}, said)).region.id() == "aws:eu-west-1");
  CHECK(meant(with({{"region", "X-T"}}, said))[FactorId::pue].row.id().substr(0, 4) == "aws:");
  CHECK(meant(with({{"provider", "amazon"}}, said))[FactorId::pue].row.id().substr(0, 4) == "aws:");
  CHECK(refused(with({{"provider", "gcp"}}, said)).kind == ErrorKind::contradiction);
  CHECK(refused(with({{"region", "xt-1"}}, said)).field == "region");
  // also where no board is needed; an unknown one says nothing then
  CHECK(meant({{"instance", "test.8xlarge"}, {"measured_it_energy_kwh", "1"},
            {"intensity_g_per_kwh", "100"}})[FactorId::pue]
            .row.id()
            .substr(0, 4) == "aws:");
  CHECK(meant({{"instance", "m5.large"}, {"measured_it_energy_kwh", "1"},
            {"intensity_g_per_kwh", "100"}})[FactorId::pue]
            .row.id() == "world:2098");
}

TEST_CASE("several kinds of accelerators in one job add up") {
  Spec spec = spec_of(with({{"hours", "10"}}, place));
  spec.groups[0] = {"test-gpu", 2};
  spec.groups[1] = {"test-sxm", 4};
  spec.group_count = 2;
  Resolver resolver(small_catalog(), {});
  Inputs inputs;
  REQUIRE(resolver.resolve(spec, inputs));
  CHECK(inputs.board_kinds == 2);
  CHECK(inputs[FactorId::accelerator_count].number() == 6);
  // 2 x (240 + 75) W + 4 x (320 + 180) W = 2630 W for 10 h
  CHECK(in_kwh(estimate(inputs).it_energy.value) == close_to(26.3));
  spec.groups[1].accelerator = "zzz";
  const Result<void> wrong = resolver.resolve(spec, inputs);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().field == "accelerator");
}

TEST_CASE("the year is the stated one, else that of the start, else the newest") {
  const Said said = {{"it_power_w", "1000"}, {"hours", "1"}, {"region", "X-T"}};
  CHECK(meant(said)[FactorId::intensity].number() == 400);
  CHECK(meant(with(said, {{"year", "2020"}}))[FactorId::intensity].number() == 500);
  CHECK(meant(with(said, {{"start", "2018-07-01"}}))[FactorId::intensity].number() == 600);
  CHECK(meant(with(said, {{"start", "2018-07-01"}})).intensity_year == 2018);
  CHECK(meant(with(said, {{"start", "2018-07-01"}, {"year", "2020"}}))[FactorId::intensity].number() == 500);
}

TEST_CASE("a start outside 1990 to 2100 is refused where its year is needed") {
  const Error error = refused({{"it_power_w", "1000"}, {"hours", "1"}, {"region", "X-T"}, {"start", "3600"}});
  CHECK(error.kind == ErrorKind::out_of_range);
  CHECK(error.field == "start");
  CHECK(meant(with({{"it_power_w", "1000"}, {"start", "0"}, {"end", "3600"}}, place))[FactorId::hours]
            .number() == 1);
  CHECK(meant({{"it_power_w", "1000"}, {"hours", "1"}, {"start", "3600"}, {"year", "2020"},
            {"region", "X-T"}})[FactorId::intensity]
            .number() == 500);
}

TEST_CASE("what is stated of the place is taken before any table") {
  const Inputs inputs = meant(
      {{"it_power_w", "1"}, {"hours", "1"}, {"region", "X-T"}, {"pue", "1.3"}, {"intensity_g_per_kwh", "0"}});
  CHECK(inputs[FactorId::pue].number() == 1.3);
  CHECK(inputs[FactorId::pue].origin == Origin::given);
  CHECK(inputs[FactorId::intensity].number() == 0);
  CHECK(inputs[FactorId::intensity].origin == Origin::given);
  CHECK_FALSE(inputs.intensity_method);
  CHECK(inputs.region.id() == "X-T");
}

TEST_CASE("a place once looked up is not mixed up with another") {
  Resolver resolver(small_catalog(), {});
  const auto intensity = [&](const Said& said) {
    Inputs inputs;
    const Result<void> done =
        resolver.resolve(spec_of(with({{"it_power_w", "1"}, {"hours", "1"}}, said)), inputs);
    return done ? inputs[FactorId::intensity].number() : -1;
  };
  for (int i = 0; i < 2; ++i) {
    CHECK(intensity({{"region", "X-T"}}) == 400);
    CHECK(intensity({{"region", "X-T"}, {"year", "2020"}}) == 500);
    CHECK(intensity({{"region", "X-T"}, {"intensity_method", "direct"}}) == 320);
    CHECK(intensity({{"region", "X-T"}, {"intensity_method", "lifecycle"}}) == 400);
    CHECK(intensity({{"region", "X-T"}, {"provider", "testcloud"}}) == 400);
    CHECK(intensity({{"region", "X-B"}, {"intensity_method", "direct"}}) == -1);
    CHECK(intensity({{"region", "X-B"}}) == 450);
    CHECK(intensity({}) == 450);
  }
}

TEST_CASE("embodied: of each kind, or an error naming the device that has none") {
  const Inputs inputs = meant(
      with({{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"hours", "10"}, {"embodied", "yes"}},
          place));
  CHECK(inputs.boards[0][FactorId::embodied].number() == 150);
  CHECK(in_hours(inputs.boards[0].time->total()) == close_to(20));
  const Error none =
      refused(with({{"accelerator", "test-fast"}, {"hours", "10"}, {"embodied", "yes"}}, place));
  CHECK(none.field == "embodied");
  CHECK(contains(none.what, "test-fast"));
  CHECK(
      refused(with({{"cpu", "test-cpu"}, {"hours", "10"}, {"embodied", "yes"}}, place)).field == "embodied");
  CHECK(refused(with({{"accelerator_power_w", "10"}, {"hours", "10"}, {"embodied", "yes"}}, place)).field ==
        "accelerator");
  CHECK_FALSE(meant(with({{"accelerator", "test-fast"}, {"hours", "10"}, {"embodied", "no"}}, place))
                  .boards[0]
                  .has(FactorId::embodied));
}

TEST_CASE("embodied works on every rung of the energy") {
  const Said gpu = {{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"embodied", "yes"}};
  for (const Said& said : {Said{{"measured_it_energy_kwh", "5"}, {"hours", "10"}},
           Said{{"measured_accelerator_energy_kwh", "5"}, {"hours", "10"}},
           Said{{"it_power_w", "500"}, {"hours", "10"}}}) {
    CHECK(in_hours(meant(with(with(gpu, said), place)).boards[0].time.value().total()) == close_to(20));
  }
  // hours from FLOPs: 2 x 1e14 x 0.5 x 3600 x 10
  for (const Said& said : {Said{{"it_power_w", "500"}},
           Said{{"measured_accelerator_energy_kwh", "5"}, {"host_power_w", "100"}}}) {
    const Inputs inputs = meant(with(with(gpu, said), with({{"flops", "3.6e18"}, {"mfu", "0.5"}}, place)));
    CHECK(inputs[FactorId::hours].number() == close_to(10));
    REQUIRE(inputs.boards[0].has(FactorId::embodied));
    CHECK(in_hours(inputs.boards[0].time->total()) == close_to(20));
  }
}

TEST_CASE("flag --strict refuses what would be assumed, and says what to state") {
  const Error error = refused({{"accelerator", "test-gpu"}, {"hours", "1"}}, strict);
  CHECK(error.kind == ErrorKind::refused);
  for (const char* name : {"accelerator_count", "pue", "intensity_g_per_kwh"})
    CHECK(contains(error.what, name));
  for (const char* flag : {"--gpu-count", "--pue", "--intensity or --region"})
    CHECK(contains(error.instead, flag));
  // derived figures are no assumptions
  CHECK(meant({{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "1"},
                  {"region", "testcloud:xt-1"}},
            strict)[FactorId::pue]
            .number() == 1.1);
}

TEST_CASE("a run without time is no run") {
  for (const Said& said : {Said{{"hours", "0"}, {"accelerator", "test-gpu"}},
           Said{{"accelerator_hours", "0"}, {"accelerator", "test-gpu"}},
           Said{{"start", "2024-01-01"}, {"end", "2024-01-01"}, {"it_power_w", "1"}}}) {
    CHECK(refused(said).kind == ErrorKind::skipped);
  }
}

TEST_CASE("a count in the accelerator's name is the count, and has to agree with a stated one") {
  const Inputs named = meant({{"accelerator", "8 x test-gpu"}, {"hours", "10"}});
  CHECK(named[FactorId::accelerator_count].as<double>() == 8);
  CHECK(named[FactorId::accelerator_count].origin == Origin::given);
  CHECK(named.boards[0].time->total() == hours(80));
  CHECK(meant({{"accelerator", "8 x test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"}})
            .boards[0]
            .time->total() == hours(80));
  const Error other = refused({{"accelerator", "8 x test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}});
  CHECK(other.kind == ErrorKind::contradiction);
  CHECK(other.field == "accelerator_count");
  CHECK(other.what == "is 4, but \"8 x test-gpu\" says 8");
  // device-hours are of all: the count tells how long each ran
  const Inputs device_hours = meant({{"accelerator", "8 x test-gpu"}, {"accelerator_hours", "80"}});
  CHECK(device_hours.boards[0].time->total() == hours(80));
  CHECK(device_hours[FactorId::accelerator_count].as<double>() == 8);
  // of all, or on each of four nodes?
  CHECK(refused({{"accelerator", "8 x test-gpu"}, {"nodes", "4"}, {"hours", "10"}}).field == "nodes");
  for (const char* count : {"8", "32"}) {
    CHECK(
        meant({{"accelerator", "8 x test-gpu"}, {"nodes", "4"}, {"accelerator_count", count}, {"hours", "1"}})
            .boards[0]
            .time->total() == hours(std::stod(count)));
  }
}

TEST_CASE("an instance and a count in the accelerator's name have to agree") {
  const Inputs same = meant({{"accelerator", "8 x test-sxm"}, {"instance", "test.8xlarge"}, {"hours", "1"}});
  CHECK(same[FactorId::accelerator_count].as<double>() == 8);
  // 8 on each of two
  CHECK(meant({{"accelerator", "8 x test-sxm"}, {"instance", "test.8xlarge"}, {"nodes", "2"},
            {"hours", "1"}})[FactorId::accelerator_count]
            .as<double>() == 16);
  CHECK(refused({{"accelerator", "4 x test-sxm"}, {"instance", "test.8xlarge"}, {"hours", "1"}}).kind ==
        ErrorKind::contradiction);
}

TEST_CASE("a range is taken as its middle, and says so") {
  const Inputs range = meant({{"accelerator", "test-gpu"}, {"hours", "8-12 hours"}});
  CHECK(range[FactorId::hours].as<Duration>() == hours(10));
  CHECK(range[FactorId::hours].note == Note::middle_of_range);
  CHECK(range[FactorId::hours].log_sd > 0);
}
