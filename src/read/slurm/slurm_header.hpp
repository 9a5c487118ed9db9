// SPDX-License-Identifier: MIT
// The header line of sacct's text form: which column means what, and what separates them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "read/column_meaning.hpp"
#include "read/misread_row.hpp"
#include "read/slurm/cell_shape.hpp"

namespace footpound {

// Columns of sacct that a job is made of.
enum class SlurmColumn : unsigned char {
  job_id,
  job_id_raw,
  job_name,
  state,
  partition,
  node_list,
  qos,
  account,
  cluster,
  start,
  end,
  elapsed,
  elapsed_raw,
  nodes,
  cpus,
  alloc_tres,
  alloc_gres,
  asked_tres,
  asked_gres,
  submit_line,
  sluid,
  energy,
  energy_raw,
};
inline constexpr std::size_t slurm_columns = 23;

struct SlurmHeader {
  struct Column {
    std::string name;
    std::optional<SlurmColumn> slurm;
    CellShape shape = CellShape::free;  // also of columns that are not sacct's
    ColumnMeaning ours;                 // of columns that are not Slurm's: someone joined them
  };
  std::vector<Column> columns;
  std::string raw;
  char delimiter = '|';
  bool trailing = false;  // -p: each line ends with a delimiter
  bool quoted = false;    // CSV or TSV, made from what sacct wrote
  bool joins = false;     // users can write a delimiter into the last column, and into no other
  bool replaces = false;  // an own column bears the name of an output
  UserColumns users;
  bool has(SlurmColumn column) const;
  // Where the id of a job stands, or of its array task.
  std::size_t id_column() const;
  // Users can write a line end into a column.
  bool spans_lines() const;
};

// `line` without its line end. Errors: not to be read at all, and which command prints what can be.
Result<SlurmHeader> parse_slurm_header(std::string_view line);

// Holds names of sacct's, two at least, and one that no other format has.
bool names_slurm_columns(std::string_view line);

}  // namespace footpound
