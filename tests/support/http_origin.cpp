#include "tests/support/http_origin.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace newsd {
namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

OriginRequest request_of(std::string_view head) {
  OriginRequest request;
  const auto line_end = head.find("\r\n");
  const std::string_view first = head.substr(0, line_end);
  const auto space = first.find(' ');
  request.method = first.substr(0, space);
  request.path = first.substr(space + 1, first.rfind(' ') - space - 1);
  for (auto at = line_end + 2; at < head.size();) {
    const auto end = std::min(head.find("\r\n", at), head.size());
    const std::string_view line = head.substr(at, end - at);
    if (const auto colon = line.find(": "); colon != std::string_view::npos)
      request.headers[lowered(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
    at = end + 2;
  }
  return request;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

HttpOrigin::HttpOrigin(Script script, const std::string& address) : script_(std::move(script)) {
  const bool is_v6 = address.find(':') != std::string::npos;
  host_ = is_v6 ? "[" + address + "]" : address;
  listener_ = ::socket(is_v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (is_v6) {
    auto& in6 = reinterpret_cast<sockaddr_in6&>(storage);
    in6.sin6_family = AF_INET6;
    ::inet_pton(AF_INET6, address.c_str(), &in6.sin6_addr);
    size = sizeof in6;
  } else {
    auto& in = reinterpret_cast<sockaddr_in&>(storage);
    in.sin_family = AF_INET;
    ::inet_pton(AF_INET, address.c_str(), &in.sin_addr);
    size = sizeof in;
  }
  if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&storage), size) != 0 ||
      ::listen(listener_, 128) != 0)
    throw std::runtime_error("no address for a test origin");
  size = sizeof storage;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&storage), &size);
  port_ = ntohs(is_v6 ? reinterpret_cast<sockaddr_in6&>(storage).sin6_port
                      : reinterpret_cast<sockaddr_in&>(storage).sin_port);
  accepting_ = std::thread([this] { accept(); });
}

HttpOrigin::~HttpOrigin() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : serving_) thread.join();
  ::close(listener_);
}

std::string HttpOrigin::url(std::string_view path) const {
  return "http://" + host_ + ":" + std::to_string(port_) + std::string(path);
}

std::vector<OriginRequest> HttpOrigin::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpOrigin::accept() {
  for (;;) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.push_back(fd);
    serving_.emplace_back([this, fd] { serve(fd); });
  }
}

void HttpOrigin::serve(int fd) {
  std::string read;
  std::array<char, 65536> block{};
  bool stays = true;
  while (stays && !ending_) {
    std::size_t end = 0;
    while ((end = read.find("\r\n\r\n")) == std::string::npos) {
      const ssize_t n = ::recv(fd, block.data(), block.size(), 0);
      if (n <= 0) break;
      read.append(block.data(), static_cast<std::size_t>(n));
      if (read.front() == 0x16) break;  // a TLS handshake, which this origin does not speak
    }
    if (end == std::string::npos) {
      if (!read.empty()) write_all(fd, "HTTP/1.1 400 Bad Request\r\n\r\n");
      break;
    }
    OriginRequest request = request_of(std::string_view(read).substr(0, end));
    read.erase(0, end + 4);
    const std::size_t length = request.has("content-length") ? std::stoull(request.headers["content-length"]) : 0;
    while (read.size() < length) {
      const ssize_t n = ::recv(fd, block.data(), block.size(), 0);
      if (n <= 0) break;
      read.append(block.data(), static_cast<std::size_t>(n));
    }
    if (read.size() < length) break;  // it went away in the midst of it
    request.body = read.substr(0, length);
    read.erase(0, length);
    int n = 0;
    {
      const std::lock_guard lock(mutex_);
      n = counts_[request.path]++;
      requests_.push_back(request);
      most_at_once_ = std::max<int>(most_at_once_, ++at_once_);
    }
    stays = script_(request, n, [fd](std::string_view bytes) { return write_all(fd, bytes); });
    --at_once_;
  }
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), fd));
  ::close(fd);
}

std::string http_answer(int status, const std::vector<std::string>& header, std::string_view body) {
  std::string answer = "HTTP/1.1 " + std::to_string(status) + " x\r\n";
  for (const std::string& line : header) answer += line + "\r\n";
  if (status != 304) answer += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return answer + "\r\n" + std::string(body);
}

}  // namespace newsd
