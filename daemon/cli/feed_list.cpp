#include "daemon/cli/feed_list.h"

#include "daemon/journal/state_dir.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

namespace newsd {
namespace {

enum class FeedListError { CannotCreate, Permission, Io };
std::string_view code_of(FeedListError e) {
  switch (e) {
    case FeedListError::CannotCreate: return "cannot-create";
    case FeedListError::Permission: return "permission";
    case FeedListError::Io: return "io";
  }
  return "io";
}

Error error_of(int number, const std::filesystem::path& file) {
  const auto kind = number == EACCES || number == EPERM     ? FeedListError::Permission
                    : number == ENOENT || number == ENOTDIR ? FeedListError::CannotCreate
                                                            : FeedListError::Io;
  return {kind, std::string("the list of feeds cannot be written: ") + std::strerror(number), file.string()};
}

/// 0, or the errno of what failed.
int write_synced(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return errno;
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

}  // namespace

Result<std::vector<FeedConfig>> read_feed_list(const std::filesystem::path& state_dir) {
  LoadedConfig loaded = load_feed_list(state_dir);
  if (!loaded.errors.empty()) return loaded.errors.front();
  return std::move(loaded.config.feeds);
}

Result<void> write_feed_list(const std::filesystem::path& state_dir, const std::vector<FeedConfig>& feeds) {
  // feeds may be added before newsd ran for the first time
  if (auto made = ensure_state_dir(state_dir); !made) return made.error();
  const std::filesystem::path file = feed_list_file(state_dir);
  const std::filesystem::path fresh = file.string() + "." + std::to_string(::getpid()) + ".tmp";
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) return error_of(errno, fresh);
  int failed = write_synced(fd, show_feeds(feeds));
  if (::close(fd) != 0 && failed == 0) failed = errno;
  if (failed == 0 && ::rename(fresh.c_str(), file.c_str()) != 0) failed = errno;
  if (failed == 0) return {};
  ::unlink(fresh.c_str());
  return error_of(failed, file);
}

}  // namespace newsd
