#include "daemon/event/notice.h"

#include "daemon/event/daemon_event.h"
#include "daemon/event/envelope.h"

namespace newsd {

std::string gap_line(std::string_view source, Sequence from, Sequence to, const Error& reason, Instant now) {
  Record record;
  record.sequence = to;
  record.id = event_id(EventType::StreamGap, source, 1, digits_of(from) + "-" + digits_of(to));
  record.type = EventType::StreamGap;
  record.severity = Severity::Warn;
  record.subject = source;
  record.source = source;
  record.time = now;
  JsonText json;
  begin_line(json, record);
  json.key("data").begin_object().raw(placed_gap(from, to, reason)).end_object();
  return json.end_object().take();
}

std::string error_line(const Error& error) {
  JsonText json;
  json.begin_object().key("error").begin_object().member("code", error.code).member("text", error.text);
  return json.member_if("where", error.where).end_object().end_object().take();
}

std::string heartbeat_line(Sequence last, Instant now) {
  JsonText json;
  json.begin_object().key("heartbeat").begin_object().member("time", to_rfc3339(now)).member("last", digits_of(last));
  return json.end_object().end_object().take();
}

}  // namespace newsd
