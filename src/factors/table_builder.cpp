// SPDX-License-Identifier: MIT
#include "factors/table_builder.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace footpound {

namespace {

// At most half full, so that a miss ends soon.
std::vector<std::uint32_t> empty_slots(std::size_t entries) {
  return std::vector<std::uint32_t>(std::bit_ceil(std::max<std::size_t>(2 * entries, 2)));
}

void occupy(std::vector<std::uint32_t>& slots, std::uint64_t hash, std::uint32_t entry) {
  const std::uint64_t mask = slots.size() - 1;
  std::uint64_t slot = hash & mask;
  while (slots[slot] != 0) slot = (slot + 1) & mask;
  slots[slot] = entry + 1;
}

}  // namespace

std::uint64_t TableBuilder::add_text(std::string_view text) {
  if (const std::uint64_t* const known = text_cells_.find(text)) return *known;
  const std::uint64_t cell = (std::uint64_t{text_.size()} << 32) | text.size();
  text_ += text;
  return text_cells_.put(text, 0, cell);
}

void TableBuilder::copy_rows(const Table& base) {
  const TableImage& image = base.image();
  base_ = &base;
  copied_ = base.size();
  copied_names_ = image.names;
  std::size_t text_size = 0;
  std::uint32_t name = 0;
  for (std::uint32_t row = 0; row < copied_; ++row) {
    for (std::size_t c = 0; c < def_->columns.size(); ++c) {
      const std::uint64_t cell = base.cell(row, static_cast<int>(c));
      const CellType type = def_->columns[c].type;
      if (cell != no_cell && (type == CellType::text || type == CellType::texts)) {
        text_size = std::max<std::size_t>(text_size, (cell >> 32) + static_cast<std::uint32_t>(cell));
      }
      rows_.push_back(cell);
    }
    Origin origin{image.files == nullptr ? std::uint16_t{0} : image.files[row], name, 0};
    for (; name < image.name_count && image.names[name].row == row; ++name) ++origin.name_count;
    origins_.push_back(origin);
  }
  if (text_size > 0) text_.assign(image.text, text_size);
}

std::uint64_t TableBuilder::pack(const CellValue& cell) {
  switch (def_->columns[static_cast<std::size_t>(cell.column)].type) {
    case CellType::text: return add_text(cell.texts.front());
    case CellType::texts: break;
    case CellType::number:
    case CellType::integer: return std::bit_cast<std::uint64_t>(cell.number);
    case CellType::flag: return cell.number != 0 ? 1 : 0;
  }
  std::string list;
  for (const std::string& item : cell.texts) {
    if (!list.empty()) list += list_separator;
    list += item;
  }
  return add_text(list);
}

std::size_t TableBuilder::row_of(std::string_view id) {
  if (base_ != nullptr) {
    if (const Row row = base_->find(id)) return row.index();
  }
  if (const std::uint32_t* const row = new_ids_.find(id)) return *row;
  rows_.resize(rows_.size() + def_->columns.size(), no_cell);
  origins_.push_back({0, renamed, 0});
  return new_ids_.put(id, 0, static_cast<std::uint32_t>(origins_.size() - 1));
}

std::string_view TableBuilder::put(const std::vector<CellValue>& cells, std::uint16_t file) {
  const std::size_t row = row_of(cells.front().texts.front());
  const std::size_t first = row * def_->columns.size();
  origins_[row].file = file;
  for (const CellValue& cell : cells) {
    const auto column = static_cast<std::size_t>(cell.column);
    if (def_->columns[column].names_row) origins_[row].first_name = renamed;
    rows_[first + column] = pack(cell);
  }
  for (std::size_t c = 0; c < def_->columns.size(); ++c) {
    if (def_->columns[c].required && rows_[first + c] == no_cell) return def_->columns[c].key;
  }
  return {};
}

void TableBuilder::add_names(std::size_t from) {
  const auto row = static_cast<std::uint32_t>(files_.size() - 1);
  const Origin& origin = origins_[from];
  if (origin.first_name != renamed) {
    for (std::uint32_t i = 0; i < origin.name_count; ++i) {
      names_.push_back(copied_names_[origin.first_name + i]);
      names_.back().row = row;
    }
    return;
  }
  for (std::size_t c = 0; c < def_->columns.size(); ++c) {
    const std::uint64_t cell = rows_[from * def_->columns.size() + c];
    if (!def_->columns[c].names_row || cell == no_cell) continue;
    each_item(text_of(cell), [&](std::string_view name) {
      names_.push_back(
          {static_cast<std::uint32_t>(name.data() - text_.data()), static_cast<std::uint32_t>(name.size()),
              row, static_cast<std::uint32_t>(Folded(name, def_->fold).hash())});
    });
  }
}

TableImage TableBuilder::finish() {
  const std::size_t columns = def_->columns.size();
  std::vector<std::size_t> order(origins_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto by_id = [&](std::size_t a, std::size_t b) { return id_of(a) < id_of(b); };
  const auto new_ones = order.begin() + copied_;
  std::sort(new_ones, order.end(), by_id);
  std::inplace_merge(order.begin(), new_ones, order.end(), by_id);

  cells_.reserve(rows_.size());
  for (const std::size_t from : order) {
    const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(from * columns);
    cells_.insert(cells_.end(), begin, begin + static_cast<std::ptrdiff_t>(columns));
    files_.push_back(origins_[from].file);
    add_names(from);
  }

  id_slots_ = empty_slots(files_.size());
  for (std::uint32_t row = 0; row < files_.size(); ++row) {
    occupy(id_slots_, Folded(text_of(cells_[row * columns]), Fold::exact).hash(), row);
  }
  name_slots_ = empty_slots(names_.size());
  for (std::uint32_t i = 0; i < names_.size(); ++i) occupy(name_slots_, names_[i].hash, i);

  TableImage image;
  image.cells = cells_.data();
  image.text = text_.data();
  image.names = names_.data();
  image.name_slots = name_slots_.data();
  image.id_slots = id_slots_.data();
  image.files = files_.data();
  image.rows = static_cast<std::uint32_t>(files_.size());
  image.name_count = static_cast<std::uint32_t>(names_.size());
  image.name_slot_mask = static_cast<std::uint32_t>(name_slots_.size() - 1);
  image.id_slot_mask = static_cast<std::uint32_t>(id_slots_.size() - 1);
  return image;
}

}  // namespace footpound
