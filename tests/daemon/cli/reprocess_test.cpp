#include "daemon/cli/reprocess.h"

#include "daemon/app/preparation.h"
#include "daemon/cli/input_file.h"
#include "daemon/event/json_walk.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace newsd;

namespace {

constexpr std::string_view kRows =
    "{\"id\": \"a\", \"title\": \"Tram line approved\", \"text\": \"The council voted for the tram line on Tuesday "
    "after a long debate.\"}\n"
    "{\"id\": \"b\", \"title\": \"Harbour opens\", \"text\": \"The harbour opened again on Wednesday after the storm "
    "had passed.\"}\n";

std::vector<std::string> events_of(const std::filesystem::path& file, const Preparation& preparation) {
  std::vector<std::string> lines;
  auto opened = open_input({.name = file.string()}, 1 << 20, Format::Unknown, 0);
  opened.document.origin.name = file.filename().string();  // as a drop directory names it
  ParseStream().each_line(prepare(opened.document, preparation),
                          [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

std::string at(std::string_view line, std::string_view path) {
  std::string found;
  walk_json(line, [&](const JsonLeaf& leaf) {
    if (leaf.path == path) found = leaf.text;
  });
  return found;
}

}  // namespace

TEST_CASE("an input read again gives no difference when nothing changed, one that is gone is counted") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "wire.ndjson";
  std::ofstream(file) << kRows;
  const Config config;
  const auto preparation = make_preparation(config);
  REQUIRE(preparation.has_value());
  const auto events = events_of(file, **preparation);
  REQUIRE(events.size() == 2);
  Reprocessor reprocessor(config, *preparation);
  for (const auto& event : events) {
    const auto difference = reprocessor.difference(event);
    CHECK(difference.value_or("") == "");
  }
  CHECK(reprocessor.read_again() == 2);

  std::filesystem::create_directory(folder.path() / "done");
  std::filesystem::rename(file, folder.path() / "done" / file.filename());
  Reprocessor from_done(config, *preparation);
  CHECK_FALSE(from_done.difference(events[1]));
  CHECK(from_done.read_again() == 1);

  std::filesystem::remove_all(folder.path() / "done");
  Reprocessor nothing_left(config, *preparation);
  CHECK_FALSE(nothing_left.difference(events[0]));
  CHECK(nothing_left.gone() == 1);
}

TEST_CASE("what would be said differently is told by path, before and after") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "wire.ndjson";
  std::ofstream(file) << kRows;
  const Config config;
  const auto preparation = make_preparation(config);
  REQUIRE(preparation.has_value());
  auto event = events_of(file, **preparation).at(1);
  const std::string_view today = "Harbour opens";
  event.replace(event.find(today), today.size(), "Harbor opened");
  const auto difference = Reprocessor(config, *preparation).difference(event);
  REQUIRE(difference);
  CHECK(at(*difference, "changed.0") == "data.item.headlines.0.value");
  CHECK(at(*difference, "changed.1").empty());
  CHECK(at(*difference, "before.data.item.headlines.0.value") == "Harbor opened");
  CHECK(at(*difference, "after.data.item.headlines.0.value") == "Harbour opens");
  CHECK(at(*difference, "sequence") == at(event, "sequence"));
  CHECK(at(*difference, "subject") == at(event, "subject"));
}

TEST_CASE("an article that would no longer be one is told as such") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "wire.ndjson";
  std::ofstream(file) << kRows;
  Config config;
  const auto then = make_preparation(config);
  REQUIRE(then.has_value());
  const auto event = events_of(file, **then).at(0);
  config.limits.min_words = 1000;
  const auto now = make_preparation(config);
  REQUIRE(now.has_value());
  const auto difference = Reprocessor(config, *now).difference(event);
  REQUIRE(difference);
  CHECK(at(*difference, "before.type") == "newsd.article.new");
  CHECK(at(*difference, "after.type") == "newsd.article.rejected");
}
