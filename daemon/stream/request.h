// What a client of a socket may say: one JSON object a line, first a request, later acknowledgements. Text → values or
// an error in words. Pure.
//   {"from": "earliest" | "latest" | <sequence> | "<RFC 3339 time>", "types": ["newsd.article.*"], "name": "indexer",
//   "where": "language == \"en\"", "last": 10, "format": "flat", "heartbeat": 15, "token": "…"}
//   {"ack": "<sequence>"}
#pragma once

#include "daemon/stream/type_filter.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace newsd {

struct FromEarliest {
  bool operator==(const FromEarliest&) const = default;
};
struct FromLatest {
  bool operator==(const FromLatest&) const = default;
};
/// What comes after that event.
struct FromAfter {
  Sequence sequence;
  bool operator==(const FromAfter&) const = default;
};
/// What was recorded at that time or later.
struct FromTime {
  Instant time;
  bool operator==(const FromTime&) const = default;
};
/// The last events of the types asked for.
struct FromLast {
  std::uint64_t events;
  bool operator==(const FromLast&) const = default;
};
using From = std::variant<FromEarliest, FromLatest, FromAfter, FromTime, FromLast>;

struct Request {
  std::optional<From> from;                       ///< absent: a named consumer's stored cursor, else from now on
  std::optional<TypeFilter> types;                ///< absent: what the output is configured with
  std::string where;                              ///< an expression that parses; empty: the output's
  std::string name;                               ///< of a durable consumer; letters, digits, ".", "_", "-", at most 64
  std::string format;                             ///< of encodings(); empty: the output's
  std::string token;                              ///< for an output that asks for one
  std::optional<std::chrono::seconds> heartbeat;  ///< 1 s to 1 h of silence before a heartbeat line; absent: none
  bool operator==(const Request&) const = default;
};

/// Everything up to the sequence is dealt with.
struct Acknowledgement {
  Sequence sequence;
  bool operator==(const Acknowledgement&) const = default;
};

inline constexpr std::size_t kRequestBytes = 64 << 10;  ///< longest line a client may send
inline constexpr std::uint64_t kLastEvents = 10'000;    ///< most that "last" may ask for

/// BadRequest in words when no consumer can be called so.
Result<void> check_consumer_name(std::string_view name);

/// One line without its newline. BadRequest, UnknownKey, UnknownType, UnknownFormat, RuleError (its column in `where`).
Result<std::variant<Request, Acknowledgement>> parse_client_line(std::string_view line);

}  // namespace newsd
