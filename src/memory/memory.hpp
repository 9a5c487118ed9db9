// SPDX-License-Identifier: MIT
// What a stream remembers of the records before, behind one seam. Most records are alike: the same fields
// stated, few names. No answer depends on what is remembered: Plain remembers nothing and gives the same.
#pragma once

#include <memory>

#include "estimate/lookups.hpp"
#include "estimate/resolve.hpp"
#include "estimate/terms.hpp"
#include "record/record.hpp"

namespace footpound {

// Not for use by two threads at once.
class Memory {
 public:
  virtual ~Memory() = default;

  // The tables, as the ladders ask them.
  virtual Lookups& lookups() = 0;

  // The terms of a record like one that was kept, with the numbers that this one states in their places;
  // nullptr where there is none, or where the ladders may have more to say (a name not met before, an
  // error). Valid until the next call. `spec`: the record's, over the flags.
  virtual const Terms* recall(const Record& record, const Spec& spec) = 0;
  // What the ladders gave for a record that recall() knew nothing of.
  virtual void keep(const Record& record, const Spec& spec, const Inputs& inputs, const Terms& terms) = 0;
};

class Plain final : public Memory {
 public:
  explicit Plain(const Catalog& catalog) : tables_(catalog) {}
  Lookups& lookups() override { return tables_; }
  const Terms* recall(const Record&, const Spec&) override { return nullptr; }
  void keep(const Record&, const Spec&, const Inputs&, const Terms&) override {}

 private:
  TableLookups tables_;
};

// `flags_stated`: bits of the fields that flags state, the same for all records.
std::unique_ptr<Memory> make_remembering(
    const Catalog& catalog, const ResolveOptions& options, std::uint64_t flags_stated);

}  // namespace footpound
