// SPDX-License-Identifier: MIT
// Which known names a misspelt one was probably meant to be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

// Names to look for near ones among, prepared once: streams ask for every record with a wrong name.
class KnownNames {
 public:
  // `tag` is the caller's, to leave names out by. The name outlives this object.
  void add(std::string_view name, std::uint32_t tag = 0);

  // At most `count`, nearest first, by edit distance without case (insert, delete, replace and
  // swap each cost 1; a name that contains the wrong one, or that the wrong one begins with,
  // counts as near). Left out are names too far to be meant (a third of the wrong one's letters,
  // at most three), or further than `most_edits`. Ties keep the order in which they were added.
  std::vector<std::string_view> nearest(std::string_view wrong, std::size_t count,
      std::size_t most_edits = 64, const std::function<bool(std::uint32_t tag)>& accept = nullptr) const;

  // The same, with the tags.
  struct Match {
    std::string_view name;
    std::uint32_t tag;
  };
  // The matches; where there are none, the names within two edits (of three letters, one), a letter for the
  // digit that it looks like being none ("h1oo").
  std::vector<Match> resembling(std::string_view wrong, std::size_t count) const;
  std::vector<Match> matches(std::string_view wrong, std::size_t count, std::size_t most_edits = 64,
      const std::function<bool(std::uint32_t tag)>& accept = nullptr) const;

 private:
  std::vector<Match> look_alikes(const std::string& wrong, std::size_t count) const;

  struct Name {
    std::string_view written;
    std::string folded;
    std::uint64_t letters;  // which it has
    std::uint32_t tag;
  };
  std::vector<Name> names_;
};

// The same, for names that are asked for once.
std::vector<std::string_view> nearest(std::string_view wrong, const std::vector<std::string_view>& known,
    std::size_t count, std::size_t most_edits = 64);

// `"a"`, `"a" or "b"`, `"a", "b" or "c"`, each quoted.
std::string either(const std::vector<std::string_view>& names);
// `did you mean "a" or "b"? `; nothing where there is none.
std::string did_you_mean(const std::vector<std::string_view>& names);

}  // namespace footpound
