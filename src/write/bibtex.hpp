// SPDX-License-Identifier: MIT
// Sources as BibTeX entries.
#pragma once

#include <string>
#include <vector>

#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"
#include "record/answer.hpp"

namespace footpound {

// The key of a source's entry, for \cite: the row's id.
std::string bibtex_key(Row source);
// Appends the entry.
void append_bibtex(Row source, std::string& out);

// Rows of table `sources` behind an answer, its method included, each once, sorted by id.
std::vector<Row> sources_of(const Answer& answer, const Catalog& catalog);

}  // namespace footpound
