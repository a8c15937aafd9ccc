// What the HTTP server answers at once: status, metrics, health, the schema, and everything there is not. Values in,
// values out; I/O thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"
#include "daemon/serve/target.h"

namespace newsd {

enum class ApiError { NotFound, MethodNotAllowed, TooManyRequests };
std::string_view code_of(ApiError e);

inline constexpr std::string_view kPushPath = "/articles";

HttpAnswer api_answer(const HttpRequest& request, const Target& target, const ServeTerms& terms);
Error too_many_requests(unsigned a_second);

}  // namespace newsd
