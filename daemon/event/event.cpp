#include "daemon/event/event.h"

#include "feeds/text/digest.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace newsd {
namespace {

/// In the order of EventType, from its first.
constexpr std::array<std::string_view, 19> kTypeNames = {
    "newsd.article.new",       "newsd.article.updated", "newsd.article.duplicate", "newsd.article.rejected",
    "newsd.article.withdrawn", "newsd.story.started",   "newsd.story.updated",     "newsd.story.merged",
    "newsd.story.closed",      "newsd.feed.error",      "newsd.feed.recovered",    "newsd.feed.moved",
    "newsd.feed.gone",         "newsd.feed.silent",     "newsd.input.quarantined", "newsd.stream.gap",
    "newsd.daemon.started",    "newsd.daemon.reloaded", "newsd.daemon.stopping"};
static_assert(kTypeNames.size() == static_cast<std::size_t>(kLastEventType));

/// uuid5(NAMESPACE_URL, "urn:newsd:event:1"): c040b6aa-72bb-59a9-bb8d-f9438c33189d. It may never change: ids would.
constexpr std::array<unsigned char, 16> kNamespace = {0xc0, 0x40, 0xb6, 0xaa, 0x72, 0xbb, 0x59, 0xa9,
                                                      0xbb, 0x8d, 0xf9, 0x43, 0x8c, 0x33, 0x18, 0x9d};

/// RFC 9562, section 5.5.
Uuid uuid5(std::string_view name) {
  std::string input(kNamespace.begin(), kNamespace.end());
  input += name;
  const std::array<std::uint8_t, 20> digest = sha1(input);
  Uuid id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x50U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

}  // namespace

std::string_view to_string(EventType t) {
  const auto index = static_cast<std::size_t>(t) - 1;
  return index < kTypeNames.size() ? kTypeNames[index] : std::string_view();
}

std::optional<EventType> event_type_from_name(std::string_view name) {
  const auto* const found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<EventType>(found - kTypeNames.begin() + 1);
}

std::string_view to_string(Severity s) {
  switch (s) {
    case Severity::None: return "";
    case Severity::Debug: return "DEBUG";
    case Severity::Info: return "INFO";
    case Severity::Warn: return "WARN";
    case Severity::Error: return "ERROR";
  }
  return "";
}

EventId event_id(EventType type, std::string_view subject, std::uint32_t version, std::string_view cause) {
  std::string name(to_string(type));
  name.append("\n").append(subject).append("\n").append(std::to_string(version)).append("\n").append(cause);
  return EventId(uuid5(name));
}

std::string urn_of(const Uuid& id) { return "urn:uuid:" + id.to_string(); }

std::string digits_of(Sequence sequence) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), sequence.value()).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  return std::string(20 - count, '0').append(digits.data(), count);
}

std::string_view code_of(EventError e) {
  switch (e) {
    case EventError::BadPayload: return "bad-payload";
    case EventError::BadRecord: return "bad-record";
  }
  return "unknown";
}

}  // namespace newsd
