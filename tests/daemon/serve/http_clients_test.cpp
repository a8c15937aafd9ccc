// Clients that mean harm, or do it: malformed and oversized requests, slow ones, strangers, too many of them.
#include "tests/daemon/serve/http_client.h"

#include <fstream>
#include <list>

namespace newsd {
namespace {

constexpr auto kToken = "correct-horse-battery";

}  // namespace

TEST_CASE("what is no HTTP is answered once, and the connection ends") {
  HttpStream stream;
  for (const std::string& bytes :
       {std::string("hello\r\n\r\n"), std::string("GET\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost localhost\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")}) {
    CAPTURE(bytes);
    HttpClient client(stream.server->port(), bytes);
    REQUIRE(stream.hears_end(client));
    CHECK(client.status() == 400);
  }
  REQUIRE(stream.serves(0));
}

TEST_CASE("a header without end is cut off") {
  HttpStream stream;
  HttpClient client(stream.server->port(), "GET /events HTTP/1.1\r\nHost: localhost\r\n");
  const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
  REQUIRE(stream.run_until([&] {
    client.say(line);
    client.read();
    return client.ended;
  }));
  CHECK((client.status() == 431 || client.status() == 0));  // 0: our own writes reset the connection first
}

TEST_CASE("a target that is too long is refused") {
  HttpStream stream;
  HttpClient client(stream.server->port(), stream.get("/events?where=" + std::string(9000, 'x')));
  REQUIRE(stream.hears(client, "bad-request"));
  CHECK(client.status() == 400);
}

TEST_CASE("a client that dribbles its header is let go in time, and so is one that says nothing") {
  HttpStream stream(0, {}, {std::chrono::milliseconds(300)});
  HttpClient slow(stream.server->port(), "GET /ev"), silent(stream.server->port());
  REQUIRE(stream.hears_end(slow));
  REQUIRE(stream.hears_end(silent));
  CHECK(slow.status() == 408);
  CHECK(silent.text.empty());
  REQUIRE(stream.serves(0));
}

TEST_CASE("who sends a body where none is read gets its answer, and the connection ends") {
  HttpStream stream;
  HttpClient client(stream.server->port(), stream.get("/healthz", "Content-Length: 1000000\r\n"));
  REQUIRE(stream.hears_end(client));
  CHECK(client.status() == 200);
  CHECK(client.was_told("Connection: close"));
}

TEST_CASE("a page under a strange name and pages of other sites are refused before anything is told") {
  HttpStream stream(3);
  HttpClient rebound(stream.server->port(), "GET /events?from=earliest HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  REQUIRE(stream.hears(rebound, "wrong-host"));
  CHECK(rebound.status() == 421);
  HttpClient foreign(stream.server->port(), stream.get("/events?from=earliest", "Origin: https://evil.example\r\n"));
  REQUIRE(stream.hears(foreign, "wrong-origin"));
  CHECK(foreign.status() == 403);
  CHECK(rebound.sequences().empty());
  CHECK(foreign.sequences().empty());
}

TEST_CASE("where a token is asked for nothing is told without it, not even what there is") {
  const TemporaryDirectory folder;
  HttpStream stream(3, [&](HttpConfig& config) {
    config.token_file = folder.path() / "token";
    std::ofstream(config.token_file) << kToken << "\n";
  });
  for (const auto* target : {"/events?from=earliest", "/status", "/nowhere", "/metrics"}) {
    HttpClient stranger(stream.server->port(), stream.get(target)),
        wrong(stream.server->port(), stream.get(target, "Authorization: Bearer correct-horse-batterz\r\n"));
    REQUIRE(stream.hears(stranger, "unauthorized"));
    REQUIRE(stream.hears(wrong, "unauthorized"));
    CHECK(stranger.status() == 401);
    CHECK(wrong.status() == 401);
    CHECK(stranger.was_told("WWW-Authenticate: Bearer"));
    CHECK_FALSE(wrong.was_told(kToken));
  }
  HttpClient known(stream.server->port(), stream.get("/events?from=earliest&limit=3",
                                                     std::string("Authorization: Bearer ") + kToken + "\r\n"));
  REQUIRE(stream.hears_end(known));
  CHECK(known.sequences() == range(1, 3));
}

TEST_CASE("when all places are taken a further client is told so, and the others are served") {
  HttpStream stream(2, [](HttpConfig& config) { config.max_clients = 3; });
  std::list<HttpClient> clients;
  for (int i = 0; i < 3; ++i) clients.emplace_back(stream.server->port(), stream.get("/events?from=earliest"));
  REQUIRE(stream.serves(3));
  HttpClient fourth(stream.server->port());
  REQUIRE(stream.hears_end(fourth));
  CHECK(fourth.status() == 503);
  CHECK(fourth.was_told("too-many-clients"));
  for (HttpClient& client : clients) REQUIRE(stream.hears_events(client, 2));
}

TEST_CASE("a client that asks too often is slowed down") {
  HttpStream stream(0, [](HttpConfig& config) { config.max_rate = 3; });
  HttpClient client(stream.server->port());
  for (int i = 0; i < 5; ++i) client.say(stream.get("/healthz"));
  REQUIRE(stream.hears(client, "429 Too Many Requests"));
  CHECK(client.was_told("ok\n"));
}

TEST_CASE("a client that takes nothing costs no memory and holds nobody up, and is let go") {
  HttpStream stream(0, [](HttpConfig& config) { config.write_timeout = std::chrono::milliseconds(200); });
  HttpClient stuck(stream.server->port(), stream.get("/events?from=earliest")),
      quick(stream.server->port(), stream.get("/events?from=earliest"));
  REQUIRE(stream.hears(quick, "\r\n\r\n"));
  REQUIRE(stream.serves(2));
  for (int round = 0; round < 200 && stream.server->clients() == 2; ++round) {
    quick.text.clear();
    stream.commit(20, 10'000);
    REQUIRE(stream.run_until([&] { return quick.read(), quick.text.size() >= 150'000; }));
  }
  REQUIRE(stream.serves(1));  // 40 MB do not fit into the socket's buffers: the stuck client is gone
  CHECK(stream.tail.bytes() <= (1 << 20) + 20'000);
}

TEST_CASE("a client that goes away in the middle is forgotten at once") {
  HttpStream stream(5);
  {
    HttpClient client(stream.server->port(), stream.get("/events?from=earliest"));
    REQUIRE(stream.hears_events(client, 5));
  }
  REQUIRE(stream.serves(0));
  {
    HttpClient client(stream.server->port(), "GET /ev");
    REQUIRE(stream.serves(1));
  }
  REQUIRE(stream.serves(0));
}

TEST_CASE("what a client says into a stream is dropped, however much it is") {
  HttpStream stream(1);
  HttpClient client(stream.server->port(), stream.get("/events?from=earliest"));
  REQUIRE(stream.hears_events(client, 1));
  const std::string noise(64 << 10, 'x');
  for (int i = 0; i < 50; ++i) {
    client.say(noise);
    stream.run_ready();
  }
  stream.commit(1);
  REQUIRE(stream.hears_events(client, 2));
}

}  // namespace newsd
