// The event, newsd's one product: a CloudEvents envelope around `data` (newsd-event-1.schema.json). A Record is an
// event as the journal keeps it; line_of() writes the line consumers get. What workers can write (all of an article
// that does not depend on its placing) they write and compress as `payload`; what the sequencer decides it adds as
// `placed`. Both are JSON object members without their braces, one group a line:
//   placed   1: members of data.item   2: members of data.newsd
//            of events without an article only 1: the members of data
//   payload  zstd frames; unpacked 1: members of data.item   2: members of data.newsd   3: item members (bodies) that
//            only a full event has
// In a payload the byte 0x01, which no JSON text holds, stands for the event's subject: workers do not know it yet.
// Pure; any thread.
#pragma once

#include "feeds/article/ids.h"
#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// Journals hold the numbers: a new type goes to the end, none is ever given another number.
enum class EventType : std::uint8_t {
  ArticleNew = 1,
  ArticleUpdated,
  ArticleDuplicate,
  ArticleRejected,
  ArticleWithdrawn,
  StoryStarted,
  StoryUpdated,
  StoryMerged,
  StoryClosed,
  FeedError,
  FeedRecovered,
  FeedMoved,
  FeedGone,
  FeedSilent,
  InputQuarantined,
  StreamGap,
  DaemonStarted,
  DaemonReloaded,
  DaemonStopping
};
inline constexpr EventType kLastEventType = EventType::DaemonStopping;

/// "newsd.article.new" …; empty for a number that names no type (a journal written by a newer newsd).
std::string_view to_string(EventType t);
std::optional<EventType> event_type_from_name(std::string_view name);

enum class Severity : std::uint8_t { None, Debug, Info, Warn, Error };
/// OpenTelemetry's severity text: "DEBUG", "INFO", "WARN", "ERROR"; empty for None.
std::string_view to_string(Severity s);

/// What EventId is over: (type, subject, version, cause). cause tells apart events that agree in the rest: the causing
/// event's id, an input's hash, a count. The UUIDv5 (RFC 9562) of the four, each on its line, in the namespace
/// c040b6aa-72bb-59a9-bb8d-f9438c33189d (itself the v5 of the URL "urn:newsd:event:1"), so anybody can compute it
/// again.
EventId event_id(EventType type, std::string_view subject, std::uint32_t version, std::string_view cause);

/// "urn:uuid:9c2abbd5-dd4f-55c8-bee5-933ead7699e4": how events name articles and stories.
std::string urn_of(const Uuid& id);

/// A sequence as lines carry it: 20 digits, so that text sorts as numbers do.
std::string digits_of(Sequence sequence);

struct Record {
  Sequence sequence;
  EventId id;
  EventType type = EventType::ArticleNew;
  Severity severity = Severity::None;
  std::string subject;
  Instant time;                  ///< when newsd got the input
  Instant recorded;              ///< when the event became durable; set by the journal's writer
  std::optional<StoryId> story;  ///< partitionkey and correlationid
  std::optional<EventId> cause;  ///< causationid
  std::string placed;
  std::string payload;
  std::string content;  ///< what the payload unpacks to, as long as it is at hand; empty: to be unpacked
  std::string source;   ///< "newsd://<host>/<instance>"
};

/// BadPayload: frames that do not unpack to two or three lines. BadRecord: a type this newsd does not know, or `placed`
/// without the lines its type has.
enum class EventError { BadPayload, BadRecord };
std::string_view code_of(EventError e);

/// The event as one line of JSON, without the newline: CloudEvents 1.0, structured mode. The same record gives the same
/// bytes, whenever it is replayed: data.newsd.timing is computed from time and recorded. A duplicate's line never has a
/// body, whatever its payload holds.
Result<std::string> line_of(const Record& record);

}  // namespace newsd
