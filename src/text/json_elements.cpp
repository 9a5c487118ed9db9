// SPDX-License-Identifier: MIT
#include "text/json_elements.hpp"

namespace footpound {

bool JsonElements::next(std::string_view data) {
  if (ended_) return false;
  for (; at_ < data.size(); ++at_) {
    const char c = data[at_];
    if (string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        string_ = false;
      }
      continue;
    }
    if (depth_ == 0) {
      const bool between = c == ',' || c == ']' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (between && inside_) {
        // a number or a word ends where something else begins
        inside_ = false;
        end_ = at_;
        bare_ = true;
        return true;
      }
      if (c == ']') {
        ended_ = true;
        return false;
      }
      if (between) continue;
      if (!inside_) begin_ = at_;
      inside_ = true;
    }
    if (c == '"') {
      string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if ((c == '}' || c == ']') && depth_ > 0 && --depth_ == 0) {
      inside_ = false;
      end_ = ++at_;
      bare_ = false;
      return true;
    }
  }
  return false;
}

}  // namespace footpound
