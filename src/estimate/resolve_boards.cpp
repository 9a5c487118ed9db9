// SPDX-License-Identifier: MIT
// The ladders of boards and hosts: which, how many, for how long, at what power.
#include "estimate/resolve.hpp"
#include "estimate/resolve_words.hpp"
#include "factors/tables.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

// A stated count tells large-model training (several devices) from single-device jobs; an
// assumed one says nothing. A month of device-hours is hardly a single device's job either, and a
// year of them is none, whatever count is stated.
Load load_of(const Spec& spec, const Inputs& inputs) {
  constexpr Duration month = hours(720);
  constexpr Duration year = hours(hours_per_year);
  if (spec.workload) return {*spec.workload, LoadBasis::stated};
  // on the one device assumed, FLOPs tell the device-hours whatever the count
  const Factor* const count = inputs.find(FactorId::accelerator_count);
  const Factor* const wall_clock = inputs.find(FactorId::hours);
  const bool from_flops = wall_clock != nullptr && wall_clock->note == Note::from_flops;
  Duration device_time{};
  if (spec.accelerator_hours) {
    device_time = spec.accelerator_hours->value;
  } else if (from_flops) {
    device_time = wall_clock->as<Duration>() * (count != nullptr ? count->as<double>() : 1);
  }
  if (count != nullptr && count->origin != Origin::assumed) {
    if (count->as<double>() > 1) return {Workload::large_model, LoadBasis::several};
    return device_time >= year ? Load{Workload::large_model, LoadBasis::year}
                               : Load{Workload::general, LoadBasis::one};
  }
  return device_time >= month ? Load{Workload::large_model, LoadBasis::month} : Load{};
}

// A processor's name may hold their number ("2x EPYC 7742"): of the job, or of each node.
Result<void> check_said_sockets(const Spec& spec, const Cpu& cpu) {
  const double nodes = spec.nodes ? spec.nodes->value : 1;
  if (cpu.count_said == 0) return {};
  if (!spec.cpu_count) {
    if (nodes <= 1) return {};
    return Error{ErrorKind::contradiction, "cpu",
        in_quotes(*spec.cpu) + " may be in all or on each of " + human_number(nodes) + " nodes",
        "state the sockets of all, --cpu-count"};
  }
  const double stated = spec.cpu_count->value;
  if (stated == cpu.count_said || stated == cpu.count_said * nodes) return {};
  return Error{ErrorKind::contradiction, "cpu_count",
      "is " + human_number(stated) + ", but " + in_quotes(*spec.cpu) + " says " +
          human_number(cpu.count_said),
      "state one of them, or make them agree"};
}

Load load_on(const Accelerator& device, Load load) {
  if (load.basis == LoadBasis::one && Model::is_whole_machine(device))
    return {Workload::unknown, LoadBasis::whole_machine};
  return load;
}

}  // namespace

// Which accelerators, and how many of each.
Result<void> Resolver::find_boards(const Spec& spec, Inputs& inputs) {
  if (spec.group_count > 0) {
    inputs.board_kinds = spec.group_count;
    double total = 0;
    for (std::size_t i = 0; i < spec.group_count; ++i) {
      const Result<Accelerator>& found = lookups_.accelerator(spec.groups[i].accelerator);
      if (!found) return in_field(found.error(), "accelerator");
      if (found->count_said > 0) {
        return Error{ErrorKind::contradiction, "accelerator",
            in_quotes(spec.groups[i].accelerator) + " holds a count, and the job has its own",
            "name one device"};
      }
      inputs.boards[i].clear();
      inputs.boards[i].device = *found;
      inputs.boards[i].device->ambiguity = Row();  // told of one kind alone
      inputs.boards[i].count = spec.groups[i].count;
      total += spec.groups[i].count;
    }
    Factor count(FactorId::accelerator_count, total);
    count.note = Note::several_accelerators;
    inputs.put(count);
    return {};
  }

  inputs.board_kinds = 1;
  Boards& boards = inputs.boards[0];
  boards.clear();
  if (spec.accelerator_count) inputs.put(given(FactorId::accelerator_count, *spec.accelerator_count));
  if (spec.accelerator) {
    const Result<Accelerator>& found = lookups_.accelerator(*spec.accelerator);
    if (!found) return in_field(found.error(), "accelerator");
    boards.device = *found;
    if (Result<void> done = take_said_count(spec, inputs); !done) return done;
  }
  if (spec.instance) return find_instance_boards(spec, inputs);
  if (!spec.accelerator && !spec.accelerator_power) {
    return missing("accelerator", "is not stated", "state --gpu NAME or --accelerator-power WATTS");
  }
  return {};
}

// The count that the accelerator's name holds ("8 x A100"): it has to agree with a stated one, and with
// nodes it may be that of each.
Result<void> Resolver::take_said_count(const Spec& spec, Inputs& inputs) {
  const double said = inputs.boards[0].device->count_said;
  if (said == 0) return {};
  const double nodes = spec.nodes && !spec.instance ? spec.nodes->value : 1;
  const std::string quoted = in_quotes(*spec.accelerator);
  if (spec.accelerator_count) {
    const double stated = spec.accelerator_count->value;
    if (stated == said || stated == said * nodes) return {};
    return Error{ErrorKind::contradiction, "accelerator_count",
        "is " + human_number(stated) + ", but " + quoted + " says " + human_number(said),
        "state one of them, or make them agree"};
  }
  if (nodes > 1) {
    return Error{ErrorKind::contradiction, "nodes",
        "is " + human_number(nodes) + ", and " + quoted + " may be in all or on each of them",
        "state the number of all, --gpu-count " + plain_number(said, 15) + " or " +
            plain_number(said * nodes, 15)};
  }
  Factor count(FactorId::accelerator_count, said);
  count.note = Note::in_the_name;
  inputs.put(count);
  return {};
}

// What an instance holds; a name that stands for several accelerators ("A100") is the instance's.
Result<void> Resolver::find_instance_boards(const Spec& spec, Inputs& inputs) {
  const Result<Instance> found = find_instance(catalog_, *spec.instance);
  if (!found) return in_field(found.error(), "instance");
  inputs.instance = found->row;
  Boards& boards = inputs.boards[0];
  bool may_be_it = !boards.device || boards.accelerator() == found->accelerator;
  if (boards.ambiguity()) {
    constexpr int candidates = column(TableId::ambiguous_names, "candidates");
    each_item(boards.ambiguity().text(candidates),
        [&](std::string_view id) { may_be_it = may_be_it || id == found->accelerator.id(); });
  }
  if (!may_be_it) {
    return Error{ErrorKind::contradiction, "instance",
        in_quotes(found->row.id()) + " holds " + in_quotes(found->accelerator.id()) + ", not " +
            in_quotes(boards.accelerator().id()),
        "state one of the two"};
  }
  const double held = found->accelerator_count * (spec.nodes ? spec.nodes->value : 1);
  const double said = boards.device ? boards.device->count_said : 0;
  if (said > 0 && said != held && said != found->accelerator_count) {
    return Error{ErrorKind::contradiction, "instance",
        in_quotes(found->row.id()) + " holds " + human_number(held) + ", but " +
            in_quotes(*spec.accelerator) + " says " + human_number(said),
        "state one of the two"};
  }
  boards.device = accelerator_of(found->accelerator);
  if (spec.accelerator_count) return {};
  Factor count(FactorId::accelerator_count, held);
  count.origin = Origin::table;
  count.note = Note::from_instance;
  count.row = found->row;
  inputs.put(count);
  return {};
}

Result<void> Resolver::find_device_time(const Spec& spec, Inputs& inputs) {
  if (Result<void> done = find_hours(spec, inputs); !done) return done;
  if (spec.accelerator_hours && inputs.board_kinds == 1) {
    inputs.put(given(FactorId::accelerator_hours, *spec.accelerator_hours));
    inputs.boards[0].time = DeviceTime{1, spec.accelerator_hours->value};
    if (inputs.has(FactorId::accelerator_count))
      inputs.boards[0].count = inputs[FactorId::accelerator_count].as<double>();
    return {};
  }
  if (!inputs.has(FactorId::hours)) {
    return missing("hours", "is not stated",
        "state --hours or --accelerator-hours, or --parameters and --tokens to have them estimated");
  }
  if (!inputs.has(FactorId::accelerator_count)) inputs.put(one_assumed());
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    Boards& boards = inputs.boards[i];
    if (!boards.count) boards.count = inputs[FactorId::accelerator_count].as<double>();
    boards.time = DeviceTime{*boards.count, inputs[FactorId::hours].as<Duration>()};
  }
  return {};
}

Result<void> Resolver::find_board_power(const Spec& spec, Inputs& inputs) {
  inputs.load = load_of(spec, inputs);
  if (inputs.board_kinds == 1 && inputs.boards[0].device) {
    inputs.load = load_on(*inputs.boards[0].device, inputs.load);
  }
  inputs.unused.nodes = spec.nodes && inputs.has(FactorId::accelerator_count) &&
                        spec.nodes->value > inputs[FactorId::accelerator_count].as<double>();
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    Boards& boards = inputs.boards[i];
    if (spec.accelerator_power) {
      boards.put(given(FactorId::accelerator_power, *spec.accelerator_power));
      continue;
    }
    const Accelerator& device = *boards.device;  // without a stated power there is one
    if (!device.rated_power) {
      return missing("accelerator", in_quotes(device.row.id()) + " has no published rated power",
          "state its mean draw, --accelerator-power WATTS");
    }
    inputs.unused.workload |= spec.workload && Model::is_tpu(device);
    boards.put(spec.utilization
                   ? model_.board_power_at(device, spec.utilization->value, spec.utilization->log_sd)
                   : model_.board_power(device, load_on(device, inputs.load).workload));
  }
  return {};
}

// Power of all but the accelerators, as far as it was said: host_power, or CPU and memory.
Result<Factor> Resolver::stated_host(const Spec& spec) {
  if (spec.host_power) return given(FactorId::host_power, *spec.host_power);
  std::optional<Cpu> cpu;
  if (spec.cpu) {
    const Result<Cpu> found = find_cpu(catalog_, *spec.cpu);
    if (!found) return in_field(found.error(), "cpu");
    cpu = *found;
    if (Result<void> done = check_said_sockets(spec, *cpu); !done) return done.error();
  }
  Factor host;
  if (spec.cpu_cores) {
    host = model_.core_power(cpu ? &*cpu : nullptr, spec.cpu_cores->value);
  } else if (cpu) {
    const double per_node = 1;
    double sockets = spec.cpu_count ? spec.cpu_count->value : per_node * (spec.nodes ? spec.nodes->value : 1);
    if (!spec.cpu_count && cpu->count_said > 0) sockets = cpu->count_said;
    host = model_.cpu_power(*cpu, sockets);
    if (!spec.cpu_count && cpu->count_said == 0) host.origin = Origin::assumed;
  } else {
    return missing("cpu", "is not stated", "state --cpu NAME, or --cpu-cores");
  }
  if (spec.memory_gb) {
    const Factor memory = model_.memory_power(spec.memory_gb->value);
    const Power of_host = host.as<Power>();
    const Power of_memory = memory.as<Power>();
    const Power total = of_host + of_memory;
    if (total > Power())
      host.log_sd =
          quadrature(in_watts(of_host) * host.log_sd, in_watts(of_memory) * memory.log_sd) / in_watts(total);
    host.set(total);
    host.note_row = memory.row;
  }
  return host;
}

Result<void> Resolver::find_host(const Spec& spec, Inputs& inputs, bool devices_are_stated) {
  if (options_.boundary == Boundary::accelerators) {
    inputs.boundary = Boundary::accelerators;
    return {};
  }
  inputs.boundary = Boundary::it;
  if (says_host(spec)) {
    const Result<Factor> host = stated_host(spec);
    if (!host) return host.error();
    if (Result<void> done = find_hours(spec, inputs); !done) return done;
    if (!inputs.has(FactorId::hours) && inputs.has(FactorId::accelerator_hours) &&
        !inputs.has(FactorId::accelerator_count)) {
      return missing("accelerator_count", "is not stated",
          "the host's power is the whole job's: state --gpu-count or --hours");
    }
    if (!inputs.has(FactorId::hours))
      return missing("hours", "is not stated", "state --hours, or --start and --end");
    inputs.put(*host);
    return {};
  }
  if (devices_are_stated && options_.boundary != Boundary::it) {
    inputs.boundary = Boundary::accelerators;
    inputs.host_left_out = true;
    return {};
  }
  if (inputs.rung == EnergyRung::measured_accelerator) {
    if (Result<void> done = find_boards(spec, inputs); !done) return done;
    if (Result<void> done = find_device_time(spec, inputs); !done) return done;
  }
  guess_hosts(spec, inputs);
  return {};
}

void Resolver::guess_hosts(const Spec& spec, Inputs& inputs) const {
  const bool boards_are_guessed =
      inputs.rung == EnergyRung::parts && !spec.accelerator_power && !spec.utilization;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    Boards& boards = inputs.boards[i];
    if (!boards.device) {
      boards.put(model_.host_power(nullptr));
      continue;
    }
    const Accelerator& device = *boards.device;
    if (boards_are_guessed) {
      const DevicePower power = model_.device_power(device, load_on(device, inputs.load).workload);
      boards.put(power.host);
      boards.sum_log_sd = power.sum_log_sd;
    } else {
      boards.put(model_.host_power(&device));
    }
  }
}

}  // namespace footpound
