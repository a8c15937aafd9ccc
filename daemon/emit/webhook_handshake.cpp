#include "daemon/emit/webhook_handshake.h"

#include <charconv>
#include <utility>

namespace newsd {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string handshake_origin(const OutputConfig& config, std::string_view source) {
  if (!config.origin.empty()) return config.origin;
  constexpr std::string_view kScheme = "newsd://";
  if (source.starts_with(kScheme)) source.remove_prefix(kScheme.size());
  return std::string(source.substr(0, source.find('/')));
}

FetchRequest handshake_request(const OutputConfig& config, std::string_view authorization, std::string origin) {
  FetchRequest request;
  request.url = request.authorized_url = config.url;
  request.authorization = authorization;
  request.timeout = config.timeout;
  request.question = OptionsQuestion{{{"WebHook-Request-Origin", std::move(origin)}}};
  return request;
}

HandshakeAnswer handshake_answer(const FetchAnswer& answer, std::string_view origin) {
  using enum HandshakeAnswer::Says;
  if (answer.status >= 200 && answer.status < 300) {
    const auto allowed = answer.header.value("WebHook-Allowed-Origin");
    if (!allowed) return {Unknown};
    const auto rate = whole_number(answer.header.value("WebHook-Allowed-Rate").value_or(""));
    const bool is_allowed = (*allowed == "*" || equal_token(*allowed, origin)) && rate != 0;
    return is_allowed ? HandshakeAnswer{Allowed, rate} : HandshakeAnswer{Denied};
  }
  switch (answer.status) {
    case 400:
    case 404:
    case 405:
    case 501: return {Unknown};
    case 403: return {Denied};
    case 410: return {Gone};
    default: return {Later};
  }
}

}  // namespace newsd
