// SPDX-License-Identifier: MIT
// Text that Markdown (CommonMark, and GitHub's tables) shows as it is.
#pragma once

#include <string>
#include <string_view>

namespace footpound {

// Control characters come out as \xNN, so a cell never breaks its line.
std::string markdown_text(std::string_view text);

// "| a | b |\n", from texts that are escaped already.
class MarkdownRow {
 public:
  explicit MarkdownRow(std::string& out) : out_(out) { out_ += '|'; }
  ~MarkdownRow() { out_ += '\n'; }
  MarkdownRow(const MarkdownRow&) = delete;
  MarkdownRow& operator=(const MarkdownRow&) = delete;
  void cell(std::string_view text) { out_.append(" ").append(text).append(" |"); }

 private:
  std::string& out_;
};

}  // namespace footpound
