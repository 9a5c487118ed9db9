// SPDX-License-Identifier: MIT
// The hand-written JSON scanner against nlohmann's parser: what one takes for an object, the other does.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "io/json_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace footpound;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t members = 0;
  JsonObject object(text);
  const bool ours = object.each([&](std::string_view, std::string_view) { return ++members, true; }) == nullptr;
  // ours passes bytes that are no UTF-8 through, and refuses nesting deeper than 256
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = utf8_length(rest);
    if (length == 0) return 0;
    rest.remove_prefix(length);
  }
  if (size > 256) return 0;
  const nlohmann::json theirs = nlohmann::json::parse(text, nullptr, false);
  if (ours && theirs.is_discarded()) {
    // numbers that overflow a double are JSON, and nlohmann's error
    if (text.find_first_of("eE0123456789") == std::string_view::npos) std::abort();
    return 0;
  }
  // a lone surrogate is ours to replace, and nlohmann's error; the other way round nothing differs
  if (!ours && theirs.is_object()) std::abort();
  return 0;
}
