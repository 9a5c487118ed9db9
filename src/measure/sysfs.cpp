// SPDX-License-Identifier: MIT
#include "measure/sysfs.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

namespace footpound::measure {

namespace {

constexpr std::size_t longest_value = 255;

Error cannot_read(const std::string& path, int error) {
  std::string instead;
  if (error == EACCES || error == EPERM) instead = "run as root, or have an administrator allow it";
  return Error{ErrorKind::refused, printable(path), std::strerror(error), instead};
}

bool before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

Result<std::string> read_line_of(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return cannot_read(path, errno);
  std::array<char, longest_value> buffer{};
  const ssize_t length = read(file, buffer.data(), buffer.size());
  const int error = errno;
  close(file);
  if (length < 0) return cannot_read(path, error);
  std::string line(buffer.data(), static_cast<std::size_t>(length));
  line.erase(std::min(line.find('\n'), line.size()));
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.pop_back();
  return line;
}

Result<std::uint64_t> read_number_of(const std::string& path) {
  const Result<std::string> line = read_line_of(path);
  if (!line) return line.error();
  std::uint64_t value = 0;
  const char* end = line->data() + line->size();
  const auto [stop, error] = std::from_chars(line->data(), end, value);
  if (line->empty() || error != std::errc{} || stop != end) {
    return Error{ErrorKind::bad_value, printable(path), in_quotes(*line) + " is not a whole number", {}};
  }
  return value;
}

Result<std::vector<std::string>> entries_of(const std::string& directory, std::string_view prefix) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open_directory(opendir(directory.c_str()), closedir);
  if (!open_directory) return cannot_read(directory, errno);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(open_directory.get())) {  // NOLINT(concurrency-mt-unsafe)
    const std::string_view found = entry->d_name;
    if (found.substr(0, prefix.size()) == prefix) names.emplace_back(found);
  }
  std::sort(names.begin(), names.end(), before);
  return names;
}

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

}  // namespace footpound::measure
