// SPDX-License-Identifier: MIT
#include "measure/trace.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include <nlohmann/json.hpp>

#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

std::string json_text(const std::string& text) { return nlohmann::json(printable(text)).dump(); }

Error cannot_write(const std::string& path, int error) {
  return Error{ErrorKind::refused, printable(path), std::strerror(error), {}};
}

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

Result<OutputFile> OutputFile::open(const std::string& path) {
  OutputFile out;
  const bool to_stdout = path == "-";
  out.path_ = to_stdout ? "standard output" : path;
  // not for children, both of them
  out.file_.reset(
      to_stdout ? fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0), "w") : std::fopen(path.c_str(), "we"));
  if (!out.file_) return cannot_write(out.path_, errno);
  return out;
}

void OutputFile::write(const std::string& text) {
  if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) error_ = errno;
}

Result<void> OutputFile::close() {
  if (std::fclose(file_.release()) != 0 && error_ == 0) error_ = errno;
  if (error_ != 0) return cannot_write(path_, error_);
  return {};
}

}  // namespace footpound::measure
