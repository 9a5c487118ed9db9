// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_json_job.hpp"

#include <array>
#include <optional>

#include "text/json_elements.hpp"
#include "text/json_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

constexpr std::string_view null = "null";

enum Own : unsigned char {
  job_id,
  array_job_id,
  array_task_id,
  name,
  user,
  account,
  cluster,
  partition,
  state,
  start,
  end,
  elapsed_s,
  node_list,
  qos,
  own_fields
};
constexpr std::array<std::string_view, own_fields> own_names = {"job_id", "array_job_id", "array_task_id",
    "name", "user", "account", "cluster", "partition", "state", "start", "end", "elapsed_s", "node_list",
    "qos"};

// Members that are texts and no more.
struct PlainText {
  std::string_view key;
  Own own;
  std::string_view SlurmJob::*of_job = nullptr;
};
constexpr std::array plain_texts = {
    PlainText{"name", name, &SlurmJob::name},
    PlainText{"account", account, &SlurmJob::account},
    PlainText{"cluster", cluster, &SlurmJob::cluster},
    PlainText{"qos", qos, &SlurmJob::qos},
    PlainText{"partition", partition, &SlurmJob::partition},
    PlainText{"nodes", node_list, &SlurmJob::node_list},
};

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

// One job's members, gathered.
class JobReader {
 public:
  explicit JobReader(Record& record) : record_(record) {
    for (std::size_t i = 0; i < own_fields; ++i) record_.own_fields.push_back({own_names[i], null});
    job_.tres_said = "tres.allocated";
    job_.elapsed_said = "time.elapsed";
  }

  // What is wrong with the record itself, if something is.
  Result<SlurmJob> read() {
    JsonObject members(record_.raw);
    const char* wrong = members.each([&](std::string_view key, std::string_view value) {
      member(key, value);
      return true;
    });
    if (wrong != nullptr) {
      return Error{ErrorKind::malformed, {},
          "is no JSON object: byte " + std::to_string(members.at() + 1) + " of the job " + wrong, {}};
    }
    if (tres_error_) return *tres_error_;
    if (uncounted_ && !typed_)
      return Error{ErrorKind::missing, std::string(job_.tres_said), "gres/gpu has no count", {}};
    return job_;
  }

 private:
  void own(Own field, std::string_view raw) {
    // null and "" say the same; nested values are none of ours
    if (raw == "\"\"" || raw.front() == '{' || raw.front() == '[') raw = null;
    record_.own_fields[field].raw = raw;
  }
  bool has(Own field) const { return record_.own_fields[field].raw != null; }

  void member(std::string_view key, std::string_view value) {
    for (const PlainText& plain : plain_texts) {
      if (key != plain.key) continue;
      own(plain.own, value);
      if (plain.of_job != nullptr) job_.*plain.of_job = text(value);
      return;
    }
    if (key == "job_id") {
      own(job_id, value);
      job_.id = value;
    } else if (key == "user") {
      if (value != null && value != "\"\"") own(user, value);
    } else if (key == "association") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "user" && !has(user)) own(user, v);
      });
    } else if (key == "allocation_nodes") {
      job_.nodes = number_of(value);
    } else if (key == "state") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "current") state_of(v);
      });
    } else if (key == "array") {
      array_of(value);
    } else if (key == "sluid") {
      job_.sluid = text(value);
    } else if (key == "submit_line") {
      job_.asks_for_gpus = job_.asks_for_gpus || asks_for_gpus(text(value));
    } else if (key == "time") {
      times_of(value);
    } else if (key == "tres") {
      each(value, [&](std::string_view k, std::string_view v) {
        if (k == "allocated") allocated(v);
        if (k == "requested") requested(v);
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
    record_.decoded.push_back(std::move(made));
    return record_.decoded.back();
  }

  // A word, or a list of words with flags behind the state itself: joined with "+".
  void state_of(std::string_view value) {
    std::string words;
    if (value.front() == '[') {
      each_element(value,
          [&](std::string_view word) { words += (words.empty() ? "" : "+") + std::string(text(word)); });
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

  // visit(type, name, count) for each of a list of resources.
  template <class Visit>
  void each_resource(std::string_view list, Visit visit) {
    each_element(list, [&](std::string_view entry) {
      std::string_view type;
      std::string_view resource;
      std::string_view count = null;
      each(entry, [&](std::string_view k, std::string_view v) {
        if (k == "type") type = text(v);
        if (k == "name") resource = text(v);
        if (k == "count") count = unwrapped(v);
      });
      visit(type, resource, count);
    });
  }

  void requested(std::string_view value) {
    each_resource(value, [&](std::string_view type, std::string_view resource, std::string_view count) {
      const bool gpus = type == "gres" && is_gpu_gres(resource);
      job_.asks_for_gpus = job_.asks_for_gpus || (gpus && number_of(count).value_or(0) > 0);
    });
  }

  void allocated(std::string_view value) {
    each_resource(value, [&](std::string_view type, std::string_view resource, std::string_view count) {
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
  SlurmJob job_;
  std::optional<Error> tres_error_;
  bool uncounted_ = false;  // GPUs of no type, how many is not said
  bool typed_ = false;      // GPUs by type are counted
};

}  // namespace

std::span<const std::string_view> slurm_json_own_names() { return own_names; }

Result<SlurmJob> read_slurm_json_job(Record& record) { return JobReader(record).read(); }

}  // namespace footpound
