#include "daemon/emit/listening_socket.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace newsd {
namespace {

constexpr int kBacklog = 128;

Error cannot(const std::string& what, const std::filesystem::path& path) {
  return Error(EmitError::CannotCreate, what + ": " + std::strerror(errno), path.string());
}

FileHandle unix_socket() { return FileHandle(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)); }

/// Makes way for a new socket at the path: removes one that nobody listens at.
Result<void> clear_stale(const std::filesystem::path& path, const sockaddr_un& address) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return {};  // bind will say if it is anything but absent
  if (!S_ISSOCK(info.st_mode)) return Error(EmitError::CannotCreate, "exists and is no socket", path.string());
  FileHandle probe = unix_socket();
  if (!probe.is_open()) return cannot("no socket can be made", path);
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN)
    return Error(EmitError::InUse, "another process serves this socket", path.string());
  if (errno != ECONNREFUSED) return cannot("the socket there cannot be examined", path);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return cannot("the stale socket cannot be removed", path);
  return {};
}

}  // namespace

Result<ListeningSocket> ListeningSocket::at(const std::filesystem::path& path, std::uint32_t mode) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.empty() || name.size() >= sizeof address.sun_path)
    return Error(EmitError::CannotCreate, "a socket's path has at most 107 bytes", name);
  std::memcpy(address.sun_path, name.data(), name.size());
  if (Result<void> cleared = clear_stale(path, address); !cleared) return cleared.error();

  ListeningSocket made;
  made.socket_ = unix_socket();
  if (!made.socket_.is_open()) return cannot("no socket can be made", path);
  // the mode of the descriptor becomes the path's, so that there is no moment in which more may connect than should
  if (::fchmod(made.fd(), mode) != 0) return cannot("the socket's mode cannot be set", path);
  if (::bind(made.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return cannot("cannot be bound", path);
  made.path_ = path;
  struct stat info {};
  if (::chmod(path.c_str(), mode) != 0 || ::lstat(path.c_str(), &info) != 0)
    return cannot("the socket's mode cannot be set", path);
  made.inode_ = info.st_ino;
  if (::listen(made.fd(), kBacklog) != 0) return cannot("cannot be listened at", path);
  return made;
}

Result<ListeningSocket> ListeningSocket::adopt(int fd) {
  ListeningSocket adopted;
  adopted.socket_ = FileHandle(fd);
  int listens = 0, family = 0;
  socklen_t size = sizeof listens;
  const bool fits = ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens == 1 &&
                    ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 && family == AF_UNIX;
  if (!fits)
    return Error(EmitError::CannotCreate, "the inherited descriptor is no listening unix socket",
                 "fd " + std::to_string(fd));
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
    return Error(EmitError::CannotCreate, std::strerror(errno), "fd " + std::to_string(fd));
  return adopted;
}

void ListeningSocket::unlink() {
  struct stat info {};
  if (!path_.empty() && ::lstat(path_.c_str(), &info) == 0 && info.st_ino == inode_) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace newsd
