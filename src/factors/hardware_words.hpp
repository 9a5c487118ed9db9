// SPDX-License-Identifier: MIT
// A hardware text taken apart: "8 x NVIDIA A100 (80GB) SXM" is a count, a name, an amount of memory and a
// form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"

namespace footpound {

// What a number in front of a name counts.
enum class Counted : unsigned char { devices, boards, cores };

struct HardwareWords {
  std::vector<std::string> name;  // word by word, as written; numbers may be a part of it
  std::optional<double> count;    // of all, or per node where `nodes` is more than 1
  Counted counted = Counted::devices;
  double nodes = 1;               // to multiply the count by
  std::vector<double> memory_gb;  // "40/80GB" is two
  std::string form;               // "sxm", "sxm4", "pcie", "oam"; "" where none is said
  std::string aside;              // what stands in brackets and is none of these
  std::string front_number;       // a bare number in front, which may be a count or a part of the name
  bool last_is_counted = false;   // the last word of the name is a number in front of "GPUs" or the like
};

// Errors (ambiguous) where numbers contradict each other, or nodes may multiply or not.
Result<HardwareWords> take_hardware_apart(std::string_view text);

// 8 of "8x", "x8", "8"; 2 of "dual"; none of other words.
std::optional<double> count_of_word(std::string_view word);

// Without the words that say nothing more than the name does ("Tensor Core", "Ampere", "MacBook Pro").
std::vector<std::string> without_epithets(const std::vector<std::string>& name);

// A processor's text as systems and people print it, without what is no part of its name ("12th Gen",
// "with Radeon Graphics", "(28 cores)"), and how many of it there are ("2x", "Dual").
struct CpuWords {
  std::string name;
  std::optional<double> count;
};
CpuWords take_cpu_apart(std::string_view text);

}  // namespace footpound
