// SPDX-License-Identifier: MIT
#include "factors/place_pieces.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/letters.hpp"
#include "factors/named_places.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

// Words that say nothing of the place. Sorted.
constexpr std::array<std::string_view, 62> idle_words = {"a", "an", "and", "area", "at", "availability",
    "booster", "center", "centre", "cloud", "cluster", "clusters", "compute", "computer", "computing", "data",
    "datacenter", "datacentre", "development", "facility", "gpu", "gpus", "hpc", "in", "infrastructure",
    "instance", "instances", "location", "machine", "machines", "my", "node", "nodes", "of", "on", "our",
    "own", "partition", "platform", "province", "public", "region", "research", "resources", "server",
    "servers", "service", "services", "site", "state", "super", "supercomputer", "supercomputing", "system",
    "systems", "the", "tpu", "tpus", "training", "via", "vm", "zone"};
static_assert(std::is_sorted(idle_words.begin(), idle_words.end()));

// Beside one of them a site may have a word more that nobody knows: "LEONARDO Italian supercomputer".
constexpr std::array<std::string_view, 5> computer_words = {
    "cluster", "computer", "hpc", "supercomputer", "supercomputing"};

constexpr std::string_view cuts = ",;:()[]|";
constexpr std::size_t most_words = 24;  // of a text; more are no place

template <class Words>
bool holds(const Words& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), std::string_view(lower_case(word)));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view around = " \"'.-";
  const std::size_t from = text.find_first_not_of(around);
  if (from == std::string_view::npos) return {};
  // a dot may end an abbreviation ("U.S.", "N. Virginia")
  const std::size_t to = text.find_last_not_of(around.substr(0, 4));
  const std::size_t end = to + 1 < text.size() && text[to + 1] == '.' ? to + 2 : to + 1;
  return end > from ? text.substr(from, end - from) : std::string_view();
}

// At `cuts`, and at dashes that stand alone.
std::vector<std::string_view> split_at(std::string_view text, std::string_view at, bool dashes) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  const auto end_at = [&](std::size_t to, std::size_t skipped) {
    if (const std::string_view part = trimmed(text.substr(from, to - from)); !part.empty())
      parts.push_back(part);
    from = to + skipped;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at.find(text[i]) != std::string_view::npos) {
      end_at(i, 1);
    } else if (dashes && (text.substr(i, 3) == " - " || text.substr(i, 5) == " \xE2\x80\x93 " ||
                             text.substr(i, 5) == " \xE2\x80\x94 ")) {
      end_at(i, text[i + 1] == '-' ? 3 : 5);
      i = from - 1;
    }
  }
  end_at(text.size(), 0);
  return parts;
}

bool is_abbreviation(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool may_be_a_town(std::string_view text) {
  return text.size() >= 3 && std::none_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '@' || c == '/' || c == '_' || c == '=' || c == '%';
  });
}

Grain grain_of(Row region) {
  const std::string_view kind = region.text(column(TableId::regions, "kind"));
  if (kind == "cloud") return Grain::cloud;
  // an alliance of sites has no town
  if (kind == "site") return region.has(column(TableId::regions, "city")) ? Grain::site : Grain::state;
  if (kind == "country") return Grain::country;
  return kind == "aggregate" ? Grain::many : Grain::state;
}

class Cutter {
 public:
  Cutter(const Catalog& catalog, std::string_view provider) : catalog_(catalog), provider_(provider) {}

  PlacePieces cut(std::string_view text) {
    text_ = text;
    for (const std::string_view stretch : around_codes(text)) {
      if (take_whole(without_idle_ends(stretch))) continue;
      for (const std::string_view part : split_at(stretch, cuts, true)) {
        if (!take_whole(part)) take_words(part);
      }
    }
    settle_towns();
    return std::move(made_);
  }

 private:
  // "US East (Ohio) us-east-2": a code stands for itself, and what is around it too.
  std::vector<std::string_view> around_codes(std::string_view text) const {
    std::vector<std::string_view> stretches;
    std::size_t from = 0;
    const auto end_at = [&](std::size_t to) {
      if (const std::string_view stretch = trimmed(text.substr(from, to - from)); !stretch.empty())
        stretches.push_back(stretch);
    };
    for (const std::string_view word : split_at(text, " ,;:()[]|", false)) {
      if (word.find('-') == std::string_view::npos || !is_code(word)) continue;
      const auto at = static_cast<std::size_t>(word.data() - text.data());
      end_at(at);
      stretches.push_back(word);
      from = at + word.size();
    }
    end_at(text.size());
    return stretches;
  }

  // "Asia Pacific (Tokyo) region"
  static std::string_view without_idle_ends(std::string_view text) {
    std::vector<std::string_view> words = split_at(text, " ", false);
    while (words.size() > 1 && holds(idle_words, words.back())) words.pop_back();
    std::size_t first = 0;
    while (first + 1 < words.size() && holds(idle_words, words[first])) ++first;
    if (words.empty()) return text;
    const char* const from = words[first].data();
    const char* const to = words.back().data() + words.back().size();
    const char* const all = text.data() + text.size();
    // nothing was taken away behind: brackets and dots of the end stay
    return {from,
        static_cast<std::size_t>((words.back() == split_at(text, " ", false).back() ? all : to) - from)};
  }

  bool is_code(std::string_view word) const {
    const std::vector<Row> rows = named_places(catalog_, word, provider_).codes;
    return std::any_of(rows.begin(), rows.end(), is_cloud);
  }

  // What the words name as a whole; nothing where they name nothing.
  std::optional<Piece> look_up(std::string_view words) const {
    Piece piece{words, {}, {}};
    const NamedPlaces named = named_places(catalog_, words, provider_);
    const auto add = [&](const std::vector<Row>& rows, bool loose = false) {
      for (const Row row : rows) piece.candidates.push_back({row, {}, grain_of(row), loose});
    };
    add(named.codes);
    add(named.names);
    for (const Row city : named.cities) {
      const bool is_city = city.text(column(TableId::cities, "kind")) == "city";
      if (const Row region = region_of_city(catalog_, city))
        piece.candidates.push_back({region, city, is_city ? Grain::city : Grain::part});
    }
    if (!provider_.empty() || piece.candidates.empty()) {
      add(named.locations, provider_.empty());
      if (!provider_.empty() || speaks_for_itself(words)) add(named.consoles, provider_.empty());
      if (piece.candidates.empty()) add(named.respelt, provider_.empty());
    }
    if (const std::string_view code = region_of_zone(words); piece.candidates.empty() && !code.empty())
      add(named_places(catalog_, code, provider_).codes);
    if (words != text_) add_states(words, piece);
    if (piece.candidates.empty()) {
      if (const Result<ProviderMatch> provider = match_provider(catalog_, words)) piece.provider = *provider;
    }
    if (piece.candidates.empty() && !piece.provider) return std::nullopt;
    return piece;
  }

  // "CA" beside other words may be California; it is Canada too.
  void add_states(std::string_view words, Piece& piece) const {
    if (!is_abbreviation(words)) return;
    for (const std::string_view country : {"US-", "CA-", "AU-"}) {
      std::string id(country);
      id += words;
      if (const Row row = catalog_.table(TableId::regions).find(id))
        piece.candidates.push_back({row, {}, Grain::state});
    }
  }

  bool take_whole(std::string_view part) {
    std::optional<Piece> piece = look_up(part);
    if (!piece) return false;
    made_.pieces.push_back(std::move(*piece));
    return true;
  }

  void take_words(std::string_view part) {
    const std::vector<std::string_view> words = split_at(part, " /", false);
    std::vector<Piece> found;
    std::vector<std::string_view> strange;
    bool names_computer = false;
    for (std::size_t i = 0; i < words.size();) {
      const std::size_t took = words.size() <= most_words ? take_longest(words, i, found) : 0;
      if (took == 0) {
        names_computer = names_computer || holds(computer_words, words[i]);
        if (holds(idle_words, words[i])) {
          made_.idle = true;
        } else {
          strange.push_back(words[i]);
        }
      }
      i += std::max<std::size_t>(took, 1);
    }
    const bool has_site = std::any_of(found.begin(), found.end(), [](const Piece& piece) {
      return std::any_of(piece.candidates.begin(), piece.candidates.end(),
          [](const Candidate& c) { return c.grain == Grain::site; });
    });
    if (strange.empty() || (has_site && names_computer && strange.size() == 1)) {
      for (Piece& piece : found) made_.pieces.push_back(std::move(piece));
    } else if (found.empty() && may_be_a_town(part)) {
      made_.towns.push_back(part);
    } else if (made_.unknown.empty()) {
      made_.unknown = part;
    }
  }

  // How many words from `first` on name something together, at most.
  std::size_t take_longest(
      const std::vector<std::string_view>& words, std::size_t first, std::vector<Piece>& found) const {
    for (std::size_t end = words.size(); end > first; --end) {
      const std::string_view last = words[end - 1];
      const std::string_view span(
          words[first].data(), static_cast<std::size_t>(last.data() + last.size() - words[first].data()));
      if (end - first == 1 && holds(idle_words, span)) return 0;
      if (span.size() == 2 && !is_abbreviation(span)) continue;  // "de", "us": words too
      if (std::optional<Piece> piece = look_up(span)) {
        found.push_back(std::move(*piece));
        return end - first;
      }
    }
    return 0;
  }

  // A town lies in a place that is named behind it; unknown words elsewhere are no town.
  void settle_towns() {
    const std::vector<std::string_view> towns = std::exchange(made_.towns, {});
    for (const std::string_view town : towns) {
      const bool place_follows = std::any_of(made_.pieces.begin(), made_.pieces.end(),
          [&](const Piece& piece) { return piece.text.data() > town.data() && !piece.candidates.empty(); });
      if (place_follows) {
        made_.towns.push_back(town);
      } else if (made_.unknown.empty()) {
        made_.unknown = town;
      }
    }
  }

  const Catalog& catalog_;
  std::string_view provider_;
  std::string_view text_;
  PlacePieces made_;
};

}  // namespace

PlacePieces cut_place(const Catalog& catalog, std::string_view text, std::string_view provider) {
  return Cutter(catalog, provider).cut(text);
}

}  // namespace footpound
