// SPDX-License-Identifier: MIT
// What the fake NVML library is told to answer.
#pragma once

struct FakeGpu {
  char name[96];
  char uuid[96];
  int handle_code;
  int energy_code;
  unsigned long long millijoules;
  int power_code;
  unsigned milliwatts;
  unsigned mig;
  unsigned running_watts;  // added to millijoules as time goes by
};

struct FakeNvml {
  int init_code;
  int running;  // starts less stops
  unsigned count;
  FakeGpu gpus[8];
  char mig_uuid[96];  // a slice of GPU 0
};

using FakeNvmlState = FakeNvml*();
