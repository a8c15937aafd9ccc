// `newsd parse` from words to lines, with the built-in resources.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/tail_request.h"
#include "daemon/event/json_walk.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace newsd;

namespace {

struct Ran {
  int status;
  std::vector<std::string> lines;
  std::string err;
};

Ran parse(std::vector<std::string> arguments, std::string_view input = {}) {
  CapturedConsole captured(input);
  arguments.insert(arguments.begin(), "parse");
  Ran ran{run_command_line(arguments, captured.console()), {}, captured.err()};
  const auto out = captured.out();
  for (std::size_t start = 0, end = 0; start < out.size(); start = end + 1) {
    end = std::min(out.find('\n', start), out.size());
    ran.lines.push_back(out.substr(start, end - start));
  }
  return ran;
}

std::string at(std::string_view line, std::string_view path) {
  std::string found;
  walk_json(line, [&](const JsonLeaf& leaf) {
    if (leaf.path == path) found = leaf.text;
  });
  return found;
}

std::string article(int n) {
  return "Council number " + std::to_string(n) +
         " votes for the tram line\n\nThe council voted on Tuesday for the new tram line number " + std::to_string(n) +
         " after a debate of six hours, its speaker said.\n\nBuilding is to begin in the spring and to take four "
         "years, according to the plan.\n";
}

std::string written(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

}  // namespace

TEST_CASE("every file is answered, in the order of the inputs, numbered from 1") {
  const TemporaryDirectory folder;
  std::vector<std::string> files;
  for (int n = 0; n < 50; ++n)
    files.push_back(written(folder.path() / (std::to_string(n) + ".txt"), n == 7 ? "" : article(n)));
  files.insert(files.begin() + 3, (folder.path() / "missing").string());
  const auto ran = parse(files);
  CHECK(ran.status == kExitBadInput);
  REQUIRE(ran.lines.size() == 51);
  for (std::size_t i = 0; i < ran.lines.size(); ++i) {
    CAPTURE(i);
    CHECK(sequence_in(ran.lines[i]) == std::to_string(i + 1));
    const bool is_bad = i == 3 || i == 8;
    CHECK(at(ran.lines[i], "type") == (is_bad ? "newsd.input.quarantined" : "newsd.article.new"));
    CHECK(at(ran.lines[i], is_bad ? "data.origin.uri" : "data.newsd.origin.uri") == "file://" + files[i]);
  }
  CHECK(ran.err.find("missing: it cannot be read: No such file or directory") != std::string::npos);
}

TEST_CASE("the same text is new every time: parse remembers nothing") {
  const TemporaryDirectory folder;
  const auto file = written(folder.path() / "a.txt", article(1));
  const auto ran = parse({file, file});
  CHECK(ran.status == 0);
  REQUIRE(ran.lines.size() == 2);
  CHECK(at(ran.lines[0], "subject") == at(ran.lines[1], "subject"));
  CHECK(at(ran.lines[1], "type") == "newsd.article.new");
}

TEST_CASE("stdin is one input; article NDJSON on it is one article a line") {
  const auto text = parse({"-"}, article(5));
  CHECK(text.status == 0);
  REQUIRE(text.lines.size() == 1);
  CHECK(at(text.lines[0], "data.newsd.origin.uri") == "file:///dev/stdin");
  CHECK(at(text.lines[0], "data.item.headlines.0.value") == "Council number 5 votes for the tram line");
  const auto rows = parse({"--input-format", "article-ndjson", "-"},
                          "{\"id\": \"a\", \"title\": \"One\", \"text\": \"The first text.\"}\n{\"id\": \"b\", "
                          "\"title\": \"Two\", \"text\": \"The second text.\"}\n");
  CHECK(rows.status == 0);
  REQUIRE(rows.lines.size() == 2);
  CHECK(at(rows.lines[1], "data.item.headlines.0.value") == "Two");
}

TEST_CASE("parse --format chooses the encoding") {
  const auto ninjs = parse({"--format", "ninjs", "-"}, article(2));
  REQUIRE(ninjs.lines.size() == 1);
  CHECK(at(ninjs.lines[0], "standard.name") == "ninjs");
  CHECK(parse({"--format", "text", "-"}, article(2)).lines.at(0).starts_with("1  "));
}

TEST_CASE("parse --requests takes the inputs from lines, with their URLs") {
  const TemporaryDirectory folder;
  const auto file = written(folder.path() / "a.txt", article(1));
  const auto requests =
      written(folder.path() / "r",
              "{\"file\": \"" + file + "\", \"url\": \"https://news.example/tram\"}\n{\"file\": \"" + file + "\"}\n");
  const auto ran = parse({"--requests", requests});
  CHECK(ran.status == 0);
  REQUIRE(ran.lines.size() == 2);
  CHECK(ran.lines[0].find("https://news.example/tram") != std::string::npos);
  CHECK(ran.lines[1].find("https://news.example/tram") == std::string::npos);
  const auto bad = written(folder.path() / "bad", "oops\n{\"file\": \"" + file + "\"}\n");
  CHECK(parse({"--requests", bad}).status == kExitBadInput);
  CHECK(parse({"--requests", bad}).lines.size() == 1);
  CHECK(parse({"--requests", written(folder.path() / "empty", "")}).status == 0);
  CHECK(parse({"--requests", (folder.path() / "none").string()}).status == kExitBadInput);
}

TEST_CASE("parse --config labels with that configuration's lexicons, and says what is wrong with them") {
  const TemporaryDirectory folder;
  const auto config = written(folder.path() / "newsd.toml", "lexicon_dir = \"lexicon\"\nstate_dir = \"state\"\n");
  const auto file =
      written(folder.path() / "a.txt", "The ferry is sold\n\nThe ferry was sold to harbourworks on Monday.\n");
  std::filesystem::create_directory(folder.path() / "lexicon");
  written(folder.path() / "lexicon" / "organisations.desk.tsv", "=harbourworks\tHBW\tBUS\n");
  const std::string named = "\"name\":\"harbourworks\"";
  const auto with = parse({"-c", config, file});
  CHECK(with.status == 0);
  CHECK(with.lines.at(0).find(named) != std::string::npos);
  CHECK(parse({file}).lines.at(0).find(named) == std::string::npos);
  written(folder.path() / "lexicon" / "organisations.desk.tsv", "=harbourworks\n");
  const auto wrong = parse({"-c", config, file});
  CHECK(wrong.status == kExitConfig);
  CHECK(wrong.err.find("organisations.desk.tsv:1: a row needs a name and a code") != std::string::npos);
  CHECK(parse({"-c", (folder.path() / "none.toml").string(), file}).status == kExitConfig);
}

TEST_CASE("a file beyond the limit is answered as too large") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "large";
  std::ofstream(file) << "x";
  std::filesystem::resize_file(file, 1ull << 32);
  const auto ran = parse({file.string()});
  CHECK(ran.status == kExitBadInput);
  REQUIRE(ran.lines.size() == 1);
  CHECK(at(ran.lines[0], "data.reason.code") == "too-large");
}

TEST_CASE("parse --as text is a page for people") {
  const auto ran = parse({"--as", "text", "-"}, article(9));
  CHECK(ran.status == 0);
  const auto has = [&](std::string_view line) {
    return std::find(ran.lines.begin(), ran.lines.end(), line) != ran.lines.end();
  };
  CHECK(has("Council number 9 votes for the tram line"));
  CHECK(has("Building is to begin in the spring and to take four years, according to the plan."));
  for (const auto& line : ran.lines) CHECK(line.find('\x1b') == std::string::npos);
}
