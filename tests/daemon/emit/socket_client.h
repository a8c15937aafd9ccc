// SocketClient: a consumer at a unix or TCP socket for tests, on the test's own thread: it connects, writes, and reads
// what is there when it is asked to.
#pragma once

#include "daemon/emit/socket_output.h"
#include "tests/daemon/stream/stream_fixture.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {

class SocketClient {
 public:
  explicit SocketClient(const std::filesystem::path& path, const std::string& request = {})
      : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    connected = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    if (!request.empty()) say(request + "\n");
  }
  /// At a TCP port of this machine.
  explicit SocketClient(std::uint16_t port, const std::string& request = {})
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    if (!request.empty()) say(request + "\n");
  }
  ~SocketClient() { leave(); }
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  /// Writes what the socket takes; returns how much that was.
  std::size_t say(std::string_view text) {
    const ssize_t n = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
    return n < 0 ? 0 : static_cast<std::size_t>(n);
  }
  void half_close() { ::shutdown(fd_, SHUT_WR); }
  void leave() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  /// Reads what is there, at most so many bytes; true when there was something.
  bool read(std::size_t most = std::size_t{1} << 30) {
    char block[65536];
    bool any = false;
    while (most > 0) {
      const ssize_t n = ::recv(fd_, block, std::min(most, sizeof block), 0);
      if (n == 0 || (n < 0 && errno != EAGAIN)) ended = true;
      if (n <= 0) break;
      any = true;
      most -= static_cast<std::size_t>(n);
      take({block, static_cast<std::size_t>(n)});
    }
    return any;
  }
  std::vector<std::uint64_t> sequences() const { return sequences_in(lines); }
  /// Whether some line holds the text.
  bool was_told(std::string_view text) const {
    return std::ranges::any_of(lines, [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }

  std::vector<std::string> lines;
  bool connected = false, ended = false;

 private:
  void take(std::string_view bytes) {
    rest_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1)
      lines.push_back(rest_.substr(begin, end - begin));
    rest_.erase(0, begin);
  }

  int fd_;
  std::string rest_;
};

/// A socket output on a stream, started; a unix one unless it is changed.
struct SocketStream : StreamFixture {
  explicit SocketStream(std::uint64_t events_before = 0, std::vector<CursorRow> rows = {},
                        std::size_t tail_bytes = 1 << 20,
                        std::function<void(OutputConfig&, SessionTiming&)> change = {})
      : StreamFixture(events_before, std::move(rows), tail_bytes) {
    config.kind = OutputConfig::Kind::Unix;
    config.name = "socket";
    config.path = folder / "s";
    if (change) change(config, timing);
    output = std::move(SocketOutput::create(config, context(), std::nullopt, timing).value());
    output->start().value();
  }

  bool reads_until(SocketClient& client, std::size_t lines) {
    return run_until([&] { return client.read(), client.lines.size() >= lines; });
  }
  bool reads_to_end(SocketClient& client) {
    return run_until([&] { return client.read(), client.ended; });
  }
  bool serves(std::size_t clients) {
    return run_until([&] { return output->clients() == clients; });
  }

  OutputConfig config;
  SessionTiming timing{std::chrono::milliseconds(60), std::chrono::milliseconds(300)};
  std::unique_ptr<SocketOutput> output;
};

}  // namespace newsd
