// The same protocol as at a unix socket, over TCP, and the token that it may ask for.
#include "tests/daemon/emit/socket_client.h"

#include <fstream>

namespace newsd {
namespace {

constexpr auto kToken = "correct-horse-battery";

/// A TCP output at a free port of this machine, asking for a token if there is one.
struct TcpStream : SocketStream {
  explicit TcpStream(std::uint64_t events_before = 0, const std::string& token = {})
      : SocketStream(events_before, {}, 1 << 20, [&](OutputConfig& tcp, SessionTiming&) {
          tcp.kind = OutputConfig::Kind::Tcp;
          tcp.listen = "127.0.0.1:0";
          if (token.empty()) return;
          tcp.token_file = tcp.path.string() + ".token";
          std::ofstream(tcp.token_file) << token << "\n";
        }) {}
};

}  // namespace

TEST_CASE("a TCP client that says nothing gets the stream from now on") {
  TcpStream stream(3);
  SocketClient client(stream.output->port());
  REQUIRE(stream.serves(1));
  stream.commit(2);
  REQUIRE(stream.reads_until(client, 2));
  CHECK(client.sequences() == range(4, 5));
}

TEST_CASE("a TCP client asks for a place in the stream as a unix one does") {
  TcpStream stream(5);
  SocketClient client(stream.output->port(), R"({"from":2})");
  REQUIRE(stream.reads_until(client, 3));
  CHECK(client.sequences() == range(3, 5));
}

TEST_CASE("where a token is asked for, a client that says it is served") {
  TcpStream stream(2, kToken);
  SocketClient client(stream.output->port(), std::string(R"({"from":"earliest","token":")") + kToken + "\"}");
  REQUIRE(stream.reads_until(client, 2));
  CHECK(client.sequences() == range(1, 2));
}

TEST_CASE("where a token is asked for, who does not say it is sent away without an event") {
  TcpStream stream(2, kToken);
  std::vector<std::string> requests{R"({"from":"earliest"})", R"({"from":"earliest","token":""})",
                                    R"({"from":"earliest","token":"correct-horse-batterz"})",
                                    R"({"from":"earliest","token":"correct-horse-battery-staple"})", ""};
  for (const std::string& request : requests) {
    CAPTURE(request);
    SocketClient client(stream.output->port(), request);
    stream.commit(1);
    REQUIRE(stream.reads_to_end(client));
    REQUIRE(client.lines.size() == 1);
    CHECK(client.was_told(request.empty() ? "request-incomplete" : "forbidden"));
    CHECK_FALSE(client.was_told(kToken));
  }
}

TEST_CASE("an output whose token cannot be read does not start") {
  StreamFixture stream(0);
  OutputConfig config;
  config.kind = OutputConfig::Kind::Tcp;
  config.name = "tcp";
  config.listen = "127.0.0.1:0";
  config.token_file = stream.folder / "missing";
  auto output = std::move(SocketOutput::create(config, stream.context(), std::nullopt).value());
  const auto started = output->start();
  REQUIRE(started.has_error());
  CHECK(started.error().where == config.token_file.string());
}

TEST_CASE("a port that is taken is told, and not shared") {
  TcpStream stream;
  OutputConfig config = stream.config;
  config.listen = "127.0.0.1:" + std::to_string(stream.output->port());
  auto second = std::move(SocketOutput::create(config, stream.context(), std::nullopt).value());
  const auto started = second->start();
  REQUIRE(started.has_error());
  CHECK(started.error().is(StreamError::InUse));
}

}  // namespace newsd
