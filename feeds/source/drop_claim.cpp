#include "feeds/source/drop_claim.h"

#include "feeds/source/source_notice.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>

namespace newsd {
namespace {

Claim without_file(Claim::Kind kind, FileStamp stamp = {}) {
  Claim claim;
  claim.kind = kind;
  claim.stamp = stamp;
  return claim;
}

Claim refused(SourceError why, std::string text, FileStamp stamp) {
  Claim claim = without_file(Claim::Kind::Refused, stamp);
  claim.error.emplace(why, std::move(text));
  return claim;
}

Claim try_later(int number, FileStamp stamp) {
  Claim claim = without_file(Claim::Kind::TryLater, stamp);
  const bool crowded = number == EMFILE || number == ENFILE || number == ENOMEM;
  claim.error.emplace(crowded ? SourceError::NoDescriptors : SourceError::Unreadable,
                      std::generic_category().message(number));
  return claim;
}

std::string describe(const FileStamp& stamp) {
  return stamp.links > 1 && stamp.type == FileType::Regular
             ? "it has " + std::to_string(stamp.links) + " names (hard links)"
             : "it is no regular file, and links are not followed";
}

/// A read lease is granted only when nobody has the file open for writing. Should a writer come in the moment we hold
/// it, the kernel would send the lease's signal, by default SIGIO, which kills: SIGURG is ignored unless somebody asks
/// for it.
Writers ask_for_writers(int fd) {
  if (::fcntl(fd, F_SETSIG, SIGURG) != 0) return Writers::Unknown;
  if (::fcntl(fd, F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN ? Writers::Some : Writers::Unknown;
  ::fcntl(fd, F_SETLEASE, F_UNLCK);
  return Writers::None;
}

/// Opens what lstat said is a regular file. It may have become something else since: O_NONBLOCK keeps a FIFO from
/// holding us, O_NOFOLLOW is ELOOP on a link.
Claim open_regular(int directory, const std::string& name, const FileStamp& before, int highest_fd) {
  UniqueFd fd(::openat(directory, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!fd) {
    switch (errno) {
      case ENOENT: return without_file(Claim::Kind::Gone, before);
      case EACCES:
      case EPERM: return refused(SourceError::Permission, "it may not be read", before);
      case ELOOP:
      case ENXIO: return refused(SourceError::NotARegularFile, describe(before), before);
      default: return try_later(errno, before);
    }
  }
  if (fd.get() > highest_fd) return try_later(EMFILE, before);  // the lowest free number is given: few are left
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) return try_later(errno, before);
  const FileStamp stamp = FileStamp::from(found);
  if (stamp.type != FileType::Regular) return refused(SourceError::NotARegularFile, describe(stamp), stamp);
  Claim claim = without_file(Claim::Kind::Taken, stamp);
  claim.fd = std::move(fd);
  return claim;
}

}  // namespace

std::optional<FileStamp> look_at(int directory, const std::string& name) {
  struct stat found {};
  if (::fstatat(directory, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return FileStamp::from(found);
}

int highest_claim_fd() {
  constexpr rlim_t kSpare = 16;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > INT_MAX) return INT_MAX;
  return limit.rlim_cur > kSpare ? static_cast<int>(limit.rlim_cur - kSpare) - 1 : 0;
}

bool has_a_name(int fd) {
  struct stat found {};
  return ::fstat(fd, &found) == 0 && found.st_nlink > 0;
}

Claim claim_file(int directory, const std::string& name, bool ask_writers, int highest_fd) {
  struct stat found {};
  if (::fstatat(directory, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
    return errno == ENOENT ? without_file(Claim::Kind::Gone) : try_later(errno, {});
  }
  const FileStamp before = FileStamp::from(found);
  if (before.type == FileType::Directory) return without_file(Claim::Kind::Skip, before);
  if (before.type == FileType::Other) return refused(SourceError::NotARegularFile, describe(before), before);

  Claim claim = open_regular(directory, name, before, highest_fd);
  if (claim.kind != Claim::Kind::Taken) return claim;
  if (::flock(claim.fd.get(), LOCK_EX | LOCK_NB) != 0) {
    return errno == EWOULDBLOCK ? without_file(Claim::Kind::Locked, claim.stamp) : try_later(errno, claim.stamp);
  }
  // whoever held the lock before us may have moved the file away between our open and our lock
  const std::optional<FileStamp> after = look_at(directory, name);
  if (!after || !after->same_file(claim.stamp))
    return without_file(after ? Claim::Kind::Locked : Claim::Kind::Gone, claim.stamp);
  claim.stamp = *after;
  if (claim.stamp.links > 1) {
    claim.kind = Claim::Kind::Linked;
    claim.error.emplace(SourceError::HardLink, describe(claim.stamp));
  } else if (ask_writers) {
    claim.writers = ask_for_writers(claim.fd.get());
  }
  return claim;
}

ClaimedBytes read_claimed(int fd, const FileStamp& stamp, std::uint64_t max_bytes) {
  ClaimedBytes read;
  if (stamp.size > max_bytes) {
    read.kind = ClaimedBytes::Kind::TooLarge;
    return read;
  }
  read.bytes.resize(stamp.size + 1);  // one more than there should be: a file that grows shows itself
  std::size_t have = 0;
  while (have < read.bytes.size()) {
    const ssize_t n = ::pread(fd, read.bytes.data() + have, read.bytes.size() - have, static_cast<off_t>(have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      read.error.emplace(SourceError::Unreadable, std::generic_category().message(errno));
      return read;
    }
    have += static_cast<std::size_t>(n);
    if (n == 0 || have == stamp.size) break;  // a short read is the end of a regular file; fstat tells whether it grew
  }
  struct stat found {};
  const bool same = ::fstat(fd, &found) == 0 && FileStamp::from(found).same_bytes(stamp);
  read.kind = same && have == stamp.size ? ClaimedBytes::Kind::Whole : ClaimedBytes::Kind::Changed;
  read.bytes.resize(std::min<std::size_t>(have, stamp.size));
  return read;
}

}  // namespace newsd
