// SPDX-License-Identifier: MIT
#include "measure/trace.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

std::string json_text(const std::string& text) { return nlohmann::json(printable(text)).dump(); }

}  // namespace

std::string trace_line(const Look& look) {
  std::string out = "{\"t_s\":";
  append_number(out, in_seconds(look.since_start));
  out += ",\"device\":" + json_text(look.device.id);
  if (!look.reading) {
    out += ",\"error\":" + json_text(look.reading.error().what);
  } else if (const Count* count = std::get_if<Count>(&*look.reading)) {
    out += ",\"energy_j\":";
    const double energy = in_joules(look.device.counter.tick * static_cast<double>(count->ticks));
    append_number(out, std::round(energy * 1e6) / 1e6);  // no counter is finer
  } else {
    out += ",\"power_w\":";
    append_number(out, in_watts(std::get<Power>(*look.reading)));
  }
  return out + "}\n";
}

}  // namespace footpound::measure
