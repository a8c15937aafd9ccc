#include "feeds/schedule/next_poll.h"

#include <algorithm>
#include <cmath>

namespace newsd {
namespace {

using std::chrono::milliseconds;
using FloatHours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double kPollsAnHourAtOneEntry = 6;      // the pace of a feed with one entry an hour
constexpr auto kStep = std::chrono::minutes(15);  // in which the pace is summed up
constexpr double kShareOfWindow = 0.25;           // of the entries a feed shows may be new at a poll, as a rule
constexpr auto kLongestBackOff = std::chrono::days(1);
constexpr auto kWithoutValidators = std::chrono::minutes(30);  // each poll transfers the whole feed
constexpr double kJitter = 0.1;

milliseconds in_milliseconds(double hours) {
  return std::chrono::duration_cast<milliseconds>(FloatHours(std::min(hours, 24.0 * 365)));
}

/// When the pace, summed up from now, makes one poll.
milliseconds paced(const Publishing& publishing, milliseconds longest, Instant now) {
  double polls = 0;
  for (milliseconds at{0}; at < longest; at += kStep) {
    const double an_hour = kPollsAnHourAtOneEntry * std::sqrt(publishing.rate_at(now + at));
    const double in_step = an_hour * FloatHours(kStep).count();
    if (polls + in_step >= 1) return at + in_milliseconds((1 - polls) / an_hour);
    polls += in_step;
  }
  return longest;
}

/// The first instant at or after t whose hour and day the feed does not exclude. All excluded: t, nobody means that.
Instant after_skipped(Instant t, const FeedHints& hints) {
  if (hints.skip_hours == 0 && hints.skip_days == 0) return t;
  Instant at = t;
  for (int i = 0; i < 24 * 8; ++i) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto hour = std::chrono::floor<std::chrono::hours>(at - day).count();
    const bool skipped =
        (hints.skip_hours >> hour & 1U) != 0 || (hints.skip_days >> std::chrono::weekday(day).c_encoding() & 1U) != 0;
    if (!skipped) return at;
    at = std::chrono::floor<std::chrono::hours>(at) + std::chrono::hours(1);
  }
  return t;
}

milliseconds hinted(const FeedState& state, const PollRules& rules) {
  const auto said = std::max({state.fresh_for, state.hints.ttl.value_or(std::chrono::seconds(0)),
                              state.hints.update.value_or(std::chrono::seconds(0))});
  return std::min<milliseconds>(said, rules.max_interval);
}

Instant after_failures(const FeedState& state, const PollRules& rules, milliseconds usual, Instant now) {
  const auto doublings = std::min(state.failures - 1, 30U);
  const milliseconds base = std::max(usual, milliseconds(1));
  const milliseconds longest = std::max<milliseconds>(kLongestBackOff, base);
  const auto factor = std::int64_t{1} << doublings;
  const milliseconds wait = base > longest / factor ? longest : milliseconds(base.count() * factor);
  const double more = 1 + 2 * kJitter * jitter(rules.seed, state.polls);
  return now + in_milliseconds(FloatHours(wait).count() * more);
}

}  // namespace

double jitter(std::uint64_t seed, std::uint64_t n) {
  std::uint64_t x = seed + 0x9e3779b97f4a7c15ULL * (n + 1);  // splitmix64, Vigna 2015
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
  return static_cast<double>((x ^ x >> 31) >> 11) * 0x1p-53;
}

milliseconds usual_interval(const FeedState& state, const PollRules& rules, Instant now) {
  if (rules.interval) return std::max(*rules.interval, rules.min_interval);
  const milliseconds longest = std::max(rules.max_interval, rules.min_interval);
  milliseconds interval = paced(state.publishing, longest, now);
  if (state.shown > 0) {
    const double turnover = static_cast<double>(state.shown) / state.publishing.rate_at(now);  // hours
    interval = std::min(interval, in_milliseconds(kShareOfWindow * turnover));
  }
  return std::clamp(interval, rules.min_interval, longest);
}

Instant next_poll(const FeedState& state, const PollRules& rules, Instant now) {
  if (state.gone) return Instant::max();
  const milliseconds usual = usual_interval(state, rules, now);
  const Instant earliest = std::max(state.last_poll + rules.min_interval, state.away_until);
  if (state.failures > 0) {
    Instant at = after_failures(state, rules, usual, now);
    if (state.away_until > now)  // the host said when: that, and a little, so that not all its feeds come at once
      at = std::max(now + usual, state.away_until +
                                     std::min<milliseconds>(in_milliseconds(FloatHours(state.away_until - now).count() *
                                                                            0.05 * jitter(rules.seed, state.polls)),
                                                            std::chrono::minutes(10)));
    return std::max(at, earliest);
  }
  if (rules.interval) return std::max(state.last_poll + usual, earliest);

  milliseconds wait = std::max(usual, hinted(state, rules));
  if (state.validators == Validators{})
    wait = std::max<milliseconds>(wait, std::min<milliseconds>(kWithoutValidators, rules.max_interval));
  const double more = 1 + kJitter * jitter(rules.seed, state.polls);
  Instant at = state.last_poll + in_milliseconds(FloatHours(wait).count() * more);
  if (rules.pushed_until > now) {
    const Instant backup = state.last_poll + in_milliseconds(FloatHours(rules.backup_poll).count() * more);
    at = std::max(at, std::min(backup, rules.pushed_until));
  }
  return std::max(after_skipped(at, state.hints), earliest);
}

milliseconds spread(std::uint64_t seed, std::size_t due_at_once, milliseconds interval) {
  const milliseconds window = std::min(interval, milliseconds(20) * static_cast<std::int64_t>(due_at_once - 1));
  return in_milliseconds(FloatHours(window).count() * jitter(seed, 0));
}

}  // namespace newsd
