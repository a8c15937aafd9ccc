#include "daemon/serve/event_request.h"

#include "daemon/event/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace newsd {
namespace {

constexpr std::array<std::string_view, 4> kTexts = {"from", "where", "format", "name"};

Error bad(std::string text) { return Error(StreamError::BadRequest, std::move(text)); }

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void write_types(JsonText& json, std::string_view list) {
  json.key("types").begin_array();
  while (!list.empty()) {
    const std::string_view type = list.substr(0, list.find(','));
    json.string(type);
    list.remove_prefix(std::min(type.size() + 1, list.size()));
  }
  json.end_array();
}

/// The request as the line that a client of a socket would write.
Result<std::string> as_line(const HttpRequest& request, const Target& target) {
  JsonText json;
  json.begin_object();
  const bool resumes = !request.last_event_id.empty();
  if (resumes) json.member("from", request.last_event_id);
  for (const auto& [name, value] : target.parameters) {
    if (name == "limit" || (resumes && (name == "from" || name == "last"))) continue;
    if (name == "types") {
      write_types(json, value);
    } else if (name == "last" || name == "heartbeat") {
      if (!is_digits(value)) return bad(name + " is a whole number");
      json.key(name).raw(value);
    } else if (std::find(kTexts.begin(), kTexts.end(), name) != kTexts.end()) {
      json.member(name, value);
    } else {
      return Error(StreamError::UnknownKey,
                   "unknown parameter \"" + name.substr(0, 100) +
                       "\"; there are from, last, types, where, format, name, heartbeat and limit");
    }
  }
  return json.end_object().take();
}

Result<StreamShape> shape_of(const HttpRequest& request) {
  if (request.wants_websocket) return StreamShape::WebSocket;
  std::string_view rest = request.accept;
  if (without_outer_space(rest).empty()) return StreamShape::Ndjson;
  bool takes_any = false;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const std::string_view type = without_outer_space(part.substr(0, part.find(';')));
    if (equal_token(type, "text/event-stream")) return StreamShape::Sse;
    takes_any = takes_any || equal_token(type, "*/*") || equal_token(type, "application/*") ||
                equal_token(type, "application/x-ndjson") || equal_token(type, "application/ndjson") ||
                equal_token(type, "application/json");
  }
  if (takes_any) return StreamShape::Ndjson;
  return Error(ShapeError::NotAcceptable,
               "events come as text/event-stream, as application/x-ndjson or over a WebSocket");
}

}  // namespace

std::string_view code_of(ShapeError) { return "not-acceptable"; }

Result<EventRequest> event_request(const HttpRequest& request, const Target& target) {
  EventRequest wanted;
  Result<StreamShape> shape = shape_of(request);
  if (!shape) return shape.error();
  wanted.shape = *shape;
  Result<std::string> line = as_line(request, target);
  if (!line) return line.error();
  auto parsed = parse_client_line(*line);
  if (!parsed) return parsed.error();
  wanted.request = std::get<Request>(*std::move(parsed));
  if (!wanted.request.heartbeat && wanted.shape != StreamShape::Ndjson) wanted.request.heartbeat = kStreamHeartbeat;
  if (const std::string* limit = target.find("limit")) {
    std::uint64_t events = 0;
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), events);
    if (error != std::errc() || end != limit->data() + limit->size() || events == 0)
      return bad("limit is a whole number above 0");
    wanted.limit = events;
  }
  return wanted;
}

}  // namespace newsd
