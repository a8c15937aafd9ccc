// What a client may write on a socket: never a crash, and whatever is taken for a request or an acknowledgement holds
// to its limits.
#include "daemon/event/encoding.h"
#include "daemon/stream/request.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace newsd;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_client_line(line);
  if (!parsed) {
    if (parsed.error().text.empty()) std::abort();
    return 0;
  }
  if (size > kRequestBytes || line.find('{') == std::string_view::npos) std::abort();
  if (const auto* request = std::get_if<Request>(&*parsed)) {
    if (request->name.size() > 64 || (!request->format.empty() && encoding_named(request->format) == nullptr))
      std::abort();
    if (request->from)
      if (const auto* last = std::get_if<FromLast>(&*request->from); last != nullptr && last->events > kLastEvents)
        std::abort();
    if (request->heartbeat && (request->heartbeat->count() < 1 || request->heartbeat->count() > 3600)) std::abort();
  }
  return 0;
}
