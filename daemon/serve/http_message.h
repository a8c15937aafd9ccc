// What comes in over HTTP and what goes out, as values: the parts of a request that newsd looks at, and an answer.
// Pure; reading bytes is HttpReader's part.
#pragma once

#include "daemon/event/json_text.h"
#include "feeds/article/result.h"
#include "feeds/http/header_fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Header values are empty when they were not sent. A header that may come only once and came twice makes the request
/// malformed before it gets here.
struct HttpRequest {
  std::string method, target;
  std::string host, origin, authorization, accept, last_event_id, content_type, content_encoding, idempotency_key;
  std::string websocket_key, websocket_version;
  std::string hub_signature;  ///< X-Hub-Signature
  bool is_http_10 = false;    ///< knows no chunks
  bool keeps_alive = true;    ///< the connection may carry another request
  bool has_body = false;
  std::optional<std::uint64_t> content_length;  ///< of a body that says so
  bool expects_continue = false;                ///< waits to be told to send the body
  bool wants_websocket = false;
  std::string body;
};

/// What a browser may do with an answer that is no page.
inline constexpr std::string_view kNothingAllowed = "default-src 'none'";

struct HttpAnswer {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<HeaderField> fields{};          ///< others
  std::string_view policy = kNothingAllowed;  ///< Content-Security-Policy; lives as long as the program
};

inline constexpr std::string_view kProblemType = "application/problem+json";
/// The members of a problem document (RFC 9457): "title", "status", "detail", "code".
void write_problem(JsonText& json, unsigned status, std::string_view code, std::string_view detail);
/// A problem document, with "where" when the error has one.
HttpAnswer error_answer(unsigned status, const Error& error);

/// The answer as bytes: status line, header, body. closes: the connection ends behind it. without_body: it answers
/// HEAD.
std::string bytes_of(const HttpAnswer& answer, bool closes, bool without_body);
/// The header of an answer whose body follows piece by piece: in chunks, or up to the end of the connection.
std::string stream_head(std::string_view content_type, bool in_chunks);

}  // namespace newsd
