#include "feeds/schedule/hub_state.h"

#include "feeds/http/cache.h"
#include "feeds/schedule/next_poll.h"
#include "feeds/schedule/state_lines.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;

constexpr double kJitter = 0.2;

/// Every member with its name in the journal, which may never change.
constexpr auto kEachMember = [](auto& s, auto& visit) {
  visit("hub", s.hub);
  visit("topic", s.topic);
  visit("callback", s.callback);
  visit("secret", s.secret);
  visit("asked", s.asked);
  visit("leaving", s.leaving);
  visit("since", s.since);
  visit("until", s.until);
  visit("next", s.next);
  visit("failures", s.failures);
  visit("failure", s.failure);
  visit("failure-text", s.failure_text);
  visit("last-push", s.last_push);
  visit("pushes", s.pushes);
  visit("missed", s.missed);
  visit("doubt", s.doubt);
};

/// What an event makes of a state that has a hub.
struct Happened {
  HubState state;
  std::uint64_t seed;
  Instant now;

  HubState operator()(const HubOffered& offered) {
    if (offered.offer.hub == state.hub && offered.offer.topic == state.topic && !state.leaving) return state;
    if (offered.offer.hub.empty()) return (*this)(HubLeft{});
    // a hub that still serves the old subscription finds nobody at its callback
    HubState made;
    made.hub = offered.offer.hub;
    made.topic = offered.offer.topic;
    made.callback = offered.callback;
    made.secret = offered.secret;
    made.next = now;
    return made;
  }

  HubState operator()(const HubLeft&) {
    if (state.leaving) return state;
    if (!state.asked && !is_subscribed(state, now)) return {};  // the hub knows of nothing
    state.leaving = true;
    state.asked = false;
    state.failures = 0;
    state.next = now;
    return state;
  }

  HubState operator()(const HubSent&) {
    state.asked = true;
    state.next = now + kVerifiedWithin;
    return state;
  }

  HubState operator()(const HubRefused& refused) {
    if (refused.code == kHubDenied) {
      state.until = {};
    } else if (!state.asked) {
      return state;  // verified before its answer came
    }
    state.asked = false;
    state.failure = refused.code;
    state.failure_text = refused.text;
    if (++state.failures >= kLeaveRequests && state.leaving) return {};
    const auto doublings = std::min(state.failures - 1, 16U);
    milliseconds wait = std::min<milliseconds>(kFirstHubWait * (1 << doublings), kLongestHubWait);
    if (refused.code == kHubDenied) wait = kLongestHubWait;
    if (refused.retry_after) wait = std::max<milliseconds>(wait, std::min(*refused.retry_after, kLongestWait));
    const double more = kJitter * jitter(seed, state.failures);
    state.next = now + wait + milliseconds(static_cast<std::int64_t>(static_cast<double>(wait.count()) * more));
    return state;
  }

  HubState operator()(const HubUnverified&) {
    return (*this)(HubRefused{"not-verified", "the hub took the request and did not verify it", std::nullopt});
  }

  HubState operator()(const HubVerified& verified) {
    if (state.leaving) return {};
    const auto lease = bounded_lease(verified.lease);
    if (!is_subscribed(state, now)) state.since = now;
    state.asked = false;
    state.until = now + lease;
    state.next = renew_at(now, lease);
    state.failures = 0;
    state.failure.clear();
    state.failure_text.clear();
    return state;
  }

  HubState operator()(const HubPushed&) {
    state.last_push = now;
    ++state.pushes;
    if (state.doubt > 0) --state.doubt;
    return state;
  }

  HubState operator()(const HubMissed&) {
    ++state.missed;
    state.doubt = kPushesToTrust;
    return state;
  }
};

}  // namespace

bool is_subscribed(const HubState& state, Instant now) { return !state.leaving && state.until > now; }

bool is_trusted(const HubState& state, Instant now) { return is_subscribed(state, now) && state.doubt == 0; }

std::string_view standing_of(const HubState& state, Instant now) {
  if (state.hub.empty()) return "none";
  if (state.leaving) return "leaving";
  if (is_subscribed(state, now)) return state.doubt == 0 ? "active" : "doubted";
  return state.failures > 0 ? "refused" : "asked";
}

HubState next_hub(HubState state, const HubEvent& event, std::uint64_t seed, Instant now) {
  if (state.hub.empty() && !std::holds_alternative<HubOffered>(event)) return {};
  if (state.hub.empty() && std::get<HubOffered>(event).offer.hub.empty()) return {};
  return std::visit(Happened{std::move(state), seed, now}, event);
}

HubAsk due_ask(const HubState& state, Instant now) {
  if (state.hub.empty() || state.next > now) return HubAsk::Nothing;
  if (state.asked) return HubAsk::Late;
  return state.leaving ? HubAsk::Unsubscribe : HubAsk::Subscribe;
}

Instant next_change(const HubState& state, Instant now) {
  if (state.hub.empty()) return Instant::max();
  return is_subscribed(state, now) ? std::min(state.next, state.until) : state.next;
}

bool agrees(const HubState& state, std::string_view mode, std::string_view topic, Instant now) {
  if (state.hub.empty() || topic != state.topic) return false;
  if (mode == "unsubscribe") return state.leaving;
  return mode == "subscribe" && !state.leaving && (state.asked || is_subscribed(state, now));
}

std::string encode(const HubState& state) {
  if (state.hub.empty()) return {};
  return state_lines(state, kEachMember);
}

Result<HubState> decode_hub_state(std::string_view text) { return state_of_lines<HubState>(text, kEachMember); }

}  // namespace newsd
