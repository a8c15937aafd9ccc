#include "daemon/emit/event_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>

namespace newsd {
namespace {

constexpr std::size_t kBlock = 64 << 10;

Result<std::uint64_t> read_at(int fd, char* into, std::size_t size, std::uint64_t offset) {
  for (;;) {
    const ssize_t n = ::pread(fd, into, size, static_cast<off_t>(offset));
    if (n >= 0) return static_cast<std::uint64_t>(n);
    if (errno != EINTR) return Error(StreamError::Io, std::string("cannot be read: ") + std::strerror(errno));
  }
}

/// The number of newlines in [from, to).
Result<std::uint64_t> newlines(int fd, std::uint64_t from, std::uint64_t to) {
  std::vector<char> block(kBlock);
  std::uint64_t count = 0;
  while (from < to) {
    Result<std::uint64_t> n = read_at(fd, block.data(), std::min<std::uint64_t>(kBlock, to - from), from);
    if (!n) return n.error();
    if (*n == 0) break;
    count +=
        static_cast<std::uint64_t>(std::count(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*n), '\n'));
    from += *n;
  }
  return count;
}

/// Where the last whole line ends in [from, to): behind its newline, or at `from` when there is none.
Result<std::uint64_t> end_of_lines(int fd, std::uint64_t from, std::uint64_t to) {
  std::vector<char> block(kBlock);
  while (to > from) {
    const std::uint64_t size = std::min<std::uint64_t>(kBlock, to - from);
    Result<std::uint64_t> n = read_at(fd, block.data(), size, to - size);
    if (!n) return n.error();
    const std::string_view bytes(block.data(), *n);
    if (const std::size_t at = bytes.rfind('\n'); at != std::string_view::npos) return to - size + at + 1;
    to -= size;
  }
  return from;
}

/// The newlines from an offset to the end of the file at a path, if it is the file of that inode (0: any).
std::optional<std::uint64_t> newlines_in(const std::filesystem::path& path, std::uint64_t inode, std::uint64_t offset) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (!file.is_open() || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  if (inode != 0 && info.st_ino != inode) return std::nullopt;
  Result<std::uint64_t> count = newlines(file.get(), offset, static_cast<std::uint64_t>(info.st_size));
  return count ? std::optional(*count) : std::nullopt;
}

}  // namespace

Error EventFile::io_error(const std::string& what) const {
  return Error(StreamError::Io, what + ": " + std::strerror(errno), options_.path.string());
}

std::filesystem::path EventFile::rotated(unsigned n) const {
  std::filesystem::path path = options_.path;
  return path += "." + std::to_string(n);
}

Result<FileHandle> EventFile::open_path(FilePlace& place) const {
  FileHandle file(::open(options_.path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640));
  if (!file.is_open())
    return Error(StreamError::CannotCreate, std::string("cannot be opened: ") + std::strerror(errno),
                 options_.path.string());
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return io_error("cannot be examined");
  if (!S_ISREG(info.st_mode)) return Error(StreamError::CannotCreate, "is no regular file", options_.path.string());
  place = FilePlace{info.st_ino, static_cast<std::uint64_t>(info.st_size)};
  return file;
}

Result<void> EventFile::open(std::optional<FilePlace> known) {
  Result<FileHandle> file = open_path(place_);
  if (!file) return file.error();
  file_ = std::move(*file);
  return end_last_line(known);
}

Result<void> EventFile::end_last_line(std::optional<FilePlace> known) {
  const std::uint64_t size = place_.offset;
  const bool here = known && known->inode == place_.inode && known->offset <= size;
  Result<std::uint64_t> end = end_of_lines(file_.get(), here ? known->offset : 0, size);
  if (!end) return end.error();
  if (*end == size) return {};
  if (known) return cut_back(FilePlace{place_.inode, *end});
  if (::write(file_.get(), "\n", 1) != 1) return io_error("its torn last line cannot be ended");
  place_.offset = size + 1;
  return {};
}

Result<void> EventFile::append(std::span<const SharedLine> lines) {
  struct stat info {};
  if (::fstat(file_.get(), &info) != 0) return io_error("cannot be examined");
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (!torn_ || size < place_.offset) {
    place_.offset = size;  // someone may have cut the file (copytruncate) or added to it
  } else if (Result<void> cut = cut_back(place_); !cut) {
    return cut;
  }

  std::vector<iovec> pieces;
  std::uint64_t total = 0;
  for (const SharedLine& line : lines) {
    pieces.push_back({const_cast<char*>(line->data()), line->size()});
    total += line->size();
  }
  std::size_t first = 0;
  while (first < pieces.size()) {
    const auto count = static_cast<int>(std::min<std::size_t>(pieces.size() - first, IOV_MAX));
    ssize_t n = ::writev(file_.get(), &pieces[first], count);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error error = io_error("cannot be written");
      torn_ = true;
      static_cast<void>(cut_back(place_));  // when that fails, too, it is done before the next append
      return error;
    }
    for (; n > 0 && static_cast<std::size_t>(n) >= pieces[first].iov_len; ++first)
      n -= static_cast<ssize_t>(pieces[first].iov_len);
    if (n > 0) {
      pieces[first].iov_base = static_cast<char*>(pieces[first].iov_base) + n;
      pieces[first].iov_len -= static_cast<std::size_t>(n);
    }
  }
  place_.offset += total;
  return {};
}

Result<void> EventFile::sync() {
  if (::fdatasync(file_.get()) != 0) return io_error("cannot be synced");
  return {};
}

Result<void> EventFile::rotate() {
  if (options_.rotate_keep == 0) {
    if (::unlink(options_.path.c_str()) != 0) return io_error("cannot be removed for rotation");
    return reopen();
  }
  for (unsigned n = options_.rotate_keep; n > 1; --n)
    if (::rename(rotated(n - 1).c_str(), rotated(n).c_str()) != 0 && errno != ENOENT)
      return io_error("cannot be rotated");
  if (::rename(options_.path.c_str(), rotated(1).c_str()) != 0) return io_error("cannot be rotated");
  Result<void> opened = reopen();
  // lines go on into the old file when no new one can be made: it gets its name back
  if (!opened && ::rename(rotated(1).c_str(), options_.path.c_str()) != 0) return io_error("cannot be rotated back");
  return opened;
}

Result<void> EventFile::reopen() {
  FilePlace place;
  Result<FileHandle> file = open_path(place);
  if (!file) return file.error();
  if (place.inode == place_.inode) return {};
  file_ = std::move(*file);
  place_ = place;
  torn_ = false;
  return end_last_line(std::nullopt);
}

Result<void> EventFile::cut_back(FilePlace place) {
  if (::ftruncate(file_.get(), static_cast<off_t>(place.offset)) != 0)
    return io_error("its torn last line cannot be cut off");
  place_.offset = place.offset;
  torn_ = false;
  return {};
}

Result<EventFile::Lines> EventFile::lines_behind(FilePlace place) const {
  if (place.inode == place_.inode) {
    if (place.offset > place_.offset) return Lines{0, false};
    Result<std::uint64_t> count = newlines(file_.get(), place.offset, place_.offset);
    if (!count) return count.error();
    return Lines{*count, true};
  }
  Result<std::uint64_t> here = newlines(file_.get(), 0, place_.offset);
  if (!here) return here.error();
  Lines lines{*here, true};
  std::uint64_t between = 0;
  for (unsigned n = 1; n <= options_.rotate_keep; ++n) {
    if (std::optional<std::uint64_t> count = newlines_in(rotated(n), place.inode, place.offset)) {
      lines.count += between + *count;
      return lines;
    }
    between += newlines_in(rotated(n), 0, 0).value_or(0);
  }
  std::error_code ignored;  // an unreadable directory holds no file to find
  const std::filesystem::path folder = options_.path.has_parent_path() ? options_.path.parent_path() : ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (std::optional<std::uint64_t> count = newlines_in(entry.path(), place.inode, place.offset)) {
      lines.count += *count;  // renamed by someone else (logrotate)
      return lines;
    }
  }
  lines.certain = false;
  return lines;
}

}  // namespace newsd
