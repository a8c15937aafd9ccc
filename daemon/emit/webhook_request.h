// A webhook's message as the request that carries it: address, time limit, headers, signature. Pure.
#pragma once

#include "daemon/config/config.h"
#include "daemon/emit/webhook_message.h"
#include "feeds/article/timestamp.h"
#include "feeds/fetch/fetcher.h"

#include <string>
#include <string_view>

namespace newsd {

/// The bytes of the key that the output's secret file names; empty when it names none. Errors of read_secret();
/// ConfigError::OutOfRange when the secret is no key.
Result<std::string> signing_key_of(const OutputConfig& config);

/// key: empty: unsigned. authorization: the Authorization header's value, or empty. now: signed with it.
FetchRequest webhook_request(const OutputConfig& config, std::string_view authorization, std::string_view key,
                             WebhookMessage message, Instant now);

}  // namespace newsd
