// ListeningSocket: the socket an output listens at: a unix socket made at a path (a stale one is taken over, a live one
// is not), a TCP one at an address, or one inherited from the service manager. Owns the descriptor, and the path if it
// made it.
#pragma once

#include "daemon/config/listen_address.h"
#include "daemon/journal/file_handle.h"
#include "daemon/stream/stream_error.h"

#include <cstdint>
#include <filesystem>

namespace newsd {

class ListeningSocket {
 public:
  /// Binds and listens. InUse: a process answers there; CannotCreate.
  static Result<ListeningSocket> at(const std::filesystem::path& path, std::uint32_t mode);
  /// Binds and listens at a TCP address. InUse: the port is taken; CannotCreate.
  static Result<ListeningSocket> at(const ListenAddress& address);
  /// Takes a descriptor that listens already; its path stays.
  static Result<ListeningSocket> adopt(int fd);

  ListeningSocket(ListeningSocket&&) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) noexcept = default;
  ~ListeningSocket() = default;

  /// AF_UNIX, AF_INET or AF_INET6.
  int family() const { return family_; }
  /// The TCP port it listens at; 0 of a unix socket.
  std::uint16_t port() const;
  int fd() const { return socket_.get(); }
  /// Listens no more.
  void close() { socket_ = FileHandle(); }
  /// Removes the path if it is still the one that was made here.
  void unlink();

 private:
  ListeningSocket() = default;

  FileHandle socket_;
  int family_ = 0;
  std::filesystem::path path_;
  std::uint64_t inode_ = 0;
};

}  // namespace newsd
