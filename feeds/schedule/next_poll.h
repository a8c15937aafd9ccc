// next_poll(): when a feed is polled again: state + rules + now → instant. Pure; the randomness is a seed. It decides
// from what is known; settle() is what makes the state.
//
// Adaptive pace. Polls cost the same wherever they go, a late discovery costs by the entries it delays. Of all ways to
// spend a number of polls on feeds that publish at the rates r, the mean delay of an entry is least when the interval
// goes with 1/√r (Lagrange; Cho and Garcia-Molina, "Effective page refresh policies", 2003, find the same for
// crawlers). So a feed with one entry an hour is polled every ten minutes, one with four an hour twice as often, one
// with an entry a day every 49 minutes. r is that of the hour of the day: the pace is slow at night and quickens before
// the hour in which a feed publishes.
#pragma once

#include "feeds/schedule/feed_state.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace newsd {

/// What the operator says about polling one feed.
struct PollRules {
  std::optional<std::chrono::milliseconds> interval;  ///< fixed; empty: adaptive
  std::chrono::milliseconds min_interval = std::chrono::minutes(5);
  std::chrono::milliseconds max_interval = std::chrono::hours(6);
  std::uint64_t seed = 0;  ///< of jitter: something that differs from feed to feed
  /// While the feed is pushed to us (until then; the epoch: it is not) a poll only looks whether something was left
  /// out.
  Instant pushed_until;
  std::chrono::milliseconds backup_poll = std::chrono::hours(6);
};

/// The interval the rules and the feed's habits give, without jitter, failures and hints.
std::chrono::milliseconds usual_interval(const FeedState& state, const PollRules& rules, Instant now);

/// After a success: the usual interval with what the server and the feed asked for as a floor (Cache-Control, Expires,
/// ttl, sy:update*: at most max_interval; skipHours, skipDays), counted from when the request was sent; a fixed
/// interval is the operator's word and only yields to Retry-After. A feed that is pushed is polled every backup_poll,
/// and at its pace again from pushed_until on. After failures: the interval doubled with each of them, up to a day.
/// Never before away_until, never sooner than min_interval. Gone: never, which is Instant::max().
Instant next_poll(const FeedState& state, const PollRules& rules, Instant now);

/// A number in [0, 1) that is the same for the same arguments.
double jitter(std::uint64_t seed, std::uint64_t n);

/// When feeds that are all due at once (at the start, after a sleep) are polled: spread over 20 ms each, one alone at
/// once; none later than its own interval.
std::chrono::milliseconds spread(std::uint64_t seed, std::size_t due_at_once, std::chrono::milliseconds interval);

}  // namespace newsd
