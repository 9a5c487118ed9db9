// SPDX-License-Identifier: MIT
// Any text as any kind of amount: a number that is finite, or an error that says something.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "units/amount.hpp"
#include "units/instant.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace footpound;
  if (size == 0) return 0;
  const auto kind = static_cast<UnitKind>(data[0] % 10);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const Result<Amount> amount = parse_amount(text, kind);
  if (amount ? !std::isfinite(amount->value) || !std::isfinite(amount->log_sd)
             : message(amount.error()).empty())
    std::abort();
  static_cast<void>(static_cast<bool>(parse_instant(text)));
  return 0;
}
