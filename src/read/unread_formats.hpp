// SPDX-License-Identifier: MIT
// What people have and this program does not read: named, with what to do instead.
#pragma once

#include <optional>
#include <string_view>

#include "footpound/base/error.hpp"

namespace footpound {

// Of a stream that begins with `head`; nullopt where it is none that is known.
std::optional<Error> unread_format(std::string_view head);

}  // namespace footpound
