// SPDX-License-Identifier: MIT
// `sacct --json` (also slurmrestd's jobs of slurmdb): one document, read job by job.
#include <algorithm>
#include <atomic>

#include "read/slurm/slurm_job.hpp"
#include "read/slurm/slurm_json_job.hpp"
#include "read/slurm/slurm_reader.hpp"
#include "text/json_elements.hpp"
#include "text/json_text.hpp"

namespace footpound {

namespace {

constexpr std::string_view blanks = " \t\r\n";

// Cuts between jobs; the array's end and what follows it are one block.
class JobCutter : public Cutter {
 public:
  std::size_t cut(std::string_view data, std::size_t seen) override {
    if (seen == 0) jobs_ = JsonElements();
    while (jobs_.next(data)) {
    }
    return jobs_.cut();
  }

 private:
  JsonElements jobs_;
};

// What the document says went wrong: the descriptions of its list "errors". "" where that is empty.
std::string errors_of(std::string_view list) {
  std::string words;
  if (list.empty() || list.front() != '[') return words;
  list.remove_prefix(1);
  JsonElements errors;
  while (errors.next(list)) {
    const std::string_view error = errors.element(list);
    if (error.front() != '{') continue;
    std::string said;
    JsonObject(error).each([&](std::string_view key, std::string_view value) {
      if ((key == "description" || key == "error") && value.size() > 2 && value.front() == '"')
        said += (said.empty() ? "" : ": ") + std::string(value.substr(1, value.size() - 2));
      return true;
    });
    words += (words.empty() ? "" : "; ") + (said.empty() ? std::string("an error without words") : said);
  }
  return words;
}

// Behind the bracket of the top level's "jobs": [ ; npos where `head` does not show one. What stands before
// it under "errors" goes into `errors`, if that is asked for.
std::size_t find_jobs(std::string_view head, std::string_view* errors = nullptr) {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t at = 0;
  const auto skip = [&](std::string_view what) {
    at = std::min(head.find_first_not_of(what, at), head.size());
    return at < head.size();
  };
  if (!skip(blanks) || head[at++] != '{') return none;
  while (skip(blanks) && head[at] == '"') {
    const std::size_t key_length = json_value_length(head.substr(at));
    if (key_length == 0) return none;
    const std::string_view key = head.substr(at, key_length);
    at += key_length;
    if (!skip(blanks) || head[at++] != ':' || !skip(blanks)) return none;
    if (key == "\"jobs\"") return head[at] == '[' ? at + 1 : none;
    const std::size_t length = json_value_length(head.substr(at));
    if (length == 0) return none;
    if (errors != nullptr && key == "\"errors\"") *errors = head.substr(at, length);
    at += length;
    if (!skip(blanks) || head[at++] != ',') return none;
  }
  return none;
}

// Is this what may stand behind the list of jobs: more members, the closing brace, no more? The member
// "errors" goes into `errors`, if it is there.
bool ends_document(std::string_view rest, std::string_view& errors) {
  const auto next = [&] {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    return rest.empty() ? '\0' : rest.front();
  };
  while (next() == ',') {
    rest.remove_prefix(1);
    if (next() != '"') return false;
    const std::size_t key_length = std::max<std::size_t>(json_value_length(rest), 1);
    const bool are_errors = rest.substr(0, key_length) == "\"errors\"";
    rest.remove_prefix(key_length);
    if (next() != ':') return false;
    rest.remove_prefix(1);
    static_cast<void>(next());
    const std::size_t length = json_value_length(rest);
    if (length == 0) return false;
    if (are_errors) errors = rest.substr(0, length);
    rest.remove_prefix(length);
  }
  if (next() != '}') return false;
  rest.remove_prefix(1);
  return next() == '\0' && rest.empty();
}

class SlurmJsonReader : public RecordReader {
 public:
  explicit SlurmJsonReader(const ReaderOptions& options) : options_(options) {
    for (const std::string_view own : slurm_json_own_names()) {
      header_.emplace_back(own);
      raw_header_ += (raw_header_.empty() ? "" : ",") + std::string(own);
    }
  }

  std::size_t header_end(std::string_view head) const override { return find_jobs(head); }
  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return std::make_unique<JobCutter>(); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return Encoding::json; }
  std::span<const std::string> header() const override { return header_; }
  std::string_view raw_header() const override { return raw_header_; }
  std::vector<CountedNote> closing_notes() const override { return tally_.notes(); }
  std::optional<Error> unfinished() const override {
    if (wrong_behind_)
      return Error{ErrorKind::malformed, {},
          "goes on, behind its list of jobs, with what is not the rest of its document",
          "give one document of sacct --json a file"};
    if (!errors_.empty() && jobs_ == 0)
      return Error{ErrorKind::malformed, {}, "holds no jobs, but what went wrong: " + in_quotes(errors_),
          "run sacct --json again"};
    if (ended_ || empty_) return std::nullopt;
    return Error{ErrorKind::malformed, {}, "ends before its list of jobs does",
        "it was cut off: the jobs before that were read"};
  }

 private:
  ReaderOptions options_;
  const SlurmOptions& slurm_ = options_.of<SlurmOptions>();
  std::vector<std::string> header_;
  std::string raw_header_;
  bool empty_ = false;
  mutable std::string errors_;  // written by begin(), then by the one block that ends the document
  mutable std::atomic<std::uint64_t> jobs_{0};
  mutable std::atomic<bool> ended_{false};
  mutable std::atomic<bool> wrong_behind_{false};
  mutable SlurmTally tally_;
};

Result<std::size_t> SlurmJsonReader::begin(std::string_view head) {
  if (head.find_first_not_of(blanks) == std::string_view::npos) {
    empty_ = true;
    return head.size();
  }
  std::string_view errors;
  const std::size_t at = find_jobs(head, &errors);
  errors_ = errors_of(errors);
  if (at == std::string_view::npos) {
    return Error{ErrorKind::malformed, {}, "shows no list \"jobs\" at its top level",
        "is it the output of sacct --json?"};
  }
  return at;
}

std::uint64_t SlurmJsonReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  SlurmCounts counts;
  Record record;
  record.replaces = true;  // the job itself is not passed on, only its own fields
  JsonElements jobs;
  std::uint64_t lines = 0;
  std::size_t counted = 0;
  const auto count_lines_to = [&](std::size_t at) {
    lines += static_cast<std::uint64_t>(std::count(block.begin() + static_cast<std::ptrdiff_t>(counted),
        block.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
  };
  std::uint64_t found = 0;
  while (jobs.next(block)) {
    ++found;
    count_lines_to(jobs.begin());
    record.line = 1 + lines;
    record.raw = jobs.element(block);
    record.passes_own_fields = true;
    record.fields = header_.size();
    record.own_fields.clear();
    record.decoded.clear();
    record.stated = 0;
    record.job = {};
    record.spec = base;
    record.error.reset();
    SlurmCases cases;
    const Result<SlurmJob> job = read_slurm_json_job(record);
    Result<void> done;
    if (!job) {
      done = job.error();
    } else {
      if (options_.marks_jobs) record.job = mark_of(*job);
      done = describe_slurm_job(*job, slurm_, cases, record);
    }
    if (!done) record.error = std::move(done.error());
    sink(record);
    if (!record.error) counts.add(cases);
  }
  if (jobs.ended()) {
    const std::size_t bracket = jobs.behind() - 1;
    ended_ = true;
    if (block.size() - bracket > options_.longest_record) {
      count_lines_to(bracket);
      record.line = 1 + lines;
      record.raw = block.substr(bracket);  // no job, but to be held as one is
      sink(record);
    } else {
      std::string_view errors;
      if (!ends_document(block.substr(jobs.behind()), errors)) wrong_behind_ = true;
      if (const std::string words = errors_of(errors); !words.empty()) errors_ = words;
    }
  }
  tally_.add(counts);
  jobs_ += found;
  count_lines_to(block.size());
  return lines;
}

}  // namespace

std::unique_ptr<RecordReader> make_slurm_json_reader(const ReaderOptions& options) {
  return std::make_unique<SlurmJsonReader>(options);
}

bool looks_like_slurm_json(std::string_view head) {
  const std::size_t at = find_jobs(head);
  if (at == std::string_view::npos) return false;
  const std::size_t first = head.find_first_not_of(blanks, at);
  if (first == std::string_view::npos) return false;
  // a list of jobs in somebody's NDJSON is none of Slurm's
  const bool of_slurm =
      head.find("\"job_id\"") != std::string_view::npos || head.find("\"meta\"") != std::string_view::npos;
  return of_slurm && (head[first] == '{' || head[first] == ']');
}

}  // namespace footpound
