// WebSub (W3C Recommendation, 2018): which hub and topic an answer names, what a hub is asked, when a lease is renewed,
// whether a notification is genuine. Pure, any thread. It neither subscribes nor listens.
#pragma once

#include "feeds/article/timestamp.h"
#include "feeds/http/link_header.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Where to subscribe (the first hub named) and to what (rel=self).
struct WebSubOffer {
  std::string hub;
  std::string topic;
  bool operator==(const WebSubOffer&) const = default;
};
/// From the links of the header, which go before those of the feed itself (section 4). Nothing without both.
std::optional<WebSubOffer> websub_offer(const std::vector<WebLink>& header, const std::vector<WebLink>& feed);

/// What is asked of a hub. lease: of a subscription; 0: as the hub likes.
struct WebSubRequest {
  std::string_view mode;  ///< "subscribe", "unsubscribe"
  std::string_view callback, topic, secret;
  std::chrono::seconds lease{0};
};
/// As the body of an application/x-www-form-urlencoded POST (section 5.1).
std::string form_of(const WebSubRequest& request);
inline constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// The code of a subscription that its publisher or hub does not want (section 5.2).
inline constexpr std::string_view kHubDenied = "denied";

/// A lease as the hub granted it, bounded to 0 … 30 days; 10 days when it said nothing.
std::chrono::seconds bounded_lease(std::optional<std::int64_t> granted);
/// When to ask for it again: after four fifths of it, so that a failure leaves time to try again; never within a
/// quarter of an hour, however short it is.
Instant renew_at(Instant granted, std::chrono::seconds lease);

/// Whether X-Hub-Signature ("sha256=…"; sha1, sha256, sha384, sha512) is the HMAC of the body under the secret. In
/// constant time over the digest; an unknown method, another length, a digit that is none are not genuine.
bool is_genuine(std::string_view signature, std::string_view secret, std::string_view body);

}  // namespace newsd
