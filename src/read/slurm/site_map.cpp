// SPDX-License-Identifier: MIT
#include "read/slurm/site_map.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/letters.hpp"
#include "factors/hardware.hpp"
#include "factors/nearest.hpp"
#include "factors/regions.hpp"
#include "read/slurm/node_names.hpp"
#include "text/json_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

constexpr std::size_t most_nodes = 1'000'000;      // of a pattern
constexpr std::size_t most_nodes_of_job = 65'536;  // more than Slurm knows; each is looked up for each job

// In the order of SiteSection.
const std::vector<std::string_view>& sections() {
  static const std::vector<std::string_view> names = {
      "partition", "qos", "account", "cluster", "gres", "node"};
  return names;
}

Error unknown_key(std::string where, std::string_view key, const std::vector<std::string_view>& known) {
  const std::vector<std::string_view> near = nearest(key, known, 1);
  return Error{ErrorKind::unknown_name, std::move(where), "unknown key " + in_quotes(key),
      near.empty() ? "it knows " + either(known) : "did you mean " + in_quotes(near.front()) + "?"};
}

Error stated_twice(std::string where) {
  return Error{ErrorKind::malformed, std::move(where), "is stated twice", "leave one of them out"};
}

}  // namespace

// Walks through the map's text; fails with the line of the offending key.
class SiteMapReader {
 public:
  SiteMapReader(std::string_view text, const Catalog& catalog, SiteMap& map)
      : text_(text), catalog_(catalog), map_(map) {}

  std::optional<SpecError> read() {
    object(text_, "", [&](const std::string& section, std::string_view value) {
      const auto found = std::find(sections().begin(), sections().end(), section);
      if (found == sections().end()) return fail(value, unknown_key({}, section, sections()));
      const auto which = static_cast<SiteSection>(found - sections().begin());
      return object(value, section,
          [&](const std::string& name, std::string_view entry) { return add(which, name, entry); });
    });
    return std::move(wrong_);
  }

 private:
  bool fail(std::string_view at, Error error) {
    const auto line = 1 + std::count(text_.data(), at.data(), '\n');
    wrong_ = SpecError{static_cast<std::uint64_t>(line), std::move(error)};
    return false;
  }

  // The members of one object; keys decoded, each at most once.
  template <class Visit>
  bool object(std::string_view value, const std::string& where, Visit visit) {
    JsonObject members(value);
    std::set<std::string> seen;
    bool fine = true;
    const char* malformed = members.each([&](std::string_view raw_key, std::string_view member) {
      std::string scratch;
      const std::string key(json_meaning(raw_key, scratch).value_or(raw_key));
      if (!seen.insert(key).second)
        return fine = fail(raw_key, stated_twice(where.empty() ? key : where + "." + key));
      return fine = visit(key, member);
    });
    if (malformed != nullptr) {
      return fail(value.substr(std::min(members.at(), value.size())),
          Error{ErrorKind::malformed, where, std::string(malformed) + " (JSON)", {}});
    }
    return fine;
  }

  SiteMap::Entries& entries_of(SiteSection section) {
    return map_.entries_[static_cast<std::size_t>(section)];
  }

  bool add(SiteSection section, const std::string& name, std::string_view value) {
    const std::string where = std::string(sections()[static_cast<std::size_t>(section)]) + "." + name;
    const bool gres = section == SiteSection::gres;
    SiteEntry entry;
    if (gres && value.front() == '"') {
      if (!text(where, value, entry.accelerator) || !known_accelerator(where, value, entry.accelerator))
        return false;
    } else if (!object(value, where, [&](const std::string& key, std::string_view member) {
                 return set(where, gres, key, member, entry);
               })) {
      return false;
    }
    if (gres && entry.accelerator.empty()) {
      return fail(
          value, Error{ErrorKind::missing, where, "names no accelerator", R"(write "TYPE": "ACCELERATOR")"});
    }
    if (section == SiteSection::node) return add_nodes(where, name, value, entry);
    return put(where, value, entries_of(section), name, std::move(entry));
  }

  // Names ignore case: "p" and "P" are one, and which entry it has is not ours to choose.
  bool put(const std::string& where, std::string_view value, SiteMap::Entries& entries, std::string_view name,
      SiteEntry entry) {
    if (entries.emplace(lower_case(name), std::move(entry)).second) return true;
    Error twice = stated_twice(where);
    twice.what = "is there in another case, too, and names ignore case";
    return fail(value, std::move(twice));
  }

  bool add_nodes(
      const std::string& where, const std::string& name, std::string_view value, const SiteEntry& entry) {
    if (!name.empty() && name.back() == '*' && name.find('[') == std::string::npos) {
      const std::string_view prefix = std::string_view(name).substr(0, name.size() - 1);
      map_.prefix_lengths_.insert(prefix.size());
      return put(where, value, map_.prefixes_, prefix, entry);
    }
    std::string twice;
    const char* malformed = each_node(lower_case(name), most_nodes, [&](std::string_view node) {
      if (!entries_of(SiteSection::node).emplace(node, entry).second) twice = node;
      return twice.empty();
    });
    if (malformed != nullptr) {
      return fail(
          value, Error{ErrorKind::bad_value, where, malformed, R"(write "n1", "gpu[01-16,20]" or "gpu*")"});
    }
    if (!twice.empty())
      return fail(value, Error{ErrorKind::malformed, where,
                             "holds " + in_quotes(twice) + ", which another pattern holds too", {}});
    return true;
  }

  bool set(
      const std::string& where, bool gres, const std::string& key, std::string_view value, SiteEntry& entry) {
    const std::string field = where + "." + key;
    if (key == "accelerator")
      return text(field, value, entry.accelerator) && known_accelerator(field, value, entry.accelerator);
    if (gres && key == "share") {
      if (!number(value, entry.share) || !(*entry.share > 0 && *entry.share <= 1)) {
        return fail(value, Error{ErrorKind::out_of_range, field, in_quotes(value) + " is no share",
                               "write a number above 0 and at most 1"});
      }
      return true;
    }
    if (!gres && key == "cpu")
      return text(field, value, entry.cpu) && known(field, value, find_cpu(catalog_, entry.cpu));
    if (!gres && key == "region") {
      return text(field, value, entry.region) && known(field, value, find_region(catalog_, entry.region, ""));
    }
    if (!gres && key == "pue") {
      if (!number(value, entry.pue) || *entry.pue < 1) {
        return fail(value, Error{ErrorKind::out_of_range, field, in_quotes(value) + " is no PUE",
                               "write a number of 1 or more"});
      }
      return true;
    }
    if (!gres && key == "gpus_per_node") {
      if (!number(value, entry.gpus_per_node) ||
          !(*entry.gpus_per_node > 0 && *entry.gpus_per_node <= 1024)) {
        return fail(value, Error{ErrorKind::out_of_range, field, in_quotes(value) + " is no number of GPUs",
                               "write a number above 0, of a node's GPUs"});
      }
      return true;
    }
    static const std::vector<std::string_view> of_gres = {"accelerator", "share"};
    static const std::vector<std::string_view> of_places = {
        "accelerator", "cpu", "gpus_per_node", "pue", "region"};
    return fail(value, unknown_key(where, key, gres ? of_gres : of_places));
  }

  bool text(const std::string& field, std::string_view value, std::string& into) {
    std::string scratch;
    std::optional<std::string_view> meaning;
    if (value.front() == '"') meaning = json_meaning(value.substr(1, value.size() - 2), scratch);
    if (!meaning || meaning->find_first_not_of(" \t") == std::string_view::npos) {
      return fail(
          value, Error{ErrorKind::bad_value, field, "is " + in_quotes(value), "write a name in quotes"});
    }
    into = *meaning;
    return true;
  }

  static bool number(std::string_view value, std::optional<double>& into) {
    double parsed = 0;
    if (!parse_number(value, parsed)) return false;
    into = parsed;
    return true;
  }

  bool known_accelerator(const std::string& field, std::string_view value, const std::string& name) {
    return known(field, value, find_accelerator(catalog_, name));
  }

  template <class Found>
  bool known(const std::string& field, std::string_view value, const Result<Found>& found) {
    if (found) return true;
    Error error = found.error();
    error.field = field;
    return fail(value, std::move(error));
  }

  std::string_view text_;
  const Catalog& catalog_;
  SiteMap& map_;
  std::optional<SpecError> wrong_;
};

std::optional<SpecError> SiteMap::read(std::string_view text, const Catalog& catalog) {
  return SiteMapReader(text, catalog, *this).read();
}

const SiteEntry* SiteMap::find(const Entries& entries, std::string_view name) {
  if (entries.empty() || name.empty()) return nullptr;
  const auto found = entries.find(lower_case(name));
  return found == entries.end() ? nullptr : &found->second;
}

const SiteEntry* SiteMap::node(std::string_view name) const {
  if (const SiteEntry* exact = of(SiteSection::node, name)) return exact;
  const std::string folded = lower_case(name);
  for (const std::size_t length : prefix_lengths_) {
    if (length > folded.size()) continue;
    const auto found = prefixes_.find(std::string_view(folded).substr(0, length));
    if (found != prefixes_.end()) return &found->second;
  }
  return nullptr;
}

namespace {

// What `entry` says otherwise than those before it moves from what they agreed on to what they do not.
template <class Value>
void part(Value& agreed, Value& unlike, const Value& said) {
  if (agreed == said) return;
  if (unlike == Value()) unlike = agreed == Value() ? said : agreed;
  agreed = Value();
}

void part(NodesEntry::Mixed& mixed, const SiteEntry& entry) {
  part(mixed.agreed.accelerator, mixed.unlike.accelerator, entry.accelerator);
  part(mixed.agreed.cpu, mixed.unlike.cpu, entry.cpu);
  part(mixed.agreed.region, mixed.unlike.region, entry.region);
  part(mixed.agreed.pue, mixed.unlike.pue, entry.pue);
  part(mixed.agreed.gpus_per_node, mixed.unlike.gpus_per_node, entry.gpus_per_node);
}

}  // namespace

Result<NodesEntry> SiteMap::nodes(std::string_view list) const {
  NodesEntry all;
  const bool none_said = entries_[static_cast<std::size_t>(SiteSection::node)].empty() && prefixes_.empty();
  if (none_said || list.empty() || list == "None assigned") return all;
  static const SiteEntry nothing;
  std::string first;
  const char* malformed = each_node(list, most_nodes_of_job, [&](std::string_view name) {
    const SiteEntry* entry = node(name);
    if (first.empty()) {
      first = name;
      all.common = entry;
      return true;
    }
    const bool same =
        entry == all.common || (entry != nullptr && all.common != nullptr && *entry == *all.common);
    if (same && !all.mixed) return true;
    if (!all.mixed) {
      all.mixed = std::make_unique<NodesEntry::Mixed>();
      all.mixed->agreed = all.common != nullptr ? *all.common : nothing;
      all.mixed->a = first;
      all.mixed->b = name;
    }
    part(*all.mixed, entry != nullptr ? *entry : nothing);
    return true;
  });
  if (malformed != nullptr) return Error{ErrorKind::bad_value, {}, in_quotes(list) + " " + malformed, {}};
  return all;
}

}  // namespace footpound
