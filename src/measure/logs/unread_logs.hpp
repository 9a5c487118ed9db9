// SPDX-License-Identifier: MIT
// Files that people take for power logs, or that are some, and that are not read: each by its name, with
// what to do instead.
#pragma once

#include <optional>
#include <string_view>

#include "footpound/base/result.hpp"
#include "measure/logs/log_format.hpp"

namespace footpound::measure {

// What nvidia-smi says in place of a reading: "Unable to determine the device handle for GPU ..."
bool is_driver_message(std::string_view line);

// The error for a file of that kind; nullopt: it is none that is known.
std::optional<Error> unread_log(Head head);

}  // namespace footpound::measure
