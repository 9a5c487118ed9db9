// SPDX-License-Identifier: MIT
// How the words for a place and a provider were understood.
#pragma once

#include <string>
#include <vector>

#include "estimate/inputs.hpp"

namespace footpound {

struct Spec;

// Nothing where they are names and of one thing alone; of a site always: where it is, whose, and its PUE.
void add_place_notes(const Spec& spec, const Inputs& inputs, std::vector<std::string>& list);

}  // namespace footpound
