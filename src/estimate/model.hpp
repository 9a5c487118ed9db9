// SPDX-License-Identifier: MIT
// What is guessed of hardware of which only the name is known: how much of its rated power a
// board draws, what the rest of its node draws, how much of its peak training reaches. The
// numbers are rows of table spreads, fitted on published runs (docs/accuracy.md).
#pragma once

#include "estimate/stated.hpp"
#include "factors/factor.hpp"
#include "factors/hardware.hpp"
#include "factors/priors.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// Power of one device and its share of the node, guessed together.
struct DevicePower {
  Factor board;                      // W per device
  Factor host;                       // W per device
  std::optional<double> sum_log_sd;  // of the sum, where the two were fitted as one
};

class Model {
 public:
  explicit Model(const Catalog& catalog);

  // Is its rating that of the whole machine? One of it is no sign of a small job then.
  static bool is_whole_machine(const Accelerator& accelerator);
  static bool is_tpu(const Accelerator& accelerator);

  // Mean draw of one counted device in training; the accelerator has a rated power.
  Factor board_power(const Accelerator& accelerator, Workload load) const;
  // What a stated utilisation says of it.
  Factor board_power_at(
      const Accelerator& accelerator, Utilization utilization, double utilization_log_sd) const;
  double board_power_doubt_at(double utilization_log_sd) const;  // its log sd
  // All else in the node, per counted device. Of an accelerator without rated power, or none: the least.
  Factor host_power(const Accelerator* accelerator) const;
  // Both.
  DevicePower device_power(const Accelerator& accelerator, Workload load) const;

  // Draw of so many sockets, or of so many allocated cores; and of memory.
  Factor cpu_power(const Cpu& cpu, double sockets) const;
  Factor core_power(const Cpu* cpu, double cores) const;  // nullptr: cores of an unknown CPU
  Factor memory_power(double gigabytes) const;

  // Model FLOPs utilisation to expect while training runs, and the hours an hour of training
  // takes with restarts and evaluation.
  // `with_attention`: of FLOPs that count attention, which the published runs' do not.
  Factor mfu(const Accelerator& accelerator, bool with_attention = false) const;
  Factor hours_overhead() const;
  // Beside a stated MFU: nothing is added, but published runs lost up to so much.
  Factor possible_overhead() const;
  Factor lifetime(Row embodied) const;

 private:
  Factor host_of_node(Row accelerator, const Prior& node, Power rated, Power board) const;
  // The system share of a TPU's generation, or of TPUs.
  Prior tpu_node_share(Row accelerator) const;

  const Catalog& catalog_;
  Prior board_large_, board_general_, board_unknown_, board_tpu_, board_published_, utilization_;
  Prior node_, node_tpu_, host_share_, host_floor_;
  Prior cpu_share_, core_watts_, memory_watts_;
  Prior mfu_tpu_, mfu_early_, mfu_balanced_, mfu_fast_, mfu_fp32_, mfu_attention_, overhead_;
  Prior lifetime_;
};

}  // namespace footpound
