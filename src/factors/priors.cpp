// SPDX-License-Identifier: MIT
#include "factors/priors.hpp"

#include <stdexcept>

#include "factors/tables.hpp"

namespace footpound {

Prior find_prior_if(const Catalog& catalog, std::string_view id) {
  const Row row = catalog.table(TableId::spreads).find(id);
  if (!row) return {};
  return Prior{row, row.number(column(TableId::spreads, "value")).value_or(0),
      *row.number(column(TableId::spreads, "log_sd"))};
}

Prior find_prior(const Catalog& catalog, std::string_view id) {
  const Prior prior = find_prior_if(catalog, id);
  if (!prior.row) throw std::logic_error("table spreads lacks " + std::string(id));
  return prior;
}

}  // namespace footpound
