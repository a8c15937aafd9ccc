// The log: words for operators, on stderr, one line an entry. Any thread; a line is one write(2), so lines never mix.
// It never throws and never blocks ingestion for long: an entry that repeats itself is folded into a count. Events
// never go here.
//
//   log_warn("drop", "done/ cannot be written", {{"path", path}, {"errno", 13}});
//
// The first word names the part of the daemon, the second is a fixed sentence (repeats are recognised by it), what
// varies goes into the fields.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <variant>

namespace newsd {

enum class LogLevel { Error, Warn, Info, Debug };
std::string_view to_string(LogLevel level);
std::optional<LogLevel> log_level_from_name(std::string_view name);

/// How lines look. Auto: Journal when stderr is the journal's own stream ($JOURNAL_STREAM), Terminal on a terminal,
/// else Plain. Plain: `2026-11-22T06:50:12.123Z level=warn part=drop msg="…" path=/x`; Journal: `<4>drop: … path=/x`;
/// Json: one object a line.
enum class LogStyle { Auto, Journal, Terminal, Plain, Json };
/// "auto", "text" (Plain) and "json", the values of the configuration key.
std::optional<LogStyle> log_style_from_name(std::string_view name);

/// One `key=value` of an entry. Text is copied nowhere: it must live until the call returns.
struct LogField {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;

  constexpr LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
  template <class Text>
  requires std::convertible_to<const Text&, std::string_view>
  constexpr LogField(std::string_view k, const Text& v) : key(k), value(std::string_view(v)) {}
  constexpr LogField(std::string_view k, bool v) : key(k), value(v) {}
  constexpr LogField(std::string_view k, std::signed_integral auto v) : key(k), value(std::int64_t{v}) {}
  constexpr LogField(std::string_view k, std::unsigned_integral auto v) : key(k), value(std::uint64_t{v}) {}
  constexpr LogField(std::string_view k, std::floating_point auto v) : key(k), value(double{v}) {}

  std::string_view key;
  Value value;
};
using LogFields = std::initializer_list<LogField>;

struct LogOptions {
  LogLevel level = LogLevel::Info;
  LogStyle style = LogStyle::Auto;
  int fd = 2;
};

/// Sets level, style and where lines go; may be called again at a reload.
void set_log(const LogOptions& options);
/// Whether an entry of this level is written: for callers whose fields are costly to make.
bool log_enabled(LogLevel level);
void log(LogLevel level, std::string_view part, std::string_view text, LogFields fields = {});
/// Writes the counts of folded entries that are still owed; before the process ends.
void flush_log();

inline void log_error(std::string_view part, std::string_view text, LogFields fields = {}) {
  log(LogLevel::Error, part, text, fields);
}
inline void log_warn(std::string_view part, std::string_view text, LogFields fields = {}) {
  log(LogLevel::Warn, part, text, fields);
}
inline void log_info(std::string_view part, std::string_view text, LogFields fields = {}) {
  log(LogLevel::Info, part, text, fields);
}
inline void log_debug(std::string_view part, std::string_view text, LogFields fields = {}) {
  log(LogLevel::Debug, part, text, fields);
}

}  // namespace newsd
