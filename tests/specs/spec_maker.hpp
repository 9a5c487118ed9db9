// SPDX-License-Identifier: MIT
// Whole specs as people might state them, over all rows of the field table: what a field takes is asked of
// the field itself, so that a new one is stated, well and badly, without a word here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "record/fields.hpp"
#include "specs/choices.hpp"

namespace footpound {

struct Statement {
  const Field* field = nullptr;
  std::string value;
  bool bare = false;  // in JSON: without quotes, where it can
};

struct MadeSpec {
  std::vector<Statement> statements;

  const Statement* find(std::string_view field) const;
  bool states(std::string_view field) const { return find(field) != nullptr; }
  MadeSpec with(std::string_view field, std::string value) const;  // in place of what it states
};

// Specs that are estimated with the same options, and what they are called by: one name for each field.
struct SpecBatch {
  std::vector<MadeSpec> specs;
  std::vector<std::string> options;     // what changes answers: --strict, --boundary it ...
  std::vector<std::string_view> names;  // by index_of(field): its name or one of its aliases
  std::uint64_t seed = 0;               // of orders, blocks and formats

  // The place of each field in the batch's records, by index_of(field): with several mistakes in a record
  // it is told of the first.
  std::vector<std::size_t> places() const;
  std::string_view name_of(const Field& field) const { return names[index_of(field)]; }
};

class SpecMaker {
 public:
  explicit SpecMaker(const Catalog& catalog);

  SpecBatch batch(std::uint64_t seed, std::size_t specs) const;

  // Names of accelerators as a scheduler could call them.
  const std::vector<std::string>& gres_types() const { return gres_types_; }
  const std::vector<std::string>& equivalent_sets() const { return equivalent_sets_; }

 private:
  enum class Mood : unsigned char { usual, edge, wrong };
  enum class Kind : unsigned char { flag, text, instant, number, other };

  // What a field takes, as its setter says.
  struct Values {
    const Field* field;
    Kind kind;
    std::vector<std::string> names;       // of a text: what the tables call such things
    std::vector<std::string_view> units;  // of a number
    std::vector<std::string> words;       // that it knows; of a number, what is more than one with a unit
    bool below_one = false, above_one = false, counts = false;
  };

  Values values_of(const Field& field, const Catalog& catalog) const;
  MadeSpec spec(Choices& choices) const;
  Statement state(const Values& values, Mood mood, Choices& choices) const;
  std::string text(const Values& values, Mood mood, Choices& choices) const;
  std::string number(const Values& values, Mood mood, Choices& choices) const;
  std::string plain_number(const Values& values, Choices& choices) const;
  static std::string instant(Mood mood, Choices& choices);
  std::vector<std::string> options(Choices& choices) const;

  std::vector<Values> values_;  // by index_of(field)
  std::vector<std::string> price_lists_;
  std::vector<std::string> gres_types_;
  std::vector<std::string> equivalent_sets_;
};

// The field the program knows by this name; what names none is a mistake of the test.
const Field& field_named(std::string_view name);

}  // namespace footpound
