// SPDX-License-Identifier: MIT
// What is known of one training run: any of the fields of docs/fields.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"

namespace footpound {

struct Field;
struct Record;

// Keeps copies of all it is given.
class RunSpec {
 public:
  // States a field. `field` is its name or an alias ("gpu", "hours", "region"), in any case; `text` is what
  // a flag or a spec would say ("V100", "3d7h", "12.04kW", "79+-2"); empty takes back what was stated.
  // A field that is stated twice has the later value. Errors, which leave the spec as it was:
  // unknown_name (with the nearest field), bad_value, out_of_range, refused ("power": of what?). Names of
  // hardware and places are looked up by answer(), not here.
  Result<void> set(std::string_view field, std::string_view text);
  // A number in the field's own unit, which is in its name (hours, accelerator_power_w ...).
  Result<void> set(std::string_view field, double value);

  bool empty() const { return statements_.empty(); }

 private:
  friend Record record_of(const RunSpec& spec);

  struct Statement {
    const Field* field;
    std::string said;  // what the user calls it
    std::string text;
  };

  std::vector<Statement> statements_;  // in the order of their fields' first mention
};

}  // namespace footpound
