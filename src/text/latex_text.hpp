// SPDX-License-Identifier: MIT
// Text that LaTeX sets as it is, in a bare article class.
#pragma once

#include <string>
#include <string_view>

namespace footpound {

// Control characters come out as \xNN; letters beyond Latin-1, which the default fonts lack,
// as [U+NNNN].
std::string latex_text(std::string_view text);

}  // namespace footpound
