#include "daemon/cli/input_file.h"

#include "feeds/format/feed_text.h"
#include "feeds/source/file_identity.h"
#include "feeds/source/unique_fd.h"
#include "feeds/text/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

namespace newsd {
namespace {

constexpr std::size_t kFirstBlock = 64 << 10;

/// At most `most` bytes of fd; errno of a failure, or 0.
int read_all(int fd, std::uint64_t most, std::string& bytes) {
  struct stat facts {};
  const bool knows_size = ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0;
  std::size_t room =
      knows_size ? static_cast<std::size_t>(facts.st_size) + 1 : kFirstBlock;  // + 1: to see the end without growing
  while (bytes.size() < most) {
    const auto start = bytes.size();
    bytes.resize(std::min<std::size_t>(start + room, most));
    const ssize_t n = ::read(fd, bytes.data() + start, bytes.size() - start);
    bytes.resize(start + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n == 0 || (n > 0 && knows_size && bytes.size() == static_cast<std::size_t>(facts.st_size))) return 0;
    if (n < 0 && errno != EINTR) return errno;
    room = std::max(room, bytes.size());
  }
  return 0;
}

Error error_of(int error, const std::string& name) {
  const auto e = error == ENOENT || error == ENOTDIR ? InputFileError::NotFound : InputFileError::Unreadable;
  return Error(e, fmt::format("it cannot be read: {}", std::strerror(error)), name);
}

Origin origin_of(const std::string& name) {
  Origin origin;
  origin.received_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (name == "-") {
    origin.kind = OriginKind::Stdin;
    origin.input = "stdin";
    origin.uri = "file:///dev/stdin";
    return origin;
  }
  origin.kind = OriginKind::Drop;
  origin.input = "parse";
  origin.uri = file_uri(std::filesystem::absolute(name).lexically_normal().string());
  origin.name = readable_name(name);
  return origin;
}

}  // namespace

std::string_view code_of(InputFileError e) { return e == InputFileError::NotFound ? "not-found" : "unreadable"; }

Result<std::string> read_input(const std::string& name, std::uint64_t max_bytes, int in) {
  const bool is_stdin = name == "-";
  const UniqueFd own(is_stdin ? -1 : ::open(name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!is_stdin && !own) return error_of(errno, name);
  std::string bytes;
  if (const int error = read_all(is_stdin ? in : own.get(), max_bytes + 1, bytes); error != 0)
    return error_of(error, name);
  return bytes;
}

OpenedInput open_input(const InputFile& file, std::uint64_t max_bytes, Format forced, int in) {
  OpenedInput opened;
  auto& document = opened.document;
  document.origin = origin_of(file.name);
  document.forced = forced;
  document.url = file.url;
  document.declared_charset = charset_parameter(file.content_type);
  document.content_location = file.content_location;
  document.content_language = file.content_language;
  if (auto bytes = read_input(file.name, max_bytes, in))
    document.bytes = std::move(*bytes);
  else
    opened.refused = bytes.error();
  document.origin.bytes = document.bytes.size();
  document.origin.sha256 = sha256(document.bytes);
  return opened;
}

}  // namespace newsd
