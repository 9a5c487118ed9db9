// SPDX-License-Identifier: MIT
// Kinds of errors that are told by their messages: those that say what a record is.
#pragma once

#include <optional>
#include <string_view>

#include "footpound/base/error.hpp"

namespace footpound {

inline constexpr ErrorKind told_kinds[] = {ErrorKind::skipped, ErrorKind::misfit};

// The error that message() wrote, without its field; nullopt for one of another kind, and for any other text.
std::optional<Error> error_told_by(std::string_view message);

}  // namespace footpound
