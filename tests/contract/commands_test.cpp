// SPDX-License-Identifier: MIT
// What every command of the table promises: its help, wrong options, and what becomes of its output
// where that goes to a file, a full disk, nobody or nowhere. And every format of sheets of the commands
// that look things up. A new command has to say here how it is called.
#include <algorithm>
#include <csignal>

#include "commands/command.hpp"
#include "contract/runs.hpp"
#include "contract/words.hpp"
#include "factors/tables.hpp"
#include "footpound/factors/catalog.hpp"
#include "sheet/sheet.hpp"
#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/outside.hpp"
#include "support/paths.hpp"
#include "support/program.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;
using namespace footpound::contract;

namespace {

// Calls that print something and end in 0, but for the command's name. None: nobody has said yet.
std::vector<Words> calls(std::string_view command, const Scratch& scratch) {
  const Words tables = {"--tables", root_path("/tests/golden/tables")};
  const std::string csv = scratch.write("runs.csv",
      "id,it_power_w,hours,pue,intensity_g_per_kwh\n"
      "1,1000,2,1.2,400\n2,2000,3,1.2,400\n");
  const std::string spec = scratch.write("run.json", spec_of(stated_in_full()));
  if (command == "estimate")
    return {tables + flags_of(stated_in_full()), tables + Words{spec}, tables + Words{csv}};
  if (command == "summarize")
    return {tables + Words{csv}, tables + Words{"--by", "id", csv}, tables + Words{"--partial", csv}};
  if (command == "list") return {{"tables"}, {"regions"}, {"sources", "--bibtex"}};
  if (command == "show") return {{"a100-sxm4-40gb"}, {"world:2025"}};
  if (command == "published") return {{}, {"--paper", "strubell2019"}};
  if (command == "measure") {
    const std::string watts = scratch.write("log.csv", "time,power_w\n0,100\n3600,100\n");
    return {tables + Words{"--log", watts, "--log-part", "node", "--region", "XT"}};
  }
  return {};
}

}  // namespace

TEST_CASE("contract: every command has help", "[contract]") {
  for (const Command& command : commands()) {
    for (const char* help : {"--help", "-h"}) {
      const Words words = {std::string(command.name), help};
      const ProgramRun run = run_program_apart(words);
      INFO(all_of(run, words));
      CHECK(run.status == 0);
      CHECK(run.err == "");
      CHECK(contains(run.out, "footpound " + std::string(command.name)));
      CHECK(contains(run.out, "--output"));
    }
  }
}

TEST_CASE("contract: every command refuses what it does not know", "[contract]") {
  const Scratch scratch;
  for (const Command& command : commands()) {
    INFO(command.name << " needs calls in tests/contract/commands_test.cpp");
    const std::vector<Words> known = calls(command.name, scratch);
    CHECK_FALSE(known.empty());
    for (const Words& call : known) {
      for (const Words& wrong : {Words{"--nonesuch"}, Words{"-Z"}, Words{"--nonesuch=1"},
               Words{"-f", "nonesuch"}, Words{"-f", ""}, Words{"-f"}, Words{"-o", ""},
               Words{"--tables", "no/such/file"}, Words{"-f", "text", "-f", "text"},
               Words{"-o", scratch.path("no/such/folder")}, Words{"-o", scratch.folder()}}) {
        const Words words = Words{std::string(command.name)} + call + wrong;
        const ProgramRun run = run_program_apart(words);
        INFO(all_of(run, words));
        CHECK_FALSE(run.crashed());
        CHECK((run.status == 2 || (run.status == 3 && wrong[0] != "-f") ||
               (run.status == 4 && wrong[0] == "-o")));
        CHECK(run.out == "");
        CHECK(wrong_with_words(run.err) == "");
      }
    }
  }
}

TEST_CASE(
    "contract: the output of every command goes where it is sent, or says that it cannot", "[contract]") {
  const Scratch scratch;
  for (const Command& command : commands()) {
    for (const Words& call : calls(command.name, scratch)) {
      const Words words = Words{std::string(command.name)} + call;
      const ProgramRun plain = run_program_outside(words);
      INFO(all_of(plain, words));
      CHECK(plain.status == 0);
      CHECK(plain.out != "");

      const ProgramRun to_file = run_program_outside(words + Words{"-o", scratch.path("out")});
      CHECK(to_file.status == 0);
      CHECK(to_file.out == "");
      CHECK(to_file.err == plain.err);
      CHECK(scratch.read("out") == plain.out);

      // over an older file, which it leaves as it is where the answer does not come
      const ProgramRun failed = run_program_outside(words + Words{"-o", scratch.path("out"), "--nonesuch"});
      CHECK(failed.status == 2);
      CHECK(scratch.read("out") == plain.out);

      const ProgramRun to_full_file = run_program_outside(words + Words{"-o", "/dev/full"});
      CHECK(to_full_file.status == 4);
      CHECK(contains(to_full_file.err, "footpound: /dev/full: cannot be written: "));

      for (const Goes where : {Goes::to_full_disk, Goes::to_closed}) {
        const ProgramRun run = run_program_outside(words, {where});
        INFO(name(where) << "\n" << all_of(run, words));
        CHECK(run.status == 4);
        CHECK(contains(run.err, "footpound: <stdout>: cannot be written: "));
      }
      const ProgramRun unread = run_program_outside(words, {Goes::to_nobody});
      CHECK(unread.signal == SIGPIPE);
      CHECK(unread.err == (command.name == "measure" ? plain.err : ""));

      // what we have to say besides changes nothing of the answer
      for (const Goes where : {Goes::to_full_disk, Goes::to_closed, Goes::to_nobody}) {
        const ProgramRun run = run_program_outside(words, {Goes::to_us, where});
        INFO(name(where) << "\n" << all_of(run, words));
        CHECK(run.status == 0);
        CHECK(run.out == plain.out);
      }
    }
    for (const Goes where : {Goes::to_full_disk, Goes::to_closed}) {
      const Words help = {std::string(command.name), "--help"};
      const ProgramRun run = run_program_outside(help, {where});
      INFO(name(where) << "\n" << all_of(run, help));
      CHECK(run.status == 4);
    }
  }
}

TEST_CASE("contract: an unwritten word on standard error costs no status", "[contract]") {
  const Scratch scratch;
  const std::string csv = scratch.write("runs.csv", "gpu,hours\nfoo,1\n");
  for (const Goes where : {Goes::to_us, Goes::to_full_disk, Goes::to_closed, Goes::to_nobody}) {
    CAPTURE(name(where));
    CHECK(run_program_outside({"estimate", csv}, {Goes::to_us, where}).status == 1);
    CHECK(run_program_outside({"summarize", csv}, {Goes::to_us, where}).status == 1);
    CHECK(
        run_program_outside({"estimate", "--gpu", "foo", "--hours", "1"}, {Goes::to_us, where}).status == 2);
    CHECK(run_program_outside({"show", "nonesuch"}, {Goes::to_us, where}).status == 2);
    CHECK(run_program_outside({}, {Goes::to_us, where}).status == 2);
    CHECK(run_program_outside({"nonesuch"}, {Goes::to_us, where}).status == 2);
  }
}

namespace {

void check_sheet(const Words& words, const OutputFormat& format, bool several = false) {
  const Words all = words + Words{"-f", std::string(format.name)};
  const ProgramRun run = run_program_apart(all);
  INFO(all_of(run, all).substr(0, 4000));
  CHECK(run.status == 0);
  CHECK(run.err == "");
  CHECK(run.out != "");
  CHECK(wrong_with_sheet(format.name, run.out, several) == "");
}

void check_refused(const Words& words, int status = 2) {
  const ProgramRun run = run_program_apart(words);
  INFO(all_of(run, words));
  CHECK(run.status == status);
  CHECK(run.out == "");
  CHECK(wrong_with_words(run.err) == "");
}

}  // namespace

TEST_CASE("contract: list, of every table in every format", "[contract]") {
  std::vector<std::string> tables = {"formats", "tables", "meters"};
  for (const TableDef& def : table_defs()) tables.emplace_back(def.name);
  for (const OutputFormat& format : table_formats()) {
    for (const std::string& table : tables) {
      check_sheet({"list", table}, format);
      const Words none = {"list", table, "--match", "no row has this", "-f", std::string(format.name)};
      const ProgramRun run = run_program_apart(none);
      INFO(all_of(run, none));
      CHECK(run.status == 0);
      CHECK(wrong_with_sheet(format.name, run.out) == "");
    }
    const Words in = {"-f", std::string(format.name)};
    check_refused(Words{"list"} + in);
    check_refused(Words{"list", "nonesuch"} + in);
    check_refused(Words{"list", "regions", "--country", "Atlantis"} + in);
    check_refused(Words{"list", "regions", "--provider", "nobody"} + in);
    check_refused(Words{"list", "grid", "--year", "soon"} + in);
    check_refused(Words{"list", "meters", "--year", "2024"} + in);
    check_refused(Words{"list", "regions", "--bibtex"} + in);
  }
}

TEST_CASE("contract: show, of a row of every table in every format", "[contract]") {
  const Catalog catalog;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    for (const std::uint32_t row : {std::uint32_t{0}, table.size() / 2, table.size() - 1}) {
      const std::string id(table.row(row).id());
      for (const OutputFormat& format : table_formats()) {
        const Words words = {"show", "-f", std::string(format.name), "--", id};
        const ProgramRun run = run_program_apart({"show", id, "-f", std::string(format.name)});
        INFO(all_of(run, words).substr(0, 4000));
        CHECK((run.status == 0 || run.status == 2));  // an id of several tables has no room in all formats
        if (run.status == 2) {
          CHECK(contains(run.err, "has room for one table only"));
          CHECK(run.out == "");
          continue;
        }
        CHECK(run.err == "");
        CHECK(wrong_with_sheet(format.name, run.out, true) == "");
      }
    }
  }
  for (const OutputFormat& format : table_formats()) {
    check_refused({"show", "nonesuch", "-f", std::string(format.name)});
    check_refused({"show", "-f", std::string(format.name)});
    check_refused({"show", "a", "b", "-f", std::string(format.name)});
  }
}

TEST_CASE("contract: published, in every format", "[contract]") {
  for (const OutputFormat& format : table_formats()) {
    check_sheet({"published"}, format);
    check_sheet({"published", "--score"}, format);
    check_sheet({"published", "--paper", "strubell2019"}, format);
    const Words in = {"-f", std::string(format.name)};
    check_refused(Words{"published", "--paper", "nonesuch"} + in);
    check_refused(Words{"published", "--score", "--match", "a"} + in);
    check_refused(Words{"published", "too", "many"} + in);
  }
}
