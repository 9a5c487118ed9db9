// SPDX-License-Identifier: MIT
#include "footpound/run_spec.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "library/record_of.hpp"
#include "record/fields.hpp"
#include "units/number_text.hpp"

namespace footpound {

Result<void> RunSpec::set(std::string_view name, std::string_view text) {
  if (std::optional<Error> refused = refused_field(name)) return std::move(*refused);
  const Field* const field = find_field(name);
  if (field == nullptr) {
    const std::string_view near = near_field(name);
    return Error{ErrorKind::unknown_name, {}, "unknown field " + in_quotes(name),
        near.empty() ? "docs/fields.md lists them" : "did you mean " + in_quotes(near) + "?"};
  }
  Record tried;
  if (Result<void> done = set_field(*field, name, text, tried); !done) return done;

  const auto known = std::find_if(statements_.begin(), statements_.end(),
      [&](const Statement& statement) { return statement.field == field; });
  if (tried.stated == 0) {  // nothing but blanks
    if (known != statements_.end()) statements_.erase(known);
    return {};
  }
  Statement statement{field, std::string(name), std::string(text)};
  if (known != statements_.end()) {
    *known = std::move(statement);
  } else {
    statements_.push_back(std::move(statement));
  }
  return {};
}

Result<void> RunSpec::set(std::string_view name, double value) {
  if (!std::isfinite(value)) {
    return Error{ErrorKind::bad_value, std::string(name), "is no finite number", {}};
  }
  return set(name, std::string_view(number_text(value)));
}

Record record_of(const RunSpec& spec) {
  Record record;
  for (const RunSpec::Statement& statement : spec.statements_) {
    [[maybe_unused]] const Result<void> done =
        set_field(*statement.field, statement.said, statement.text, record);
    assert(done);  // set() has read it before
  }
  return record;
}

}  // namespace footpound
