#include "daemon/journal/state_dir.h"

#include "daemon/journal/storage_error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace newsd {
namespace {

/// The pid a holder of the lock wrote into it; empty when it could not (a full disk).
std::string holder_of(int lock) {
  std::array<char, 24> text{};
  const ssize_t length = ::pread(lock, text.data(), text.size(), 0);
  const std::string_view read(text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  return {read.begin(), std::find_if_not(read.begin(), read.end(), is_digit)};
}

/// Only for the message another process gives, so a full disk is no reason not to start.
void write_holder(int lock) {
  const std::string pid = std::to_string(::getpid()) + '\n';
  if (::ftruncate(lock, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(lock, pid.data(), pid.size(), 0);
}

}  // namespace

Result<void> ensure_state_dir(const std::filesystem::path& dir) {
  std::filesystem::path named = dir;
  if (!named.has_filename()) named = named.parent_path();  // "state/" → "state"
  struct stat status {};
  if (::stat(named.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return {};
    return Error(JournalError::CannotCreate, "the state directory is a file", named.string());
  }
  if (errno != ENOENT) return system_error(errno, "cannot use the state directory", named);
  if (::mkdir(named.c_str(), 0700) != 0 && errno != EEXIST) {
    return system_error(errno, "cannot make the state directory", named);
  }
  const std::filesystem::path parent = named.parent_path();
  return sync_directory(parent.empty() ? std::filesystem::path(".") : parent);
}

Result<void> sync_directory(const std::filesystem::path& dir) {
  const FileHandle handle(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle.is_open()) {
    if (errno == EACCES) return {};  // may be entered, not listed: its file system syncs it in its own time
    return system_error(errno, "cannot open the directory", dir);
  }
  // EINVAL: a file system without directory syncs; it has nothing to lose by them
  if (::fsync(handle.get()) != 0 && errno != EINVAL) return system_error(errno, "cannot sync the directory", dir);
  return {};
}

Result<StateLock> StateLock::take(const std::filesystem::path& dir) {
  const std::filesystem::path path = dir / "lock";
  FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return system_error(errno, "cannot open the lock", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_error(errno, "cannot take the lock", path);
    const std::string pid = holder_of(file.get());
    return Error(JournalError::Locked,
                 "another newsd uses this state directory" + (pid.empty() ? std::string() : " (process " + pid + ")"),
                 path.string());
  }
  write_holder(file.get());
  return StateLock(std::move(file));
}

}  // namespace newsd
