// SPDX-License-Identifier: MIT
#include "factors/priors.hpp"

#include <stdexcept>

#include "estimate/model.hpp"
#include "factors/electricity.hpp"
#include "support/catch.hpp"
#include "support/small_catalog.hpp"

using namespace footpound;

TEST_CASE("a prior is its row of table spreads") {
  const Prior share = find_prior(small_catalog(), "host-share");
  CHECK(share.row.id() == "host-share");
  CHECK(share.value == 0.25);
  CHECK(share.log_sd == 0.4);
  CHECK(find_prior(small_catalog(), "pue-site").value == 0);  // a spread without a value
}

TEST_CASE("a prior that is not there is nobody's default") {
  CHECK_FALSE(find_prior_if(small_catalog(), "nothing").row);
  CHECK_THROWS_AS(find_prior(small_catalog(), "nothing"), std::logic_error);
}

TEST_CASE("every prior that the program asks for is in the tables") {
  const Catalog catalog;
  CHECK_NOTHROW(Model(catalog));
  CHECK_NOTHROW(ElectricityPriors(catalog));
}
