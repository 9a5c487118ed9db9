// SPDX-License-Identifier: MIT
// What holds of every spec, whatever it says: each a named property, checked through the program's own
// entry. What does not hold is a find, with the command that shows it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "specs/spec_maker.hpp"

namespace footpound {

struct Find {
  std::string property;  // finds of one property (and, of a crash, one place) are of a kind
  std::string what;
  std::string command;
};

struct SpecTally {
  std::size_t specs = 0;
  std::size_t estimates = 0;  // specs that have an answer
  std::size_t runs = 0;       // of the program

  void add(const SpecTally& other) {
    specs += other.specs;
    estimates += other.estimates;
    runs += other.runs;
  }
};

std::vector<Find> check_specs(const SpecBatch& batch, const SpecMaker& maker, SpecTally& tally);

// The batch cut down to what still makes a find of this property.
SpecBatch smallest_with(const SpecBatch& batch, const std::string& property, const SpecMaker& maker);

// For messages: property, what, command, and the batch as a file to keep.
std::string told(const Find& find);

}  // namespace footpound
