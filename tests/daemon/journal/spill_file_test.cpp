#include "daemon/journal/spill_file.h"
#include "daemon/journal/journal.h"
#include "tests/daemon/journal/result_words.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <vector>

using namespace newsd;

TEST_CASE("a spill file gives back what was written, in any order, and leaves no name behind") {
  const TemporaryDirectory dir;
  auto file = SpillFile::make(dir.path());
  REQUIRE(file);
  const std::vector<std::uint32_t> one{1, 2, 3, 4}, two{5, 6, 7, 8};
  REQUIRE((*file)->write(1 << 20, two));
  REQUIRE((*file)->write(0, one));
  std::vector<std::uint32_t> got(4);
  REQUIRE((*file)->read(1 << 20, got));
  CHECK(got == two);
  REQUIRE((*file)->read(0, got));
  CHECK(got == one);
  got.resize(2);
  REQUIRE((*file)->read(8, got));
  CHECK(got == std::vector<std::uint32_t>{3, 4});
  CHECK(std::filesystem::is_empty(dir.path()));
}

TEST_CASE("what a spill file never held cannot be read from it") {
  const TemporaryDirectory dir;
  auto file = SpillFile::make(dir.path());
  REQUIRE(file);
  std::vector<std::uint32_t> got(4);
  const auto read = (*file)->read(0, got);
  REQUIRE_FALSE(read);
  CHECK(read.error().is(JournalError::Io));
}

TEST_CASE("a directory that is not there gets no spill file") {
  const TemporaryDirectory dir;
  const auto file = SpillFile::make(dir.path() / "none");
  REQUIRE_FALSE(file);
  CHECK(file.error().is(JournalError::CannotCreate));
}
