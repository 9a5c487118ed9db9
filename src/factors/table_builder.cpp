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
  const auto [found, is_new] = text_cells_.try_emplace(std::string(text), 0);
  if (is_new) {
    found->second = (std::uint64_t{text_.size()} << 32) | text.size();
    text_ += text;
  }
  return found->second;
}

void TableBuilder::copy_rows(const Table& base) {
  for (std::uint32_t i = 0; i < base.size(); ++i) {
    std::vector<std::uint64_t> row;
    for (std::size_t c = 0; c < def_->columns.size(); ++c) {
      const std::uint64_t cell = base.cell(i, static_cast<int>(c));
      const CellType type = def_->columns[c].type;
      const bool is_text = type == CellType::text || type == CellType::texts;
      row.push_back(cell != no_cell && is_text ? add_text(base.text_at(cell)) : cell);
    }
    by_id_.emplace(base.row(i).id(), rows_.size());
    rows_.push_back(std::move(row));
    row_files_.push_back(base.image().files == nullptr ? std::uint16_t{0} : base.image().files[i]);
  }
}

void TableBuilder::put(const std::vector<CellValue>& cells, std::uint16_t file) {
  const auto [found, is_new] = by_id_.try_emplace(cells.front().texts.front(), rows_.size());
  if (is_new) {
    rows_.emplace_back(def_->columns.size(), no_cell);
    row_files_.push_back(file);
  }
  std::vector<std::uint64_t>& row = rows_[found->second];
  row_files_[found->second] = file;
  for (const CellValue& cell : cells) {
    std::uint64_t& packed = row[static_cast<std::size_t>(cell.column)];
    switch (def_->columns[static_cast<std::size_t>(cell.column)].type) {
      case CellType::text: packed = add_text(cell.texts.front()); break;
      case CellType::texts: {
        std::string list;
        for (const std::string& item : cell.texts) {
          if (!list.empty()) list += list_separator;
          list += item;
        }
        packed = add_text(list);
        break;
      }
      case CellType::number:
      case CellType::integer: packed = std::bit_cast<std::uint64_t>(cell.number); break;
      case CellType::flag: packed = cell.number != 0 ? 1 : 0; break;
    }
  }
}

std::string_view TableBuilder::missing_column(const std::string& id) const {
  const std::vector<std::uint64_t>& row = rows_[by_id_.at(id)];
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (def_->columns[c].required && row[c] == no_cell) return def_->columns[c].key;
  }
  return {};
}

TableImage TableBuilder::finish() {
  std::vector<std::size_t> order(rows_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto text_of = [&](std::uint64_t cell) {
    return std::string_view(text_).substr(cell >> 32, static_cast<std::uint32_t>(cell));
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return text_of(rows_[a][0]) < text_of(rows_[b][0]); });

  for (const std::size_t from : order) {
    const auto row = static_cast<std::uint32_t>(files_.size());
    cells_.insert(cells_.end(), rows_[from].begin(), rows_[from].end());
    files_.push_back(row_files_[from]);
    for (std::size_t c = 0; c < def_->columns.size(); ++c) {
      const std::uint64_t cell = rows_[from][c];
      if (!def_->columns[c].names_row || cell == no_cell) continue;
      each_item(text_of(cell), [&](std::string_view name) {
        names_.push_back({static_cast<std::uint32_t>(name.data() - text_.data()),
                          static_cast<std::uint32_t>(name.size()), row});
      });
    }
  }

  id_slots_ = empty_slots(files_.size());
  for (std::uint32_t row = 0; row < files_.size(); ++row) {
    occupy(id_slots_, folded_hash(text_of(cells_[row * def_->columns.size()]), Fold::exact), row);
  }
  name_slots_ = empty_slots(names_.size());
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    const std::string_view name = std::string_view(text_).substr(names_[i].offset, names_[i].size);
    occupy(name_slots_, folded_hash(name, def_->fold), i);
  }

  TableImage image;
  image.cells = cells_.data();
  image.text = text_.data();
  image.names = names_.data();
  image.name_slots = name_slots_.data();
  image.id_slots = id_slots_.data();
  image.files = files_.data();
  image.rows = static_cast<std::uint32_t>(files_.size());
  image.name_slot_mask = static_cast<std::uint32_t>(name_slots_.size() - 1);
  image.id_slot_mask = static_cast<std::uint32_t>(id_slots_.size() - 1);
  return image;
}

}  // namespace footpound
