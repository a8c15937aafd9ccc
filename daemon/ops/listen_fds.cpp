#include "daemon/ops/listen_fds.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace newsd {
namespace {

constexpr int kFirst = 3;            // SD_LISTEN_FDS_START
constexpr long kMostSockets = 1024;  // more than any unit has: a bound on what a broken environment can ask for

std::optional<long> whole_number(const char* text) {
  if (!text) return std::nullopt;
  const char* end = text + std::strlen(text);
  long value = 0;
  const auto [stopped, problem] = std::from_chars(text, end, value);
  if (problem != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

std::string path_of(const sockaddr_un& address, socklen_t length) {
  if (length <= offsetof(sockaddr_un, sun_path) || address.sun_path[0] == '\0') return {};  // unnamed or abstract
  return std::string(address.sun_path, ::strnlen(address.sun_path, length - offsetof(sockaddr_un, sun_path)));
}

/// The host and port, as getnameinfo(3) writes them in numbers.
std::string host_and_port(const sockaddr_storage& address, socklen_t length) {
  std::array<char, INET6_ADDRSTRLEN + 16> host{};  // and a scope
  std::array<char, 8> port{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), length, host.data(), host.size(), port.data(),
                    port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  if (std::string_view(port.data()) == "0") return {};  // bound to nothing
  const std::string name = address.ss_family == AF_INET6 ? "[" + std::string(host.data()) + "]" : host.data();
  return name + ":" + port.data();
}

std::string place_of(int fd) {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return {};
  if (address.ss_family == AF_UNIX) return path_of(reinterpret_cast<const sockaddr_un&>(address), length);
  if (address.ss_family == AF_INET || address.ss_family == AF_INET6) return host_and_port(address, length);
  return {};
}

}  // namespace

std::vector<InheritedSocket> inherited_sockets(int first, int count, std::string_view names) {
  std::vector<InheritedSocket> sockets;
  for (int fd = first; fd < first + count; ++fd) {
    const std::size_t colon = names.find(':');
    const std::string_view name = names.substr(0, colon);
    names.remove_prefix(colon == std::string_view::npos ? names.size() : colon + 1);
    const int flags = ::fcntl(fd, F_GETFD);
    if (flags < 0) continue;  // announced but not there
    ::fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
    sockets.push_back({fd, std::string(name.empty() ? "unknown" : name), place_of(fd)});
  }
  return sockets;
}

std::vector<InheritedSocket> take_inherited_sockets() {
  const auto pid = whole_number(std::getenv("LISTEN_PID"));
  const auto count = whole_number(std::getenv("LISTEN_FDS"));
  const char* names = std::getenv("LISTEN_FDNAMES");
  std::vector<InheritedSocket> sockets;
  if (pid == static_cast<long>(::getpid()) && count && *count > 0 && *count <= kMostSockets) {
    sockets = inherited_sockets(kFirst, static_cast<int>(*count), names ? names : "");
  }
  for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);
  return sockets;
}

}  // namespace newsd
