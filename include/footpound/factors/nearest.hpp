// SPDX-License-Identifier: MIT
// Which known names a misspelt one was probably meant to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

// At most `count` of `known`, nearest first, by edit distance without case (insert, delete,
// replace and swap each cost 1; a known name that contains the wrong one counts as near).
// Names too far to be meant, or further than `most_edits`, are left out. Ties keep the order of `known`.
std::vector<std::string_view> nearest(std::string_view wrong, const std::vector<std::string_view>& known,
                                      std::size_t count, std::size_t most_edits = 64);

// `"a"`, `"a" or "b"`, `"a", "b" or "c"`, each quoted.
std::string either(const std::vector<std::string_view>& names);

}  // namespace footpound
