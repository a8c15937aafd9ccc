#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

#include <fstream>

namespace newsd {

TEST_CASE("parse answers every file in the order of the inputs, without a daemon or state") {
  NewsdHome home;
  std::vector<std::string> arguments{"parse"};
  for (int n = 0; n < 20; ++n) {
    const auto path = home.path() / ("n" + std::to_string(n) + ".txt");
    std::ofstream(path) << (n == 7 ? std::string() : sample_text(n));
    arguments.push_back(path.string());
  }
  const Ran ran = home.run(arguments);
  CHECK(ran.status == 65);  // one of them could not be read
  const auto lines = lines_of(ran.output);
  REQUIRE(lines.size() == 20);
  for (std::size_t n = 0; n < 20; ++n) {
    CHECK(lines[n].find("/n" + std::to_string(n) + ".txt\"") != std::string::npos);
    CHECK(attribute(lines[n], "type") == (n == 7 ? "newsd.input.quarantined" : "newsd.article.new"));
  }
  CHECK_FALSE(std::filesystem::exists(home.path() / "state"));
}

TEST_CASE("parse prints an article for people with --as text") {
  NewsdHome home;
  const auto path = home.path() / "a.txt";
  std::ofstream(path) << sample_text(3);
  const Ran ran = home.run({"parse", "--as", "text", path.string()});
  CHECK(ran.status == 0);
  CHECK(ran.output.find("Harbour board approves plan 3") != std::string::npos);
  CHECK(ran.output.find("{") == std::string::npos);
}

TEST_CASE("replay prints the journal again, the same bytes as the first time") {
  NewsdHome home;
  for (int n = 0; n < 10; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  const Ran first = home.run({"run", "--once", "-c", home.config().string()});
  REQUIRE(first.status == 0);
  const Ran replayed = home.run({"replay", "--from", "earliest", "-c", home.config().string()});
  CHECK(replayed.status == 0);
  CHECK(replayed.output.find(first.output.substr(0, 2000)) != std::string::npos);
  const Ran part = home.run({"replay", "--from", "3", "--to", "6", "-c", home.config().string()});
  const auto lines = lines_of(part.output);
  REQUIRE(lines.size() == 3);
  CHECK(sequence_of(lines[0]) == 4);
}

TEST_CASE("replay prints only what meets a rule, and points at what is wrong with one") {
  NewsdHome home;
  for (int n = 0; n < 4; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const auto replay = [&](const std::string& where) {
    return home.run({"replay", "--from", "earliest", "--where", where, "-c", home.config().string()});
  };
  const auto found = lines_of(replay("type:newsd.article.new AND \"plan 2\"").output);
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("plan 2 for the northern quay") != std::string::npos);
  CHECK(replay("\"no such words\"").output.empty());
  const Ran wrong = replay("ferry AND (");
  CHECK(wrong.status == 64);
  CHECK(wrong.errors.find("--where: column") != std::string::npos);
}

TEST_CASE("what is in quarantine is listed, shown, read again and deleted") {
  NewsdHome home;
  home.configure("[limits]\nmax_bytes = \"1KiB\"\n");
  home.drop("large.txt", sample_text(1) + std::string(2000, 'x'));
  home.drop("binary.txt", std::string(300, '\x01'));
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const auto quarantine = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "quarantine");
    arguments.insert(arguments.end(), {"-c", home.config().string()});
    return home.run(arguments);
  };
  const auto listed = lines_of(quarantine({"list"}).output);
  REQUIRE(listed.size() == 2);
  for (const std::string& line : listed) {
    const bool is_large = attribute(line, "name") == "large.txt";
    CHECK(attribute(line, "code") == (is_large ? "too-large" : "binary"));
    CHECK(attribute(line, "drop") == "inbox");
  }
  const Ran shown = quarantine({"show", "large.txt"});
  CHECK(lines_of(shown.output) == lines_of(file_content(home.inbox() / "failed" / "large.txt.reason.json")));

  home.configure();  // without the limit
  CHECK(quarantine({"retry", "large.txt"}).status == 0);
  const Ran again = home.run({"run", "--once", "-c", home.config().string()});
  CHECK(count_type(lines_of(again.output), "newsd.article.new") == 1);
  CHECK(home.failed() == std::vector<std::string>{"binary.txt", "binary.txt.reason.json"});
  CHECK(quarantine({"rm", "--all"}).status == 0);
  CHECK(home.failed().empty());

  CHECK(quarantine({"rm", "gone.txt"}).status == 64);
  CHECK(quarantine({"retry"}).status == 64);
  CHECK(quarantine({"list"}).output.empty());
}

TEST_CASE("replay and journal say that there is no journal yet, and make none") {
  NewsdHome home;
  for (const auto& arguments :
       {std::vector<std::string>{"replay", "--from", "earliest"}, {"journal", "check"}, {"journal", "dump"}}) {
    auto all = arguments;
    all.insert(all.end(), {"-c", home.config().string()});
    const Ran ran = home.run(all);
    CHECK(ran.status == 69);
    CHECK(ran.errors.find("there is no journal") != std::string::npos);
    CHECK(ran.output.empty());
  }
  CHECK_FALSE(std::filesystem::exists(home.path() / "state" / "journal.db"));
}

TEST_CASE("replay --reprocess finds nothing to change when nothing changed") {
  NewsdHome home;
  for (int n = 0; n < 3; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const Ran ran = home.run({"replay", "--from", "earliest", "--reprocess", "-c", home.config().string()});
  INFO(ran.errors);
  CHECK(ran.status == 0);
  CHECK(ran.output.empty());
}

TEST_CASE("words go to stderr and data to stdout") {
  NewsdHome home;
  home.drop("a.txt", sample_text(1));
  const Ran ran = home.run({"run", "--once", "-c", home.config().string()});
  for (const std::string& line : lines_of(ran.output)) CHECK(line.front() == '{');
  CHECK_FALSE(ran.errors.empty());
}

TEST_CASE("wrong usage exits 64 and says what would be right") {
  NewsdHome home;
  const Ran unknown = home.run({"prase"});
  CHECK(unknown.status == 64);
  CHECK(unknown.output.empty());
  CHECK(home.run({"run", "--no-such-option"}).status == 64);
  CHECK(home.run({"parse"}).status == 64);
}

TEST_CASE("schema prints the schema of events") {
  NewsdHome home;
  const Ran ran = home.run({"schema"});
  CHECK(ran.status == 0);
  CHECK(ran.output.find("urn:newsd:event:1") != std::string::npos);
}

TEST_CASE("check accepts a good configuration and says nothing on stdout") {
  NewsdHome home;
  const Ran ran = home.run({"check", "-c", home.config().string()});
  INFO(ran.errors);
  CHECK(ran.status == 0);
  CHECK(ran.output.empty());
}

TEST_CASE("a journal of a newer schema is refused with 75 and words") {
  NewsdHome home;
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  const auto database = home.path() / "state" / "journal.db";
  // user_version: a big-endian integer at byte 60 of an SQLite file
  std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(60);
  file.write("\0\0\x7f\xff", 4);
  file.close();
  const Ran ran = home.run({"run", "--once", "-c", home.config().string()});
  CHECK(ran.status == 75);
  CHECK(ran.errors.find("newer") != std::string::npos);
}

}  // namespace newsd
