// SPDX-License-Identifier: MIT
// The elements of one JSON array, found without holding the array: only brackets and quotes are
// looked at. Whether an element is valid JSON is for its reader to say.
#pragma once

#include <cstddef>
#include <string_view>

namespace footpound {

class JsonElements {
 public:
  // Goes on through `data`, of which what an earlier call has seen is passed over. True: an
  // element ends, element() is it. False: the array's end (ended()), or the data's.
  bool next(std::string_view data);
  std::string_view element(std::string_view data) const { return data.substr(begin_, end_ - begin_); }
  std::size_t begin() const { return begin_; }
  // How far the data is whole elements and what stands between them: a look at it up to here alone finds
  // the same. A number or a word is whole with what ends it, and the array's end is not ours to cut off.
  std::size_t cut() const { return inside_ || (ended_ && bare_) ? begin_ : at_; }
  bool ended() const { return ended_; }
  std::size_t behind() const { return at_ + 1; }  // the array's bracket, once it has ended

 private:
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t depth_ = 0;
  bool inside_ = false;  // an element
  bool bare_ = false;    // the last element was a number or a word
  bool string_ = false;
  bool escaped_ = false;
  bool ended_ = false;
};

}  // namespace footpound
