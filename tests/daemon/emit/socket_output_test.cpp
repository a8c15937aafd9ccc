#include "tests/daemon/emit/socket_client.h"

#include <random>

namespace newsd {

TEST_CASE("a client that writes nothing gets every event since it connected") {
  SocketStream stream(5);
  SocketClient client(stream.config.path);  // connected, not accepted yet: the events below are owed to it
  stream.commit(3);
  stream.commit(2);
  REQUIRE(stream.reads_until(client, 5));
  CHECK(client.sequences() == range(6, 10));
  stream.commit(1);
  REQUIRE(stream.reads_until(client, 6));
  CHECK(client.sequences() == range(6, 11));
}

TEST_CASE("a client that asks never gets a live line first") {
  SocketStream stream(5);
  SocketClient client(stream.config.path);
  REQUIRE(stream.serves(1));
  stream.commit(3);
  stream.run_ready();
  client.say("{\"from\":\"earliest\"}\n");
  REQUIRE(stream.reads_until(client, 8));
  CHECK(client.sequences() == range(1, 8));
}

TEST_CASE("a request that comes in pieces is waited for") {
  SocketStream stream(5);
  SocketClient client(stream.config.path);
  for (const char c : std::string("{\"from\": 2}")) {
    client.say({&c, 1});
    stream.commit(1);
    stream.run_ready();
  }
  CHECK_FALSE(client.read());
  client.say("\n");
  const std::uint64_t last = stream.tail.last().value();
  REQUIRE(stream.reads_until(client, last - 2));
  CHECK(client.sequences() == range(3, last));
}

TEST_CASE("a request without an end of line counts when the client stops writing, and is refused when it does not") {
  SocketStream stream(5);
  SocketClient ended(stream.config.path);
  ended.say("{\"from\":3}");
  ended.half_close();
  REQUIRE(stream.reads_until(ended, 2));
  CHECK(ended.sequences() == range(4, 5));

  SocketClient waiting(stream.config.path);
  waiting.say("{\"from\":");
  REQUIRE(stream.reads_to_end(waiting));
  CHECK(waiting.was_told("request-incomplete"));
}

TEST_CASE("a client resumes after any sequence with exactly the rest") {
  SocketStream stream(300, {}, 20'000);
  stream.commit(100);
  for (const std::uint64_t after : {0, 1, 150, 299, 300, 301, 399, 400}) {
    SocketClient client(stream.config.path, "{\"from\":\"" + digits_of(Sequence(after)) + "\"}");
    REQUIRE(stream.reads_until(client, 400 - after));
    CHECK(client.sequences() == range(after + 1, 400));
  }
}

TEST_CASE("a client that comes and goes at random places misses nothing and gets nothing twice") {
  SocketStream stream(0, {}, 5'000);
  std::mt19937 random(7);
  std::vector<std::uint64_t> seen;
  while (seen.size() < 2000) {
    const std::uint64_t last = seen.empty() ? 0 : seen.back();
    SocketClient client(stream.config.path, "{\"from\":" + std::to_string(last) + "}");
    const std::size_t want = random() % 60 + 1;
    REQUIRE(stream.run_until([&] {
      if (random() % 4 == 0) stream.commit(random() % 20 + 1);
      return client.read(random() % 20'000 + 1), client.lines.size() >= want;
    }));
    for (const std::uint64_t n : client.sequences()) seen.push_back(n);
  }
  CHECK(seen == range(1, seen.size()));
}

TEST_CASE("cursors that cannot be served are answered in words and the connection is closed") {
  SocketStream stream(5);
  struct Case {
    const char* request;
    const char* code;
  };
  for (const auto& [request, code] : std::vector<Case>{{R"({"from":"00000000001000000000"})", "future-sequence"},
                                                       {R"({"from":6})", "future-sequence"},
                                                       {R"({"from":"9999-01-01"})", "future-sequence"},
                                                       {R"({"from":"no such place"})", "bad-request"},
                                                       {"no JSON", "bad-request"},
                                                       {R"({"from":"earliest","where":"(("})", "rule-syntax"},
                                                       {R"({"form":"earliest"})", "unknown-key"},
                                                       {R"({"ack":"1"})", "bad-ack"}}) {
    SocketClient client(stream.config.path, request);
    REQUIRE(stream.reads_to_end(client));
    REQUIRE(client.lines.size() == 1);
    CHECK(client.lines[0].starts_with("{\"error\":{\"code\":\"" + std::string(code) + "\""));
  }
  REQUIRE(stream.serves(0));
}

TEST_CASE("a client gets what meets its where, and is told at which column it cannot be read") {
  SocketStream stream;
  stream.commit({story_event(1), article_event(2), story_event(3), article_event(4)});
  SocketClient articles(stream.config.path, R"({"from":"earliest","where":"type:newsd.article.*"})");
  REQUIRE(stream.reads_until(articles, 2));
  CHECK(articles.sequences() == std::vector<std::uint64_t>{2, 4});
  SocketClient wrong(stream.config.path, R"({"from":"earliest","where":"ferry AND (storm"})");
  REQUIRE(stream.reads_to_end(wrong));
  CHECK(wrong.lines.front() ==
        R"({"error":{"code":"rule-syntax","text":"this bracket is never closed","where":"column 11"}})");
}

TEST_CASE("an output's where holds for clients that ask for none") {
  SocketStream stream(0, {}, 1 << 20,
                      [](OutputConfig& config, SessionTiming&) { config.where = "type:newsd.article.*"; });
  SocketClient client(stream.config.path, R"({"from":"earliest"})");
  stream.commit({story_event(1), article_event(2)});
  REQUIRE(stream.reads_until(client, 1));
  stream.commit(1);
  CHECK(client.sequences() == range(2, 2));
}

TEST_CASE("what a client wrote comes back only as harmless text") {
  SocketStream stream;
  SocketClient client(stream.config.path, "{\"types\":[\"\\u001b[2J\\n\\\"x\"]}");
  REQUIRE(stream.reads_to_end(client));
  REQUIRE(client.lines.size() == 1);
  CHECK(client.lines[0].find('\x1b') == std::string::npos);
  CHECK(client.was_told("unknown-type"));
}

TEST_CASE("an expired cursor gets a gap event, then what is there") {
  SocketStream stream(50);
  stream.journal.expire_before(31);
  SocketClient client(stream.config.path, R"({"from":10})");
  REQUIRE(stream.reads_until(client, 21));
  CHECK(client.lines[0].find("\"newsd.stream.gap\"") != std::string::npos);
  CHECK(client.lines[0].find("00000000000000000011") != std::string::npos);
  CHECK(client.sequences() == range(30, 50));  // the gap's own sequence is the last that is missing

  SocketClient earliest(stream.config.path, R"({"from":"earliest"})");
  REQUIRE(stream.reads_until(earliest, 20));
  CHECK(earliest.sequences() == range(31, 50));
}

TEST_CASE("a client may begin at a time, with the last events, or with the latest") {
  SocketStream stream(20);
  SocketClient timed(stream.config.path, R"({"from":"1970-01-01T00:16:55Z"})");  // event 15 was recorded at 1015 s
  REQUIRE(stream.reads_until(timed, 6));
  CHECK(timed.sequences() == range(15, 20));
  SocketClient latest(stream.config.path, R"({"from":"latest"})");
  SocketClient last(stream.config.path, R"({"last":3})");
  REQUIRE(stream.reads_until(last, 3));
  CHECK(last.sequences() == range(18, 20));
  stream.commit(2);
  REQUIRE(stream.reads_until(latest, 2));
  CHECK(latest.sequences() == range(21, 22));
}

TEST_CASE("the last events are counted among the types asked for, far back if need be") {
  SocketStream stream;
  stream.commit({article_event(1), article_event(2), article_event(3)});
  stream.commit(1000);
  stream.commit({article_event(1004)});
  SocketClient client(stream.config.path, R"({"last":3,"types":["newsd.article.*"]})");
  REQUIRE(stream.reads_until(client, 3));
  CHECK(client.sequences() == std::vector<std::uint64_t>{2, 3, 1004});
  SocketClient all(stream.config.path, R"({"last":10,"types":["newsd.article.*"]})");
  REQUIRE(stream.reads_until(all, 4));
  CHECK(all.sequences() == std::vector<std::uint64_t>{1, 2, 3, 1004});
}

TEST_CASE("a client chooses types and format") {
  SocketStream stream;
  stream.commit({article_event(1), story_event(2), article_event(3)});
  SocketClient types(stream.config.path, R"({"from":"earliest","types":["newsd.story.*"]})");
  SocketClient ninjs(stream.config.path, R"({"from":"earliest","format":"ninjs"})");
  REQUIRE(stream.reads_until(types, 1));
  REQUIRE(stream.reads_until(ninjs, 2));
  CHECK(types.sequences() == std::vector<std::uint64_t>{2});
  CHECK_FALSE(ninjs.was_told("specversion"));
}

TEST_CASE("a named consumer goes on after what it acknowledged") {
  SocketStream stream(10, {CursorRow{"consumer:indexer", Sequence(4), ""}});
  {
    SocketClient client(stream.config.path, R"({"name":"indexer"})");
    REQUIRE(stream.reads_until(client, 6));
    CHECK(client.sequences() == range(5, 10));
    client.say("{\"ack\":\"00000000000000000007\"}\n");
    client.say("{\"ack\":8}\n{\"ack\":6}\n");
    REQUIRE(stream.run_until([&] { return !stream.saved.empty(); }));
    client.leave();
    REQUIRE(stream.serves(0));
  }
  CHECK(stream.saved.back().name == "consumer:indexer");
  CHECK(stream.saved.back().sequence == Sequence(8));
  SocketClient again(stream.config.path, R"({"name":"indexer"})");
  REQUIRE(stream.reads_until(again, 2));
  CHECK(again.sequences() == range(9, 10));
  SocketClient elsewhere(stream.config.path, R"({"name":"indexer","from":"earliest"})");
  REQUIRE(stream.reads_until(elsewhere, 10));
  CHECK(elsewhere.sequences() == range(1, 10));
}

TEST_CASE("acknowledgements are saved once a second at most, the last one without being asked again") {
  SocketStream stream(50);
  SocketClient client(stream.config.path, R"({"name":"indexer","from":"earliest"})");
  REQUIRE(stream.reads_until(client, 50));
  for (int n = 1; n <= 50; ++n) client.say("{\"ack\":" + std::to_string(n) + "}\n");
  REQUIRE(stream.run_until([&] { return !stream.saved.empty() && stream.saved.back().sequence == Sequence(50); }));
  CHECK(stream.saved.size() <= 3);
}

TEST_CASE("an acknowledgement of what was not sent is refused") {
  SocketStream stream(5);
  SocketClient client(stream.config.path, R"({"name":"indexer","from":"earliest"})");
  REQUIRE(stream.reads_until(client, 5));
  client.say("{\"ack\":6}\n");
  REQUIRE(stream.reads_to_end(client));
  CHECK(client.was_told("bad-ack"));
  CHECK(stream.saved.empty());
}

TEST_CASE("a request after the live stream began is refused, after silence it is honoured") {
  SocketStream stream(5);
  SocketClient late(stream.config.path), quiet(stream.config.path, "");
  REQUIRE(stream.serves(2));
  stream.commit(1);
  REQUIRE(stream.reads_until(late, 1));
  late.say("{\"from\":\"earliest\"}\n");
  REQUIRE(stream.reads_to_end(late));
  CHECK(late.was_told("late-request"));

  SocketStream silent(5);
  SocketClient slow(silent.config.path);
  const auto later = std::chrono::steady_clock::now() + std::chrono::milliseconds(150);
  REQUIRE(silent.run_until([&] { return std::chrono::steady_clock::now() > later; }));
  slow.say("{\"from\":\"earliest\"}\n");
  REQUIRE(silent.reads_until(slow, 5));
  CHECK(slow.sequences() == range(1, 5));
}

TEST_CASE("blank lines are no requests") {
  SocketStream stream(5);
  SocketClient client(stream.config.path, "\n \r");
  REQUIRE(stream.serves(1));
  stream.commit(1);
  REQUIRE(stream.reads_until(client, 1));
  CHECK(client.sequences() == range(6, 6));
}

TEST_CASE("a request that has no end is refused at its limit") {
  SocketStream stream(5);
  SocketClient client(stream.config.path);
  std::size_t said = 0;
  const std::string flood(10'000, 'x');
  REQUIRE(stream.run_until([&] { return said += client.say(flood), client.read(), client.ended; }));
  CHECK(client.was_told("request-too-long"));
  CHECK(said < 1'000'000);
}

TEST_CASE("heartbeats come in silence, only when asked for, and are no events") {
  SocketStream stream(5);
  SocketClient client(stream.config.path, R"({"from":"earliest","heartbeat":1,"types":["newsd.story.*"]})");
  REQUIRE(stream.reads_until(client, 6));
  CHECK(client.lines[5].starts_with("{\"heartbeat\""));
  CHECK(client.sequences() == range(1, 5));
}

TEST_CASE("a journal that cannot be read is said to the client") {
  SocketStream stream(5);
  stream.journal.failures = 1000;
  SocketClient client(stream.config.path, R"({"from":1})");
  REQUIRE(stream.reads_to_end(client));
  CHECK(client.was_told("journal-unreadable"));
}

}  // namespace newsd
