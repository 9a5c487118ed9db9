// SPDX-License-Identifier: MIT
// Tables 1, 3 and 4 of Strubell, Ganesh and McCallum (2019), doi:10.18653/v1/P19-1355, cell by cell
// from the inputs that the paper prints.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "sheet/sheet.hpp"

namespace footpound {

Sheet reproduce_strubell2019(const Catalog& catalog);

// A printed cell that is `per_hour` for each hour, rounded to whole units.
struct PrintedPerHour {
  double printed;
  double per_hour;
};
// The hours with the fewest decimals that round to every one of the cells; nullopt where there are
// none.
std::optional<double> hours_that_fit(const std::vector<PrintedPerHour>& cells);

}  // namespace footpound
