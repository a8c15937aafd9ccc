// What a client may ask for over HTTP: the first line is a target, the next ones are Host, Origin, Authorization,
// Accept and Last-Event-ID (Origin and Last-Event-ID also taken for a push's Content-Type and key). Never a crash; what
// is taken for a target decodes to UTF-8, what is taken for a wish for events holds to the limits of a socket's
// request, and nobody passes for the owner of the token but its owner.
#include "daemon/serve/access.h"
#include "daemon/serve/event_request.h"
#include "daemon/serve/push_request.h"
#include "feeds/text/utf8.h"

#include <cstdlib>

using namespace newsd;

namespace {

std::string take_line(std::string_view& text) {
  const std::string line(text.substr(0, text.find('\n')));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  HttpRequest request;
  request.target = take_line(input);
  request.host = take_line(input);
  request.origin = take_line(input);
  request.authorization = take_line(input);
  request.accept = take_line(input);
  request.last_event_id = take_line(input);

  const AccessRules rules{{"news.example"}, "correct-horse-battery", false};
  if (!refusal_of(request, rules) && request.authorization.find(rules.token) == std::string::npos) std::abort();

  const auto target = parse_target(request.target);
  if (!target) return 0;
  if (!target->path.starts_with('/') || target->parameters.size() > kTargetParameters) std::abort();
  for (const auto& [name, value] : target->parameters)
    if (!is_valid_utf8(name) || !is_valid_utf8(value)) std::abort();
  request.has_body = true;
  request.content_type = request.origin;
  request.idempotency_key = request.last_event_id;
  if (const auto push = push_of(request, *target); push && (push->key.size() > kKeyBytes || !push->bytes.empty()))
    std::abort();
  const auto wanted = event_request(request, *target);
  if (!wanted) {
    if (wanted.error().text.empty()) std::abort();
    return 0;
  }
  if (wanted->limit && *wanted->limit == 0) std::abort();
  if (!wanted->request.token.empty() || wanted->request.name.size() > 64) std::abort();
  if (wanted->request.heartbeat &&
      (wanted->request.heartbeat->count() < 1 || wanted->request.heartbeat->count() > 3600))
    std::abort();
  return 0;
}
