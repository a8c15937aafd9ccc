// HubState: what is remembered of a feed's subscription at its WebSub hub, across restarts; next_hub() is what an event
// makes of it, due_ask() what is to be asked of the hub now. Plain value, pure: it asks nobody and makes no secret.
//
// A subscription is asked for, taken by the hub, verified by it (it calls us back), and holds for a lease; it is asked
// for again before the lease ends. While it holds, the feed is polled rarely: unless the hub left something out that a
// poll then found. Then it is doubted, and polls go on at their pace until it has brought news a few times in a row.
#pragma once

#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"
#include "feeds/http/websub.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace newsd {

/// Instants that are not yet known are the epoch.
struct HubState {
  std::string hub, topic;      ///< empty: there is no subscription
  std::string callback;        ///< where the hub reaches us; its last part is known to the hub alone
  std::string secret;          ///< what it signs with; never told or logged
  bool asked = false;          ///< a request was sent and its verification is awaited
  bool leaving = false;        ///< it is to end: the hub is asked to stop
  Instant since;               ///< it has held since then without a break
  Instant until;               ///< the lease's end
  Instant next;                ///< when to ask, or ask again
  std::uint32_t failures = 0;  ///< requests in a row that came to nothing
  std::string failure, failure_text;
  Instant last_push;
  std::uint64_t pushes = 0;  ///< contents that the hub brought
  std::uint64_t missed = 0;  ///< polls that found what it had not brought
  std::uint32_t doubt = 0;   ///< how often it has to bring something before it is trusted again
  bool operator==(const HubState&) const = default;
};

bool is_subscribed(const HubState& state, Instant now);
/// Subscribed, and nothing speaks against relying on it.
bool is_trusted(const HubState& state, Instant now);
/// "none", "asked", "active", "doubted", "refused" (the last request came to nothing), "leaving".
std::string_view standing_of(const HubState& state, Instant now);

/// The feed says where it is pushed from. callback, secret: of a new subscription, if this makes one. An empty offer:
/// it says so no more.
struct HubOffered {
  WebSubOffer offer;
  std::string callback, secret;
};
struct HubLeft {};  ///< nobody wants the feed any more
struct HubSent {};  ///< a request goes out now: what due_ask() said
/// The request came to nothing, or the hub said no later.
struct HubRefused {
  std::string code, text;
  std::optional<std::chrono::seconds> retry_after;
};
struct HubUnverified {};  ///< the verification did not come in time
/// The hub has verified what was asked. lease: as it granted it, of a subscription.
struct HubVerified {
  std::optional<std::int64_t> lease;
};
struct HubPushed {};  ///< it brought content that is recorded
struct HubMissed {};  ///< a poll found something that it had not brought
using HubEvent =
    std::variant<HubOffered, HubLeft, HubSent, HubRefused, HubUnverified, HubVerified, HubPushed, HubMissed>;

/// How long a verification is waited for, and how soon a request is repeated at first; doubled up to kLongestHubWait.
inline constexpr std::chrono::minutes kVerifiedWithin{10}, kFirstHubWait{5};
inline constexpr std::chrono::hours kLongestHubWait{24};
inline constexpr std::uint32_t kPushesToTrust = 3;
/// So many requests to end a subscription; then it is left to run out.
inline constexpr std::uint32_t kLeaveRequests = 3;

/// seed: of jitter, differs from feed to feed. A state without a hub comes back when nothing is left to remember.
HubState next_hub(HubState state, const HubEvent& event, std::uint64_t seed, Instant now);

/// Late: a verification is awaited and overdue (HubUnverified is what happened).
enum class HubAsk { Nothing, Subscribe, Unsubscribe, Late };
HubAsk due_ask(const HubState& state, Instant now);
/// When due_ask() or is_subscribed() next say something else, if nothing happens; Instant::max(): never.
Instant next_change(const HubState& state, Instant now);

/// Whether what a hub asks to be confirmed is what was asked of it. Topics are compared byte for byte.
bool agrees(const HubState& state, std::string_view mode, std::string_view topic, Instant now);

/// As in state_lines.h; empty for a state without a hub.
std::string encode(const HubState& state);
Result<HubState> decode_hub_state(std::string_view text);

}  // namespace newsd
