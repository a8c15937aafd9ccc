#include "daemon/emit/event_file.h"

#include "daemon/emit/file_note.h"
#include "tests/daemon/emit/full_disk.h"
#include "tests/daemon/stream/stream_fixture.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <sys/stat.h>

namespace newsd {
namespace {

std::vector<SharedLine> lines(std::initializer_list<const char*> texts) {
  std::vector<SharedLine> made;
  for (const char* text : texts) made.push_back(std::make_shared<const std::string>(std::string(text) + "\n"));
  return made;
}

}  // namespace

TEST_CASE("lines are appended to a file of mode 0640, made when it is missing") {
  TemporaryDirectory folder;
  ::umask(0);
  EventFile file({folder / "events.ndjson", 0, 0});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"a", "b"})).has_value());
  CHECK(file_text(folder / "events.ndjson") == "a\nb\n");
  CHECK(file.place().offset == 4);
  struct stat info {};
  ::stat((folder / "events.ndjson").c_str(), &info);
  CHECK((info.st_mode & 0777) == 0640);
}

TEST_CASE("a missing directory and a thing that is no file are refused") {
  TemporaryDirectory folder;
  EventFile nowhere({folder / "missing/events.ndjson", 0, 0});
  CHECK(nowhere.open(std::nullopt).error().is(StreamError::CannotCreate));
  ::mkfifo((folder / "fifo").c_str(), 0600);
  EventFile fifo({folder / "fifo", 0, 0});
  CHECK(fifo.open(std::nullopt).error().is(StreamError::CannotCreate));
}

TEST_CASE("a torn last line of ours is cut off, a stranger's is ended") {
  TemporaryDirectory folder;
  const std::string long_torn(200'000, 'x');
  write_file(folder / "events.ndjson", "a\nb\n" + long_torn);
  EventFile stranger({folder / "events.ndjson", 0, 0});
  REQUIRE(stranger.open(std::nullopt).has_value());
  CHECK(file_text(folder / "events.ndjson") == "a\nb\n" + long_torn + "\n");

  write_file(folder / "events.ndjson", "a\nb\n" + long_torn);
  EventFile ours({folder / "events.ndjson", 0, 0});
  REQUIRE(ours.open(FilePlace{stranger.place().inode, 2}).has_value());
  CHECK(file_text(folder / "events.ndjson") == "a\nb\n");
}

TEST_CASE("a file of nothing but a torn line becomes empty when it is ours") {
  TemporaryDirectory folder;
  write_file(folder / "events.ndjson", "torn");
  EventFile file({folder / "events.ndjson", 0, 0});
  REQUIRE(file.open(FilePlace{1, 0}).has_value());
  CHECK(file_text(folder / "events.ndjson").empty());
}

TEST_CASE("a full disk leaves none of a batch, and the batch is written when there is room") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 0, 0});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"a"})).has_value());
  const std::string big(3000, 'b');
  {
    FullDisk full(2000);
    Result<void> written = file.append(lines({"c", big.c_str()}));
    REQUIRE(written.has_error());
    CHECK(written.error().is(StreamError::Io));
    CHECK(file_text(folder / "events.ndjson") == "a\n");
  }
  REQUIRE(file.append(lines({"c", big.c_str()})).has_value());
  CHECK(file_text(folder / "events.ndjson") == "a\nc\n" + big + "\n");
}

TEST_CASE("rotation keeps so many files, loses no line, and the youngest is number one") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 4, 2});
  REQUIRE(file.open(std::nullopt).has_value());
  for (const char* text : {"1", "2", "3", "4", "5", "6"}) {
    REQUIRE(file.append(lines({text})).has_value());
    if (file.is_full()) REQUIRE(file.rotate().has_value());
  }
  REQUIRE(file.append(lines({"7"})).has_value());
  CHECK(file_text(folder / "events.ndjson") == "7\n");
  CHECK(file_text(folder / "events.ndjson.1") == "5\n6\n");
  CHECK(file_text(folder / "events.ndjson.2") == "3\n4\n");
  CHECK_FALSE(std::filesystem::exists(folder / "events.ndjson.3"));
}

TEST_CASE("rotation that keeps none begins the file anew") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 2, 0});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"1"})).has_value());
  REQUIRE(file.rotate().has_value());
  REQUIRE(file.append(lines({"2"})).has_value());
  CHECK(file_text(folder / "events.ndjson") == "2\n");
  CHECK_FALSE(std::filesystem::exists(folder / "events.ndjson.1"));
}

TEST_CASE("a file that was moved away is written until it is reopened") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 0, 0});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"1"})).has_value());
  std::filesystem::rename(folder / "events.ndjson", folder / "old");
  REQUIRE(file.append(lines({"2"})).has_value());
  REQUIRE(file.reopen().has_value());
  REQUIRE(file.append(lines({"3"})).has_value());
  CHECK(file_text(folder / "old") == "1\n2\n");
  CHECK(file_text(folder / "events.ndjson") == "3\n");
}

TEST_CASE("a file cut by someone else (copytruncate) is written on from its new end") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 0, 0});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"1", "2"})).has_value());
  std::filesystem::resize_file(folder / "events.ndjson", 0);
  REQUIRE(file.append(lines({"3"})).has_value());
  CHECK(file_text(folder / "events.ndjson") == "3\n");
  CHECK(file.place().offset == 2);
}

TEST_CASE("the lines behind a place are counted through rotation and renaming") {
  TemporaryDirectory folder;
  EventFile file({folder / "events.ndjson", 0, 5});
  REQUIRE(file.open(std::nullopt).has_value());
  REQUIRE(file.append(lines({"1", "2"})).has_value());
  const FilePlace place = file.place();
  REQUIRE(file.append(lines({"3"})).has_value());
  CHECK(file.lines_behind(place).value().count == 1);
  REQUIRE(file.rotate().has_value());
  REQUIRE(file.append(lines({"4", "5"})).has_value());
  REQUIRE(file.rotate().has_value());
  REQUIRE(file.append(lines({"6"})).has_value());
  CHECK(file.lines_behind(place).value().count == 4);

  std::filesystem::rename(folder / "events.ndjson.2", folder / "events-2026.ndjson");
  std::filesystem::remove(folder / "events.ndjson.1");
  EventFile::Lines moved = file.lines_behind(place).value();
  CHECK(moved.count == 2);
  CHECK(moved.certain);
  std::filesystem::remove(folder / "events-2026.ndjson");
  CHECK_FALSE(file.lines_behind(place).value().certain);
  CHECK_FALSE(file.lines_behind(FilePlace{file.place().inode, 1000}).value().certain);
}

TEST_CASE("a file's note keeps its text form, and other texts are none") {
  const FileNote note{
      {12, 34}, "flat", {"newsd.article.*", "newsd.stream.gap"}, "size > 2 AND a:b", "/var/log/a:b.ndjson"};
  CHECK(FileNote::parse(note.to_string()) == note);
  const FileNote plain{{1, 0}, "cloudevents", {}, {}, "events"};
  CHECK(FileNote::parse(plain.to_string()) == plain);
  for (const char* text :
       {"", "1", "1:2", "1:2:flat", "x:2:flat::p", "1::flat::p", "1:2x:flat::p", "1:2:flat::9:p", "1:2:flat:::p"})
    CHECK_FALSE(FileNote::parse(text));
}

}  // namespace newsd
