// What a request for /events asks for: parameters and header → the same Request as on a socket, and the shape in which
// the events go out. Pure, any thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/target.h"
#include "daemon/stream/request.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace newsd {

enum class StreamShape { Sse, Ndjson, WebSocket };

struct EventRequest {
  Request request;
  StreamShape shape = StreamShape::Ndjson;
  std::optional<std::uint64_t> limit;  ///< so many events, then the stream ends
};

inline constexpr std::chrono::seconds kStreamHeartbeat{15};  ///< of SSE and WebSocket, unless another is asked for

enum class ShapeError { NotAcceptable };
std::string_view code_of(ShapeError e);

/// Parameters: from, last, types (separated by commas), where, format, name (of a consumer whose stored place is where
/// it begins), heartbeat (seconds), limit. Last-Event-ID
/// wins over from: it is where a broken stream goes on. Errors are those of parse_client_line(), and NotAcceptable when
/// Accept allows none of text/event-stream, application/x-ndjson and what these are kinds of.
Result<EventRequest> event_request(const HttpRequest& request, const Target& target);

}  // namespace newsd
