// A TCP output with a certificate, and clients that speak TLS to it.
#include "daemon/stream/tls.h"
#include "tests/daemon/emit/socket_client.h"
#include "tests/daemon/stream/tls_client.h"
#include "tests/support/made_certificate.h"

namespace newsd {
namespace {

/// With a certificate of the serial number 1.
struct TlsOutput : SocketStream {
  explicit TlsOutput(std::uint64_t events_before = 0, std::chrono::milliseconds patience = std::chrono::seconds(5),
                     const std::string& token = {})
      : SocketStream(events_before, {}, 1 << 20, [&](OutputConfig& tcp, SessionTiming& patient) {
          tcp.kind = OutputConfig::Kind::Tcp;
          tcp.listen = "127.0.0.1:0";
          tcp.certificate = tcp.path.string() + ".pem";
          tcp.key = tcp.path.string() + ".key";
          make_certificate(tcp.certificate, tcp.key, 1);
          patient.request_timeout = patience;
          if (token.empty()) return;
          tcp.token_file = tcp.path.string() + ".token";
          std::ofstream(tcp.token_file) << token << "\n";
        }) {}
  std::uint16_t port() const { return output->port(); }
  bool hears_events(TlsClient& client, std::size_t events) {
    return run_until([&] { return client.read(), client.sequences().size() >= events; });
  }
  bool hears_end(TlsClient& client) {
    return run_until([&] { return client.read(), client.ended; });
  }
};

}  // namespace

TEST_CASE("a TCP output with a certificate serves who asks over TLS, and who says nothing") {
  TlsOutput tls(3, std::chrono::seconds(5), "correct-horse-battery");
  TlsClient asks(tls.port(), "{\"from\":1,\"token\":\"correct-horse-battery\"}\n");
  REQUIRE(tls.hears_events(asks, 2));
  CHECK(asks.sequences() == range(2, 3));
  CHECK(asks.serial() == 1);
  TlsClient guesses(tls.port(), "{\"from\":1,\"token\":\"battery\"}\n");
  REQUIRE(tls.hears_end(guesses));
  CHECK(guesses.text.find("\"forbidden\"") != std::string::npos);
  CHECK(guesses.was_bidden_goodbye());

  TlsOutput open(3);
  TlsClient silent(open.port());
  REQUIRE(open.run_until([&] { return silent.read(), open.output->clients() == 1; }));
  open.commit(2);
  REQUIRE(open.hears_events(silent, 2));
  CHECK(silent.sequences() == range(4, 5));
}

TEST_CASE("a TCP output with a certificate turns away who speaks no TLS, and nobody else") {
  TlsOutput tls(2);
  SocketClient plain(tls.port(), R"({"from":"earliest"})"), noise(tls.port(), std::string(70'000, '\x16'));
  REQUIRE(tls.reads_to_end(plain));
  REQUIRE(tls.reads_to_end(noise));
  CHECK(plain.sequences().empty());
  TlsClient good(tls.port(), "{\"from\":\"earliest\"}\n");
  CHECK(tls.hears_events(good, 2));
  CHECK(tls.serves(1));
}

TEST_CASE("a client of a TCP output that does not finish its handshake is let go in time, and does not delay the end") {
  TlsOutput hasty(0, std::chrono::milliseconds(30));
  SocketClient late(hasty.port());
  CHECK(hasty.reads_to_end(late));
  CHECK(hasty.serves(0));

  TlsOutput tls;
  SocketClient silent(tls.port()), half(tls.port(), std::string("\x16\x03\x01\x02\x00\x01", 6));
  REQUIRE(tls.serves(2));
  const auto begin = std::chrono::steady_clock::now();
  CHECK(tls.stop(*tls.output));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
}

TEST_CASE("a TCP output hands events of every size over TLS, whole and in order, also to a client that reads late") {
  TlsOutput tls(3);
  TlsClient client(tls.port(), "{\"from\":\"earliest\"}\n");
  REQUIRE(tls.hears_events(client, 3));
  for (const std::size_t size : {10, 16'000, 17'000, 900'000, 700}) tls.commit(20, size);
  for (int turn = 0; turn < 50; ++turn) tls.run_ready();
  REQUIRE(tls.hears_events(client, 103));
  CHECK(client.sequences() == range(1, 103));
  CHECK(tls.stop(*tls.output));
  REQUIRE(tls.hears_end(client));
  CHECK(client.text.find("{\"stopping\"") != std::string::npos);
  CHECK(client.was_bidden_goodbye());
}

TEST_CASE("a TCP output's certificate is renewed without ending a connection, and kept when the new one is of no use") {
  TlsOutput tls(1);
  const std::string request = "{\"from\":\"earliest\"}\n";
  TlsClient before(tls.port(), request);
  REQUIRE(tls.hears_events(before, 1));
  make_certificate(tls.config.certificate, tls.config.key, 2);
  REQUIRE(tls.output->renew_certificate().has_value());
  TlsClient after(tls.port(), request);
  REQUIRE(tls.hears_events(after, 1));
  CHECK(before.serial() == 1);
  CHECK(after.serial() == 2);

  std::ofstream(tls.config.certificate) << "no certificate\n";
  const Result<void> failed = tls.output->renew_certificate();
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().where == tls.config.certificate.string());
  TlsClient later(tls.port(), request);
  REQUIRE(tls.hears_events(later, 1));
  CHECK(later.serial() == 2);
  tls.commit(1);
  CHECK(tls.hears_events(before, 2));
}

TEST_CASE("a TCP output whose certificate is of no use does not start") {
  StreamFixture stream(0);
  OutputConfig config;
  config.kind = OutputConfig::Kind::Tcp;
  config.name = "tcp";
  config.listen = "127.0.0.1:0";
  config.certificate = stream.folder / "none.pem";
  config.key = stream.folder / "none.key";
  auto output = std::move(SocketOutput::create(config, stream.context(), std::nullopt).value());
  const auto started = output->start();
  REQUIRE(started.has_error());
  CHECK(started.error().is(TlsError::Unusable));
  CHECK(started.error().where == config.certificate.string());
}

}  // namespace newsd
