// The HTTP server with a certificate, and clients that speak TLS on the test's own thread.
#include "daemon/stream/tls.h"
#include "tests/daemon/serve/http_client.h"
#include "tests/daemon/stream/tls_client.h"
#include "tests/support/made_certificate.h"

namespace newsd {
namespace {

/// A server with a certificate of this serial number.
struct TlsStream {
  explicit TlsStream(std::uint64_t events_before = 0, ServeTiming timing = {})
      : stream(
            events_before,
            [this](HttpConfig& config) {
              renew(1);
              config.certificate = certificate;
              config.key = key;
            },
            timing) {}
  void renew(long serial) const { make_certificate(certificate, key, serial); }
  std::uint16_t port() const { return stream.server->port(); }
  bool hears(TlsClient& client, std::string_view words) {
    return stream.run_until([&] { return client.read(), client.text.find(words) != std::string::npos; });
  }
  bool hears_events(TlsClient& client, std::size_t events) {
    return stream.run_until([&] { return client.read(), client.sequences().size() >= events; });
  }
  bool hears_end(TlsClient& client) {
    return stream.run_until([&] { return client.read(), client.ended; });
  }

  TemporaryDirectory folder;
  std::filesystem::path certificate = folder.path() / "server.pem", key = folder.path() / "server.key";
  HttpStream stream;
};

}  // namespace

TEST_CASE("with a certificate the server speaks TLS 1.2 and 1.3, and says goodbye at the end") {
  const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
  TlsStream tls;
  TlsClient client(tls.port(), HttpStream::get("/healthz", "Connection: close\r\n"), version);
  REQUIRE(tls.hears_end(client));
  CHECK(client.status() == 200);
  CHECK(client.version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
  CHECK(client.was_bidden_goodbye());
  CHECK(client.serial() == 1);
  CHECK(tls.stream.serves(0));
}

TEST_CASE("TLS 1.1, HTTP without TLS and noise are turned away, and cost nobody else anything") {
  TlsStream tls(2);
  TlsClient old(tls.port(), HttpStream::get("/healthz"), TLS1_1_VERSION);
  REQUIRE(tls.hears_end(old));
  CHECK(old.text.empty());
  HttpClient plain(tls.port(), HttpStream::get("/events?from=earliest"));
  REQUIRE(tls.stream.hears_end(plain));
  CHECK_FALSE(plain.was_told("sequence"));
  HttpClient noise(tls.port(), std::string(70'000, '\x16'));
  REQUIRE(tls.stream.hears_end(noise));
  TlsClient good(tls.port(), HttpStream::get("/events?from=earliest"));
  CHECK(tls.hears_events(good, 2));
  CHECK(tls.stream.serves(1));
}

TEST_CASE("a client that does not finish its handshake is let go in time") {
  ServeTiming timing;
  timing.header_timeout = std::chrono::milliseconds(30);
  TlsStream tls(0, timing);
  HttpClient silent(tls.port());
  HttpClient half(tls.port(), std::string("\x16\x03\x01\x02\x00\x01", 6));
  CHECK(tls.stream.hears_end(silent));
  CHECK(tls.stream.hears_end(half));
  CHECK(tls.stream.serves(0));
}

TEST_CASE("events of every size come whole and in order over TLS, also to a client that reads late") {
  TlsStream tls(3);
  TlsClient client(tls.port(), HttpStream::get("/events?from=earliest", "Accept: text/event-stream\r\n"));
  REQUIRE(tls.hears_events(client, 3));
  for (const std::size_t size : {10, 16'000, 17'000, 900'000, 700})
    tls.stream.commit(20, size);  // more than the sockets' buffers hold
  for (int turn = 0; turn < 50; ++turn) tls.stream.run_ready();
  REQUIRE(tls.hears_events(client, 103));
  CHECK(client.sequences() == range(1, 103));
}

TEST_CASE("a WebSocket works over TLS in both directions") {
  TlsStream tls(2);
  TlsClient client(tls.port(), HttpStream::get("/events?from=earliest&name=reader",
                                               "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                               "Sec-WebSocket-Version: 13\r\n"
                                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
  REQUIRE(tls.hears(client, "\"sequence\":\"00000000000000000002\""));
  CHECK(client.status() == 101);
  tls.stream.commit(1, 200'000);
  REQUIRE(tls.hears(client, "\"sequence\":\"00000000000000000003\""));
  const std::string_view said = R"({"ack":"2"})";
  std::string frame{static_cast<char>(0x81), static_cast<char>(0x80 | said.size())};
  client.say(frame.append(4, '\0').append(said));
  REQUIRE(
      tls.stream.run_until([&] { return client.read(), tls.stream.book.find(consumer_row("reader")).has_value(); }));
  CHECK(tls.stream.book.find(consumer_row("reader"))->sequence == Sequence(2));
}

TEST_CASE("a certificate is renewed without ending a connection, and kept when the new one is of no use") {
  TlsStream tls(1);
  TlsClient before(tls.port(), HttpStream::get("/events?from=earliest"));
  REQUIRE(tls.hears_events(before, 1));
  tls.renew(2);
  REQUIRE(tls.stream.server->reload_certificate().has_value());
  TlsClient after(tls.port(), HttpStream::get("/events?from=earliest"));
  REQUIRE(tls.hears_events(after, 1));
  CHECK(before.serial() == 1);
  CHECK(after.serial() == 2);

  std::ofstream(tls.certificate) << "no certificate\n";
  const Result<void> failed = tls.stream.server->reload_certificate();
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().where == tls.certificate.string());
  TlsClient later(tls.port(), HttpStream::get("/events?from=earliest"));
  REQUIRE(tls.hears_events(later, 1));
  CHECK(later.serial() == 2);
  tls.stream.commit(1);
  CHECK(tls.hears_events(before, 2));
}

TEST_CASE("what is wrong with a certificate or its key is told with the file") {
  const TemporaryDirectory folder;
  const auto at = [&](const char* name) { return folder.path() / name; };
  make_certificate(at("a.pem"), at("a.key"), 1);
  make_certificate(at("b.pem"), at("b.key"), 2);
  make_certificate(at("c.pem"), at("c.key"), 3, "word");
  REQUIRE(server_tls(at("a.pem"), at("a.key")).has_value());
  const auto blamed = [](const Result<TlsContext>& loaded) {
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().is(TlsError::Unusable));
    return loaded.error().where;
  };
  CHECK(blamed(server_tls(at("none.pem"), at("a.key"))) == at("none.pem").string());
  CHECK(blamed(server_tls(at("a.key"), at("a.key"))) == at("a.key").string());
  CHECK(blamed(server_tls(at("a.pem"), at("none.key"))) == at("none.key").string());
  CHECK(blamed(server_tls(at("a.pem"), at("b.key"))) == at("b.key").string());
  CHECK(blamed(server_tls(at("c.pem"), at("c.key"))) == at("c.key").string());
}

}  // namespace newsd
