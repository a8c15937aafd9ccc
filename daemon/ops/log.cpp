#include "daemon/ops/log.h"

#include "daemon/ops/clock.h"
#include "daemon/ops/log_fold.h"
#include "daemon/ops/log_line.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>

namespace newsd {
namespace {

/// systemd sets JOURNAL_STREAM to the device and inode of the stream it gave us; only when stderr still is that stream
/// do priorities belong there.
bool is_journal_stream(int fd) {
  const char* named = std::getenv("JOURNAL_STREAM");
  struct stat found {};
  unsigned long long device = 0, inode = 0;
  return named && std::sscanf(named, "%llu:%llu", &device, &inode) == 2 && ::fstat(fd, &found) == 0 &&
         found.st_dev == device && found.st_ino == inode;
}

LogStyle resolve(LogStyle asked, int fd) {
  if (asked != LogStyle::Auto) return asked;
  if (is_journal_stream(fd)) return LogStyle::Journal;
  return ::isatty(fd) == 1 ? LogStyle::Terminal : LogStyle::Plain;
}

/// Writes the whole line. A log that cannot be written (closed, full) is given up for this line: nobody is left to be
/// told.
void write_line(int fd, std::string_view line) {
  while (!line.empty()) {
    const ssize_t n = ::write(fd, line.data(), line.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    line.remove_prefix(static_cast<std::size_t>(n));
  }
}

class Log {
 public:
  void set(const LogOptions& options) {
    const std::lock_guard lock(mutex_);
    level_.store(options.level, std::memory_order_relaxed);
    fd_ = options.fd;
    style_ = resolve(options.style, options.fd);
  }

  bool enabled(LogLevel level) const { return level <= level_.load(std::memory_order_relaxed); }

  void write(LogLevel level, std::string_view part, std::string_view text, std::span<const LogField> fields) {
    const std::lock_guard lock(mutex_);
    const LogFold::Verdict verdict = fold_.seen(part, text, std::chrono::steady_clock::now());
    line_.clear();
    if (verdict.owed) append_owed(*verdict.owed);
    if (verdict.write) append_log_line(line_, LogEntry{system_now(), level, part, text, fields}, style_);
    write_line(fd_, line_);
    if (line_.capacity() > kKept) line_ = {};
  }

  void flush() {
    const std::lock_guard lock(mutex_);
    line_.clear();
    for (const LogFold::Owed& owed : fold_.drain()) append_owed(owed);
    write_line(fd_, line_);
  }

 private:
  static constexpr std::size_t kKept = 64 << 10;

  void append_owed(const LogFold::Owed& owed) {
    const std::array<LogField, 2> fields{LogField{"of", owed.text}, LogField{"times", owed.times}};
    append_log_line(
        line_, LogEntry{system_now(), LogLevel::Info, owed.part, "more of the same were not written", fields}, style_);
  }

  std::mutex mutex_;
  std::atomic<LogLevel> level_{LogLevel::Info};
  int fd_ = 2;
  LogStyle style_ = resolve(LogStyle::Auto, 2);
  LogFold fold_;
  std::string line_;
};

Log& the_log() {
  static Log log;
  return log;
}

}  // namespace

std::string_view to_string(LogLevel level) {
  switch (level) {
    case LogLevel::Error: return "error";
    case LogLevel::Warn: return "warn";
    case LogLevel::Info: return "info";
    case LogLevel::Debug: return "debug";
  }
  return "";
}

std::optional<LogLevel> log_level_from_name(std::string_view name) {
  for (const LogLevel level : {LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug}) {
    if (name == to_string(level)) return level;
  }
  return std::nullopt;
}

std::optional<LogStyle> log_style_from_name(std::string_view name) {
  if (name == "auto") return LogStyle::Auto;
  if (name == "text") return LogStyle::Plain;
  if (name == "json") return LogStyle::Json;
  return std::nullopt;
}

void set_log(const LogOptions& options) { the_log().set(options); }

bool log_enabled(LogLevel level) { return the_log().enabled(level); }

void log(LogLevel level, std::string_view part, std::string_view text, LogFields fields) {
  if (!the_log().enabled(level)) return;
  try {
    the_log().write(level, part, text, {fields.begin(), fields.size()});
  } catch (const std::exception&) {
    // out of memory while telling something: the entry is lost, the daemon is not
  }
}

void flush_log() {
  try {
    the_log().flush();
  } catch (const std::exception&) {
    // as above
  }
}

}  // namespace newsd
