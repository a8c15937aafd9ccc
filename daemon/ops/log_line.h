// How a log entry looks: entry → line, in one of the styles of log.h. Pure. Whatever an entry quotes (file names,
// header text) is made harmless for terminals: control characters, invalid UTF-8 and marks that reorder text are
// written as escapes.
#pragma once

#include "daemon/ops/log.h"
#include "feeds/article/timestamp.h"

#include <span>
#include <string>
#include <string_view>

namespace newsd {

struct LogEntry {
  Instant time;
  LogLevel level = LogLevel::Info;
  std::string_view part;
  std::string_view text;
  std::span<const LogField> fields;
};

/// Appends the entry and its line feed. style is not Auto.
void append_log_line(std::string& out, const LogEntry& entry, LogStyle style);

/// Appends text with everything a terminal might obey written as \n, \t, \r, \xNN (a byte) or \uNNNN; with `quotes`,
/// '"' and '\' too.
void append_escaped(std::string& out, std::string_view text, bool quotes);

}  // namespace newsd
