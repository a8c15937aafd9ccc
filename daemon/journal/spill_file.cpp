#include "daemon/journal/spill_file.h"

#include "daemon/journal/storage_error.h"

#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>

namespace newsd {
namespace {

/// A file system that knows no files without names gets one whose name is taken away at once.
FileHandle named_and_unlinked(const std::filesystem::path& dir) {
  std::string name = dir / "spill.XXXXXX";
  FileHandle file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.is_open()) ::unlink(name.c_str());
  return file;
}

}  // namespace

Result<std::unique_ptr<SpillFile>> SpillFile::make(const std::filesystem::path& dir) {
  constexpr mode_t kOwnOnly = 0600;
  FileHandle file(::open(dir.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kOwnOnly));
  if (!file.is_open() && (errno == EOPNOTSUPP || errno == EISDIR)) file = named_and_unlinked(dir);
  if (!file.is_open()) return system_error(errno, "cannot make a file for texts that are seldom looked at", dir);
  return std::unique_ptr<SpillFile>(new SpillFile(std::move(file), dir));
}

Result<void> SpillFile::write(std::uint64_t offset, std::span<const std::uint32_t> words) {
  auto rest = std::as_bytes(words);
  while (!rest.empty()) {
    const ssize_t written = ::pwrite(file_.get(), rest.data(), rest.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error(written < 0 ? errno : ENOSPC, "cannot put texts aside", dir_);
    rest = rest.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<void> SpillFile::read(std::uint64_t offset, std::span<std::uint32_t> words) const {
  auto rest = std::as_writable_bytes(words);
  while (!rest.empty()) {
    const ssize_t got = ::pread(file_.get(), rest.data(), rest.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return system_error(got < 0 ? errno : EIO, "cannot read again what was put aside of earlier texts", dir_);
    rest = rest.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace newsd
