// What the server answers: events in their shapes, status, health, and everything there is not.
#include "tests/daemon/serve/http_client.h"

#include <fstream>

namespace newsd {

TEST_CASE("a client that asks for nothing special gets a line an event, from now on") {
  HttpStream stream(3);
  HttpClient client(stream.server->port(), stream.get("/events"));
  REQUIRE(stream.hears(client, "application/x-ndjson"));
  stream.commit(2);
  REQUIRE(stream.hears_events(client, 2));
  CHECK(client.sequences() == range(4, 5));
  CHECK(client.was_told("Transfer-Encoding: chunked"));
}

TEST_CASE("a browser gets server-sent events, and goes on where it was") {
  HttpStream stream(5);
  HttpClient client(
      stream.server->port(),
      stream.get("/events?from=earliest", "Accept: text/event-stream\r\nLast-Event-ID: 00000000000000000003\r\n"));
  REQUIRE(stream.hears_events(client, 2));
  CHECK(client.sequences() == range(4, 5));
  CHECK(client.was_told("id: 00000000000000000004\ndata: {"));
  CHECK(client.was_told("retry: 2000\n\n"));
}

TEST_CASE("a stream resumed at every event gives every event once") {
  HttpStream stream(39);
  std::vector<std::uint64_t> taken;
  std::uint64_t last = 0;
  for (int round = 0; taken.size() < 39 && round < 60; ++round) {
    HttpClient client(stream.server->port(), stream.get("/events?limit=3&from=" + std::to_string(last)));
    REQUIRE(stream.hears_end(client));
    for (const std::uint64_t sequence : client.sequences()) taken.push_back(last = sequence);
  }
  CHECK(taken == range(1, 39));
}

TEST_CASE("a limit ends the stream properly") {
  HttpStream stream(9);
  HttpClient client(stream.server->port(), stream.get("/events?from=earliest&limit=4"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.sequences() == range(1, 4));
  CHECK(client.text.ends_with("\r\n0\r\n\r\n"));
}

TEST_CASE("a client of HTTP/1.0 gets a body without chunks") {
  HttpStream stream(2);
  HttpClient client(stream.server->port(), "GET /events?from=earliest&limit=2 HTTP/1.0\r\nHost: localhost\r\n\r\n");
  REQUIRE(stream.hears_end(client));
  CHECK_FALSE(client.was_told("chunked"));
  CHECK(client.text.ends_with("}\n"));
  CHECK(client.sequences() == range(1, 2));
}

TEST_CASE("types and a where choose events") {
  HttpStream stream;
  stream.commit({story_event(1), article_event(2), story_event(3), article_event(4)});
  HttpClient client(
      stream.server->port(),
      stream.get("/events?from=earliest&limit=1&types=newsd.article.*&where=ferry+OR+type:newsd.article.new"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.sequences() == range(2, 2));
}

TEST_CASE("a request for events that cannot be served is answered with a status and words") {
  HttpStream stream(5);
  const std::vector<std::pair<const char*, const char*>> cases = {{"/events?from=6", "future-sequence"},
                                                                  {"/events?from=soon", "bad-request"},
                                                                  {"/events?where=size+%3E", "\"where\":\"column 7\""},
                                                                  {"/events?form=1", "unknown-key"}};
  for (const auto& [target, words] : cases) {
    CAPTURE(target);
    HttpClient client(stream.server->port(), stream.get(target));
    REQUIRE(stream.hears(client, words));
    CHECK(client.status() == 400);
  }
}

TEST_CASE("events that left the journal are told as a gap, never skipped in silence") {
  HttpStream stream(20);
  stream.journal.expire_before(8);
  HttpClient client(stream.server->port(), stream.get("/events?from=2&limit=2", "Accept: text/event-stream\r\n"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.was_told("newsd.stream.gap"));
  CHECK(client.sequences() == range(7, 9));  // the gap carries the last number that is missing
}

TEST_CASE("a silent stream shows that it lives, and moves the reader's place") {
  HttpStream stream(5);
  HttpClient client(stream.server->port(), stream.get("/events?heartbeat=1&from=3&where=type:newsd.article.new",
                                                      "Accept: text/event-stream\r\n"));
  REQUIRE(stream.hears(client, ":\nid: 00000000000000000005\n\n"));
}

TEST_CASE("status, metrics, health and the schema are answered on one connection") {
  HttpStream stream;
  HttpClient client(stream.server->port(), stream.get("/status"));
  REQUIRE(stream.hears(client, "\"version\":\"0.1\""));
  CHECK(client.was_told("\"clients\":1"));
  client.say(stream.get("/metrics"));
  REQUIRE(stream.hears(client, "# EOF\n"));
  CHECK(client.was_told("application/openmetrics-text"));
  client.say(stream.get("/healthz"));
  REQUIRE(stream.hears(client, "\r\n\r\nok\n"));
  client.say(stream.get("/schema"));
  REQUIRE(stream.hears(client, "https://json-schema.org"));
  client.say(stream.get("/readyz"));
  REQUIRE(stream.hears(client, "\r\n\r\nready\n"));
  CHECK_FALSE(client.ended);
}

TEST_CASE("a daemon that takes nothing in is not ready, but alive") {
  HttpStream stream;
  stream.is_ready = false;
  HttpClient ready(stream.server->port(), stream.get("/readyz")), health(stream.server->port(), stream.get("/healthz"));
  REQUIRE(stream.hears(ready, "\r\n\r\n"));
  REQUIRE(stream.hears(health, "\r\n\r\n"));
  CHECK(ready.status() == 503);
  CHECK(health.status() == 200);
}

TEST_CASE("HEAD is answered like GET, without the body") {
  HttpStream stream;
  HttpClient client(stream.server->port(), stream.get("/healthz", "Connection: close\r\n", "HEAD"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.was_told("Content-Length: 3\r\n"));
  CHECK(client.text.ends_with("\r\n\r\n"));
}

TEST_CASE("what there is not, and what cannot be done, is said") {
  HttpStream stream;
  HttpClient nowhere(stream.server->port(), stream.get("/etc/passwd"));
  REQUIRE(stream.hears(nowhere, "not-found"));
  CHECK(nowhere.status() == 404);
  HttpClient deleting(stream.server->port(), stream.get("/status", "", "DELETE"));
  REQUIRE(stream.hears(deleting, "method-not-allowed"));
  CHECK(deleting.status() == 405);
  CHECK(deleting.was_told("Allow: GET, HEAD\r\n"));
}

TEST_CASE("answers tell browsers to guess nothing, run nothing and keep nothing") {
  HttpStream stream;
  HttpClient client(stream.server->port(), stream.get("/nowhere"));
  REQUIRE(stream.hears(client, "\r\n\r\n"));
  for (const auto* field :
       {"X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'", "Cache-Control: no-store"})
    CHECK(client.was_told(field));
}

TEST_CASE("when the daemon stops, streams get what is committed and a last word, and end properly") {
  HttpStream stream(1);
  HttpClient lines(stream.server->port(), stream.get("/events?from=earliest")),
      browser(stream.server->port(), stream.get("/events?from=earliest", "Accept: text/event-stream\r\n")),
      idle(stream.server->port());
  REQUIRE(stream.hears_events(lines, 1));
  REQUIRE(stream.hears_events(browser, 1));
  REQUIRE(stream.serves(3));
  stream.commit(1);
  REQUIRE(stream.stop(*stream.server));
  REQUIRE(stream.hears_end(lines));
  REQUIRE(stream.hears_end(browser));
  REQUIRE(stream.hears_end(idle));
  CHECK(lines.sequences() == range(1, 2));
  CHECK(lines.was_told("{\"stopping\":{\"position\":\"00000000000000000002\"}}"));
  CHECK(lines.text.ends_with("0\r\n\r\n"));
  CHECK(browser.was_told("event: stopping\ndata: {"));
}

TEST_CASE("a server whose token cannot be read, or whose port is taken, does not start") {
  HttpStream stream;
  HttpConfig config = stream.config;
  config.token_file = stream.folder / "missing";
  HttpServer without(config, stream.context(), std::nullopt, DaemonView{[] { return DaemonStatus{}; }});
  CHECK(without.start().has_error());
  config.token_file.clear();
  config.listen = "127.0.0.1:" + std::to_string(stream.server->port());
  HttpServer second(config, stream.context(), std::nullopt, DaemonView{[] { return DaemonStatus{}; }});
  const auto started = second.start();
  REQUIRE(started.has_error());
  CHECK(started.error().is(StreamError::InUse));
}

}  // namespace newsd
