// SPDX-License-Identifier: MIT
#include "stream/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/run_error.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(const Scratch& scratch) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(scratch.folder()), fs::directory_iterator()));
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a file is read to its end, in pieces") {
  const Scratch scratch;
  const std::string path = scratch.write("in", "abcdefgh");
  Source source(path);
  CHECK(source.name() == path);
  CHECK(source.size() == 8);
  char buffer[5];
  CHECK(std::string(buffer, source.read(buffer, 5)) == "abcde");
  CHECK(std::string(buffer, source.read(buffer, 5)) == "fgh");
  CHECK(source.read(buffer, 5) == 0);
}

TEST_CASE("a byte-order mark in front is dropped, in front alone and all of it alone") {
  const Scratch scratch;
  const std::string mark = "\xEF\xBB\xBF";
  const auto read_by = [](Source& source, std::size_t size) {
    std::string all;
    char buffer[8];
    while (const std::size_t got = source.read(buffer, size)) all.append(buffer, got);
    return all;
  };
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
    const auto read = [&](const std::string& text) {
      Source source(scratch.write("in", text));
      return read_by(source, size);
    };
    CHECK(read(mark).empty());
    CHECK(read(mark + "hours\n") == "hours\n");
    CHECK(read(mark + mark + "x") == mark + "x");
    CHECK(read("a" + mark) == "a" + mark);
    CHECK(read("\xEF\xBB") == "\xEF\xBB");
    CHECK(read("\xEF\xBB\xBE") == "\xEF\xBB\xBE");
  }
}

TEST_CASE("what cannot be read is refused with its name and the reason") {
  const Scratch scratch;
  for (const std::string& path : {scratch.path("nothing"), scratch.folder()}) {
    try {
      Source source(path);
      FAIL(path);
    } catch (const RunError& error) {
      CHECK(error.code() == ExitCode::input);
      CHECK(contains(error.what(), path));
    }
  }
}

TEST_CASE("a file takes its name only when all of it is there") {
  const Scratch scratch;
  scratch.write("out", "old");
  {
    Target target(scratch.path("out"));
    target.write("new ");
    CHECK(scratch.read("out") == "old");
    target.write("bytes");
    target.finish();
  }
  CHECK(scratch.read("out") == "new bytes");
  CHECK(files_in(scratch) == 1);
}

TEST_CASE("an unfinished file leaves the old one, and nothing else") {
  const Scratch scratch;
  scratch.write("out", "old");
  {
    Target target(scratch.path("out"));
    target.write("half");
  }
  CHECK(scratch.read("out") == "old");
  CHECK(files_in(scratch) == 1);
}

TEST_CASE("a new file has the rights that the umask leaves") {
  const Scratch scratch;
  const mode_t before = umask(027);
  {
    Target target(scratch.path("out"));
    target.finish();
  }
  umask(before);
  CHECK(mode_of(scratch.path("out")) == 0640);
}

TEST_CASE("a file that was there keeps its rights, and is not written where they forbid it") {
  const Scratch scratch;
  const std::string path = scratch.write("out", "old");
  for (const mode_t mode : {0600U, 0640U, 0755U}) {
    REQUIRE(chmod(path.c_str(), mode) == 0);
    Target target(path);
    target.write("new");
    target.finish();
    CHECK(mode_of(path) == mode);
  }
  CHECK(scratch.read("out") == "new");
  if (geteuid() == 0) return;  // may write everywhere
  REQUIRE(chmod(path.c_str(), 0400) == 0);
  CHECK_THROWS_AS(Target(path), RunError);
}

TEST_CASE("a link stays, and what it stands for is written, also where that is not there yet") {
  const Scratch scratch;
  fs::create_directory(scratch.path("far"));
  fs::create_symlink("far/file", scratch.path("near"));
  fs::create_symlink(scratch.path("near"), scratch.path("out"));
  for (const char* words : {"first", "second"}) {
    Target target(scratch.path("out"));
    target.write(words);
    target.finish();
    CHECK(scratch.read("far/file") == words);
  }
  CHECK(fs::is_symlink(scratch.path("out")));
  CHECK(fs::is_symlink(scratch.path("near")));
  CHECK(std::distance(fs::directory_iterator(scratch.path("far")), fs::directory_iterator()) == 1);

  fs::create_symlink("round", scratch.path("round"));
  CHECK_THROWS_AS(Target(scratch.path("round")), RunError);
}

TEST_CASE("the name of an open descriptor is what it is open on, at its place there") {
  const Scratch scratch;
  const int descriptor = open(scratch.write("log", "before\n").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  REQUIRE(descriptor >= 0);
  for (const char* folder : {"/dev/fd/", "/proc/self/fd/"}) {
    Target target(folder + std::to_string(descriptor));
    target.write("behind\n");
    target.finish();
  }
  close(descriptor);
  CHECK(scratch.read("log") == "before\nbehind\nbehind\n");
  CHECK_THROWS_AS(Target("/dev/fd/987"), RunError);
}

TEST_CASE("a dash is standard output") {
  const bool was_there = fs::exists("-");
  {
    Target target("-");
    target.finish();
  }
  CHECK(fs::exists("-") == was_there);
}

TEST_CASE("a device is written to, never replaced; a full one is told") {
  {
    Target null("/dev/null");
    null.write("x");
    null.finish();
  }
  struct stat status {};
  REQUIRE(stat("/dev/null", &status) == 0);
  CHECK(S_ISCHR(status.st_mode));
  Target full("/dev/full");
  try {
    full.write("x");
    FAIL("written to a full device");
  } catch (const RunError& error) {
    CHECK(error.code() == ExitCode::output);
    CHECK(contains(error.what(), "/dev/full"));
  }
}

TEST_CASE("a folder that is not there cannot be written to") {
  const Scratch scratch;
  CHECK_THROWS_AS(Target(scratch.path("nowhere/out")), RunError);
}
