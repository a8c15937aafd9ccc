// The dead letters: what a receiver would not take, whole, with the reason, one JSON object a line in one file, so that
// nothing is lost silently. Every call may wait for the disk; one thread at a time. The file may be moved away at any
// time; it is never rotated or cut.
#pragma once

#include "daemon/stream/stream_error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

struct DeadLetter {
  std::string time;  ///< RFC 3339
  std::string output;
  std::string sequence;
  std::string code;    ///< "http-422"
  std::string detail;  ///< what the receiver said about it, its beginning; any bytes
  unsigned attempts = 0;
  std::string event;    ///< as it was sent
  bool is_json = true;  ///< of the event
};
inline constexpr std::string_view kDeadLettersName = "dead-letters.ndjson";  ///< in the state directory

/// Without a newline.
std::string dead_letter_line(const DeadLetter& letter);
/// What such a line says; nothing when it is torn or none.
std::optional<DeadLetter> parse_dead_letter(std::string_view line);

/// Appends the line and syncs it; a torn last line is ended first. CannotCreate, Io: the line is not in the file as a
/// whole.
Result<void> append_dead_letter(const std::filesystem::path& file, std::string_view line);

}  // namespace newsd
