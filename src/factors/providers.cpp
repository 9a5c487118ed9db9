// SPDX-License-Identifier: MIT
#include "factors/providers.hpp"

#include <memory>

#include "base/accents.hpp"
#include "base/late_words.hpp"
#include "base/letters.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

namespace {

constexpr int kind_column = column(TableId::providers, "kind");
constexpr int runs_on_column = column(TableId::providers, "runs_on");

void collect_names(const Table& table, KnownNames& names) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    names.add(row.id(), i);
    names.add(row.text(column(TableId::providers, "name")), i);
    each_item(row.text(column(TableId::providers, "aliases")),
        [&](std::string_view alias) { names.add(alias, i); });
  }
}

class UnknownProvider : public LateWords {
 public:
  UnknownProvider(const Catalog& catalog, std::string_view name) : catalog_(catalog), name_(name) {}

 private:
  ErrorWords find() const override {
    return {"unknown " + in_quotes(name_),
        did_you_mean(catalog_.known_names(TableId::providers, collect_names).nearest(name_, 3)) +
            "`footpound list providers` shows all; for machines of your own leave it out"};
  }

  const Catalog& catalog_;
  std::string name_;
};

ProviderMatch match_of(Row row) {
  if (row.text(kind_column) == "none") return {{}, row};
  return {row.has(runs_on_column) ? row.text(runs_on_column) : row.id(), row};
}

Row named(const Table& table, std::string_view name) {
  Row found;
  table.each_named(name, [&](Row row, std::string_view) {
    if (!found || row.layer() > found.layer()) found = row;
  });
  return found;
}

// Of tables laid over ours, which may know providers that ours do not.
std::string_view stated_in(const Table& table, int provider, std::string_view name) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (row.layer() > 0 && same_without_case(row.text(provider), name)) return row.text(provider);
  }
  return {};
}

}  // namespace

Result<ProviderMatch> match_provider(const Catalog& catalog, std::string_view name) {
  const Table& table = catalog.table(TableId::providers);
  if (const Row row = named(table, name)) return match_of(row);
  if (!is_ascii(name)) {
    if (const Row row = named(table, without_accents(name))) return match_of(row);
  }
  for (const auto& [id, provider] : {std::pair{TableId::regions, column(TableId::regions, "provider")},
           {TableId::pue, column(TableId::pue, "provider")}}) {
    const std::string_view known = name.empty() ? name : stated_in(catalog.table(id), provider, name);
    if (!known.empty()) return ProviderMatch{known, {}};
  }
  Error error;
  error.kind = ErrorKind::unknown_name;
  error.late = std::make_shared<UnknownProvider>(catalog, name);
  return error;
}

Result<std::string_view> find_provider(const Catalog& catalog, std::string_view name) {
  const Result<ProviderMatch> match = match_provider(catalog, name);
  if (!match) return match.error();
  if (!match->id.empty()) return match->id;
  return Error{ErrorKind::unknown_name, {}, in_quotes(name) + " names no provider",
      "`footpound list providers` shows all"};
}

}  // namespace footpound
