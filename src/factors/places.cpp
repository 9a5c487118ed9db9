// SPDX-License-Identifier: MIT
#include "factors/places.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/letters.hpp"
#include "factors/named_places.hpp"
#include "factors/nearest.hpp"
#include "factors/place_pieces.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

namespace {

constexpr int city_column = column(TableId::regions, "city");
constexpr std::size_t most_letters = 200;  // of words that are read; names are shorter
constexpr int operator_column = column(TableId::regions, "operator");

Error in_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

// What one text came to.
struct Reading {
  Row region;
  std::optional<ProviderMatch> provider;
  bool words = false;   // read from words that are none of the names
  bool around = false;  // a town that nobody knows lies there
  bool shared_code = false;
};

class Reader {
 public:
  Reader(const Catalog& catalog, std::string_view text, std::string_view provider)
      : catalog_(catalog), text_(text), provider_(provider) {}

  Result<Reading> read() {
    const bool is_hostile =
        text_.size() > most_letters ||
        std::any_of(text_.begin(), text_.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (is_hostile) return unknown_region(catalog_, text_, provider_);
    PlacePieces cut = cut_place(catalog_, text_, provider_);
    if (!cut.unknown.empty() || (cut.pieces.empty() && !cut.idle))
      return unknown_region(catalog_, text_, provider_);
    Reading reading;
    reading.words = true;
    if (Result<void> done = take_provider(cut.pieces, reading); !done) return done.error();
    if (provider_.empty() && reading.provider && !reading.provider->id.empty()) {
      provider_ = reading.provider->id;  // "AWS Oregon": its own names count now
      cut = cut_place(catalog_, text_, provider_);
      if (!cut.unknown.empty()) return unknown_region(catalog_, text_, provider_);
    }
    std::vector<Piece> places = with_candidates(cut.pieces, reading.provider);
    if (places.empty()) return reading;
    reading.around = !cut.towns.empty();
    while (true) {
      Result<Row> region = choose(places);
      const bool retry = !region && region.error().kind == ErrorKind::contradiction && places.size() > 1 &&
                         only_towns(places.front());
      if (!retry) {
        if (!region) return region.error();
        reading.region = *region;
        reading.shared_code = shared_code_;
        return reading;
      }
      places.erase(places.begin());  // another town of the name, in the place behind it
      reading.around = true;
    }
  }

 private:
  Result<void> take_provider(const std::vector<Piece>& pieces, Reading& reading) const {
    for (const Piece& piece : pieces) {
      if (!piece.provider) continue;
      const bool first = !reading.provider || reading.provider->id.empty();
      if (first || piece.provider->id == reading.provider->id) {
        if (!piece.provider->id.empty() || !reading.provider) reading.provider = piece.provider;
      } else if (!piece.provider->id.empty()) {
        return Error{ErrorKind::ambiguous, {}, in_quotes(text_) + " names several providers",
            "say which: " + either({reading.provider->id, piece.provider->id})};
      }
    }
    return {};
  }

  // Without the clouds of others than the provider named beside.
  static std::vector<Piece> with_candidates(
      std::vector<Piece>& pieces, const std::optional<ProviderMatch>& provider) {
    std::vector<Piece> places;
    for (Piece& piece : pieces) {
      if (provider && !provider->id.empty()) {
        const auto is_anothers = [&](const Candidate& c) {
          return c.grain == Grain::cloud && provider_of(c.region) != provider->id;
        };
        const bool all_are = std::all_of(piece.candidates.begin(), piece.candidates.end(), is_anothers);
        if (!all_are)
          piece.candidates.erase(
              std::remove_if(piece.candidates.begin(), piece.candidates.end(), is_anothers),
              piece.candidates.end());
      }
      if (!piece.candidates.empty()) places.push_back(std::move(piece));
    }
    return places;
  }

  bool lies_in(const Candidate& c, Row place) const {
    if (place.text(column(TableId::regions, "kind")) == "aggregate") return true;
    if (is_site(place) && is_of(c.region, place)) return true;
    if (c.city && (c.city.text(column(TableId::cities, "state")) == place.id() ||
                      c.city.text(column(TableId::cities, "country")) == place.id()))
      return true;
    return place == c.region || place == zone_of(catalog_, c.region) ||
           place == state_of(catalog_, c.region) || place == country_of(catalog_, c.region);
  }
  // A machine of a computing centre, or a site of an alliance.
  bool is_of(Row site, Row centre) const {
    if (!is_site(site)) return false;
    if (!centre.has(city_column)) return country_of(catalog_, site) == country_of(catalog_, centre);
    const std::string_view runs_it = site.text(operator_column);
    bool is = contains_without_case(runs_it, centre.text(column(TableId::regions, "name")));
    each_item(centre.text(column(TableId::regions, "aliases")),
        [&](std::string_view name) { is = is || contains_without_case(runs_it, name); });
    return is;
  }
  bool related(const Candidate& a, const Candidate& b) const {
    return lies_in(a, b.region) || lies_in(b, a.region);
  }

  static bool only_towns(const Piece& piece) {
    return std::all_of(piece.candidates.begin(), piece.candidates.end(),
        [](const Candidate& c) { return c.grain == Grain::city || c.grain == Grain::part; });
  }

  // Those of the piece that fit something in each of the others.
  std::vector<Candidate> fitting(const Piece& piece, const std::vector<Piece>& places) const {
    std::vector<Candidate> fit;
    for (const Candidate& c : piece.candidates) {
      const bool fits = std::all_of(places.begin(), places.end(), [&](const Piece& other) {
        return &other == &piece || std::any_of(other.candidates.begin(), other.candidates.end(),
                                       [&](const Candidate& o) { return related(c, o); });
      });
      if (fits) fit.push_back(c);
    }
    return fit;
  }

  // The finest place that all pieces agree on.
  Result<Row> choose(const std::vector<Piece>& places) {
    std::vector<Candidate> fit;
    for (const Piece& piece : places) {
      for (const Candidate& c : fitting(piece, places)) fit.push_back(c);
    }
    if (fit.empty()) {
      return Error{ErrorKind::contradiction, {},
          in_quotes(text_) + " names places apart: " + in_quotes(places.front().text) + " and " +
              in_quotes(places.back().text),
          "say which of the two"};
    }
    const auto is_loose = [](const Candidate& c) { return c.loose; };
    if (!std::all_of(fit.begin(), fit.end(), is_loose)) std::erase_if(fit, is_loose);
    const auto finest = std::min_element(
        fit.begin(), fit.end(), [](const Candidate& a, const Candidate& b) { return a.grain < b.grain; });
    std::vector<Row> rows;
    for (const Candidate& c : fit) {
      const bool as_fine = c.grain == finest->grain;
      if ((as_fine || !related(*finest, c)) && std::find(rows.begin(), rows.end(), c.region) == rows.end())
        rows.push_back(c.region);
    }
    std::erase_if(rows, [&, all = rows](Row centre) {
      return is_site(centre) && std::any_of(all.begin(), all.end(), [&](Row machine) {
        return machine != centre && is_of(machine, centre) && !is_of(centre, machine);
      });
    });
    if (rows.size() == 1) return rows.front();
    const bool clouds = std::all_of(rows.begin(), rows.end(), is_cloud);
    if (const Row aws = clouds ? code_of_aws(rows) : Row()) {
      shared_code_ = true;
      return aws;
    }
    if (const Row zone = clouds ? common_zone(catalog_, rows) : Row()) return zone;
    return several_regions(text_, rows);
  }

  // Amazon's, where all have one code.
  static Row code_of_aws(const std::vector<Row>& clouds) {
    constexpr int code = column(TableId::regions, "code");
    Row aws;
    for (const Row cloud : clouds) {
      if (cloud.text(code) != clouds.front().text(code)) return {};
      if (provider_of(cloud) == "aws") aws = cloud;
    }
    return aws;
  }

  const Catalog& catalog_;
  std::string_view text_;
  std::string_view provider_;
  bool shared_code_ = false;
};

// The provider's own words: a name, or a site, or a region of it.
Result<Reading> read_provider(const Catalog& catalog, std::string_view text) {
  Result<ProviderMatch> match = match_provider(catalog, text);
  if (match) return Reading{{}, *match};
  if (const Result<RegionMatch> site = find_region(catalog, text, ""); site && is_site(site->row))
    return Reading{site->row, {}};
  const Result<Reading> reading = Reader(catalog, text, "").read();
  if (!reading) {
    if (reading.error().kind == ErrorKind::unknown_name) return match.error();
    return reading.error();
  }
  const bool is_provider = reading->provider || (reading->region && is_site(reading->region));
  const bool says_nothing = !reading->region && !reading->provider;  // "GPU cluster"
  if (is_provider || says_nothing) return *reading;
  return Error{ErrorKind::unknown_name, {}, in_quotes(text) + " is a place, no provider", "state --region"};
}

Result<Reading> read_region(
    const Catalog& catalog, std::string_view text, std::string_view provider, Place& match) {
  // R and spreadsheets write it for a value that is missing
  if (text == "NA")
    return Error{ErrorKind::ambiguous, {}, "\"NA\" is Namibia's code, and how a missing value is written",
        "write Namibia, or leave it empty"};
  const Result<RegionMatch> found = find_region(catalog, text, provider);
  if (found) {
    match.shared_code = found->shared_code;
    match.shared_name = found->shared_name;
    match.also = found->also;
    match.region_words = found->reads_words ? PlaceWords::read : PlaceWords::named;
    return Reading{found->row, {}};
  }
  if (found.error().kind != ErrorKind::unknown_name) return found.error();
  if (const Result<ProviderMatch> alone = match_provider(catalog, text)) {
    match.region_words = PlaceWords::nothing;
    return Reading{{}, *alone};
  }
  const Result<Reading> reading = Reader(catalog, text, provider).read();
  if (!reading) return reading.error();
  match.shared_code = reading->shared_code;
  match.region_words = !reading->region  ? PlaceWords::nothing
                       : reading->around ? PlaceWords::around
                                         : PlaceWords::read;
  return *reading;
}

bool lies_in(const Catalog& catalog, Row region, Row place) {
  return place == region || place == zone_of(catalog, region) || place == state_of(catalog, region) ||
         place == country_of(catalog, region) || place.text(column(TableId::regions, "kind")) == "aggregate";
}

// May the provider's computers stand there?
Result<void> check(const Catalog& catalog, const Place& match) {
  if (!match.region || match.provider.empty()) return {};
  const std::string_view its = provider_of(match.region);
  const std::string_view operator_ = match.region.text(operator_column);
  const bool anothers_cloud = is_cloud(match.region) && its != match.provider;
  bool anothers_site = is_site(match.region);
  if (anothers_site) {
    const Result<ProviderMatch> runs_it = match_provider(catalog, operator_);
    anothers_site = !runs_it || runs_it->id != match.provider;
  }
  if (!anothers_cloud && !anothers_site) return {};
  return Error{ErrorKind::contradiction, "region",
      in_quotes(match.region.id()) + " is of " + in_quotes(anothers_cloud ? its : operator_) + ", not of " +
          in_quotes(match.provider),
      "state one of the two"};
}

}  // namespace

Result<Place> find_place(const Catalog& catalog, std::string_view region, std::string_view provider) {
  Place match;
  Row of_provider;
  if (!provider.empty()) {
    const Result<Reading> reading = read_provider(catalog, provider);
    if (!reading) return in_field(reading.error(), "provider");
    if (reading->provider) match.provider = reading->provider->id;
    of_provider = reading->region;
    const bool lends_anothers = reading->provider && reading->provider->row &&
                                reading->provider->row.id() != match.provider;  // Colab: Google's
    if (match.provider.empty() && !of_provider) {
      match.provider_words = PlaceWords::nothing;
    } else if (reading->words || of_provider || lends_anothers) {
      match.provider_words = PlaceWords::read;
    }
  }
  if (!region.empty()) {
    Result<Reading> reading = read_region(catalog, region, match.provider, match);
    if (!reading) return in_field(reading.error(), "region");
    match.region = reading->region;
    if (reading->provider && !reading->provider->id.empty()) {
      if (!match.provider.empty() && match.provider != reading->provider->id) {
        return Error{ErrorKind::contradiction, "region",
            in_quotes(region) + " is of " + in_quotes(reading->provider->id) + ", not of " +
                in_quotes(match.provider),
            "state one of the two"};
      }
      match.provider = reading->provider->id;
    }
  }
  if (of_provider && match.region) {
    if (lies_in(catalog, of_provider, match.region)) {
      match.region = of_provider;
    } else if (!lies_in(catalog, match.region, of_provider)) {
      return Error{ErrorKind::contradiction, "region",
          in_quotes(region) + " is not where " + in_quotes(of_provider.id()) + " is", "state one of the two"};
    }
  } else if (of_provider) {
    match.region = of_provider;
  }
  if (Result<void> fine = check(catalog, match); !fine) return fine.error();
  return match;
}

}  // namespace footpound
