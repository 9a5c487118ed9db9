// SPDX-License-Identifier: MIT
#include "factors/hardware.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/late_words.hpp"
#include "base/letters.hpp"
#include "factors/hardware_phrase.hpp"
#include "factors/hardware_words.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

// The rows that carry `name`: those that spell it alike, else those that do so but for vendor words.
// `folded` is the name in the table's fold.
std::vector<Row> rows_named(const Table& table, std::string_view name, const Folded& folded) {
  std::vector<Row> close;
  std::vector<Row> loose;
  table.each_named(folded, [&](Row row, std::string_view written) {
    std::vector<Row>& rows = folds_alike(written, name, Fold::name) ? close : loose;
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  });
  std::vector<Row>& rows = close.empty() ? loose : close;
  keep_latest_layer(rows);
  return rows;
}

std::vector<Row> rows_named(const Table& table, std::string_view name) {
  return rows_named(table, name, Folded(name, table.def().fold));
}

// Ids, then aliases.
void collect_names(const Table& table, KnownNames& names) {
  for (std::uint32_t i = 0; i < table.size(); ++i) names.add(table.row(i).id(), i);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    for (std::size_t c = 1; c < table.def().columns.size(); ++c) {
      if (!table.def().columns[c].names_row) continue;
      each_item(table.row(i).text(static_cast<int>(c)), [&](std::string_view item) { names.add(item, i); });
    }
  }
}

// "3" of "a100_3g.20gb", "A100-SXM4-40GB MIG 3g.20gb"; 0 where no slice is named.
char slices_of(std::string_view name) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i + 3 < name.size(); ++i) {
    if (digit(name[i]) && (name[i + 1] == 'g' || name[i + 1] == 'G') && name[i + 2] == '.' &&
        digit(name[i + 3]))
      return name[i];
  }
  return 0;
}

// What people state as an accelerator and is none, or none of the tables, by a word in it.
struct Hint {
  std::vector<std::string_view> words;
  std::string_view instead;
  bool left_out = false;  // whatever else the text says
  bool is_all = false;    // only where it is the whole text
};
const std::vector<Hint>& hints() {
  static const std::vector<Hint> list = {
      {{"laptop", "notebook", "max-q", "mobile"},
          "laptop parts are not in the tables, their power is the laptop's maker's: state "
          "--accelerator-power WATTS; ",
          true},
      {{"xeon", "epyc", "ryzen", "threadripper", "opteron", "core i", "core(tm)", "i5-", "i7-", "i9-", "cpu"},
          "a processor is stated as --cpu NAME, with --gpu-count 0 where there is no accelerator; "},
      {{"mps", "macbook", "apple silicon", "imac"},
          "a Mac's chip is what counts, such as \"M1 Pro\" or \"M2 Max\"; "},
      {{"dgx", "hgx"}, "of a machine of several, its GPUs are stated, such as \"8 x A100 80GB\"; "},
      {{"none", "n/a", "no gpu"}, "a job without accelerators is --gpu-count 0 with --cpu NAME; ", false,
          true},
      {{"colab", "kaggle"}, "what device it was, the notebook's `nvidia-smi -L` tells; "}};
  return list;
}

std::string left_out_hint(std::string_view name) {
  if (const char slices = slices_of(name)) {
    return std::string("a MIG slice is a share of its GPU: name the whole GPU, and --gpu-count ") + slices +
           "/7; ";
  }
  for (const Hint& hint : hints()) {
    for (const std::string_view word : hint.words) {
      const bool says_it = hint.is_all ? same_without_case(name, word) : contains_without_case(name, word);
      if (says_it) return std::string(hint.instead);
    }
  }
  return {};
}

class UnknownName : public LateWords {
 public:
  UnknownName(const Catalog& catalog, TableId id, std::string_view name, std::string_view meant)
      : catalog_(catalog), id_(id), name_(name), meant_(meant) {}

 private:
  ErrorWords find() const override {
    const Table& table = catalog_.table(id_);
    std::vector<std::string_view> near;
    for (const KnownNames::Match& match : catalog_.known_names(id_, collect_names).resembling(meant_, 6)) {
      const std::string_view row_id = table.row(match.tag).id();
      if (near.size() < 3 && std::find(near.begin(), near.end(), row_id) == near.end())
        near.push_back(row_id);
    }
    const std::string hint = id_ == TableId::accelerators
                                 ? left_out_hint(name_)
                                 : std::string(
                                       "of a processor that is not listed, state --host-power WATTS, or "
                                       "--cpu-cores N without --cpu; ");
    return {"unknown " + in_quotes(name_),
        hint + did_you_mean(near) + "`footpound list " + std::string(table.def().name) + "` shows all"};
  }

  const Catalog& catalog_;
  TableId id_;
  std::string name_;
  std::string meant_;
};

Error unknown(const Catalog& catalog, TableId id, std::string_view name, std::string_view meant) {
  Error error;
  error.kind = ErrorKind::unknown_name;
  error.late = std::make_shared<UnknownName>(catalog, id, name, meant);
  return error;
}

Error unknown(const Catalog& catalog, TableId id, std::string_view name) {
  return unknown(catalog, id, name, name);
}

std::vector<std::string_view> ids_of(const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row row : rows) ids.push_back(row.id());
  return ids;
}

Error several(std::string_view name, const std::vector<std::string_view>& ids, std::string_view how_to_tell) {
  std::string instead = "say which: " + either(ids);
  if (!how_to_tell.empty()) instead += " (" + std::string(how_to_tell) + ")";
  return Error{ErrorKind::ambiguous, {}, in_quotes(name) + " stands for several", std::move(instead)};
}

std::optional<double> per_device(Row row, int cell, double scale) {
  constexpr int devices = column(TableId::accelerators, "devices_per_board");
  const std::optional<double> board = row.number(cell);
  if (!board) return std::nullopt;
  return *board * scale / row.number(devices).value_or(1);
}

}  // namespace

Accelerator accelerator_of(Row row) {
  Accelerator accelerator;
  accelerator.row = row;
  if (const auto w = per_device(row, column(TableId::accelerators, "rated_power_w"), 1))
    accelerator.rated_power = watts(*w);
  accelerator.peak_16bit_flops = per_device(row, column(TableId::accelerators, "peak_16bit_tflops"), 1e12);
  accelerator.peak_fp32_flops = per_device(row, column(TableId::accelerators, "peak_fp32_tflops"), 1e12);
  return accelerator;
}

Result<Accelerator> find_named_accelerator(const Catalog& catalog, std::string_view name) {
  const Table& table = catalog.table(TableId::accelerators);
  const Folded folded(name, Fold::hardware);
  const std::vector<Row> ambiguous = rows_named(catalog.table(TableId::ambiguous_names), name, folded);
  const std::vector<Row> found = rows_named(table, name, folded);
  const bool spelt_alike = found.size() == 1 && [&] {
    bool alike = false;
    table.each_named(name,
        [&](Row, std::string_view written) { alike = alike || folds_alike(written, name, Fold::name); });
    return alike;
  }();

  const bool renamed =
      !ambiguous.empty() && !found.empty() && found.front().layer() > ambiguous.front().layer();
  if (ambiguous.size() == 1 && !renamed &&
      !(spelt_alike && !folds_alike(ambiguous.front().id(), name, Fold::name))) {
    const Row row = ambiguous.front();
    const std::string_view taken = row.text(column(TableId::ambiguous_names, "accelerator"));
    if (taken.empty()) {
      std::vector<std::string_view> ids;
      each_item(row.text(column(TableId::ambiguous_names, "candidates")),
          [&](std::string_view id) { ids.push_back(id); });
      return several(name, ids, row.text(column(TableId::ambiguous_names, "how_to_tell")));
    }
    if (const Row taken_row = table.find(taken)) {
      Accelerator accelerator = accelerator_of(taken_row);
      accelerator.ambiguity = row;
      return accelerator;
    }
  }
  if (found.empty()) return unknown(catalog, TableId::accelerators, name);
  if (found.size() > 1) return several(name, ids_of(found), {});
  Accelerator accelerator = accelerator_of(found.front());
  // "NVIDIA A100" is a name of its row and still stands for several
  const bool still_several =
      ambiguous.size() == 1 && !renamed &&
      ambiguous.front().text(column(TableId::ambiguous_names, "accelerator")) == accelerator.row.id();
  if (still_several) accelerator.ambiguity = ambiguous.front();
  return accelerator;
}

Row ambiguous_row(const Catalog& catalog, std::string_view name) {
  const std::vector<Row> rows = rows_named(catalog.table(TableId::ambiguous_names), name);
  return rows.size() == 1 ? rows.front() : Row();
}

Error unknown_accelerator(const Catalog& catalog, std::string_view text, std::string_view meant) {
  const std::vector<Row> instances = rows_named(catalog.table(TableId::instances), meant);
  if (instances.empty()) return unknown(catalog, TableId::accelerators, text, meant);
  return Error{ErrorKind::unknown_name, {}, in_quotes(meant) + " is an instance of several devices",
      "state it as the instance, " + either(ids_of(instances))};
}

bool is_left_out(std::string_view text) {
  if (slices_of(text) != 0) return true;
  return std::any_of(hints().begin(), hints().end(), [&](const Hint& hint) {
    return hint.left_out && std::any_of(hint.words.begin(), hint.words.end(),
                                [&](std::string_view word) { return contains_without_case(text, word); });
  });
}

Result<Accelerator> find_accelerator(const Catalog& catalog, std::string_view name) {
  Result<Accelerator> named = find_named_accelerator(catalog, name);
  if (named || named.error().kind != ErrorKind::unknown_name) return named;
  Result<HardwarePhrase> phrase = read_hardware(catalog, name);
  if (!phrase) return std::move(phrase.error());
  return phrase->accelerator;
}

namespace {

Result<Cpu> find_named_cpu(const Catalog& catalog, std::string_view name) {
  const Table& table = catalog.table(TableId::cpus);
  const std::vector<Row> found = rows_named(table, name);
  if (found.empty()) return unknown(catalog, TableId::cpus, name);
  if (found.size() > 1) return several(name, ids_of(found), {});
  const Row row = found.front();
  return Cpu{row, watts(*row.number(column(TableId::cpus, "rated_power_w"))),
      *row.number(column(TableId::cpus, "cores"))};
}

}  // namespace

Result<Cpu> find_cpu(const Catalog& catalog, std::string_view name) {
  constexpr std::size_t most_printed = 200;  // bytes
  Result<Cpu> named = find_named_cpu(catalog, name);
  if (named || named.error().kind != ErrorKind::unknown_name || name.size() > most_printed) return named;
  const CpuWords words = take_cpu_apart(name);
  Result<Cpu> found = find_named_cpu(catalog, words.name);
  if (!found)
    return unknown(catalog, TableId::cpus, name, words.name.empty() ? name : std::string_view(words.name));
  found->count_said = words.count.value_or(0);
  return found;
}

Result<Instance> find_instance(const Catalog& catalog, std::string_view name) {
  const Table& table = catalog.table(TableId::instances);
  const std::vector<Row> found = rows_named(table, name);
  if (found.empty()) return unknown(catalog, TableId::instances, name);
  if (found.size() > 1) return several(name, ids_of(found), {});
  const Row row = found.front();
  const std::string_view accelerator = row.text(column(TableId::instances, "accelerator"));
  const Row device = catalog.table(TableId::accelerators).find(accelerator);
  if (!device)
    return Error{ErrorKind::unknown_name, {},
        in_quotes(name) + " has unknown accelerator " + in_quotes(accelerator), {}};
  return Instance{row, device, *row.number(column(TableId::instances, "accelerator_count"))};
}

Row embodied_row(const Catalog& catalog, Row accelerator) {
  Row best;
  catalog.table(TableId::embodied).each_named(accelerator.id(), [&](Row row, std::string_view) {
    if (row.flag(column(TableId::embodied, "preferred"))) best = row;
  });
  return best;
}

Factor embodied_factor(Row row) {
  Factor factor(FactorId::embodied, Mass());
  factor.set_number(*row.number(column(TableId::embodied, "kgco2e")));
  factor.origin = Origin::table;
  factor.row = row;
  const std::optional<double> low = row.number(column(TableId::embodied, "low_kgco2e"));
  const std::optional<double> high = row.number(column(TableId::embodied, "high_kgco2e"));
  // published extremes taken as the 5-95 % range
  if (low && high && *low > 0) factor.log_sd = std::log(*high / *low) / (2 * z90);
  return factor;
}

}  // namespace footpound
