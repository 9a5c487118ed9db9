// SPDX-License-Identifier: MIT
// The contract of `measure`: whatever becomes of the report, the record or the estimate, the status is
// the command's; without a command it is ours.
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "contract/runs.hpp"
#include "contract/words.hpp"
#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/outside.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"
#include "write/writer.hpp"

using namespace footpound;
using namespace footpound::contract;

namespace {

// Two GPUs that draw 300 W each, and no other meter.
Words measure_words() {
  setenv("FAKE_NVML_GPUS", "2", 1);
  for (const char* rank :
      {"SLURM_LOCALID", "OMPI_COMM_WORLD_LOCAL_RANK", "LOCAL_RANK", "CUDA_VISIBLE_DEVICES"})
    unsetenv(rank);
  return {"measure", "--sysfs-root", "/nowhere", "--nvml-library", fake_nvml_path(), "--interval", "10ms",
      "--tables", root_path("/tests/golden/tables")};
}

const Words answered = {"--region", "XT", "--gpu", "test-gpu"};
// What the whole job is said to have drawn is less than what its accelerators are found to draw, which
// shows only when it is over.
const Words refused_late = {"--region", "XT", "--measured-it-energy", "1e-12kWh"};
const Words refused_before = {"--region", "Atlantis"};

Words command(const std::string& line) { return {"--", "sh", "-c", line}; }

// A pipe with a name, whose reader goes away as soon as there is a writer.
class Fifo {
 public:
  explicit Fifo(const std::string& path) {
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    reader_ = std::thread([path] { std::fclose(std::fopen(path.c_str(), "r")); });
  }
  ~Fifo() { reader_.join(); }
  Fifo(const Fifo&) = delete;
  Fifo& operator=(const Fifo&) = delete;

 private:
  std::thread reader_;
};

}  // namespace

TEST_CASE("contract: measure passes the command's status on, in every format", "[contract]") {
  for (const OutputFormat& format : answer_formats()) {
    const Words words = measure_words() + Words{"-f", std::string(format.name)};
    for (const char* end : {"exit 0", "exit 7", "kill -9 $$"}) {
      const int status = std::string(end) == "exit 0" ? 0 : std::string(end) == "exit 7" ? 7 : 137;
      const Words one = words + answered + command(std::string("sleep 0.03; echo mine; ") + end);
      const ProgramRun fine = run_program_outside(one);
      INFO(all_of(fine, one));
      CHECK(fine.status == status);
      CHECK(fine.out == "mine\n");
      CHECK_FALSE(contains(fine.err, "there is no estimate"));

      const Words late = words + refused_late + command(std::string("sleep 0.03; echo mine; ") + end);
      const ProgramRun none = run_program_outside(late);
      INFO(all_of(none, late));
      CHECK(none.status == status);
      CHECK(none.out == "mine\n");
      CHECK(contains(none.err, "footpound: there is no estimate; the exit status is the command's\n"));
    }
    const Words before = words + refused_before + command("echo mine");
    const ProgramRun run = run_program_outside(before);
    INFO(all_of(run, before));
    CHECK(run.status == 2);
    CHECK(run.out == "");
    CHECK(wrong_with_words(run.err) == "");
  }
}

TEST_CASE("contract: a report of measure that nobody can read costs no status", "[contract]") {
  const Scratch scratch;
  for (const OutputFormat& format : answer_formats()) {
    for (const Goes err : {Goes::to_full_disk, Goes::to_closed, Goes::to_nobody}) {
      for (const Words& estimate : {answered, refused_late}) {
        const Words words = measure_words() +
                            Words{"-f", std::string(format.name), "--record", scratch.path("record")} +
                            estimate + command("sleep 0.03; exit 5");
        const ProgramRun run = run_program_outside(words, {Goes::to_us, err});
        INFO(name(err) << "\n" << all_of(run, words));
        CHECK(run.status == 5);
        CHECK(contains(scratch.read("record"), "\"measured_accelerator_energy_kwh\":"));
      }
    }
  }
  for (const Goes out : {Goes::to_full_disk, Goes::to_closed, Goes::to_nobody}) {
    const Words words = measure_words() + answered + command("sleep 0.03; exit 5");
    const ProgramRun run = run_program_outside(words, {out, out});
    INFO(name(out) << "\n" << all_of(run, words));
    CHECK(run.status == 5);
  }
}

TEST_CASE("contract: a file of measure that cannot be written costs no status", "[contract]") {
  for (const char* option : {"--record", "--trace", "-o"}) {
    const Scratch scratch;
    const auto words = [&](const std::string& path) {
      return measure_words() + answered + Words{option, path} + command("sleep 0.2; exit 6");
    };
    const Words full = words("/dev/full");
    const ProgramRun on_full_disk = run_program_outside(full);
    INFO(all_of(on_full_disk, full));
    CHECK(on_full_disk.status == 6);
    CHECK(contains(on_full_disk.err, "/dev/full"));

    const Words nowhere = words(scratch.path("no/such/folder"));
    const ProgramRun not_started = run_program_outside(nowhere);
    INFO(all_of(not_started, nowhere));
    CHECK(not_started.status == 4);
    CHECK(wrong_with_words(not_started.err) == "");

    const Words pipe = words(scratch.path("fifo"));
    ProgramRun unread;
    {
      const Fifo fifo(scratch.path("fifo"));
      unread = run_program_outside(pipe);
    }
    INFO(all_of(unread, pipe));
    CHECK(unread.status == 6);
    CHECK(contains(unread.err, "/fifo"));
  }
}

TEST_CASE("contract: measure without a command, in every format", "[contract]") {
  const Scratch scratch;
  const std::string log = scratch.write("log.csv", "time,power_w\n0,100\n3600,100\n");
  const std::string bad = scratch.write("bad.csv", "time,power_w\n0,100\n3600,x\n");
  for (const OutputFormat& format : answer_formats()) {
    const Words in = {"-f", std::string(format.name)};
    for (const Words& what : {Words{"--for", "30ms"}, Words{"--log-part", "accelerator", "--log", log}}) {
      const Words base = what[0] != "--for" ? Words{"measure", "--tables", root_path("/tests/golden/tables")}
                                            : measure_words();
      const Words fine = base + in + Words{"--region", "XT"} + what;
      const ProgramRun run = run_program_outside(fine);
      INFO(all_of(run, fine));
      CHECK(run.status == 0);
      CHECK(wrong_with_output(format.name, run.out, Expected{{Became::answered}, true}) == "");

      const Words late = base + in + refused_late + what;
      const ProgramRun refused = run_program_outside(late);
      INFO(all_of(refused, late));
      CHECK(refused.status == 3);
      CHECK(refused.out == "");

      const Words full = fine + Words{"-o", "/dev/full"};
      CHECK(run_program_outside(full).status == 4);
      CHECK(run_program_outside(fine, {Goes::to_full_disk}).status == 4);
      CHECK(run_program_outside(fine, {Goes::to_us, Goes::to_closed}).status == 0);
    }
    const Words wrong = Words{"measure", "--region", "FR", "--log", bad} + in;
    const ProgramRun run = run_program_outside(wrong);
    INFO(all_of(run, wrong));
    CHECK(run.status == 3);
    CHECK(run.out == "");
    CHECK(
        run.err == "footpound: " + bad + ":3: \"x\" is not a power; write a power such as 300W or 12.04kW\n");
  }
}
