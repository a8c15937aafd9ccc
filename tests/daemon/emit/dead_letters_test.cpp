#include "daemon/emit/dead_letters.h"

#include "daemon/event/json_walk.h"
#include "tests/daemon/emit/full_disk.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <sstream>

using namespace newsd;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

DeadLetter sample() {
  DeadLetter letter;
  letter.time = "2026-11-22T06:00:00Z";
  letter.output = "desk";
  letter.sequence = "00000000000000000041";
  letter.code = "http-422";
  letter.detail = "no such desk\x1b[31m\xff";
  letter.attempts = 3;
  letter.event = R"({"id":"a","data":{"n":1}})";
  return letter;
}

}  // namespace

TEST_CASE("a dead letter holds the event whole and says who refused it and why, whatever bytes that were") {
  std::map<std::string, std::string> leaves;
  const std::string line = dead_letter_line(sample());
  REQUIRE(walk_json(line, [&](const JsonLeaf& leaf) { leaves[std::string(leaf.path)] = leaf.text; }));
  CHECK(line.find('\x1b') == std::string::npos);
  CHECK(leaves["output"] == "desk");
  CHECK(leaves["reason.code"] == "http-422");
  CHECK(leaves["attempts"] == "3");
  CHECK(leaves["event.id"] == "a");
  CHECK(leaves["event.data.n"] == "1");

  DeadLetter text = sample();
  text.event = "06:00 new \"Ferry\"";
  text.is_json = false;
  CHECK(dead_letter_line(text).find(R"("event":"06:00 new \"Ferry\"")") != std::string::npos);
}

TEST_CASE("a dead letter is read back as it was written, and what is none is nothing") {
  DeadLetter letter = sample();
  letter.detail = "no such desk";
  const auto back = parse_dead_letter(dead_letter_line(letter));
  REQUIRE(back);
  CHECK(dead_letter_line(*back) == dead_letter_line(letter));
  CHECK(back->event == letter.event);
  letter.event = "06:00 new \"Ferry\"";
  letter.is_json = false;
  const auto text = parse_dead_letter(dead_letter_line(letter));
  REQUIRE(text);
  CHECK_FALSE(text->is_json);
  CHECK(text->event == letter.event);
  for (const char* line : {"", "{}", "[]", R"({"output":"desk"})", R"({"output":"desk","event":7})", R"({"event":{}})",
                           R"({"output":"desk","event":{"id":"a")"})
    CHECK_FALSE(parse_dead_letter(line));
}

TEST_CASE("dead letters are added line by line, and a torn one does not swallow the next") {
  TemporaryDirectory folder;
  const auto file = folder / "dead-letters.ndjson";
  REQUIRE(append_dead_letter(file, "{\"a\":1}").has_value());
  REQUIRE(append_dead_letter(file, "{\"a\":2}").has_value());
  CHECK(text_of(file) == "{\"a\":1}\n{\"a\":2}\n");
  std::ofstream(file, std::ios::app) << "{\"to";
  REQUIRE(append_dead_letter(file, "{\"a\":3}").has_value());
  CHECK(text_of(file) == "{\"a\":1}\n{\"a\":2}\n{\"to\n{\"a\":3}\n");
}

TEST_CASE("a full disk takes no half of a dead letter") {
  TemporaryDirectory folder;
  const auto file = folder / "dead-letters.ndjson";
  REQUIRE(append_dead_letter(file, "{\"a\":1}").has_value());
  {
    const FullDisk full(20);
    CHECK(append_dead_letter(file, "{\"a\":\"" + std::string(100, 'x') + "\"}").error().is(StreamError::Io));
  }
  CHECK(text_of(file) == "{\"a\":1}\n");
}

TEST_CASE("dead letters are not written through a link, nor into a directory") {
  TemporaryDirectory folder;
  std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
  CHECK(append_dead_letter(folder / "link", "{}").error().is(StreamError::CannotCreate));
  CHECK(append_dead_letter(folder.path(), "{}").error().is(StreamError::CannotCreate));
  CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
}
