#include "daemon/ops/listen_fds.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace newsd {

TEST_CASE("inherited sockets come with name and path or address, and are closed on exec") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("newsd-listen-" + std::to_string(::getpid()))).string();
  const int unix_socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  REQUIRE(::bind(unix_socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  const int base = 200;  // far from what the test runner has open
  REQUIRE(::dup2(unix_socket, base) == base);
  const int tcp_socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in tcp{};
  tcp.sin_family = AF_INET;
  tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(tcp);
  REQUIRE(::bind(tcp_socket, reinterpret_cast<const sockaddr*>(&tcp), size) == 0);
  REQUIRE(::getsockname(tcp_socket, reinterpret_cast<sockaddr*>(&tcp), &size) == 0);
  REQUIRE(::dup2(tcp_socket, base + 1) == base + 1);
  REQUIRE(::dup2(::socket(AF_INET, SOCK_STREAM, 0), base + 2) == base + 2);

  const auto sockets = inherited_sockets(base, 4, "events");

  REQUIRE(sockets.size() == 3);  // the fourth was announced but is not there
  CHECK(sockets[0] == InheritedSocket{base, "events", path});
  CHECK(sockets[1] == InheritedSocket{base + 1, "unknown", "127.0.0.1:" + std::to_string(ntohs(tcp.sin_port))});
  CHECK(sockets[2] == InheritedSocket{base + 2, "unknown", ""});  // bound to nothing
  CHECK((::fcntl(base, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK((::fcntl(base + 1, F_GETFD) & FD_CLOEXEC) != 0);
  for (const int fd : {unix_socket, tcp_socket, base, base + 1, base + 2}) ::close(fd);
  ::unlink(path.c_str());
}

TEST_CASE("names are given in order and an empty one is unknown") {
  const int base = 210;
  for (int i = 0; i < 3; ++i) REQUIRE(::dup2(::socket(AF_UNIX, SOCK_STREAM, 0), base + i) == base + i);
  const auto sockets = inherited_sockets(base, 3, "a::c");
  REQUIRE(sockets.size() == 3);
  CHECK(sockets[0].name == "a");
  CHECK(sockets[1].name == "unknown");
  CHECK(sockets[2].name == "c");
  for (int i = 0; i < 3; ++i) ::close(base + i);
}

TEST_CASE("sockets meant for another process are not taken and the variables go") {
  ::setenv("LISTEN_PID", "1", 1);
  ::setenv("LISTEN_FDS", "1", 1);
  ::setenv("LISTEN_FDNAMES", "events", 1);
  CHECK(take_inherited_sockets().empty());
  CHECK(std::getenv("LISTEN_PID") == nullptr);
  CHECK(std::getenv("LISTEN_FDS") == nullptr);
  CHECK(std::getenv("LISTEN_FDNAMES") == nullptr);
}

TEST_CASE("numbers that are none give no sockets") {
  for (const char* count : {"", "-1", "3x", "99999999999999999999"}) {
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", count, 1);
    CHECK(take_inherited_sockets().empty());
  }
}

}  // namespace newsd
