#include "tests/support/newsd_home.h"
#include "tests/support/sample.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <signal.h>

namespace newsd {
namespace {

/// A daemon with a socket that has already recorded n articles.
struct Running {
  NewsdHome home;
  std::unique_ptr<Process> newsd;
  explicit Running(int n, const std::string& more = "") {
    home.configure(home.unix_output() + more);
    for (int i = 0; i < n; ++i) home.drop("n" + std::to_string(i) + ".txt", sample_text(i));
    newsd = home.start();
    REQUIRE(eventually([&] { return home.waiting().empty(); }));
  }
};

}  // namespace

TEST_CASE("a consumer that asks from earliest gets every event, contiguous from the first") {
  Running r(20);
  Consumer consumer(r.home.socket(), R"({"from":"earliest"})");
  const auto& lines = consumer.read_lines(41);  // daemon.started, and an article and a story each
  REQUIRE(lines.size() == 41);
  for (std::size_t i = 0; i < lines.size(); ++i) CHECK(sequence_of(lines[i]) == i + 1);
}

TEST_CASE("a consumer that comes back with its last sequence gets exactly the rest") {
  Running r(20);
  for (const std::uint64_t last : {1, 17, 40}) {
    Consumer consumer(r.home.socket(), fmt::format(R"({{"from":"{:020}"}})", last));
    const auto& lines = consumer.read_lines(41 - last);
    REQUIRE(lines.size() == 41 - last);
    CHECK(sequence_of(lines.front()) == last + 1);
  }
}

TEST_CASE("a consumer that says nothing gets what comes from now on") {
  Running r(5);
  Consumer consumer(r.home.socket());
  r.home.drop("late.txt", sample_text(99));
  const auto& lines = consumer.read_lines(2);
  REQUIRE(lines.size() == 2);
  CHECK(sequence_of(lines[0]) == 12);
}

TEST_CASE("a consumer gets only the types it asks for") {
  Running r(5);
  Consumer consumer(r.home.socket(), R"({"from":"earliest","types":["newsd.article.*"]})");
  const auto& lines = consumer.read_lines(5);
  REQUIRE(lines.size() == 5);
  CHECK(count_type(lines, "newsd.article.new") == 5);
}

TEST_CASE("requests that cannot be served are answered in words") {
  Running r(1);
  for (const char* request : {R"({"from":"00000000000999999999"})", R"({"from":"no such place"})",
                              R"({"frm":"earliest"})", R"({"from":"earliest","where":"(("})", "no JSON"}) {
    INFO(request);
    Consumer consumer(r.home.socket(), request);
    const auto& lines = consumer.read_lines(1);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("\"error\"") != std::string::npos);
    CHECK(lines[0].find("\"sequence\":\"") == std::string::npos);
  }
}

TEST_CASE("a cursor that has left retention is told of the gap") {
  NewsdHome home;
  home.configure(home.unix_output() + "[journal]\nretain = \"1s\"\n");
  for (int i = 0; i < 50; ++i) home.drop("n" + std::to_string(i) + ".txt", sample_text(i));
  {
    const auto newsd = home.start();
    REQUIRE(eventually([&] { return home.waiting().empty(); }));
    newsd->signal(SIGTERM);
    REQUIRE(newsd->wait() == 0);
  }
  const auto newsd = home.start();
  REQUIRE(eventually([&] {
    const auto kept = lines_of(home.run({"journal", "dump", "-c", home.config().string()}).output);
    return !kept.empty() && sequence_of(kept.front()) > 2;
  }));
  Consumer consumer(home.socket(), R"({"from":"00000000000000000001"})");
  const auto& lines = consumer.read_lines(1);
  REQUIRE_FALSE(lines.empty());
  CHECK(attribute(lines[0], "type") == "newsd.stream.gap");
}

TEST_CASE("a consumer that never reads costs the others nothing") {
  Running r(0);
  Consumer deaf(r.home.socket(), R"({"from":"earliest"})");
  Consumer reader(r.home.socket(), R"({"from":"earliest"})");
  for (int i = 0; i < 400; ++i) r.home.drop("n" + std::to_string(i) + ".txt", sample_text(i));
  CHECK(reader.read_lines(801).size() == 801);
  CHECK(deaf.read_lines(801).size() == 801);  // and when it wakes, everything is there
}

TEST_CASE("newsd tail prints the last events of a running daemon") {
  Running r(6);
  Process tail(newsd_program(), {"tail", "-n", "3", "-c", r.home.config().string()});
  CHECK(eventually([&] { return lines_of(tail.output()).size() == 3; }));
  tail.signal(SIGTERM);
  tail.wait();
  const auto lines = lines_of(tail.output());
  REQUIRE(lines.size() == 3);
  CHECK(sequence_of(lines[2]) == 13);
}

}  // namespace newsd
