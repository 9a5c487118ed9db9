// SPDX-License-Identifier: MIT
#include "factors/hardware_phrase.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "base/letters.hpp"
#include "factors/hardware_words.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

using Words = std::vector<std::string>;

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Error bad_phrase(ErrorKind kind, std::string_view text, const std::string& what, std::string instead) {
  return Error{kind, {}, in_quotes(text) + what, std::move(instead)};
}

std::optional<double> number_of(std::string_view word) {
  double number = 0;
  if (word.empty() || word.find_first_not_of("0123456789.") != std::string_view::npos ||
      !parse_number(word, number))
    return std::nullopt;
  return number;
}

double devices_of(Row row) {
  return row.number(column(TableId::accelerators, "devices_per_board")).value_or(1);
}

// Does a board, or a device of it, have about so much? Drivers show a little less than is printed on the box.
bool has_memory(Row row, double gigabytes) {
  constexpr double least_shown = 0.9;
  constexpr double most_shown = 1.03;
  const std::optional<double> board = row.number(column(TableId::accelerators, "memory_gb"));
  if (!board) return true;
  for (const double whole : {*board, *board / devices_of(row)}) {
    if (gigabytes >= least_shown * whole && gigabytes <= most_shown * whole) return true;
  }
  return false;
}

bool has_form(Row row, std::string_view form) {
  if (form.empty()) return true;
  const std::string_view kind = form.starts_with("sxm") ? std::string_view("sxm") : form;
  if (row.text(column(TableId::accelerators, "form")) != kind) return false;
  const std::string_view name = row.text(column(TableId::accelerators, "name"));
  return form == kind || !contains_without_case(name, kind) || contains_without_case(name, form);
}

bool fits(Row row, const HardwareWords& words) {
  return has_form(row, words.form) && std::all_of(words.memory_gb.begin(), words.memory_gb.end(),
                                          [&](double gigabytes) { return has_memory(row, gigabytes); });
}

std::vector<Row> candidates_of(const Catalog& catalog, Row ambiguity) {
  std::vector<Row> rows;
  each_item(ambiguity.text(column(TableId::ambiguous_names, "candidates")), [&](std::string_view id) {
    if (const Row row = catalog.table(TableId::accelerators).find(id)) rows.push_back(row);
  });
  return rows;
}

std::vector<std::string_view> ids_of(const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row row : rows) ids.push_back(row.id());
  return ids;
}

// Names that people shorten: "3090", "2080 Ti", "7900 XTX".
Result<Accelerator> find_short_name(const Catalog& catalog, const std::string& name) {
  Result<Accelerator> found = find_named_accelerator(catalog, name);
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  if (found || found.error().kind == ErrorKind::ambiguous || digits < 3 || digits > 4) return found;
  std::vector<Row> rows;
  for (const char* series : {"RTX ", "GTX ", "RX "}) {
    Result<Accelerator> of_series = find_named_accelerator(catalog, series + name);
    if (!of_series && of_series.error().kind == ErrorKind::ambiguous) return of_series;
    if (!of_series) continue;
    rows.push_back(of_series->row);
    found = of_series;
  }
  if (rows.size() < 2) return found;
  return bad_phrase(ErrorKind::ambiguous, name, " stands for several", "say which: " + either(ids_of(rows)));
}

Error several_kinds(std::string_view text) {
  return bad_phrase(ErrorKind::ambiguous, text, " names several kinds of accelerator",
      "state each kind as a run of its own");
}

class Search {
 public:
  Search(const Catalog& catalog, std::string_view text, HardwareWords words)
      : catalog_(catalog), text_(text), words_(std::move(words)) {}

  Result<HardwarePhrase> find() {
    if (words_.name.empty() && words_.front_number.empty()) {
      words_.name = {std::exchange(words_.aside, {})};
      if (words_.name.front().empty()) return unknown_accelerator(catalog_, text_, text_);
    }
    Result<Accelerator> found = find_with_front();
    if (!found) return found.error();
    return counted(*found);
  }

 private:
  // A number in front is a part of the name ("3090 Ti") or the count ("512 A100").
  Result<Accelerator> find_with_front() {
    if (words_.front_number.empty()) return find_name(words_.name);
    Words with_front = words_.name;
    with_front.insert(with_front.begin(), words_.front_number);
    constexpr std::size_t model_digits = 3;
    if (words_.count || words_.front_number.size() >= model_digits) {
      Result<Accelerator> found = find_name(with_front);
      if (found || words_.count || found.error().kind != ErrorKind::unknown_name || words_.name.empty())
        return found;
    }
    Result<Accelerator> found = find_name(words_.name);
    if (!found) return found;
    if (words_.front_number.size() >= model_digits && find_short_name(catalog_, words_.front_number))
      return several_kinds(text_);
    words_.count = number_of(words_.front_number);
    return found;
  }

  Result<Accelerator> find_name(const Words& name) {
    Result<Accelerator> found = find_spelling(name);
    if (found || found.error().kind != ErrorKind::unknown_name || name.size() < 2) return found;
    const std::optional<double> number = number_of(name.back());
    if (!number) return found;
    return find_before_number({name.begin(), name.end() - 1}, *number, found.error());
  }

  // "A100 8 GPUs", "A100 PCIe 40"; "A100 8" may be anything.
  Result<Accelerator> find_before_number(const Words& name, double number, const Error& unknown) {
    if (words_.last_is_counted) {
      Result<Accelerator> found = find_spelling(name);
      if (!found) return unknown;
      if (words_.count && *words_.count != number) return number_unclear(number);
      words_.count = number;
      return found;
    }
    if (!find_spelling(name)) return unknown;
    // nobody counts 40 or 80 of them; 16 and 32 are also usual counts
    const bool usual_count = std::exp2(std::round(std::log2(number))) == number;
    words_.memory_gb.push_back(number);
    Result<Accelerator> found = find_spelling(name);
    if (usual_count || !found) return number_unclear(number);
    return found;
  }

  Error number_unclear(double number) const {
    const std::string n = plain_number(number, 15);
    return bad_phrase(ErrorKind::ambiguous, text_, ": is " + n + " a count, or gigabytes?",
        "write " + n + " x in front of the name, or " + n + "GB behind it");
  }

  // The name with what stands in brackets ("Titan X (Pascal)"), without it, without words that add nothing,
  // in the singular.
  Result<Accelerator> find_spelling(const Words& name) {
    if (!words_.aside.empty()) {
      Words whole = name;
      whole.push_back(words_.aside);
      if (Result<Accelerator> found = find_fitting(joined(whole))) {
        words_.aside.clear();
        return found;
      }
    }
    if (const std::optional<std::string> family = family_in_plural(name)) return find_fitting(*family);
    Result<Accelerator> found = find_fitting(joined(name));
    if (found || found.error().kind != ErrorKind::unknown_name) return found;
    for (Words shorter : {name, without_epithets(name)}) {
      if (shorter.empty()) continue;
      for (const bool singular : {false, true}) {
        if (singular && (shorter.back().size() < 3 || lower(shorter.back().back()) != 's')) continue;
        if (singular) shorter.back().pop_back();
        Result<Accelerator> other = find_fitting(joined(shorter));
        if (other || other.error().kind != ErrorKind::unknown_name) return other;
      }
    }
    return found;
  }

  // "8 V100s" are V100, though there is a V100S: of a family's name, several make a plural.
  std::optional<std::string> family_in_plural(const Words& name) const {
    const bool several = (words_.count && *words_.count > 1) ||
                         (!words_.front_number.empty() && number_of(words_.front_number).value_or(0) > 1);
    if (!several || name.empty() || name.back().size() < 3 || name.back().back() != 's') return std::nullopt;
    std::string singular = joined(name);
    singular.pop_back();
    const Result<Accelerator> found = find_named_accelerator(catalog_, singular);
    return found && found->ambiguity ? std::optional(singular) : std::nullopt;
  }

  // The device of that name with the memory and the form that are stated.
  Result<Accelerator> find_fitting(const std::string& name) {
    for (const std::string& spelling : spellings(name)) {
      Result<Accelerator> found = find_short_name(catalog_, spelling);
      if (found && fits(found->row, words_)) return found;
    }
    Result<Accelerator> found = find_short_name(catalog_, name);
    const Row family = found ? found->ambiguity : ambiguous_row(catalog_, name);
    if (!family) {
      if (found && !fits(found->row, words_)) return misfit(name, {found->row});
      return found;
    }
    const std::vector<Row> all = candidates_of(catalog_, family);
    std::vector<Row> fitting;
    std::copy_if(
        all.begin(), all.end(), std::back_inserter(fitting), [&](Row row) { return fits(row, words_); });
    if (fitting.empty()) return any_memory(name, all);
    if (fitting.size() == all.size()) return found;
    if (fitting.size() == 1) return accelerator_of(fitting.front());
    if (found && std::find(fitting.begin(), fitting.end(), found->row) != fitting.end()) return found;
    return bad_phrase(
        ErrorKind::ambiguous, text_, " stands for several", "say which: " + either(ids_of(fitting)));
  }

  // As tables and drivers put them together.
  std::vector<std::string> spellings(const std::string& name) const {
    std::vector<std::string> list;
    if (words_.memory_gb.size() > 1) return list;
    const std::string form = words_.form.empty() ? "" : " " + words_.form;
    std::string memory;
    if (!words_.memory_gb.empty()) memory = " " + plain_number(words_.memory_gb.front(), 15) + "GB";
    if (!memory.empty() && !form.empty()) list = {name + form + memory, name + memory + form};
    if (!memory.empty()) list.push_back(name + memory);
    if (!form.empty()) list.push_back(name + form);
    return list;
  }

  // "A100 PCIe 40/80GB": between what it stands for anyway, the memory tells nothing.
  Result<Accelerator> any_memory(const std::string& name, const std::vector<Row>& all) {
    if (words_.memory_gb.size() < 2) return misfit(name, all);
    const std::vector<double> memory = std::exchange(words_.memory_gb, {});
    const bool each_fits = std::all_of(memory.begin(), memory.end(), [&](double gigabytes) {
      return std::any_of(all.begin(), all.end(),
          [&](Row row) { return has_form(row, words_.form) && has_memory(row, gigabytes); });
    });
    if (each_fits) return find_fitting(name);
    words_.memory_gb = memory;
    return misfit(name, all);
  }

  Error misfit(const std::string& name, const std::vector<Row>& rows) const {
    std::string stated;
    for (const double gigabytes : words_.memory_gb)
      stated += (stated.empty() ? "" : " and ") + plain_number(gigabytes, 4) + " GB";
    if (!words_.form.empty()) stated += (stated.empty() ? "" : ", ") + words_.form;
    const bool one = rows.size() == 1;
    const std::optional<double> memory = rows.front().number(column(TableId::accelerators, "memory_gb"));
    std::string what = ": " + (one ? in_quotes(rows.front().id()) : in_quotes(name)) + " has not " + stated;
    if (one && memory && !words_.memory_gb.empty()) what += " but " + plain_number(*memory, 4) + " GB";
    return bad_phrase(ErrorKind::contradiction, text_, what,
        one ? "leave it out where the name is right" : "there are " + either(ids_of(rows)));
  }

  Result<HardwarePhrase> counted(const Accelerator& found) {
    if (!words_.aside.empty()) {
      if (Result<void> done = check_aside(found); !done) return done.error();
    }
    HardwarePhrase phrase{found, words_.aside, {}, 0};
    phrase.accelerator.in_words = true;
    if (!words_.count) return phrase;
    const Row row = phrase.accelerator.row;
    const bool is_tpu = row.text(column(TableId::accelerators, "kind")) == "tpu";
    if (words_.counted == Counted::cores) {
      return bad_phrase(ErrorKind::ambiguous, text_, " counts cores",
          is_tpu ? "state chips, or the slice as v3-8" : "state the number of devices");
    }
    phrase.accelerator.count_said = *words_.count * words_.nodes;
    if (words_.counted == Counted::boards && devices_of(row) > 1) {
      phrase.boards = phrase.accelerator.count_said;
      phrase.accelerator.count_said *= devices_of(row);
    }
    return phrase;
  }

  // What is in brackets may be a site or a remark; it may not be other hardware, or a number.
  Result<void> check_aside(const Accelerator& found) const {
    if (find_instance(catalog_, words_.aside)) {
      return bad_phrase(ErrorKind::ambiguous, text_, " names an instance in brackets",
          "state it as --instance " + words_.aside);
    }
    const Result<Accelerator> other = find_short_name(catalog_, words_.aside);
    if (other && other->row != found.row) return several_kinds(text_);
    for (std::size_t i = 0; i < words_.aside.size(); ++i) {
      const bool begins = i == 0 || words_.aside[i - 1] == ' ';
      if (begins && words_.aside[i] >= '0' && words_.aside[i] <= '9') {
        return bad_phrase(ErrorKind::ambiguous, text_, ": what stands in brackets is not read",
            "leave it out, or write a count as 8 x and memory as 40GB");
      }
    }
    return {};
  }

  const Catalog& catalog_;
  std::string_view text_;
  HardwareWords words_;
};

// "v3-8" of "TPU v3-8", "tpu-v3-8", "TPUv3-8 pod"; "" where no word looks like a slice.
std::string slice_in(std::string_view text, std::string& rest) {
  std::string slice;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(" ,()[]");
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" ,()[]", begin), text.size());
    const std::string word = lower_case(text.substr(begin, end - begin));
    const std::size_t from = word.starts_with("tpu") ? (word.size() > 3 && word[3] == '-' ? 4 : 3) : 0;
    const std::string part = word.substr(std::min(from, word.size()));
    const std::size_t dash = part.rfind('-');
    const bool is_slice = part.size() > 1 && part[0] == 'v' && part[1] >= '0' && part[1] <= '9' &&
                          dash != std::string::npos && number_of(std::string_view(part).substr(dash + 1));
    if (is_slice && slice.empty()) {
      slice = part;
    } else {
      rest += (rest.empty() ? "" : " ") + word;
    }
    text.remove_prefix(end);
  }
  return slice;
}

Row slice_row(const Catalog& catalog, std::string slice) {
  const std::string_view lite = "v5e-";
  if (slice.starts_with(lite)) slice = "v5litepod-" + slice.substr(lite.size());
  const Result<Instance> instance = find_instance(catalog, slice);
  if (!instance || instance->accelerator.text(column(TableId::accelerators, "kind")) != "tpu") return {};
  return instance->row;
}

// Slices count cores or chips; the table knows how many chips each has.
Result<HardwarePhrase> read_slice(
    const Catalog& catalog, std::string_view text, const std::string& slice, const std::string& rest) {
  const Row row = slice_row(catalog, slice);
  if (!row) {
    return bad_phrase(ErrorKind::unknown_name, text, ": unknown slice " + in_quotes(slice),
        "state the chip, such as tpu-v4, and --gpu-count chips");
  }
  double slices = 1;
  if (!rest.empty()) {
    Result<HardwareWords> words = take_hardware_apart(rest);
    if (!words) return words.error();
    for (const std::string& word : words->name) {
      constexpr std::string_view about_slices[] = {
          "tpu", "tpus", "cloud", "google", "pod", "pods", "slice", "slices", "vm", "vms", "podslice", "x"};
      if (std::none_of(std::begin(about_slices), std::end(about_slices),
              [&](std::string_view w) { return same_without_case(word, w); }))
        return unknown_accelerator(catalog, text, slice);
    }
    if (words->counted == Counted::cores || !words->aside.empty()) {
      return bad_phrase(ErrorKind::ambiguous, text, " says more than the slice",
          "write " + slice + ", which has its number of chips");
    }
    if (!words->count && !words->front_number.empty()) words->count = number_of(words->front_number);
    slices = words->count.value_or(1) * words->nodes;
  }
  const Row chip =
      catalog.table(TableId::accelerators).find(row.text(column(TableId::instances, "accelerator")));
  HardwarePhrase phrase{accelerator_of(chip), {}, row, 0};
  phrase.accelerator.in_words = true;
  phrase.accelerator.count_said =
      slices * row.number(column(TableId::instances, "accelerator_count")).value_or(1);
  return phrase;
}

// "2x A100 + 4x V100", "A100 or H100"
bool names_several(const Catalog& catalog, std::string_view text) {
  std::string parted(text);
  for (const std::string_view word : {" and ", " or ", " und ", "+", "&", "/", ",", ";"}) {
    for (std::size_t at = 0; (at = parted.find(word, at)) != std::string::npos; ++at)
      parted.replace(at, word.size(), "\n");
  }
  std::size_t known = 0;
  for (std::string_view left = parted; !left.empty();) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    const std::string_view part = left.substr(0, end);
    if (parted.size() > part.size() && find_accelerator(catalog, part)) ++known;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return known > 1;
}

}  // namespace

Result<HardwarePhrase> read_hardware(const Catalog& catalog, std::string_view text) {
  constexpr std::size_t most_printed = 200;  // bytes: nobody prints more in one name
  if (text.size() > most_printed || is_left_out(text)) return unknown_accelerator(catalog, text, text);
  std::string rest;
  if (const std::string slice = slice_in(text, rest); !slice.empty())
    return read_slice(catalog, text, slice, rest);
  Result<HardwareWords> words = take_hardware_apart(text);
  if (!words) return names_several(catalog, text) ? several_kinds(text) : words.error();
  const std::string meant = joined(words->name);
  Result<HardwarePhrase> found = Search(catalog, text, std::move(*words)).find();
  if (found || found.error().kind != ErrorKind::unknown_name) return found;
  if (names_several(catalog, text)) return several_kinds(text);
  return unknown_accelerator(catalog, text, meant.empty() ? text : std::string_view(meant));
}

}  // namespace footpound
