// HttpStream: an HTTP server on a stream, started at a free port of this machine; HttpClient: a client of it on the
// test's own thread that writes bytes as they are and keeps what comes.
#pragma once

#include "daemon/serve/http_server.h"
#include "tests/daemon/stream/stream_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>

namespace newsd {

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, const std::string& request = {})
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    say(request);
  }
  ~HttpClient() { leave(); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  std::size_t say(std::string_view bytes) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return n < 0 ? 0 : static_cast<std::size_t>(n);
  }
  void half_close() { ::shutdown(fd_, SHUT_WR); }
  void leave() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  /// Takes what is there.
  void read() {
    char block[65536];
    ssize_t n = 0;
    while ((n = ::recv(fd_, block, sizeof block, 0)) > 0) text.append(block, static_cast<std::size_t>(n));
    if (n == 0 || (n < 0 && errno != EAGAIN)) ended = true;
  }
  int status() const { return text.starts_with("HTTP/1.1 ") ? std::stoi(text.substr(9, 3)) : 0; }
  bool was_told(std::string_view words) const { return text.find(words) != std::string::npos; }
  std::vector<std::uint64_t> sequences() const { return sequences_in(lines_of(text)); }

  std::string text;
  bool connected = false, ended = false;

 private:
  int fd_;
};

struct HttpStream : StreamFixture {
  explicit HttpStream(std::uint64_t events_before = 0, const std::function<void(HttpConfig&)>& change = {},
                      ServeTiming timing = {})
      : StreamFixture(events_before) {
    config.listen = "127.0.0.1:0";
    if (change) change(config);
    server = std::make_unique<HttpServer>(
        config, context(), std::nullopt,
        DaemonView{[this] {
                     DaemonStatus now;
                     now.is_ready = is_ready;
                     now.version = "0.1";
                     return now;
                   },
                   [this] { return feeds; }, [this] { return drops; }, [] { return nullptr; },
                   [this] {
                     ++journals_opened;
                     return Result<std::shared_ptr<JournalReader>>(
                         std::shared_ptr<JournalReader>(std::shared_ptr<void>(), &journal));
                   }},
        nullptr, timing);
    server->start().value();
  }

  /// A request with the header that every client sends, and more lines if there are any.
  static std::string get(std::string_view target, std::string_view more = {}, std::string_view method = "GET") {
    return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) +
           "\r\n";
  }
  bool hears(HttpClient& client, std::string_view words) {
    return run_until([&] { return client.read(), client.was_told(words); });
  }
  bool hears_end(HttpClient& client) {
    return run_until([&] { return client.read(), client.ended; });
  }
  /// Until the client has so many events.
  bool hears_events(HttpClient& client, std::size_t events) {
    return run_until([&] { return client.read(), client.sequences().size() >= events; });
  }
  bool serves(std::size_t clients) {
    return run_until([&] { return server->clients() == clients; });
  }

  HttpConfig config;
  bool is_ready = true;
  FeedsView feeds;
  std::vector<DropConfig> drops;
  int journals_opened = 0;
  std::unique_ptr<HttpServer> server;
};

/// The body of the answer to one request.
inline std::string answer_to(HttpStream& stream, const std::string& target, int status = 200) {
  HttpClient client(stream.server->port(), stream.get(target, "Connection: close\r\n"));
  REQUIRE(stream.hears_end(client));
  CAPTURE(client.text);
  REQUIRE(client.status() == status);
  return client.text.substr(client.text.find("\r\n\r\n") + 4);
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace newsd
