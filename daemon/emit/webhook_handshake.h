// The handshake before a webhook's first event (CloudEvents HTTP webhook 1.0.2, 4: abuse protection): who sends asks
// with OPTIONS, who receives names whom it allows and how many requests a minute. Pure, any thread.
#pragma once

#include "daemon/config/config.h"
#include "feeds/fetch/fetcher.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// What a receiver's answer says.
struct HandshakeAnswer {
  enum class Says {
    Allowed,  ///< send
    Unknown,  ///< nothing of handshakes: a receiver that does not know them
    Denied,   ///< not to this sender
    Gone,     ///< no more, ever (410)
    Later     ///< it cannot answer now
  } says = Says::Later;
  std::optional<std::uint64_t> per_minute{};  ///< requests that are allowed; nothing: no limit was named
  bool operator==(const HandshakeAnswer&) const = default;
};

/// The host in the events' source, "newsd://desk1/main" → "desk1", unless the output is given another name.
std::string handshake_origin(const OutputConfig& config, std::string_view source);

/// authorization: the Authorization header's value, or empty.
FetchRequest handshake_request(const OutputConfig& config, std::string_view authorization, std::string origin);

/// 2xx with WebHook-Allowed-Origin: Allowed when it is "*" or `origin`, and the rate is not 0. 2xx without it, 400,
/// 404, 405, 501: Unknown. 403: Denied. 410: Gone. Later: every other status. A rate that is no number limits nothing.
HandshakeAnswer handshake_answer(const FetchAnswer& answer, std::string_view origin);

}  // namespace newsd
