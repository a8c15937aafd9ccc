#include "daemon/emit/dead_letters.h"

#include "daemon/event/json_text.h"
#include "daemon/journal/file_handle.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace newsd {
namespace {

Error failed(StreamError kind, std::string_view words, const std::filesystem::path& file) {
  return {kind, std::string(words) + ": " + std::strerror(errno), file.string()};
}

bool ends_whole(int fd, off_t size) {
  char last = '\n';
  return size == 0 || (::pread(fd, &last, 1, size - 1) == 1 && last == '\n');
}

}  // namespace

std::string dead_letter_line(const DeadLetter& letter) {
  JsonText json;
  json.begin_object().member("time", letter.time).member("output", letter.output);
  json.member("sequence", letter.sequence).key("attempts").integer(letter.attempts);
  json.key("reason").begin_object().member("code", letter.code).member_if("detail", letter.detail).end_object();
  json.key("event");
  letter.is_json ? json.raw(letter.event) : json.string(letter.event);
  return json.end_object().take();
}

Result<void> append_dead_letter(const std::filesystem::path& file, std::string_view line) {
  const FileHandle handle(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (!handle.is_open()) return failed(StreamError::CannotCreate, "cannot be opened", file);
  struct stat facts {};
  if (::fstat(handle.get(), &facts) != 0) return failed(StreamError::Io, "cannot be looked at", file);
  std::string bytes = ends_whole(handle.get(), facts.st_size) ? "" : "\n";
  bytes.append(line).append("\n");
  for (std::string_view rest = bytes; !rest.empty();) {
    const ssize_t n = ::write(handle.get(), rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error error = failed(StreamError::Io, "cannot be written", file);
      if (::ftruncate(handle.get(), facts.st_size) != 0) error.text += "; the last line is torn";
      return error;
    }
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fdatasync(handle.get()) != 0) return failed(StreamError::Io, "cannot be synced", file);
  return {};
}

}  // namespace newsd
