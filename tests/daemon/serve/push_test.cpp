// POST /articles: what is taken, what is refused, and when it is answered.
#include "daemon/serve/push_answer.h"
#include "tests/daemon/serve/http_client.h"
#include "tests/support/fake_sink.h"

#include <list>

namespace newsd {
namespace {

struct PushStream : HttpStream {
  explicit PushStream(const std::function<void(HttpConfig&)>& change = {}, ServeTiming timing = {})
      : HttpStream(0, change, timing) {
    PushOptions options;
    options.max_bytes = 1000;
    source = std::make_unique<PushSource>(io, sink, options);
    source->start();
    server = std::make_unique<HttpServer>(config, context(), std::nullopt, DaemonView{[] { return DaemonStatus{}; }},
                                          source.get(), timing);
    server->start().value();
  }
  ~PushStream() { server.reset(); }

  static std::string post(const std::string& body, const std::string& more = {}, const std::string& query = {}) {
    return get("/articles" + query, more + "Content-Length: " + std::to_string(body.size()) + "\r\n", "POST") + body;
  }
  bool delivers(std::size_t n) {
    return run_until([&] { return sink.delivered.size() == n; });
  }
  /// Makes the i-th push durable as an article's and a story's event.
  void commit_push(std::size_t i, Outcome::Fate fate = Outcome::Fate::Done) {
    const std::uint64_t n = tail.last().value();
    commit({article_event(n + 1), story_event(n + 2)});
    Outcome outcome;
    outcome.fate = fate;
    outcome.first = Sequence(n + 1);
    outcome.last = Sequence(n + 2);
    if (fate == Outcome::Fate::Quarantined)
      outcome.reason_json = R"({"reason":{"code":"empty","text":"it is \"empty\""}})";
    sink.ledger[sink.delivered.at(i).arrival.key.value] = outcome;
    sink.ack(i, outcome);
  }

  FakeSink sink;
  std::unique_ptr<PushSource> source;
};

}  // namespace

TEST_CASE("what is sent is answered once it is durable, with the events about it") {
  PushStream stream;
  HttpClient client(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.delivers(1));
  client.read();
  CHECK(client.text.empty());
  CHECK(stream.sink.delivered[0].arrival.document.bytes == "Some news.");
  stream.commit_push(0);
  REQUIRE(stream.hears(client, "\"more\":false}"));
  CHECK(client.status() == 200);
  CHECK(client.was_told(
      R"({"outcome":"done","from":"00000000000000000001","to":"00000000000000000002","events":[{"sequence":"00000000000000000001","id":")"));
  CHECK(client.was_told(R"("type":"newsd.article.new")"));
  CHECK_FALSE(client.was_told("newsd.story"));
  client.say(stream.post("More news."));  // on the same connection
  REQUIRE(stream.delivers(2));
}

TEST_CASE("a body in chunks, in pieces, and after a 100 Continue comes whole") {
  PushStream stream;
  HttpClient chunks(stream.server->port(), stream.get("/articles", "Transfer-Encoding: chunked\r\n", "POST") +
                                               "5\r\nSome \r\n5\r\nnews.\r\n0\r\n\r\n");
  REQUIRE(stream.delivers(1));
  HttpClient asking(stream.server->port(),
                    stream.get("/articles", "Expect: 100-continue\r\nContent-Length: 10\r\n", "POST"));
  REQUIRE(stream.hears(asking, "HTTP/1.1 100 Continue\r\n\r\n"));
  asking.say("Some ");
  stream.run_ready();
  CHECK(stream.sink.delivered.size() == 1);
  asking.say("news.");
  REQUIRE(stream.delivers(2));
  for (const auto& delivered : stream.sink.delivered) CHECK(delivered.arrival.document.bytes == "Some news.");
}

TEST_CASE("the sender may say the format, where it is from and in which charset") {
  PushStream stream;
  HttpClient client(stream.server->port(), stream.post("x", "Content-Type: text/html; charset=\"windows-1252\"\r\n",
                                                       "?format=html&url=https://news.example/a%3Fb"));
  REQUIRE(stream.delivers(1));
  const Document& document = stream.sink.delivered[0].arrival.document;
  CHECK(document.forced == Format::Html);
  CHECK(document.declared_charset == "windows-1252");
  CHECK(document.url->str() == "https://news.example/a?b");
  CHECK(document.origin.uri == "https://news.example/a?b");
}

TEST_CASE("a push sent again with its key is answered with the same events, and says so") {
  PushStream stream;
  const std::string request = stream.post("Some news.", "Idempotency-Key: \"k-1\"\r\n");
  HttpClient first(stream.server->port(), request);
  REQUIRE(stream.delivers(1));
  HttpClient impatient(stream.server->port(), request);
  REQUIRE(stream.hears(impatient, "key-in-use"));
  CHECK(impatient.status() == 409);
  stream.commit_push(0);
  REQUIRE(stream.hears(first, "\"more\":false}"));
  HttpClient again(stream.server->port(), request);
  REQUIRE(stream.hears(again, "\"more\":false}"));
  CHECK(again.was_told("Idempotency-Replayed: true"));
  CHECK(again.text.substr(again.text.find("\r\n\r\n")) == first.text.substr(first.text.find("\r\n\r\n")));
  HttpClient other(stream.server->port(), stream.post("Other news.", "Idempotency-Key: \"k-1\"\r\n"));
  REQUIRE(stream.hears(other, "key-reused"));
  CHECK(other.status() == 422);
  CHECK(stream.sink.delivered.size() == 1);
}

TEST_CASE("what cannot be read is answered with the reason and the event that tells it") {
  PushStream stream;
  HttpClient client(stream.server->port(), stream.post("\x01"));
  REQUIRE(stream.delivers(1));
  stream.commit_push(0, Outcome::Fate::Quarantined);
  REQUIRE(stream.hears(client, "\"more\":false}"));
  CHECK(client.status() == 422);
  CHECK(client.was_told("application/problem+json"));
  CHECK(client.was_told(R"("detail":"it is \"empty\"","code":"empty","outcome":"quarantined")"));
}

TEST_CASE("when newsd has too much to read, a sender is told to come again") {
  PushStream stream;
  stream.sink.most_inputs = 0;
  HttpClient client(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.hears(client, "no-room"));
  CHECK(client.status() == 503);
  CHECK(client.was_told("Retry-After: 1\r\n"));
  stream.source->stop();
  HttpClient late(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.hears(late, "Retry-After"));
  CHECK(late.status() == 503);
}

TEST_CASE("all bodies under way together have a limit, and a single one always fits") {
  PushStream stream([](HttpConfig& config) { config.max_receiving = 1000; });
  const std::string head = stream.get("/articles", "Content-Length: 600\r\n", "POST");
  auto first = std::make_unique<HttpClient>(stream.server->port(), head);
  REQUIRE(stream.serves(1));
  stream.run_ready();
  HttpClient second(stream.server->port(), head);
  REQUIRE(stream.hears(second, "no-room"));
  first.reset();  // a client that goes away in the middle holds nothing
  REQUIRE(stream.serves(0));
  HttpClient third(stream.server->port(), stream.post(std::string(1000, 'x')));
  REQUIRE(stream.delivers(1));
}

TEST_CASE("what is too large is refused before it is sent, or where it passes the limit") {
  PushStream stream;
  HttpClient announced(stream.server->port(), stream.get("/articles", "Content-Length: 1001\r\n", "POST"));
  REQUIRE(stream.hears(announced, "body-too-large"));
  CHECK(announced.status() == 413);
  HttpClient chunks(stream.server->port(), stream.get("/articles", "Transfer-Encoding: chunked\r\n", "POST") +
                                               "800\r\n" + std::string(0x800, 'x') + "\r\n");
  REQUIRE(stream.hears(chunks, "body-too-large"));
  CHECK(chunks.status() == 413);
  CHECK(stream.sink.delivered.empty());
}

TEST_CASE("a body that dribbles, or never comes, is given up in time") {
  ServeTiming timing;
  timing.body_timeout = std::chrono::milliseconds(100);
  PushStream stream({}, timing);
  HttpClient slow(stream.server->port(), stream.get("/articles", "Content-Length: 500\r\n", "POST") + "Some ");
  REQUIRE(stream.hears_end(slow));
  CHECK(slow.status() == 408);
  CHECK(stream.sink.delivered.empty());
}

TEST_CASE("a push that is not durable in time is told so, and its key finds it later") {
  ServeTiming timing;
  timing.commit_timeout = std::chrono::milliseconds(100);
  PushStream stream({}, timing);
  const std::string request = stream.post("Some news.", "Idempotency-Key: 1\r\n");
  HttpClient client(stream.server->port(), request);
  REQUIRE(stream.hears(client, "not-durable-yet"));
  CHECK(client.status() == 503);
  stream.commit_push(0);
  HttpClient again(stream.server->port(), request);
  REQUIRE(stream.hears(again, "\"outcome\":\"done\""));
}

TEST_CASE("what is no push is refused in words") {
  PushStream stream;
  const std::vector<std::pair<std::string, int>> cases = {
      {stream.post("x", "Content-Type: multipart/form-data; boundary=b\r\n"), 415},
      {stream.post("x", "Content-Encoding: gzip\r\n"), 415},
      {stream.post(""), 400},
      {stream.post("x", "", "?format=docx"), 400},
      {stream.post("x", "", "?url=ftp://news.example/"), 400},
      {stream.post("x", "", "?frmat=html"), 400},
      {stream.post("x", "Idempotency-Key: " + std::string(256, 'k') + "\r\n"), 400},
      {stream.post("x", "Idempotency-Key: 1\r\nIdempotency-Key: 2\r\n"), 400},
      {stream.get("/articles"), 405},
      {stream.get("/articles", "", "PUT"), 405}};
  for (const auto& [request, status] : cases) {
    CAPTURE(request);
    HttpClient client(stream.server->port(), request);
    REQUIRE(stream.hears(client, "\"detail\":\""));
    CHECK(client.status() == status);
  }
  HttpClient foreign(stream.server->port(), stream.post("x", "Origin: https://evil.example\r\n"));
  REQUIRE(stream.hears(foreign, "wrong-origin"));
  CHECK(stream.sink.delivered.empty());
}

TEST_CASE("a server that is not to take articles says so") {
  PushStream stream([](HttpConfig& config) { config.push = false; });
  HttpClient client(stream.server->port(), stream.post("x"));
  REQUIRE(stream.hears(client, "not-taken"));
  CHECK(client.status() == 403);
}

TEST_CASE("a sender that goes away before its push is durable disturbs nothing") {
  PushStream stream;
  auto client = std::make_unique<HttpClient>(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.delivers(1));
  client.reset();
  stream.commit_push(0);
  REQUIRE(stream.serves(0));
}

TEST_CASE("a push under way is answered before the server ends") {
  PushStream stream;
  HttpClient client(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.delivers(1));
  bool done = false;
  stream.server->stop(std::chrono::seconds(5), [&done] { done = true; });
  stream.run_ready();
  CHECK_FALSE(done);
  stream.commit_push(0);
  REQUIRE(stream.run_until([&] { return done; }));
  REQUIRE(stream.hears_end(client));
  CHECK(client.was_told("\"outcome\":\"done\""));
}

TEST_CASE("a server that ends at once leaves no sender waiting") {
  PushStream stream;
  HttpClient client(stream.server->port(), stream.post("Some news."));
  REQUIRE(stream.delivers(1));
  REQUIRE(stream.stop(*stream.server, std::chrono::milliseconds(10)));
  stream.server.reset();
  REQUIRE(stream.hears_end(client));
  stream.commit_push(0);
}

}  // namespace newsd
