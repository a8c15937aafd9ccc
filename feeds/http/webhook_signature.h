// The signature of a webhook as Standard Webhooks 1.0 (standardwebhooks.com) has it: id, time and body → the value of
// the `webhook-signature` header, which its libraries verify. Pure, any thread; it sends nothing.
#pragma once

#include "feeds/article/timestamp.h"

#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// The key in a secret: "whsec_" and base64 stand for the bytes; any other text is its own bytes. Nothing when what
/// follows "whsec_" is no base64, or no bytes.
std::optional<std::string> webhook_key(std::string_view secret);

/// The `webhook-timestamp` header: seconds since 1970.
std::string webhook_timestamp(Instant sent);

/// "v1,<base64 of the HMAC-SHA256 of "<id>.<timestamp>.<body>" under the key>".
std::string webhook_signature(std::string_view key, std::string_view id, Instant sent, std::string_view body);

}  // namespace newsd
