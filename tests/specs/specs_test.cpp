// SPDX-License-Identifier: MIT
// Whole specs through the whole program: a short run of what `scripts/fuzz specs` does for long.
#include "specs/spec_checks.hpp"
#include "specs/spec_texts.hpp"
#include "support/catch.hpp"

using namespace footpound;

namespace {

const SpecMaker& maker() {
  static const Catalog catalog;
  static const SpecMaker maker(catalog);
  return maker;
}

}  // namespace

TEST_CASE("whole specs: what holds of every spec holds of 300", "[specs]") {
  SpecTally tally;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const SpecBatch batch = maker().batch(seed, 25);
    for (const Find& find : check_specs(batch, maker(), tally))
      FAIL_CHECK("seed " << seed << ": " << told(find));
  }
  CHECK(tally.specs == 300);
  CHECK(tally.estimates * 3 >= tally.specs);  // or the net is made of refusals
}

TEST_CASE("whole specs: each field is stated, and so that it is taken", "[specs]") {
  std::vector<std::size_t> taken(fields().size());
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    for (const MadeSpec& spec : maker().batch(seed, 50).specs) {
      for (const Statement& statement : spec.statements) {
        Record record;
        if (set_field(*statement.field, statement.field->name, statement.value, record))
          ++taken[index_of(*statement.field)];
      }
    }
  }
  for (const Field& field : fields()) {
    INFO(field.name);
    CHECK(taken[index_of(field)] >= 10);
  }
}

TEST_CASE("whole specs: a batch that was kept as a file is the same batch", "[specs]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SpecBatch batch = maker().batch(seed, 20);
    const std::string kept = as_file(batch);
    CHECK(as_file(read_batch(kept)) == kept);
  }
}
