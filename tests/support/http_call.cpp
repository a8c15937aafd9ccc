#include "tests/support/http_call.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace newsd {
namespace {

/// A connected socket; -1 when nobody listens.
int connected_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

}  // namespace

std::string http_request(std::string_view method, std::string_view target, std::string_view more, std::string_view body,
                         std::string_view host) {
  const std::string length = body.empty() ? "" : fmt::format("Content-Length: {}\r\n", body.size());
  return fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}{}\r\n{}", method, target, host, more,
                     length, body);
}

HttpReply http_call(std::uint16_t port, std::string_view request, std::chrono::milliseconds patience) {
  const int fd = connected_to(port);
  std::string answer;
  if (fd >= 0) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      pollfd asked{fd, static_cast<short>(POLLIN | (request.empty() ? 0 : POLLOUT)), 0};
      if (left.count() <= 0 || ::poll(&asked, 1, static_cast<int>(left.count())) <= 0) break;
      if ((asked.revents & POLLOUT) != 0) {
        const ssize_t n = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) request.remove_prefix(static_cast<std::size_t>(n));
        if (n < 0) request = {};  // the server has heard enough
      }
      if ((asked.revents & ~POLLOUT) == 0) continue;
      char block[65536];
      const ssize_t n = ::recv(fd, block, sizeof block, 0);
      if (n <= 0) break;
      answer.append(block, static_cast<std::size_t>(n));
    }
  }
  if (fd >= 0) ::close(fd);
  const std::size_t body = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 ") || body == std::string::npos) return {};
  return {std::stoi(answer.substr(9, 3)), answer.substr(0, body + 2), answer.substr(body + 4)};
}

HttpHold::HttpHold(std::uint16_t port, std::string_view said) : fd_(connected_to(port)) {
  if (fd_ >= 0 && ::send(fd_, said.data(), said.size(), MSG_NOSIGNAL) < 0) ::close(std::exchange(fd_, -1));
}

HttpHold::~HttpHold() {
  if (fd_ >= 0) ::close(fd_);
}

std::uint16_t http_port_of(const Process& newsd) {
  constexpr std::string_view kServed = "127.0.0.1:";
  std::size_t at = std::string::npos;
  eventually([&] {
    const std::string said = newsd.errors();
    at = said.find("HTTP is served");
    return at != std::string::npos && said.find('\n', at) != std::string::npos;
  });
  const std::string said = newsd.errors();
  at = at == std::string::npos ? at : said.find(kServed, at);
  return at == std::string::npos ? 0 : static_cast<std::uint16_t>(std::stoi(said.substr(at + kServed.size(), 5)));
}

}  // namespace newsd
