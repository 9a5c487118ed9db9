// SPDX-License-Identifier: MIT
#include "stream/source.hpp"

#include <sys/stat.h>

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
  struct stat status {};
  REQUIRE(stat(scratch.path("out").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
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
