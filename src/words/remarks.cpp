// SPDX-License-Identifier: MIT
#include "words/remarks.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "factors/hardware_phrase.hpp"
#include "factors/tables.hpp"
#include "record/record.hpp"
#include "units/number_text.hpp"
#include "words/explain.hpp"
#include "words/place_notes.hpp"

namespace footpound {

namespace {

constexpr double far_above_rated = 1.5;   // transients are, means are not
constexpr double far_below_rated = 0.02;  // idle boards draw more

std::string value_text(const Factor& factor) {
  const std::string_view unit = kind(factor.id).unit;
  return fmt::format("{}{}{}", human_number(factor.number()), unit.empty() ? "" : " ", unit);
}

std::string amount(const Factor& factor) {
  const FactorKind& what = kind(factor.id);
  return fmt::format("{} {}", what.text, value_text(factor));
}

// Assumed, or guessed from a row; PUE and intensity of a place have their notes beside them.
bool is_unstated(const Factor& factor) {
  const bool of_place = factor.id == FactorId::pue || factor.id == FactorId::intensity;
  return factor.origin == Origin::assumed || (factor.origin == Origin::derived && !of_place);
}

// What states it; nobody is told to state a region that is stated.
std::string_view flag_of(const Factor& factor, const Inputs& inputs) {
  return factor.id == FactorId::intensity && inputs.region ? "--intensity" : kind(factor.id).flag;
}

bool guesses_host(const Inputs& inputs) {
  if (inputs.has(FactorId::host_power) && inputs[FactorId::host_power].origin != Origin::given) return true;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (inputs.boards[i].has(FactorId::host_power_per_device)) return true;
  }
  return false;
}

// The name said, the row taken, and on a second line what to write for the others.
std::string ambiguity_text(const Boards& boards) {
  std::string others;
  each_item(
      boards.ambiguity().text(column(TableId::ambiguous_names, "candidates")), [&](std::string_view id) {
        if (id != boards.accelerator().id()) others += (others.empty() ? "" : ", ") + std::string(id);
      });
  const std::string_view tell = boards.ambiguity().text(column(TableId::ambiguous_names, "how_to_tell"));
  std::string text = fmt::format("{} is read as {}", boards.ambiguity().id(), boards.accelerator().id());
  if (!tell.empty()) text += fmt::format("; to tell it from others: {}", tell);
  if (!others.empty()) text += "\n    others: " + others;
  return text;
}

// What was read out of a text that is no name as it stands. True where it counts boards.
bool add_reading(
    std::string_view said, const Boards& boards, const Catalog& catalog, std::vector<std::string>& list) {
  if (!boards.device || !boards.device->in_words) return false;
  const Result<HardwarePhrase> phrase = read_hardware(catalog, said);
  if (!phrase) return false;
  const double count = phrase->accelerator.count_said;
  std::string text = fmt::format("{} is read as {}{}", in_quotes(said),
      count > 0 ? human_number(count) + " x " : std::string(), boards.accelerator().id());
  if (phrase->slice) text += fmt::format(", the chips of {}", phrase->slice.id());
  if (phrase->boards > 0) text += fmt::format(", the devices of {} boards", human_number(phrase->boards));
  if (!phrase->aside.empty()) text += fmt::format("; {} is not used", in_quotes(phrase->aside));
  list.push_back(std::move(text));
  return phrase->boards > 0;
}

// Papers count boards, drivers and Slurm the devices on them.
void add_board_of_several(
    const Boards& boards, const Inputs& inputs, bool says_boards, std::vector<std::string>& list) {
  if (!boards.accelerator()) return;
  const double devices =
      boards.accelerator().number(column(TableId::accelerators, "devices_per_board")).value_or(1);
  if (devices <= 1) return;
  const std::string id(boards.accelerator().id());
  std::string text = fmt::format(
      "a board of {} is {} devices, which drivers and Slurm count one by one", id, human_number(devices));
  const std::optional<double> rated =
      boards.accelerator().number(column(TableId::accelerators, "rated_power_w"));
  if (rated)
    text += fmt::format(
        "; it is rated {} W, each of them {} W", human_number(*rated), human_number(*rated / devices));
  std::optional<double> count = boards.count;
  if (!count && inputs.board_kinds == 1 && inputs.has(FactorId::accelerator_count))
    count = inputs[FactorId::accelerator_count].number();
  if (count)
    text += fmt::format("; {} devices are {} board{}", human_number(*count), human_number(*count / devices),
        *count == devices ? "" : "s");
  if (!says_boards)
    text += fmt::format(
        "; where boards were counted, say \"{} boards\"", count ? human_number(*count) + " x " + id : id);
  list.push_back(std::move(text));
}

// Of a host that was put together from its parts, which ones.
std::string host_parts_text(const Spec& spec) {
  return fmt::format(
      "of the host, {}{} counted; {}board, disks, network and fans are not; --host-power states all of it",
      spec.cpu_cores ? "allocated cores" : "processors", spec.memory_gb ? " and memory are" : " are",
      spec.memory_gb ? "" : "memory (--memory), ");
}

void add_host(const Spec& spec, const Inputs& inputs, std::vector<std::string>& list) {
  if (inputs.host_left_out) list.emplace_back("host not counted; `--boundary it` adds it");
  if (inputs.has(FactorId::host_power) && inputs[FactorId::host_power].origin != Origin::given)
    list.push_back(host_parts_text(spec));
  if (!spec.memory_gb || inputs.has(FactorId::host_power)) return;
  if (inputs.host_left_out) {
    list.emplace_back(
        "--memory was not used: name --cpu or --cpu-cores too to have the host counted by its parts");
  } else if (guesses_host(inputs)) {
    list.emplace_back(
        "--memory was not used: the host's share per accelerator holds its memory; --cpu or --cpu-cores too "
        "has the host counted by its parts");
  }
}

// A mean draw far above the rating: of the wrong device, or of several. One far below: kilowatts.
void add_power(const Boards& boards, std::vector<std::string>& list) {
  if (!boards.accelerator() || !boards.has(FactorId::accelerator_power) ||
      boards[FactorId::accelerator_power].origin != Origin::given)
    return;
  const std::optional<Power> rated = accelerator_of(boards.accelerator()).rated_power;
  if (rated && boards[FactorId::accelerator_power].number() < far_below_rated * in_watts(*rated)) {
    list.push_back(fmt::format(
        "{} W per accelerator is less than an idle {} draws, which is rated {} W; kilowatts are written {}kW",
        human_number(boards[FactorId::accelerator_power].number()), boards.accelerator().id(),
        human_number(in_watts(*rated)), human_number(boards[FactorId::accelerator_power].number())));
  }
  if (!rated || boards[FactorId::accelerator_power].number() <= far_above_rated * in_watts(*rated)) return;
  list.push_back(fmt::format(
      "{} W per accelerator is {} times the rated {} W of {}; --accelerator-power is the draw of each device",
      human_number(boards[FactorId::accelerator_power].number()),
      human_number(boards[FactorId::accelerator_power].number() / in_watts(*rated), 2),
      human_number(in_watts(*rated)), boards.accelerator().id()));
}

// Wall-clock time that hardly any run took: seconds, or hours of many devices.
void add_long_time(const Inputs& inputs, std::vector<std::string>& list) {
  constexpr double long_years = 10;
  const Factor* const time = inputs.find(FactorId::hours);
  if (time == nullptr || time->origin != Origin::given || time->note != Note::none) return;
  const double years = time->number() / hours_per_year;
  if (years <= long_years) return;
  list.push_back(
      fmt::format("{} h is {} years of the clock: seconds are written {}s, the hours of all devices "
                  "go to --accelerator-hours",
          human_number(time->number()), human_number(years, 2), plain_number(time->number(), 15)));
}

// What was said and did nothing.
void add_unused(const Unused& unused, std::vector<std::string>& list) {
  if (unused.shape == UnusedShape::other_missing)
    list.emplace_back("attention is not counted: it takes both --layers and --context-tokens");
  if (unused.shape == UnusedShape::flops_stated)
    list.emplace_back("layers and context are not used: the FLOPs are stated");
  if (unused.workload) list.emplace_back("the workload is not used: a TPU's guess goes by its generation");
  if (unused.nodes)
    list.emplace_back("more nodes than accelerators are stated; the guess goes by the accelerators");
}

}  // namespace

std::vector<Assumption> assumptions(const Answer& answer) {
  std::vector<Assumption> list;
  each_factor(answer.inputs(), [&](const Factor& factor) {
    if (factor.origin != Origin::assumed) return;
    list.push_back(
        {amount(factor) + ": " + note_text(factor, answer.inputs()), flag_of(factor, answer.inputs())});
  });
  return list;
}

std::vector<std::string> notes(const Record& record, const Answer& answer, const Catalog& catalog) {
  const Inputs& inputs = answer.inputs();
  std::vector<std::string> list;
  add_host(record.spec, inputs, list);
  if (record.spec.cpu && inputs.has(FactorId::host_power) && !record.spec.host_power) {
    const Result<Cpu> cpu = find_cpu(catalog, *record.spec.cpu);
    if (cpu && cpu->count_said > 0)
      list.push_back(fmt::format("{} is read as {} x {}", in_quotes(*record.spec.cpu),
          human_number(cpu->count_said), cpu->row.id()));
  }
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const bool says_boards = record.spec.accelerator && inputs.board_kinds == 1 &&
                             add_reading(*record.spec.accelerator, inputs.boards[i], catalog, list);
    if (inputs.boards[i].ambiguity()) list.push_back(ambiguity_text(inputs.boards[i]));
    add_board_of_several(inputs.boards[i], inputs, says_boards, list);
    add_power(inputs.boards[i], list);
  }
  if (inputs.has(FactorId::peak) && inputs[FactorId::peak].note == Note::peak_fp32) {
    list.push_back(
        fmt::format("no 16-bit rate of {} is in the tables: the hours rest on its fp32 rate, and are too "
                    "many if it trained in 16 bit; --hours states them",
            inputs[FactorId::peak].row.id()));
  }
  add_place_notes(record.spec, inputs, list);
  add_long_time(inputs, list);
  add_unused(inputs.unused, list);
  each_factor(inputs, [&](const Factor& factor) {
    if (factor.note == Note::middle_of_range)
      list.push_back(fmt::format("{} is the middle of {}, with half of that range as its spread",
          amount(factor), range_text(factor)));
    if (factor.note == Note::power_from_utilization && record.spec.utilization->value.stored() < 1)
      list.emplace_back(
          "utilization is taken as the share of rated power drawn; the driver's GPU-Util is the share of "
          "time "
          "in which anything ran, and tells nothing of power");
  });
  each_factor(inputs, [&](const Factor& factor) {
    const std::optional<int> age = age_if_old(factor, inputs, catalog);
    if (!age) return;
    list.push_back(fmt::format("{}: its row is of {}, {} years old{}", kind(factor.id).text,
        *factor.row.year(), *age,
        kind(factor.id).flag.empty() ? std::string()
                                     : fmt::format("; {} states a newer figure", flag_of(factor, inputs))));
  });
  return list;
}

std::vector<std::string> caveats(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  std::string guessed;
  std::string assumed;
  each_factor(inputs, [&](const Factor& factor) {
    if (!is_unstated(factor)) return;
    std::string& list = factor.origin == Origin::assumed ? assumed : guessed;
    if (!list.empty()) list += ", ";
    list += amount(factor);
    const std::string note = note_text(factor, inputs);
    if (!note.empty()) list += " (" + note + ")";
  });
  std::vector<std::string> list;
  if (!guessed.empty()) list.push_back("guessed: " + guessed);
  if (!assumed.empty()) list.push_back("assumed: " + assumed);
  if (inputs.boundary == Boundary::accelerators) list.emplace_back("hosts not counted");
  return list;
}

Unstated unstated(const Answer& answer) {
  Unstated out;
  std::uint64_t told = 0;
  each_factor(answer.inputs(), [&](const Factor& factor) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(factor.id);
    if (!is_unstated(factor) || (told & bit) != 0) return;
    told |= bit;
    (factor.origin == Origin::assumed ? out.assumed : out.guessed)
        .push_back({kind(factor.id).text, value_text(factor)});
  });
  return out;
}

std::string how_text(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  if (inputs.metered() == nullptr) return "estimated";
  const bool accelerators = inputs.rung == EnergyRung::measured_accelerator;
  const bool host = accelerators && guesses_host(inputs);
  const bool guessed = host || inputs[FactorId::pue].origin == Origin::assumed ||
                       inputs[FactorId::intensity].origin == Origin::assumed;
  return fmt::format("{} from measured {} energy{}", guessed ? "estimated" : "calculated",
      accelerators ? "accelerator" : "IT", host ? " and a guessed host" : "");
}

}  // namespace footpound
