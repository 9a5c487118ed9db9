// SPDX-License-Identifier: MIT
#include "read/growing_runs.hpp"

#include "text/delimited_text.hpp"

namespace footpound {

namespace {

class RunCutter : public Cutter {
 public:
  RunCutter(std::size_t column, std::size_t least) : column_(column), least_(least) {}

  std::size_t cut(std::string_view data, std::size_t seen) override {
    if (seen == 0) row_ = 0;
    while (true) {
      const std::size_t next = end_of_row(data, row_);
      if (next == data.npos) return 0;
      if (next >= least_) {
        const std::size_t behind = end_of_row(data, next);
        if (behind == data.npos) return 0;
        if (run_of(data.substr(row_, next - row_)) != run_of(data.substr(next, behind - next))) return next;
      }
      row_ = next;
    }
  }

 private:
  static std::size_t end_of_row(std::string_view data, std::size_t from) {
    const std::size_t end = delimited_record_end(data, from, ',');
    return end == data.npos ? end : end + 1;
  }
  std::string run_of(std::string_view row) const {
    const std::vector<std::string> cells = first_row(row, ',');
    return column_ < cells.size() ? cells[column_] : std::string();
  }

  std::size_t column_;
  std::size_t least_;
  std::size_t row_ = 0;  // where the next row begins
};

}  // namespace

void GrowingRuns::add(std::string_view name, std::span<const double> totals, std::string_view raw) {
  const std::size_t row = rows_++;
  if (name.empty()) return;
  const auto known = runs_.find(name);
  Run& run = known != runs_.end() ? known->second : runs_[std::string(name)];
  if (!run.rows.empty() && run.raw != raw) {
    run.grows = run.grows && totals.front() > run.last.front();
    for (std::size_t i = 1; i < totals.size(); ++i) run.grows = run.grows && totals[i] >= run.last[i];
  }
  run.rows.push_back(row);
  run.last.assign(totals.begin(), totals.end());
  run.raw = raw;
}

std::vector<bool> GrowingRuns::held_by_later_rows() const {
  std::vector<bool> held(rows_);
  for (const auto& [name, run] : runs_) {
    for (std::size_t i = 0; run.grows && i + 1 < run.rows.size(); ++i) held[run.rows[i]] = true;
  }
  return held;
}

std::unique_ptr<Cutter> make_run_cutter(std::size_t column, std::size_t least) {
  return std::make_unique<RunCutter>(column, least);
}

}  // namespace footpound
