// SPDX-License-Identifier: MIT
#include "stream/reporter.hpp"

#include <fmt/format.h>

#include "stream/message_output.hpp"
#include "stream/progress.hpp"

namespace footpound {

void Tally::count(std::uint64_t line, const Error& error) {
  const auto index = static_cast<std::size_t>(error.kind);
  if (error.kind == ErrorKind::skipped) {
    ++skipped;
  } else {
    ++failed;
  }
  if (by_kind[index]++ < most_messages_per_kind && error.kind != ErrorKind::skipped)
    messages.push_back({line, error});
}

void Reporter::print(const std::string& words) {
  if (progress_ != nullptr) progress_->erase();
  write_message(to_, words);
}

void Reporter::add(const std::string& source, std::uint64_t first_line, const Tally& tally) {
  total_.records += tally.records;
  total_.failed += tally.failed;
  total_.skipped += tally.skipped;
  for (std::size_t i = 0; i < error_kinds; ++i) total_.by_kind[i] += tally.by_kind[i];
  for (const Tally::Message& message : tally.messages) {
    if (printed_[static_cast<std::size_t>(message.error.kind)]++ >= most_messages_per_kind) continue;
    print(fmt::format("footpound: {}:{}: {}\n", printable(source), first_line + message.line - 1,
        footpound::message(message.error)));
  }
  if (progress_ != nullptr) progress_->advance(tally.bytes, tally.records);
}

void Reporter::note(const std::string& text) {
  if (!quiet_ && noted_.insert(text).second) print(fmt::format("footpound: note: {}\n", text));
}

void Reporter::summary() {
  if (progress_ != nullptr) progress_->erase();
  for (std::size_t i = 0; i < error_kinds; ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    if (kind == ErrorKind::skipped || total_.by_kind[i] <= most_messages_per_kind) continue;
    print(fmt::format(
        "footpound: {} more records: {}\n", total_.by_kind[i] - most_messages_per_kind, name(kind)));
  }
  if (total_.failed > 0)
    print(fmt::format("footpound: {} of {} records failed\n", total_.failed, total_.records));
  if (total_.skipped > 0 && !quiet_)
    print(fmt::format(
        "footpound: note: {} of {} records are no runs and were skipped\n", total_.skipped, total_.records));
}

}  // namespace footpound
