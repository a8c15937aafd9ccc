#include "daemon/emit/dead_letter_round.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace newsd {
namespace {

Error failed(StreamError kind, std::string_view words, const std::filesystem::path& file) {
  return {kind, std::string(words) + ": " + std::strerror(errno), file.string()};
}

/// "dead-letters.ndjson" → "dead-letters.resend.ndjson"
std::filesystem::path aside_of(const std::filesystem::path& file) {
  std::filesystem::path aside = file;
  return aside.replace_extension("resend" + file.extension().string());
}

/// Waits for who was adding to the file while it was taken: whoever opened it and comes later sees that it has moved.
Result<void> await_writers(const std::filesystem::path& aside) {
  const FileHandle file(::open(aside.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) return failed(StreamError::Io, "cannot be read", aside);
  while (::flock(file.get(), LOCK_EX) != 0)
    if (errno != EINTR) return failed(StreamError::Io, "cannot be locked", aside);
  return {};
}

}  // namespace

DeadLetterRound::DeadLetterRound(std::filesystem::path file, FileHandle directory, bool is_resumed)
    : file_(std::move(file)),
      aside_(aside_of(file_)),
      directory_(std::move(directory)),
      lines_(aside_, std::ios::binary),
      is_resumed_(is_resumed) {}

Result<std::optional<DeadLetterRound>> DeadLetterRound::begin(const std::filesystem::path& file) {
  const std::filesystem::path aside = aside_of(file), folder = file.parent_path();
  FileHandle directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open() && errno == ENOENT) return std::optional<DeadLetterRound>();
  if (!directory.is_open()) return failed(StreamError::Io, "cannot be read", folder);
  if (::flock(directory.get(), LOCK_EX | LOCK_NB) != 0)
    return Error(StreamError::InUse, "somebody else is going through the dead letters", folder.string());
  const bool is_taken = ::renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, aside.c_str(), RENAME_NOREPLACE) == 0;
  std::error_code none;
  if (!is_taken && errno != EEXIST && errno != ENOENT)
    return failed(StreamError::CannotCreate, "cannot be taken", file);
  if (!is_taken && !std::filesystem::exists(aside, none)) return std::optional<DeadLetterRound>();
  if (auto awaited = await_writers(aside); !awaited) return awaited.error();
  std::optional<DeadLetterRound> round(DeadLetterRound(file, std::move(directory), !is_taken));
  if (!round->lines_.is_open()) return failed(StreamError::Io, "cannot be read", aside);
  return round;
}

std::optional<std::string> DeadLetterRound::next() {
  std::string line;
  while (std::getline(lines_, line))
    if (!line.empty()) return line;
  return std::nullopt;
}

Result<void> DeadLetterRound::keep(std::string_view line) {
  auto written = append_dead_letter(file_, line);
  struct stat owner {};
  // they belong to the daemon's user, also when root has put some back; what it may not write then, it says itself
  if (written && ::geteuid() == 0 && ::lstat(aside_.c_str(), &owner) == 0)
    static_cast<void>(::lchown(file_.c_str(), owner.st_uid, owner.st_gid) == 0);
  return written;
}

Result<void> DeadLetterRound::finish() {
  if (lines_.bad()) return failed(StreamError::Io, "cannot be read", aside_);
  // the file of those that were kept may be new: its name is on the disk before the letters aside are gone
  if (::fsync(directory_.get()) != 0) return failed(StreamError::Io, "cannot be synced", file_.parent_path());
  if (::unlink(aside_.c_str()) != 0) return failed(StreamError::Io, "cannot be deleted", aside_);
  return {};
}

}  // namespace newsd
