#include "daemon/cli/console.h"

#include "daemon/app/exit_status.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace newsd {
namespace {

constexpr std::size_t kBlock = 256 << 10;  // a write this large costs nothing beside making its bytes

/// Writes all of it, also to a descriptor that somebody made non-blocking; errno of the failure, or 0.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {
      pollfd ready{fd, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

constexpr std::string_view kWholeLine = "\r\x1b[K";  // goes back to its beginning and takes it away
constexpr std::size_t kColumns = 78;

bool understands_sequences() {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

bool wants_colour() {
  const char* no = std::getenv("NO_COLOR");
  return (no == nullptr || *no == '\0') && understands_sequences();
}

}  // namespace

void DataWriter::write(std::string_view bytes) {
  if (ended()) return;
  buffer_ += bytes;
  if (buffer_.size() >= kBlock) flush();
}

void DataWriter::flush() {
  if (!ended() && !buffer_.empty()) error_ = write_all(fd_, buffer_);
  buffer_.clear();
}

int DataWriter::finish(int status) {
  flush();
  if (error_ == 0) return status;
  return error_ == EPIPE ? static_cast<int>(kExitOk) : static_cast<int>(kExitIo);
}

Console::Console(Streams streams)
    : streams_(streams),
      out_(streams.out),
      out_is_terminal_(::isatty(streams.out) == 1),
      out_has_colour_(out_is_terminal_ && wants_colour()),
      err_is_terminal_(::isatty(streams.err) == 1 && understands_sequences()) {}

void Console::show_passing(std::string_view words) {
  if (words.empty() && !has_passing_) return;
  has_passing_ = !words.empty();
  write_all(streams_.err, std::string(kWholeLine).append(words.substr(0, kColumns)));
}

void Console::say(std::string_view words) { say_place("newsd: " + std::string(words)); }

void Console::say_place(std::string_view words) {
  show_passing({});
  write_all(streams_.err, std::string(words) + "\n");  // nowhere is left to say that this failed
}

int Console::finish(int status) {
  status = out_.finish(status);
  if (status == kExitIo && out_.error() != 0) say(std::string("stdout: ") + std::strerror(out_.error()));
  return status;
}

Palette palette_of(const Console& console) {
  if (!console.out_has_colour()) return {};
  return {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[34m", "\x1b[36m"};
}

}  // namespace newsd
