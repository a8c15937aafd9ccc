// What must hold of a feed's polls whatever servers answer: months of virtual time, outcomes drawn at random.
#include "feeds/schedule/settle.h"

#include <catch2/catch.hpp>

#include <random>

namespace newsd {
namespace {

using namespace std::chrono_literals;
using Kind = PollOutcome::Kind;

const Instant kStart = *parse_rfc3339("2026-01-01T00:00:00Z");

/// A server of moods: each lasts for some polls.
class MoodyServer {
 public:
  explicit MoodyServer(std::uint32_t seed) : random_(seed) {}

  PollOutcome answer() {
    if (left_-- == 0) {
      mood_ = static_cast<int>(below(6));
      left_ = below(12);
    }
    PollOutcome outcome;
    outcome.status = 200;
    outcome.final_url = "https://news.example/feed";
    switch (mood_) {
      case 0: outcome.kind = Kind::NotModified; break;
      case 1:
        outcome.kind = Kind::Failed;
        outcome.code = "timeout";
        break;
      case 2:
        outcome.kind = Kind::Failed;
        outcome.code = "http-429";
        outcome.retry_after = std::chrono::seconds(below(200'000));
        break;
      case 3: outcome.permanent_url = "https://other.example/" + std::to_string(below(2)); [[fallthrough]];
      default:
        outcome.kind = Kind::Read;
        outcome.validators.etag = std::to_string(below(1000));
        outcome.shown = below(60);
        outcome.fresh = outcome.shown == 0 ? 0 : below(outcome.shown);
        outcome.fresh_for = std::chrono::seconds(below(100'000));
        outcome.hints.skip_hours = below(4) == 0 ? below(1 << 24) : 0;
        outcome.hints.skip_days = static_cast<std::uint8_t>(below(8) == 0 ? below(128) : 0);
        if (below(3) == 0) outcome.hints.ttl = std::chrono::seconds(below(10'000'000));
    }
    return outcome;
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

 private:
  std::mt19937 random_;
  int mood_ = 4;
  std::uint32_t left_ = 5;
};

TEST_CASE("over months of any answers a feed is polled neither too soon nor never") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    MoodyServer server(seed);
    PollRules rules;
    rules.seed = seed;
    rules.min_interval = std::chrono::minutes(1 + server.below(60));
    rules.max_interval = rules.min_interval + std::chrono::minutes(server.below(1440));
    if (server.below(2) == 0) rules.interval = std::chrono::minutes(1 + server.below(300));
    CAPTURE(seed, rules.min_interval.count(), rules.max_interval.count());

    FeedState state;
    Instant now = kStart;
    bool failing_told = false;
    while (now < kStart + std::chrono::days(90)) {
      PollOutcome outcome = server.answer();
      outcome.sent = now;
      const Instant answered = now + std::chrono::milliseconds(server.below(30'000));
      const Settled settled = settle(state, outcome, rules, "https://news.example/feed", answered);
      const FeedState& after = settled.state;

      REQUIRE(after.next_poll >= now + rules.min_interval);
      REQUIRE(after.next_poll >= after.away_until);
      REQUIRE((!outcome.retry_after || after.next_poll >= answered + *outcome.retry_after));
      const auto usual_most = std::max<std::chrono::milliseconds>(rules.max_interval, rules.interval.value_or(0ms));
      const auto most = after.failures > 0 ? std::max<std::chrono::milliseconds>(24h, usual_most) * 5 / 4
                                           : usual_most * 5 / 4 + std::chrono::days(8);
      REQUIRE(after.next_poll <= std::max(answered + most, after.away_until + most));

      for (const FeedNotice& notice : settled.notices) {
        if (notice.kind == FeedNotice::Kind::Error) {
          REQUIRE_FALSE(failing_told);
          REQUIRE(after.failures == kFailuresBeforeError);
          failing_told = true;
        }
        if (notice.kind == FeedNotice::Kind::Recovered && notice.failures > 0) {
          REQUIRE(failing_told);
          failing_told = false;
        }
      }
      REQUIRE(failing_told == after.error_told);
      if (outcome.kind == Kind::Read) REQUIRE(after.validators == outcome.validators);
      if (outcome.kind == Kind::Failed) REQUIRE(after.validators == state.validators);

      const auto kept = decode_feed_state(encode(after));  // as after a restart
      REQUIRE(kept.has_value());
      REQUIRE(encode(*kept) == encode(after));
      state = *kept;
      now = std::max(answered, state.next_poll);
    }
  }
}

TEST_CASE("the same answers give the same polls") {
  const auto polls = [] {
    MoodyServer server(99);
    FeedState state;
    std::vector<Instant> at;
    for (Instant now = kStart; at.size() < 500; now = state.next_poll) {
      PollOutcome outcome = server.answer();
      outcome.sent = now;
      state = settle(state, outcome, {}, "https://news.example/feed", now).state;
      at.push_back(now);
    }
    return at;
  };
  CHECK(polls() == polls());
}

}  // namespace
}  // namespace newsd
