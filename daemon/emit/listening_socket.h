// ListeningSocket: the unix socket an output listens at: made at a path (a stale one is taken over, a live one is not)
// or inherited from the service manager. Owns the descriptor, and the path if it made it.
#pragma once

#include "daemon/emit/emit_error.h"
#include "daemon/journal/file_handle.h"

#include <cstdint>
#include <filesystem>

namespace newsd {

class ListeningSocket {
 public:
  /// Binds and listens. InUse: a process answers there; CannotCreate.
  static Result<ListeningSocket> at(const std::filesystem::path& path, std::uint32_t mode);
  /// Takes a descriptor that listens already; its path stays.
  static Result<ListeningSocket> adopt(int fd);

  ListeningSocket(ListeningSocket&&) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) noexcept = default;
  ~ListeningSocket() = default;

  int fd() const { return socket_.get(); }
  /// Removes the path if it is still the one that was made here.
  void unlink();

 private:
  ListeningSocket() = default;

  FileHandle socket_;
  std::filesystem::path path_;
  std::uint64_t inode_ = 0;
};

}  // namespace newsd
