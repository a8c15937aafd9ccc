#include "daemon/ops/log.h"
#include "daemon/ops/log_fold.h"
#include "daemon/ops/log_line.h"

#include <sys/stat.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace newsd {
namespace {

const Instant kTime = parse_rfc3339("2026-11-22T06:50:12.123Z").value();

std::string line(LogStyle style, LogLevel level, std::string_view text, LogFields fields = {}) {
  std::string out;
  append_log_line(out, LogEntry{kTime, level, "drop", text, {fields.begin(), fields.size()}}, style);
  return out;
}

/// Sends the log into a pipe for as long as it lives.
class CapturedLog {
 public:
  explicit CapturedLog(LogOptions options) {
    REQUIRE(::pipe(ends_.data()) == 0);
    options.fd = ends_[1];
    set_log(options);
  }
  ~CapturedLog() {
    flush_log();
    set_log({});
    for (const int fd : ends_) {
      if (fd >= 0) ::close(fd);
    }
  }
  int write_end() const { return ends_[1]; }
  std::string text() {
    ::close(ends_[1]);
    ends_[1] = -1;
    std::string out;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(ends_[0], buffer.data(), buffer.size())) > 0;)
      out.append(buffer.data(), static_cast<std::size_t>(n));
    return out;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a plain line has time, level, part, message and its fields") {
  CHECK(line(LogStyle::Plain, LogLevel::Warn, "file was refused",
             {{"name", "a b.txt"}, {"bytes", 12u}, {"ok", false}, {"share", 0.5}, {"n", -3}}) ==
        "2026-11-22T06:50:12.123Z level=warn part=drop msg=\"file was refused\" name=\"a b.txt\" bytes=12 ok=false "
        "share=0.5 n=-3\n");
}

TEST_CASE("a journal line begins with the priority of its level and leaves the time to the journal") {
  CHECK(line(LogStyle::Journal, LogLevel::Error, "no room") == "<3>drop: no room\n");
  CHECK(line(LogStyle::Journal, LogLevel::Info, "no room") == "<6>drop: no room\n");
  CHECK(line(LogStyle::Journal, LogLevel::Debug, "no room", {{"left", 0}}) == "<7>drop: no room left=0\n");
}

TEST_CASE("a terminal line is coloured and has the time of day") {
  CHECK(line(LogStyle::Terminal, LogLevel::Error, "no room") == "06:50:12.123 \x1b[31merror\x1b[0m drop: no room\n");
}

TEST_CASE("a JSON line is one object and numbers that JSON lacks are null") {
  CHECK(line(LogStyle::Json, LogLevel::Info, "said \"hello\"",
             {{"bytes", 12}, {"share", std::numeric_limits<double>::infinity()}, {"name", "\xff\n"}}) ==
        "{\"time\":\"2026-11-22T06:50:12.123Z\",\"level\":\"info\",\"part\":\"drop\",\"text\":\"said "
        "\\\"hello\\\"\",\"bytes\":12,\"share\":null,"
        "\"name\":\"\xEF\xBF\xBD\\u000a\"}\n");
}

TEST_CASE("what a terminal would obey is escaped in every style") {
  const std::string hostile =
      "a\x1b[2Jb\nc\x7f\xC2\x9B"
      "31m\xE2\x80\xAE"
      "d\xff\r\t";
  for (const LogStyle style : {LogStyle::Plain, LogStyle::Journal, LogStyle::Json}) {
    const std::string out = line(style, LogLevel::Info, "file", {{"name", hostile}});
    CHECK(count(out, "\n") == 1);
    CHECK(out.find('\x1b') == std::string::npos);
    CHECK(out.find('\x7f') == std::string::npos);
    CHECK(out.find("\xC2\x9B") == std::string::npos);
    CHECK(out.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(out.find('\xff') == std::string::npos);
  }
  std::string escaped;
  append_escaped(escaped, hostile, true);
  CHECK(escaped == "a\\x1b[2Jb\\nc\\x7f\\u009b31m\\u202ed\\xff\\r\\t");
}

TEST_CASE("text beyond ASCII that is harmless is kept") {
  CHECK(line(LogStyle::Journal, LogLevel::Info, "file", {{"name", "caf\u00e9.txt"}}) ==
        "<6>drop: file name=\"caf\u00e9.txt\"\n");
}

TEST_CASE("an empty value and one with a quote are quoted") {
  CHECK(line(LogStyle::Journal, LogLevel::Info, "x", {{"a", ""}, {"b", "say \"no\"\\"}}) ==
        "<6>drop: x a=\"\" b=\"say \\\"no\\\"\\\\\"\n");
}

TEST_CASE("an entry above the level is not written") {
  CapturedLog captured({.level = LogLevel::Warn, .style = LogStyle::Plain});
  log_info("drop", "of no interest");
  log_warn("drop", "of interest");
  CHECK_FALSE(log_enabled(LogLevel::Info));
  const std::string text = captured.text();
  CHECK(text.find("of no interest") == std::string::npos);
  CHECK(text.find("of interest") != std::string::npos);
}

TEST_CASE("priorities are written only when the stream is the journal's") {
  CapturedLog captured({.style = LogStyle::Plain});
  struct stat found {};
  REQUIRE(::fstat(captured.write_end(), &found) == 0);
  const std::string ours = std::to_string(found.st_dev) + ":" + std::to_string(found.st_ino);
  ::setenv("JOURNAL_STREAM", ours.c_str(), 1);
  set_log({.style = LogStyle::Auto, .fd = captured.write_end()});
  log_warn("drop", "to the journal");
  ::setenv("JOURNAL_STREAM", "1:1", 1);
  set_log({.style = LogStyle::Auto, .fd = captured.write_end()});
  log_warn("drop", "to a pipe");
  ::unsetenv("JOURNAL_STREAM");
  const std::string text = captured.text();
  CHECK(text.find("<4>drop: to the journal\n") == 0);
  CHECK(text.find("level=warn part=drop msg=\"to a pipe\"") != std::string::npos);
}

TEST_CASE("an entry that repeats itself is folded and what was kept back is told") {
  CapturedLog captured({.style = LogStyle::Journal});
  for (int i = 0; i < 25; ++i) log_warn("feed", "server did not answer", {{"try", i}});
  flush_log();
  const std::string text = captured.text();
  CHECK(count(text, "server did not answer try=") == 10);
  CHECK(text.find("<6>feed: more of the same were not written of=\"server did not answer\" times=15\n") !=
        std::string::npos);
}

TEST_CASE("folding begins anew after its window") {
  LogFold fold;
  const LogFold::Time start{};
  for (int i = 0; i < 10; ++i) CHECK(fold.seen("a", "text", start).write);
  CHECK_FALSE(fold.seen("a", "text", start + std::chrono::seconds(9)).write);
  const LogFold::Verdict later = fold.seen("a", "text", start + std::chrono::seconds(10));
  CHECK(later.write);
  REQUIRE(later.owed);
  CHECK(later.owed->times == 1);
  CHECK(fold.drain().empty());
}

TEST_CASE("lines of several threads do not mix") {
  CapturedLog captured({.style = LogStyle::Journal});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      const std::string text = "thread " + std::to_string(t);
      for (int i = 0; i < 10; ++i) log_info("test", text, {{"filler", std::string(100, 'x')}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string text = captured.text();
  CHECK(count(text, "\n") == 40);
  CHECK(count(text, "\n<6>test: thread ") == 39);
}

TEST_CASE("levels and styles are known by their configured names") {
  CHECK(log_level_from_name("debug") == LogLevel::Debug);
  CHECK_FALSE(log_level_from_name("loud"));
  CHECK(log_style_from_name("text") == LogStyle::Plain);
  CHECK(log_style_from_name("json") == LogStyle::Json);
  CHECK_FALSE(log_style_from_name("xml"));
}

}  // namespace newsd
