// SPDX-License-Identifier: MIT
// `sacct --json` (also slurmrestd's jobs of slurmdb): one document, read job by job. A job takes
// about 10 kB a step; what goes on is a small set of own fields that stays the same whatever
// Slurm's version, named as far as they mean the same as our own fields.
#include <algorithm>
#include <array>
#include <atomic>

#include "footpound/units/amount.hpp"
#include "io/json_elements.hpp"
#include "io/json_text.hpp"
#include "io/slurm_job.hpp"
#include "io/slurm_reader.hpp"

namespace footpound {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view null = "null";

enum Own : unsigned char {
  job_id, array_job_id, array_task_id, name, user, account, cluster, partition, state, start, end, elapsed_s, node_list, own_fields
};
constexpr std::array<std::string_view, own_fields> own_names = {
    "job_id", "array_job_id", "array_task_id", "name", "user", "account", "cluster", "partition", "state", "start", "end", "elapsed_s", "node_list"};

// Cuts behind whole jobs; the array's end and what follows it go with the last block.
class JobCutter : public Cutter {
 public:
  std::size_t cut(std::string_view data, std::size_t seen) override {
    if (seen == 0) jobs_ = JsonElements();
    while (jobs_.next(data)) {
    }
    return jobs_.end();
  }

 private:
  JsonElements jobs_;
};

// Behind the bracket of the top level's "jobs": [ ; npos where `head` does not show one.
std::size_t find_jobs(std::string_view head) {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t at = head.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
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
    at += length;
    if (!skip(blanks) || head[at++] != ',') return none;
  }
  return none;
}

// Is this what may stand behind the list of jobs: more members, the closing brace, no more?
bool ends_document(std::string_view rest) {
  const auto next = [&] {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    return rest.empty() ? '\0' : rest.front();
  };
  while (next() == ',') {
    rest.remove_prefix(1);
    if (next() != '"') return false;
    rest.remove_prefix(std::max<std::size_t>(json_value_length(rest), 1));
    if (next() != ':') return false;
    rest.remove_prefix(1);
    static_cast<void>(next());
    const std::size_t length = json_value_length(rest);
    if (length == 0) return false;
    rest.remove_prefix(length);
  }
  if (next() != '}') return false;
  rest.remove_prefix(1);
  return next() == '\0' && rest.empty();
}

// Newer versions write {"set": true, "infinite": false, "number": 5} for 5, and set: false for
// null.
std::string_view unwrapped(std::string_view value) {
  if (value.front() != '{') return value;
  bool is_set = false;
  bool infinite = false;
  std::string_view number = null;
  JsonObject(value).each([&](std::string_view key, std::string_view member) {
    if (key == "set") is_set = member == "true";
    if (key == "infinite") infinite = member == "true";
    if (key == "number") number = member;
    return true;
  });
  return is_set && !infinite ? number : null;
}

std::optional<double> number_of(std::string_view value) {
  double number = 0;
  if (!parse_number(unwrapped(value), number)) return std::nullopt;
  return number;
}

class SlurmJsonReader : public RecordReader {
 public:
  explicit SlurmJsonReader(const ReaderOptions& options) : options_(options) {
    for (const std::string_view own : own_names) {
      header_.emplace_back(own);
      raw_header_ += (raw_header_.empty() ? "" : ",") + std::string(own);
    }
  }

  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return std::make_unique<JobCutter>(); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return Encoding::json; }
  std::span<const std::string> header() const override { return header_; }
  std::string_view raw_header() const override { return raw_header_; }
  std::vector<std::string> closing_notes() const override { return tally_.notes(); }
  std::optional<Error> unfinished() const override {
    if (wrong_behind_) return Error{ErrorKind::malformed, {}, "goes on, behind its list of jobs, with what is not the rest of its document", "give one document of sacct --json a file"};
    if (ended_ || empty_) return std::nullopt;
    return Error{ErrorKind::malformed, {}, "ends before its list of jobs does", "it was cut off: the jobs before that were read"};
  }

 private:
  ReaderOptions options_;
  std::vector<std::string> header_;
  std::string raw_header_;
  bool empty_ = false;
  mutable std::atomic<bool> ended_{false};
  mutable std::atomic<bool> wrong_behind_{false};
  mutable SlurmTally tally_;
};

// One job's members, gathered.
class JobReader {
 public:
  JobReader(Record& record, std::string_view text) : record_(record), text_(text) {
    for (std::size_t i = 0; i < own_fields; ++i) record_.own.push_back({own_names[i], null});
    job_.tres_said = "tres.allocated";
    job_.elapsed_said = "time.elapsed";
  }

  // What is wrong with the record itself, if something is.
  Result<SlurmJob> read() {
    JsonObject members(text_);
    const char* wrong = members.each([&](std::string_view key, std::string_view value) {
      member(key, value);
      return true;
    });
    if (wrong != nullptr) {
      return Error{ErrorKind::malformed, {}, "is no JSON object: byte " + std::to_string(members.at() + 1) + " of the job " + wrong, {}};
    }
    if (tres_error_) return *tres_error_;
    if (uncounted_ && !typed_) return Error{ErrorKind::missing, std::string(job_.tres_said), "gres/gpu has no count", {}};
    return job_;
  }

 private:
  void own(Own field, std::string_view raw) {
    // null and "" say the same; nested values are none of ours
    if (raw == "\"\"" || raw.front() == '{' || raw.front() == '[') raw = null;
    record_.own[field].raw = raw;
  }
  bool has(Own field) const { return record_.own[field].raw != null; }

  void member(std::string_view key, std::string_view value) {
    if (key == "job_id") {
      own(job_id, value);
      job_.id = value;
    } else if (key == "name") {
      own(name, value);
      job_.name = text(value);
    } else if (key == "user") {
      if (value != null && value != "\"\"") own(user, value);
    } else if (key == "association") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "user" && !has(user)) own(user, v);
      });
    } else if (key == "account") {
      own(account, value);
    } else if (key == "cluster") {
      own(cluster, value);
    } else if (key == "partition") {
      own(partition, value);
      job_.partition = text(value);
    } else if (key == "nodes") {
      own(node_list, value);
      job_.node_list = text(value);
    } else if (key == "allocation_nodes") {
      job_.nodes = number_of(value);
    } else if (key == "state") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "current") state_of(v);
      });
    } else if (key == "array") {
      array_of(value);
    } else if (key == "time") {
      times_of(value);
    } else if (key == "tres") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "allocated") allocated(v);
      });
    }
  }

  template <class Visit>
  static void each(std::string_view object, Visit visit) {
    if (object.front() != '{') return;  // null, where nothing is known
    JsonObject(object).each([&](std::string_view key, std::string_view value) {
      visit(key, value);
      return true;
    });
  }

  template <class Visit>
  static void each_element(std::string_view array, Visit visit) {
    if (array.front() != '[') return;
    array.remove_prefix(1);
    JsonElements elements;
    while (elements.next(array)) visit(elements.element(array));
  }

  // A JSON text's meaning; "" for all else.
  std::string_view text(std::string_view value) {
    if (value.front() != '"') return {};
    std::string scratch;
    const std::optional<std::string_view> meaning = json_meaning(value.substr(1, value.size() - 2), scratch);
    if (!meaning) return {};
    if (meaning->data() != scratch.data()) return *meaning;
    return keep(std::move(scratch));
  }
  std::string_view keep(std::string made) {
    record_.undone.push_back(std::move(made));
    return record_.undone.back();
  }

  // A word, or a list of words with flags behind the state itself: joined with "+".
  void state_of(std::string_view value) {
    std::string words;
    if (value.front() == '[') {
      each_element(value, [&](std::string_view word) { words += (words.empty() ? "" : "+") + std::string(text(word)); });
    } else {
      words = text(value);
    }
    std::string quoted;
    append_json_string(quoted, words);
    own(state, keep(std::move(quoted)));
    job_.state = keep(std::move(words));
  }

  void array_of(std::string_view value) {
    std::string_view of = null;
    std::string_view task = null;
    each(value, [&](std::string_view k, std::string_view v) {
      if (k == "job_id") of = unwrapped(v);
      if (k == "task_id") task = unwrapped(v);
    });
    if (of == "0" || of == null) return;  // no array
    own(array_job_id, of);
    own(array_task_id, task);
  }

  void times_of(std::string_view value) {
    each(value, [&](std::string_view k, std::string_view v) {
      const std::string_view raw = unwrapped(v);
      if (k == "elapsed") {
        own(elapsed_s, raw);
        job_.elapsed_seconds = number_of(raw);
      }
      const std::optional<double> moment = number_of(raw);
      if (!moment || !(*moment > 0)) return;  // 0: not yet
      if (k == "start") {
        own(start, raw);
        job_.start = Instant{*moment};
      } else if (k == "end") {
        own(end, raw);
        job_.end = Instant{*moment};
      }
    });
  }

  void allocated(std::string_view value) {
    each_element(value, [&](std::string_view entry) {
      std::string_view type;
      std::string_view resource;
      std::string_view count = null;
      each(entry, [&](std::string_view k, std::string_view v) {
        if (k == "type") type = text(v);
        if (k == "name") resource = text(v);
        if (k == "count") count = unwrapped(v);
      });
      const bool gpus = type == "gres" && resource.substr(0, 3) == "gpu";
      if (count == null) {
        uncounted_ = uncounted_ || (gpus && resource == "gpu");
        return;
      }
      typed_ = typed_ || (gpus && resource.substr(0, 4) == "gpu:");
      job_.has_tres = true;
      constexpr double bytes_per_mib = 1048576;
      Result<void> done = job_.tres.add_count(type, resource, count, bytes_per_mib);
      if (done || tres_error_) return;
      tres_error_ = done.error();
      tres_error_->field = job_.tres_said;
    });
  }

  Record& record_;
  std::string_view text_;
  SlurmJob job_;
  std::optional<Error> tres_error_;
  bool uncounted_ = false;  // GPUs of no type, how many is not said
  bool typed_ = false;      // GPUs by type are counted
};

Result<std::size_t> SlurmJsonReader::begin(std::string_view head) {
  if (head.find_first_not_of(blanks) == std::string_view::npos) {
    empty_ = true;
    return head.size();
  }
  const std::size_t at = find_jobs(head);
  if (at == std::string_view::npos) {
    return Error{ErrorKind::malformed, {}, "shows no list \"jobs\" at its top level", "is it the output of sacct --json?"};
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
    lines += static_cast<std::uint64_t>(std::count(block.begin() + static_cast<std::ptrdiff_t>(counted), block.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
  };
  while (jobs.next(block)) {
    count_lines_to(jobs.begin());
    record.line = 1 + lines;
    record.raw = jobs.element(block);
    record.own_is_whole = true;
    record.fields = own_fields;
    record.own.clear();
    record.undone.clear();
    record.stated = 0;
    record.spec = base;
    record.error.reset();
    JobReader reader(record, record.raw);
    const Result<SlurmJob> job = reader.read();
    Result<void> done;
    if (!job) {
      done = job.error();
    } else {
      done = describe_slurm_job(*job, options_, counts, record);
    }
    if (!done) record.error = std::move(done.error());
    sink(record);
  }
  if (jobs.ended()) {
    ended_ = true;
    if (!ends_document(block.substr(jobs.behind()))) wrong_behind_ = true;
  }
  tally_.add(counts);
  count_lines_to(block.size());
  return lines;
}

}  // namespace

std::unique_ptr<RecordReader> make_slurm_json_reader(const ReaderOptions& options) { return std::make_unique<SlurmJsonReader>(options); }

bool looks_like_slurm_json(std::string_view head) {
  const std::size_t at = find_jobs(head);
  if (at == std::string_view::npos) return false;
  const std::size_t first = head.find_first_not_of(blanks, at);
  if (first == std::string_view::npos) return false;
  // a list of jobs in somebody's NDJSON is none of Slurm's
  const bool of_slurm = head.find("\"job_id\"") != std::string_view::npos || head.find("\"meta\"") != std::string_view::npos;
  return of_slurm && (head[first] == '{' || head[first] == ']');
}

}  // namespace footpound
