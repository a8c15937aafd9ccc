// What a WebSub hub says at a callback, and what is said back: requests under kHubPath ↔ HubCallbacks' values. I/O
// thread; a body is HttpConnection's part.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/target.h"
#include "feeds/source/hub_callbacks.h"

#include <string_view>

namespace newsd {

/// A token follows: whoever knows it is the hub it was told to.
inline constexpr std::string_view kHubPath = "/websub/";

/// The answer to a GET: 200 and the challenge as plain text, 404 where it is not what was asked for.
HttpAnswer hub_verification(const Target& target, HubCallbacks& hubs);
/// The content that a POST brings, but for its body.
HubContent hub_content(const HttpRequest& request, const Target& target);
/// 202: taken, or dropped; a hub is not told which, nor whether its signature was right (section 8).
HttpAnswer hub_thanks();
/// 410 where there is no such subscription, so that the hub lets go of it; 503 with Retry-After; 413.
HttpAnswer hub_refusal(const Error& error);

}  // namespace newsd
