#include "feeds/source/drop_release.h"

#include "feeds/source/drop_claim.h"
#include "feeds/source/source_notice.h"
#include "feeds/source/unique_fd.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace newsd {
namespace {

constexpr std::size_t kLongestName = 255;  // NAME_MAX
constexpr std::size_t kShortened = 200;    // as the interface promises
constexpr unsigned kMostTries = 10'000;    // names tried beside one that is taken
constexpr std::string_view kReason = ".reason.json";

Release try_later(const std::string& what, int number) {
  Release release{Release::Kind::TryLater, std::nullopt};
  release.error.emplace(SourceError::CannotLetGo, std::generic_category().message(number), what);
  return release;
}

/// renameat2(RENAME_NOREPLACE); on a file system that lacks it, a look and a rename.
int rename_beside(int from_directory, const std::string& from, int to_directory, const std::string& to) {
  if (::renameat2(from_directory, from.c_str(), to_directory, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (look_at(to_directory, to)) return EEXIST;
  return ::renameat(from_directory, from.c_str(), to_directory, to.c_str()) == 0 ? 0 : errno;
}

/// The folder in the drop directory, made when missing. A link in its place is not followed: it would let a writer
/// choose where we write.
UniqueFd open_folder(int directory, const char* folder) {
  constexpr int kFlags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  UniqueFd fd(::openat(directory, folder, kFlags));
  if (!fd && errno == ENOENT && (::mkdirat(directory, folder, 0750) == 0 || errno == EEXIST)) {
    fd.reset(::openat(directory, folder, kFlags));
  }
  return fd;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

/// Writes the reason file as a whole: under a dot-name first. Returns an errno, 0 when it stands.
int write_reason(int folder, const std::string& reason, const std::string& json) {
  const std::string half = ".reason." + std::to_string(::getpid()) + ".tmp";
  UniqueFd fd(::openat(folder, half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640));
  if (!fd) return errno;
  const bool written = write_all(fd.get(), json) && write_all(fd.get(), "\n");
  if (!written || ::renameat(folder, half.c_str(), folder, reason.c_str()) != 0) {
    const int number = errno;
    ::unlinkat(folder, half.c_str(), 0);
    return number;
  }
  return 0;
}

/// After our last look another file may have come under the name and been moved by us: then it is put back.
Release check_moved(int directory, const std::string& name, int folder, const std::string& moved,
                    const FileStamp& stamp) {
  const std::optional<FileStamp> found = look_at(folder, moved);
  if (!found || found->same_file(stamp)) return {};
  for (unsigned n = 0; n < kMostTries; ++n) {
    const int number = rename_beside(folder, moved, directory, free_name(name, n));
    if (number == 0 || number == ENOENT) break;
    if (number != EEXIST) return try_later("putting back " + readable_name(name), number);
  }
  return {Release::Kind::Replaced, std::nullopt};
}

/// Moves the file into the folder under its name, or the next that is free; for a quarantined one the reason comes
/// first, so that no crash leaves a file without it.
Release move_into(int directory, const char* folder_name, const std::string& name, const FileStamp& stamp,
                  const std::string* reason) {
  const UniqueFd folder = open_folder(directory, folder_name);
  if (!folder) return try_later(folder_name, errno);
  for (unsigned n = 0; n < kMostTries; ++n) {
    const std::string target = free_name(name, n);
    const std::string reason_file = reason_name(target, n);
    if (reason) {
      const bool shortened = !reason_file.starts_with(target);
      if (look_at(folder.get(), target) || (shortened && look_at(folder.get(), reason_file))) continue;
      if (const int number = write_reason(folder.get(), reason_file, *reason)) return try_later(folder_name, number);
    }
    const int number = rename_beside(directory, name, folder.get(), target);
    if (number == 0) return check_moved(directory, name, folder.get(), target, stamp);
    if (number == EEXIST) continue;
    if (reason) ::unlinkat(folder.get(), reason_file.c_str(), 0);
    if (number == ENOENT) return {Release::Kind::Gone, std::nullopt};
    return try_later(folder_name, number);
  }
  return try_later(folder_name, EEXIST);
}

}  // namespace

std::string free_name(const std::string& name, unsigned n) {
  if (n == 0) return name;
  const std::string number = "." + std::to_string(n);
  std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || name.size() - dot > 16)
    dot = name.size();  // a long tail is no file extension
  const std::string extension = name.substr(dot);
  std::string stem = name.substr(0, dot);
  const std::size_t room = kLongestName - number.size() - extension.size();
  if (stem.size() > room) stem.resize(room);
  return stem + number + extension;
}

std::string reason_name(const std::string& name, unsigned n) {
  if (name.size() + kReason.size() <= kLongestName) return name + std::string(kReason);
  return name.substr(0, kShortened) + (n == 0 ? "" : "." + std::to_string(n)) + std::string(kReason);
}

Release release_file(int directory, const std::string& name, const FileStamp& stamp, const Outcome& outcome,
                     WhenDone when_done) {
  const std::optional<FileStamp> now = look_at(directory, name);
  if (!now) {
    if (errno == ENOENT) return {Release::Kind::Gone, std::nullopt};
    return try_later(readable_name(name), errno);
  }
  if (!now->same_bytes(stamp)) return {Release::Kind::Replaced, std::nullopt};
  if (outcome.fate == Outcome::Fate::Quarantined) {
    Release release = move_into(directory, "failed", name, stamp, &outcome.reason_json);
    // a directory whose files are kept may well be one we cannot write to: then bad ones stay, too
    if (release.kind == Release::Kind::TryLater && when_done == WhenDone::Keep)
      return {Release::Kind::Left, std::nullopt};
    return release;
  }
  switch (when_done) {
    case WhenDone::Keep: return {Release::Kind::Left, std::nullopt};
    case WhenDone::Move: return move_into(directory, "done", name, stamp, nullptr);
    case WhenDone::Delete: break;
  }
  if (::unlinkat(directory, name.c_str(), 0) == 0) return {};
  if (errno == ENOENT) return {Release::Kind::Gone, std::nullopt};
  return try_later(readable_name(name), errno);
}

}  // namespace newsd
