#include "daemon/stream/listening_socket.h"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {
namespace {

constexpr int kBacklog = 128;

Error cannot(const std::string& what, const std::string& where) {
  return Error(StreamError::CannotCreate, what + ": " + std::strerror(errno), where);
}

FileHandle stream_socket(int family) {
  return FileHandle(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

/// An address of either family as the system wants it.
struct SystemAddress {
  explicit SystemAddress(const ListenAddress& address) {
    if (address.is_v6) {
      auto& v6 = reinterpret_cast<sockaddr_in6&>(bytes);
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(address.port);
      inet_pton(AF_INET6, address.host.c_str(), &v6.sin6_addr);
      size = sizeof v6;
    } else {
      auto& v4 = reinterpret_cast<sockaddr_in&>(bytes);
      v4.sin_family = AF_INET;
      v4.sin_port = htons(address.port);
      inet_pton(AF_INET, address.host.c_str(), &v4.sin_addr);
      size = sizeof v4;
    }
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&bytes); }

  sockaddr_storage bytes{};
  socklen_t size = 0;
};

/// Makes way for a new socket at the path: removes one that nobody listens at.
Result<void> clear_stale(const std::filesystem::path& path, const sockaddr_un& address) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return {};  // bind will say if it is anything but absent
  if (!S_ISSOCK(info.st_mode)) return Error(StreamError::CannotCreate, "exists and is no socket", path.string());
  FileHandle probe = stream_socket(AF_UNIX);
  if (!probe.is_open()) return cannot("no socket can be made", path.string());
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN)
    return Error(StreamError::InUse, "another process serves this socket", path.string());
  if (errno != ECONNREFUSED) return cannot("the socket there cannot be examined", path.string());
  if (::unlink(path.c_str()) != 0 && errno != ENOENT)
    return cannot("the stale socket cannot be removed", path.string());
  return {};
}

}  // namespace

Result<ListeningSocket> ListeningSocket::at(const std::filesystem::path& path, std::uint32_t mode) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.empty() || name.size() >= sizeof address.sun_path)
    return Error(StreamError::CannotCreate, "a socket's path has at most 107 bytes", name);
  std::memcpy(address.sun_path, name.data(), name.size());
  if (Result<void> cleared = clear_stale(path, address); !cleared) return cleared.error();

  ListeningSocket made;
  made.family_ = AF_UNIX;
  made.socket_ = stream_socket(AF_UNIX);
  if (!made.socket_.is_open()) return cannot("no socket can be made", path.string());
  // the mode of the descriptor becomes the path's, so that there is no moment in which more may connect than should
  if (::fchmod(made.fd(), mode) != 0) return cannot("the socket's mode cannot be set", path.string());
  if (::bind(made.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return cannot("cannot be bound", path.string());
  made.path_ = path;
  struct stat info {};
  if (::chmod(path.c_str(), mode) != 0 || ::lstat(path.c_str(), &info) != 0)
    return cannot("the socket's mode cannot be set", path.string());
  made.inode_ = info.st_ino;
  if (::listen(made.fd(), kBacklog) != 0) return cannot("cannot be listened at", path.string());
  return made;
}

Result<ListeningSocket> ListeningSocket::at(const ListenAddress& address) {
  const std::string where =
      (address.is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
  const SystemAddress system(address);
  ListeningSocket made;
  made.family_ = address.is_v6 ? AF_INET6 : AF_INET;
  made.socket_ = stream_socket(made.family_);
  if (!made.socket_.is_open()) return cannot("no socket can be made", where);
  const int yes = 1;  // connections of an earlier run that are not quite over are no reason to wait
  if (::setsockopt(made.fd(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
    return cannot("the socket cannot be set up", where);
  if (address.is_v6) ::setsockopt(made.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);  // an IPv4 one stands beside
  if (::bind(made.fd(), system.get(), system.size) != 0) {
    if (errno == EADDRINUSE) return Error(StreamError::InUse, "another process listens there", where);
    return cannot("cannot be bound", where);
  }
  if (::listen(made.fd(), kBacklog) != 0) return cannot("cannot be listened at", where);
  return made;
}

std::uint16_t ListeningSocket::port() const {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(fd(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  if (bound.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(bound).sin_port);
  if (bound.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(bound).sin6_port);
  return 0;
}

Result<ListeningSocket> ListeningSocket::adopt(int fd) {
  ListeningSocket adopted;
  adopted.socket_ = FileHandle(fd);
  int listens = 0, type = 0, &family = adopted.family_;
  socklen_t size = sizeof listens;
  const bool fits = ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens == 1 &&
                    ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM &&
                    ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 &&
                    (family == AF_UNIX || family == AF_INET || family == AF_INET6);
  if (!fits)
    return Error(StreamError::CannotCreate, "the inherited descriptor is no listening stream socket",
                 "fd " + std::to_string(fd));
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
    return Error(StreamError::CannotCreate, std::strerror(errno), "fd " + std::to_string(fd));
  return adopted;
}

void ListeningSocket::unlink() {
  struct stat info {};
  if (!path_.empty() && ::lstat(path_.c_str(), &info) == 0 && info.st_ino == inode_) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace newsd
