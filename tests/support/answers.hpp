// SPDX-License-Identifier: MIT
// From what a user says to what is meant and what comes out, without files.
#pragma once

#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include "estimate/estimate.hpp"
#include "estimate/resolve.hpp"
#include "record/answer.hpp"
#include "record/fields.hpp"
#include "support/catch.hpp"
#include "support/small_catalog.hpp"

namespace footpound {

using Said = std::vector<std::pair<std::string_view, std::string_view>>;

// The texts have to outlive it: literals.
inline Spec spec_of(const Said& said) {
  Record record;
  for (const auto& [name, value] : said) {
    INFO(name << " = " << value);
    const Field* field = find_field(name);
    REQUIRE(field != nullptr);
    const Result<void> done = set_field(*field, name, value, record);
    INFO((done ? std::string() : message(done.error())));
    REQUIRE(done);
  }
  return record.spec;
}

inline Inputs meant(const Said& said, ResolveOptions options = {}, const Catalog& catalog = small_catalog()) {
  Resolver resolver(catalog, options);
  Inputs inputs;
  const Result<void> done = resolver.resolve(spec_of(said), inputs);
  INFO((done ? std::string() : message(done.error())));
  REQUIRE(done);
  return inputs;
}

inline Error refused(
    const Said& said, ResolveOptions options = {}, const Catalog& catalog = small_catalog()) {
  Resolver resolver(catalog, options);
  Inputs inputs;
  const Result<void> done = resolver.resolve(spec_of(said), inputs);
  REQUIRE_FALSE(done);
  return done.error();
}

inline Estimate estimated(
    const Said& said, ResolveOptions options = {}, const Catalog& catalog = small_catalog()) {
  return estimate(meant(said, options, catalog));
}

inline Answer answered(
    const Said& said, ResolveOptions options = {}, const Catalog& catalog = small_catalog()) {
  static std::deque<std::pair<Inputs, Terms>> kept;
  const Inputs inputs = meant(said, options, catalog);
  const auto& [its_inputs, its_terms] = kept.emplace_back(inputs, terms_of(inputs));
  Answer answer;
  answer.set(spec_of(said).name.value_or(""), its_terms, its_inputs);
  return answer;
}

}  // namespace footpound
