#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <signal.h>

#include <algorithm>
#include <fstream>

namespace newsd {

TEST_CASE("run --once takes what is in the drop directory, prints its events and ends") {
  NewsdHome home;
  for (int n = 0; n < 5; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n));
  const Ran ran = home.run({"run", "--once", "-c", home.config().string()});
  INFO(ran.errors);
  REQUIRE(ran.status == 0);
  const auto lines = lines_of(ran.output);
  CHECK(count_type(lines, "newsd.article.new") == 5);
  CHECK(count_type(lines, "newsd.story.started") >= 1);
  for (std::size_t i = 0; i < lines.size(); ++i) CHECK(sequence_of(lines[i]) == sequence_of(lines[0]) + i);
  CHECK(home.waiting().empty());
  CHECK(home.done().size() == 5);
}

TEST_CASE("the same files dropped again are duplicates, a changed file is an update") {
  NewsdHome home;
  home.drop("a.txt", sample_text(1));
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  home.drop("a.txt", sample_text(1));
  home.drop("b.txt", sample_text(1));
  const auto again = lines_of(home.run({"run", "--once", "-c", home.config().string()}).output);
  CHECK(count_type(again, "newsd.article.duplicate") == 2);
  CHECK(count_type(again, "newsd.article.new") == 0);
  home.drop("a.txt", sample_text(2));
  const auto changed = lines_of(home.run({"run", "--once", "-c", home.config().string()}).output);
  CHECK(count_type(changed, "newsd.article.updated") == 1);
}

TEST_CASE("after a restart an update tells the words and numbers that changed") {
  NewsdHome home;
  const std::string text =
      "Crane falls at the ferry quay\n\nThe crane hurt 12 sailors on Monday morning, the harbour board said after it "
      "had spoken with everybody on the quay.\n";
  home.drop("a.txt", text);
  REQUIRE(home.run({"run", "--once", "-c", home.config().string()}).status == 0);
  std::string later = text;
  later.replace(later.find("12 sailors"), 10, "15 sailors and two divers");
  home.drop("a.txt", later);
  const auto lines = lines_of(home.run({"run", "--once", "-c", home.config().string()}).output);
  const auto update = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
    return attribute(line, "type") == "newsd.article.updated";
  });
  REQUIRE(update != lines.end());
  CHECK(update->find(R"("revision":{"of":1,"changed":["body"],"wordsAdded":4,"wordsRemoved":1,"numbers":[{"old":"12",)"
                     R"("new":"15","context":"The crane hurt 15 sailors and two"}]})") != std::string::npos);
}

TEST_CASE("the output is the same bytes whatever the number of workers, times aside") {
  std::vector<std::vector<std::string>> runs;
  for (const char* workers : {"1", "3"}) {
    NewsdHome home;
    for (int n = 0; n < 120; ++n) home.drop("n" + std::to_string(n) + ".txt", sample_text(n % 90));
    const Ran ran = home.run({"run", "--once", "--workers", workers, "-c", home.config().string()});
    REQUIRE(ran.status == 0);
    std::vector<std::string> subjects;
    for (const std::string& line : lines_of(ran.output)) {
      if (attribute(line, "type").starts_with("newsd.daemon.")) continue;
      subjects.push_back(attribute(line, "sequence") + attribute(line, "type") + attribute(line, "id") +
                         attribute(line, "bodySha256"));
    }
    runs.push_back(std::move(subjects));
  }
  REQUIRE(runs[0].size() > 120);
  // the drop directories differ in name, so what names them (file URIs) is left out of the comparison; ids are over the
  // input's name and path within it
  CHECK(runs[0] == runs[1]);
}

TEST_CASE("a file appears on the socket and in the file output soon after it was renamed in") {
  NewsdHome home;
  home.configure(home.unix_output() + home.file_output());
  const auto newsd = home.start();
  Consumer consumer(home.socket());
  home.drop("a.txt", sample_text(1));
  const auto& lines = consumer.read_lines(2);
  REQUIRE(lines.size() == 2);
  CHECK(attribute(lines[0], "type") == "newsd.article.new");
  CHECK(eventually([&] { return count_type(lines_of(file_content(home.file())), "newsd.article.new") == 1; }));
  CHECK(eventually([&] { return home.done() == std::vector<std::string>{"a.txt"}; }));
  newsd->signal(SIGTERM);
  CHECK(newsd->wait() == 0);
}

TEST_CASE("done = keep leaves files in place and reads each once, also after a restart") {
  NewsdHome home;
  home.configure("", "done = \"keep\"\n");
  home.drop("a.txt", sample_text(1));
  const auto first = lines_of(home.run({"run", "--once", "-c", home.config().string()}).output);
  CHECK(count_type(first, "newsd.article.new") == 1);
  CHECK(home.waiting() == std::vector<std::string>{"a.txt"});
  const auto second = lines_of(home.run({"run", "--once", "-c", home.config().string()}).output);
  CHECK(count_type(second, "newsd.article.new") == 0);
  CHECK(count_type(second, "newsd.article.duplicate") == 0);
}

TEST_CASE("done = delete removes files once they are durable") {
  NewsdHome home;
  home.configure("", "done = \"delete\"\n");
  home.drop("a.txt", sample_text(1));
  CHECK(count_type(lines_of(home.run({"run", "--once", "-c", home.config().string()}).output), "newsd.article.new") ==
        1);
  CHECK(home.waiting().empty());
  CHECK(home.done().empty());
}

TEST_CASE("article NDJSON comes in on stdin, row by row, in order") {
  NewsdHome home;
  std::string rows;
  for (int n = 0; n < 300; ++n) {
    rows += fmt::format(
        "{{\"id\":\"r{0}\",\"title\":\"Tram line {0} extended\",\"text\":\"Line {0} now reaches stop {1} beyond the "
        "river.\"}}\n",
        n, n * 7);
  }
  const auto in = home.path() / "rows.ndjson";
  std::ofstream(in) << rows;
  Process::Options options;
  options.stdin_file = in;
  home.configure();
  const Ran ran = run_to_end(
      newsd_program(), {"run", "--once", "--stdin", "--input-format", "article-ndjson", "-c", home.config().string()},
      options);
  INFO(ran.errors);
  REQUIRE(ran.status == 0);
  const auto lines = lines_of(ran.output);
  CHECK(count_type(lines, "newsd.article.new") == 300);
  int n = 0;
  for (const std::string& line : lines) {
    if (attribute(line, "type") != "newsd.article.new") continue;
    CHECK(line.find(fmt::format("\"value\":\"Tram line {} extended\"", n)) != std::string::npos);
    ++n;
  }
}

}  // namespace newsd
