#include "daemon/event/envelope.h"
#include "daemon/event/payload.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace newsd {
namespace {

constexpr char kSubjectMark = '\x01';

/// The groups of a payload or of `placed`: at most three lines.
struct Groups {
  std::array<std::string_view, 3> lines{};
  std::size_t count = 0;
};

Groups groups_of(std::string_view text) {
  Groups groups;
  for (;;) {
    const auto end = text.find('\n');
    if (groups.count < groups.lines.size()) groups.lines[groups.count] = text.substr(0, end);
    ++groups.count;
    if (end == std::string_view::npos) return groups;
    text.remove_prefix(end + 1);
  }
}

bool is_members(std::string_view group) { return group.empty() || (group.front() == '"' && group.back() != ','); }

/// Whether each of the lines that are there can be put between braces.
bool well_formed(const Groups& groups) { return std::all_of(groups.lines.begin(), groups.lines.end(), is_members); }

bool has_article(EventType type) {
  return type == EventType::ArticleNew || type == EventType::ArticleUpdated || type == EventType::ArticleDuplicate ||
         type == EventType::ArticleWithdrawn;
}

/// An object of all groups that hold something, the subject put where workers left its mark.
void write_object(JsonText& json, std::initializer_list<std::string_view> groups, std::string_view subject) {
  json.begin_object();
  for (const std::string_view group : groups) {
    if (group.empty()) continue;
    if (group.find(kSubjectMark) == std::string_view::npos) {
      json.raw(group);
      continue;
    }
    std::string resolved;
    for (const char c : group) {
      if (c == kSubjectMark) {
        resolved += subject;
      } else {
        resolved += c;
      }
    }
    json.raw(resolved);
  }
  json.end_object();
}

/// The subject as it stands inside a JSON string.
std::string inside_string(std::string_view text) {
  std::string quoted = JsonText().string(text).take();
  return quoted.substr(1, quoted.size() - 2);
}

std::string timing_of(const Record& record) {
  const auto latency = std::max(record.recorded - record.time, Instant::duration::zero());
  JsonText timing;
  timing.key("timing").begin_object().member("emittedAt", to_rfc3339(record.recorded));
  timing.key("latencyMs").integer(static_cast<std::uint64_t>(latency.count())).end_object();
  return timing.take();
}

Error bad_record(const Record& record, std::string what) {
  return {EventError::BadRecord, std::move(what), "event " + digits_of(record.sequence)};
}

Result<std::string> article_line(const Record& record) {
  const Groups placed = groups_of(record.placed);
  if (placed.count != 2 || !well_formed(placed))
    return bad_record(record, "its placed part is no two lines of members");
  std::string unpacked_here;
  if (record.content.empty()) {
    Result<std::string> content = unpacked(record.payload);
    if (!content) return Error(EventError::BadPayload, content.error().text, "event " + digits_of(record.sequence));
    unpacked_here = *std::move(content);
  }
  const std::string& content = record.content.empty() ? unpacked_here : record.content;
  Groups payload = groups_of(content);
  const bool may_lack = record.type == EventType::ArticleWithdrawn && record.payload.empty();
  if ((payload.count < 2 && !may_lack) || payload.count > 3 || !well_formed(payload)) {
    return Error(EventError::BadPayload, "the payload is no two or three lines of members",
                 "event " + digits_of(record.sequence));
  }
  if (record.type == EventType::ArticleDuplicate) payload.lines[2] = {};

  JsonText json;
  json.reserve(content.size() + record.placed.size() + 1024);
  begin_line(json, record);
  const std::string subject = inside_string(record.subject);
  json.key("data").begin_object().key("item");
  write_object(json, {placed.lines[0], payload.lines[0], payload.lines[2]}, subject);
  json.key("newsd");
  write_object(json, {placed.lines[1], payload.lines[1], timing_of(record)}, subject);
  return json.end_object().end_object().take();
}

}  // namespace

void begin_line(JsonText& json, const Record& record) {
  json.begin_object().member("specversion", "1.0").member("id", record.id.value().to_string());
  json.member("source", record.source).member("type", to_string(record.type)).member("subject", record.subject);
  json.member("time", to_rfc3339(record.time));
  if (record.recorded != Instant{}) json.member("recordedtime", to_rfc3339(record.recorded));
  json.member("sequence", digits_of(record.sequence));
  if (record.story) {
    const std::string story = urn_of(record.story->value());
    json.member("partitionkey", story).member("correlationid", story);
  }
  if (record.cause) json.member("causationid", record.cause->value().to_string());
  json.member_if("severitytext", to_string(record.severity));
  json.member("datacontenttype", "application/json").member("dataschema", "urn:newsd:event:1");
}

Result<std::string> line_of(const Record& record) {
  if (to_string(record.type).empty()) return bad_record(record, "its type is unknown");
  if (has_article(record.type)) return article_line(record);
  const Groups placed = groups_of(record.placed);
  if (placed.count != 1 || record.placed.empty() || !well_formed(placed)) {
    return bad_record(record, "its placed part is no line of members");
  }
  if (!record.payload.empty())
    return Error(EventError::BadPayload, "an event of this type has no payload", "event " + digits_of(record.sequence));
  JsonText json;
  begin_line(json, record);
  json.key("data").begin_object().raw(record.placed).end_object();
  return json.end_object().take();
}

}  // namespace newsd
