#include "daemon/emit/dead_letters.h"

#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"
#include "daemon/journal/file_handle.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
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

/// False when somebody has moved the file away since it was opened: a round through the letters (dead_letter_round.h).
bool is_still_at(int fd, const std::filesystem::path& file) {
  struct stat opened {
  }, now{};
  return ::fstat(fd, &opened) == 0 && ::lstat(file.c_str(), &now) == 0 && opened.st_ino == now.st_ino &&
         opened.st_dev == now.st_dev;
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

std::optional<DeadLetter> parse_dead_letter(std::string_view line) {
  DeadLetter letter;
  bool has_text = false;
  const bool is_json = walk_json(line, [&](const JsonLeaf& leaf) {
    if (leaf.path == "time") letter.time = leaf.text;
    if (leaf.path == "output") letter.output = leaf.text;
    if (leaf.path == "sequence") letter.sequence = leaf.text;
    if (leaf.path == "attempts")
      std::from_chars(leaf.text.data(), leaf.text.data() + leaf.text.size(), letter.attempts);
    if (leaf.path == "reason.code") letter.code = leaf.text;
    if (leaf.path == "reason.detail") letter.detail = leaf.text;
    if (leaf.path != "event" || !leaf.is_string) return;
    letter.event = leaf.text;
    letter.is_json = false;
    has_text = true;
  });
  if (!is_json || letter.output.empty()) return std::nullopt;
  if (has_text) return letter;
  const auto event = json_object_at(line, "event");
  if (!event) return std::nullopt;
  letter.event = *event;
  return letter;
}

Result<void> append_dead_letter(const std::filesystem::path& file, std::string_view line) {
  FileHandle handle;
  for (bool is_there = false; !is_there; is_there = is_still_at(handle.get(), file)) {
    handle = FileHandle(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!handle.is_open()) return failed(StreamError::CannotCreate, "cannot be opened", file);
    while (::flock(handle.get(), LOCK_EX) != 0)
      if (errno != EINTR) return failed(StreamError::Io, "cannot be locked", file);
  }
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
