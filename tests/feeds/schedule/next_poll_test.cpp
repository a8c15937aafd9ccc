#include "feeds/schedule/next_poll.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *parse_rfc3339("2026-11-22T12:30:00Z");  // a Sunday

/// A state after a success, whose feed publishes so many entries an hour, at any time of the day.
FeedState well(double entries_an_hour) {
  FeedState state;
  state.url = "https://news.example/feed";
  state.last_poll = state.last_success = kNow;
  state.validators.etag = "\"1\"";
  state.publishing.hours = 240;
  state.publishing.counts.fill(static_cast<float>(entries_an_hour * 10));
  state.shown = 1000;
  return state;
}

TEST_CASE("the interval goes with the root of the rate, within bounds") {
  const PollRules rules;
  CHECK(usual_interval(well(1), rules, kNow) / 1.0min == Approx(10).epsilon(0.05));
  CHECK(usual_interval(well(4), rules, kNow) / 1.0min == Approx(5).epsilon(0.05));
  CHECK(usual_interval(well(1.0 / 24), rules, kNow) / 1.0min == Approx(49).epsilon(0.1));
  CHECK(usual_interval(well(100), rules, kNow) == rules.min_interval);
  CHECK(usual_interval(well(0), rules, kNow) <= rules.max_interval);
}

TEST_CASE("a feed that shows few entries is polled before they are gone") {
  FeedState state = well(2);
  state.shown = 4;
  CHECK(usual_interval(state, {}, kNow) / 1.0min == Approx(60 * 0.25 * 4 / 2 / 3).epsilon(0.7));
  state.shown = 1;
  CHECK(usual_interval(state, {}, kNow) <= 8min);
}

TEST_CASE("a feed that publishes in the morning is not polled through the night") {
  FeedState state = well(0);
  state.publishing.counts[8] = 40;
  const Instant evening = *parse_rfc3339("2026-11-22T20:00:00Z");
  const Instant morning = *parse_rfc3339("2026-11-23T08:00:00Z");
  PollRules rules;
  rules.max_interval = 24h;
  CHECK(usual_interval(state, rules, evening) > 75min);
  CHECK(usual_interval(state, rules, morning) < 15min);
}

TEST_CASE("what server and feed ask for is a floor, up to the longest interval") {
  FeedState state = well(4);
  const auto wait = [&] { return next_poll(state, {}, kNow) - kNow; };
  CHECK(wait() < 9min);
  state.fresh_for = 1800s;
  CHECK(wait() >= 30min);
  CHECK(wait() <= 33min);
  state.hints.ttl = 3600s;
  CHECK(wait() >= 60min);
  state.hints.update = 7200s;
  CHECK(wait() >= 120min);
  state.hints.ttl = 1000000s;
  CHECK(wait() >= 6h);
  CHECK(wait() <= 7h);
}

TEST_CASE("without validators a feed is polled no more than every half hour") {
  FeedState state = well(4);
  state.validators = {};
  CHECK(next_poll(state, {}, kNow) >= kNow + 30min);
}

TEST_CASE("hours and days the feed wants to be left alone in are left out") {
  FeedState state = well(1);
  state.hints.skip_hours = 0b111 << 12;  // 12, 13 and 14
  CHECK(next_poll(state, {}, kNow) == *parse_rfc3339("2026-11-22T15:00:00Z"));
  state.hints = {};
  state.hints.skip_days = 0b11;  // Sunday and Monday
  CHECK(next_poll(state, {}, kNow) == *parse_rfc3339("2026-11-24T00:00:00Z"));
  state.hints.skip_days = 0x7f;
  CHECK(next_poll(state, {}, kNow) < kNow + 1h);
}

TEST_CASE("a fixed interval is the operator's word: hints do not move it, min_interval does") {
  FeedState state = well(4);
  state.hints.ttl = 86400s;
  PollRules rules;
  rules.interval = 20min;
  CHECK(next_poll(state, rules, kNow + 3s) == kNow + 20min);  // from when the request was sent
  rules.interval = 1s;
  CHECK(next_poll(state, rules, kNow) == kNow + rules.min_interval);
}

TEST_CASE("Retry-After is waited for whatever the interval is") {
  FeedState state = well(4);
  state.failures = 1;
  state.away_until = kNow + 6h;
  PollRules rules;
  rules.interval = 5min;
  CHECK(next_poll(state, rules, kNow) >= kNow + 6h);
  CHECK(next_poll(state, rules, kNow) <= kNow + 6h + 10min);
  state.away_until = kNow + 1s;
  CHECK(next_poll(state, rules, kNow) >= kNow + 5min);
}

TEST_CASE("failures double the interval up to a day, and never end it") {
  FeedState state = well(1);
  PollRules rules;
  rules.interval = 10min;
  std::chrono::milliseconds before{0};
  for (state.failures = 1; state.failures < 8; ++state.failures) {
    const auto wait = next_poll(state, rules, kNow) - kNow;
    CHECK(wait >= 10min * (1 << (state.failures - 1)));
    CHECK(wait <= 12min * (1 << (state.failures - 1)));
    CHECK(wait > before);
    before = wait;
  }
  for (const std::uint32_t failures : {20U, 64U, 4'000'000'000U}) {
    state.failures = failures;
    CHECK(next_poll(state, rules, kNow) - kNow >= 24h);
    CHECK(next_poll(state, rules, kNow) - kNow <= 29h);
  }
}

TEST_CASE("a feed that is gone is polled no more") {
  FeedState state = well(1);
  state.gone = true;
  CHECK(next_poll(state, {}, kNow) == Instant::max());
}

TEST_CASE("feeds that are due at once are spread, one alone is not") {
  CHECK(spread(7, 1, 1h) == 0ms);
  bool later = false;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    CHECK(spread(seed, 1000, 1h) < 20s);
    CHECK(spread(seed, 1000, 2s) <= 2s);
    later = later || spread(seed, 1000, 1h) > 10s;
  }
  CHECK(later);
}

TEST_CASE("a feed that is pushed is polled rarely, and at its pace again from the end of its lease on") {
  const FeedState state = well(4);
  PollRules rules;
  rules.backup_poll = 6h;
  const Instant usual = next_poll(state, rules, kNow);
  rules.pushed_until = kNow + 48h;
  CHECK(next_poll(state, rules, kNow) >= kNow + 6h);
  CHECK(next_poll(state, rules, kNow) <= kNow + 7h);
  rules.pushed_until = kNow + 2h;
  CHECK(next_poll(state, rules, kNow) == kNow + 2h);
  rules.pushed_until = kNow;
  CHECK(next_poll(state, rules, kNow) == usual);
  rules.pushed_until = kNow + 48h;
  rules.interval = 15min;  // the operator's word
  CHECK(next_poll(state, rules, kNow) == kNow + 15min);
}

}  // namespace
}  // namespace newsd
