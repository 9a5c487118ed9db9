// SPDX-License-Identifier: MIT
#include "commands/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/broken_pipe.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

void Log::write(const std::string& text) {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made =
        std::make_shared<spdlog::logger>("footpound", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("footpound: %Y-%m-%dT%H:%M:%S.%e: %v");
    return made;
  }();
  const NoBrokenPipe no_broken_pipe;
  logger->info(printable(text));
}

}  // namespace footpound
