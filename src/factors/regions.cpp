// SPDX-License-Identifier: MIT
#include "factors/regions.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "base/late_words.hpp"
#include "base/letters.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

constexpr int kind_column = column(TableId::regions, "kind");
constexpr int code_column = column(TableId::regions, "code");
constexpr int provider_column = column(TableId::regions, "provider");
constexpr int zone_column = column(TableId::regions, "zone");
constexpr int country_column = column(TableId::regions, "country");
constexpr int name_column = column(TableId::regions, "name");
constexpr int pue_provider_column = column(TableId::pue, "provider");

struct ProviderName {
  std::string_view said;
  std::string_view id;
};
constexpr std::array provider_names = {
    ProviderName{"google", "gcp"},
    ProviderName{"googlecloud", "gcp"},
    ProviderName{"amazon", "aws"},
    ProviderName{"amazonwebservices", "aws"},
    ProviderName{"microsoft", "azure"},
    ProviderName{"microsoftazure", "azure"},
    ProviderName{"oci", "oracle"},
    ProviderName{"oraclecloud", "oracle"},
    ProviderName{"ovhcloud", "ovh"},
    ProviderName{"alibabacloud", "alibaba"},
};

void add_once(std::vector<Row>& rows, Row row) {
  if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
}

bool is_name(Row row, std::string_view written) {
  return written == row.text(name_column) && row.text(kind_column) != "cloud";
}

// Codes of clouds, names and ids of places; tagged with their row.
void collect_names(const Table& table, KnownNames& names) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (row.text(kind_column) == "cloud") {
      names.add(row.text(code_column), i);
    } else {
      names.add(row.text(name_column), i);
      names.add(row.id(), i);
    }
  }
}

class UnknownRegion : public LateWords {
 public:
  UnknownRegion(const Catalog& catalog, std::string_view region, std::string_view provider)
      : catalog_(catalog), region_(region), provider_(provider) {}

 private:
  ErrorWords find() const override {
    const Table& table = catalog_.table(TableId::regions);
    const KnownNames& known = catalog_.known_names(TableId::regions, collect_names);
    const auto of_provider = [&](std::uint32_t row) {
      return table.row(row).text(kind_column) == "cloud" && table.row(row).text(provider_column) == provider_;
    };
    const std::vector<std::string_view> near = provider_.empty()
                                                   ? known.nearest(region_, 3)
                                                   : known.nearest(region_, 3, region_.size(), of_provider);
    return {
        "unknown " + in_quotes(region_) + (provider_.empty() ? "" : " of provider " + in_quotes(provider_)),
        did_you_mean(near) + "`footpound list regions` shows all"};
  }

  const Catalog& catalog_;
  std::string region_;
  std::string provider_;
};

Error unknown(const Catalog& catalog, std::string_view region, std::string_view provider) {
  Error error;
  error.kind = ErrorKind::unknown_name;
  error.late = std::make_shared<UnknownRegion>(catalog, region, provider);
  return error;
}

Error several(std::string_view region, const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row row : rows) ids.push_back(row.id());
  return Error{
      ErrorKind::ambiguous, {}, in_quotes(region) + " stands for several", "say which: " + either(ids)};
}

}  // namespace

Result<std::string_view> find_provider(const Catalog& catalog, std::string_view provider) {
  for (const ProviderName& name : provider_names) {
    if (folds_alike(provider, name.said, Fold::name)) return name.id;
  }
  std::vector<std::string_view> known;
  const auto collect = [&](TableId id, int provider_cell) {
    const Table& table = catalog.table(id);
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const std::string_view name = table.row(i).text(provider_cell);
      if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
    }
  };
  collect(TableId::regions, provider_column);
  collect(TableId::pue, pue_provider_column);
  for (const std::string_view name : known) {
    if (same_without_case(name, provider)) return name;
  }
  Error error{ErrorKind::unknown_name, {}, "unknown " + in_quotes(provider), {}};
  error.instead = "known are " + either(known);
  return error;
}

Result<RegionMatch> find_region(const Catalog& catalog, std::string_view region, std::string_view provider) {
  const Table& table = catalog.table(TableId::regions);
  std::vector<Row> by_code;
  std::vector<Row> by_name;
  std::vector<Row> by_city;  // cloud regions: many share one
  table.each_named(region, [&](Row row, std::string_view written) {
    if (!provider.empty() && row.text(kind_column) == "cloud" && row.text(provider_column) != provider)
      return;
    if (is_name(row, written)) {
      add_once(by_name, row);
    } else if (row.text(kind_column) == "cloud"
                   ? same_without_case(row.text(code_column), region) || same_without_case(row.id(), region)
                   : folds_alike(written, region, Fold::name)) {
      add_once(by_code, row);
    } else if (written == row.text(name_column)) {
      add_once(by_city, row);
    }
  });
  if (!provider.empty()) {
    // with a provider, its regions come before places of the same name
    const auto cloud = [&](Row row) { return row.text(kind_column) == "cloud"; };
    if (std::any_of(by_code.begin(), by_code.end(), cloud)) {
      by_code.erase(std::remove_if(by_code.begin(), by_code.end(), [&](Row row) { return !cloud(row); }),
          by_code.end());
    }
  }

  keep_latest_layer(by_code);
  keep_latest_layer(by_name);
  if (by_code.empty() && by_name.empty()) {
    keep_latest_layer(by_city);
    by_name = by_city;
  }
  RegionMatch match;
  if (by_code.size() > 1) {
    const auto aws =
        std::find_if(by_code.begin(), by_code.end(), [](Row row) { return provider_of(row) == "aws"; });
    if (aws != by_code.end()) {
      match.shared_code = true;
      by_code = {*aws};
    }
  }
  std::vector<Row>& rows = by_code.empty() ? by_name : by_code;
  if (rows.empty()) return unknown(catalog, region, provider);
  if (rows.size() > 1) {
    const auto whole = std::find_if(rows.begin(), rows.end(), is_whole_country);
    if (whole == rows.end()) return several(region, rows);
    match.shared_name = true;
    match.row = *whole;
    return match;
  }
  match.row = rows.front();
  return match;
}

Row zone_of(const Catalog& catalog, Row region) {
  return region.has(zone_column) ? catalog.table(TableId::regions).find(region.text(zone_column)) : Row();
}

Row country_of(const Catalog& catalog, Row region) {
  if (is_whole_country(region)) return region;
  return region.has(country_column) ? catalog.table(TableId::regions).find(region.text(country_column))
                                    : Row();
}

bool is_whole_country(Row region) {
  const std::string_view kind = region.text(kind_column);
  return kind == "country" || kind == "aggregate";
}

std::string_view provider_of(Row region) { return region.text(provider_column); }

Row world(const Catalog& catalog) { return catalog.table(TableId::regions).find("X-WORLD"); }

}  // namespace footpound
