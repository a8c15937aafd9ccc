#include "feeds/schedule/hub_state.h"

#include <catch2/catch.hpp>

#include <random>

namespace newsd {
namespace {

using namespace std::chrono_literals;

const Instant kStart = *parse_rfc3339("2026-11-22T12:00:00Z");
const WebSubOffer kOffer{"https://hub.example/", "https://news.example/feed"};

HubOffered offered(const WebSubOffer& offer = kOffer, const std::string& token = "t") {
  return {offer, "https://me.example/websub/" + token, "s"};
}

/// One subscription in virtual time.
struct Subscription {
  HubState state;
  Instant now = kStart;

  HubState& after(const HubEvent& event) { return state = next_hub(state, event, 7, now); }
  /// Asked, and verified for so long.
  void subscribe(std::int64_t lease = 86'400) {
    after(offered());
    REQUIRE(due_ask(state, now) == HubAsk::Subscribe);
    after(HubSent{});
    after(HubVerified{lease});
  }
};

TEST_CASE("a subscription is asked for, verified, and asked for again before its lease ends") {
  Subscription s;
  CHECK(standing_of(s.state, s.now) == "none");
  s.after(offered());
  CHECK(standing_of(s.state, s.now) == "asked");
  CHECK(due_ask(s.state, s.now) == HubAsk::Subscribe);
  s.after(HubSent{});
  CHECK(due_ask(s.state, s.now) == HubAsk::Nothing);
  CHECK(agrees(s.state, "subscribe", kOffer.topic, s.now));
  s.after(HubVerified{86'400});
  CHECK(standing_of(s.state, s.now) == "active");
  CHECK(s.state.until == kStart + 24h);
  s.now += 20h;
  CHECK(due_ask(s.state, s.now) == HubAsk::Subscribe);
  CHECK(is_trusted(s.state, s.now));
  s.after(HubSent{});
  s.after(HubVerified{std::nullopt});
  CHECK(s.state.until == s.now + std::chrono::days(10));
  CHECK(s.state.since == kStart);
}

TEST_CASE("what was not asked for is not agreed to") {
  Subscription s;
  CHECK_FALSE(agrees(s.state, "subscribe", "", s.now));
  s.after(offered());
  CHECK_FALSE(agrees(s.state, "subscribe", kOffer.topic, s.now));  // it was not sent yet
  s.after(HubSent{});
  CHECK_FALSE(agrees(s.state, "subscribe", kOffer.topic + "/", s.now));
  CHECK_FALSE(agrees(s.state, "unsubscribe", kOffer.topic, s.now));
  CHECK_FALSE(agrees(s.state, "SUBSCRIBE", kOffer.topic, s.now));
  s.after(HubVerified{3600});
  CHECK(agrees(s.state, "subscribe", kOffer.topic, s.now));  // some hubs look again by themselves
  s.after(HubLeft{});
  CHECK_FALSE(agrees(s.state, "subscribe", kOffer.topic, s.now));
  CHECK(agrees(s.state, "unsubscribe", kOffer.topic, s.now));
}

TEST_CASE("a verification that comes before the answer to the request counts") {
  Subscription s;
  s.after(offered());
  s.after(HubSent{});
  s.after(HubVerified{3600});
  const HubState verified = s.state;
  s.after(HubRefused{"timeout", "nothing came", {}});
  CHECK(s.state == verified);
}

TEST_CASE("a hub that refuses, or never verifies, is asked less and less often") {
  Subscription s;
  s.after(offered());
  Instant last = s.now;
  auto gap = 0ms;
  for (int i = 0; i < 12; ++i) {
    REQUIRE(due_ask(s.state, s.now) == HubAsk::Subscribe);
    s.after(HubSent{});
    if (i % 2 == 0) {
      s.after(HubRefused{"http-500", "no", {}});
    } else {
      s.now = s.state.next;
      REQUIRE(due_ask(s.state, s.now) == HubAsk::Late);
      s.after(HubUnverified{});
    }
    CHECK(standing_of(s.state, s.now) == "refused");
    CHECK(s.state.next - last >= std::min<std::chrono::milliseconds>(gap, 24h));
    gap = std::chrono::duration_cast<std::chrono::milliseconds>(s.state.next - s.now);
    last = s.now;
    CHECK(gap <= 29h);
    s.now = s.state.next;
  }
  CHECK(gap >= 24h);
}

TEST_CASE("Retry-After puts off the next request, within reason") {
  Subscription s;
  s.after(offered());
  s.after(HubSent{});
  s.after(HubRefused{"http-429", "slow down", 3h});
  CHECK(s.state.next >= s.now + 3h);
  s.now = s.state.next;
  s.after(HubSent{});
  s.after(HubRefused{"http-429", "slow down", std::chrono::years(50)});
  CHECK(s.state.next <= s.now + std::chrono::days(40));
}

TEST_CASE("a hub that denies is not relied on from then on") {
  Subscription s;
  s.subscribe();
  s.after(HubRefused{std::string(kHubDenied), "no more", {}});
  CHECK_FALSE(is_subscribed(s.state, s.now));
  CHECK(s.state.next >= s.now + 24h);
}

TEST_CASE("leases of nothing, of years and of nonsense are bounded, and nobody is asked without end") {
  for (const std::int64_t lease : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, std::int64_t{1} << 62}) {
    CAPTURE(lease);
    Subscription s;
    s.subscribe(lease);
    CHECK(s.state.until <= s.now + std::chrono::days(30));
    CHECK(s.state.next >= s.now + 15min);
    CHECK(is_subscribed(s.state, s.now) == (lease > 0));
  }
}

TEST_CASE("a hub that left something out is doubted until it has brought news a few times") {
  Subscription s;
  s.subscribe();
  s.after(HubMissed{});
  CHECK(is_subscribed(s.state, s.now));
  CHECK_FALSE(is_trusted(s.state, s.now));
  CHECK(standing_of(s.state, s.now) == "doubted");
  s.after(HubPushed{});
  s.after(HubPushed{});
  CHECK_FALSE(is_trusted(s.state, s.now));
  s.after(HubPushed{});
  CHECK(is_trusted(s.state, s.now));
  CHECK(s.state.pushes == 3);
  CHECK(s.state.missed == 1);
}

TEST_CASE("another hub or topic is another subscription, with a callback and secret of its own") {
  Subscription s;
  s.subscribe();
  const HubState first = s.state;
  s.after(offered(kOffer, "other"));
  CHECK(s.state == first);
  s.after(offered({"https://hub2.example/", kOffer.topic}, "other"));
  CHECK(s.state.callback.ends_with("/other"));
  CHECK(due_ask(s.state, s.now) == HubAsk::Subscribe);
  CHECK_FALSE(is_subscribed(s.state, s.now));
}

TEST_CASE("what nobody wants is ended at the hub, and forgotten when it is, or the hub does not answer") {
  Subscription s;
  s.subscribe();
  s.after(HubLeft{});
  CHECK(due_ask(s.state, s.now) == HubAsk::Unsubscribe);
  CHECK_FALSE(is_subscribed(s.state, s.now));
  SECTION("it agrees") {
    s.after(HubSent{});
    s.after(HubVerified{});
    CHECK(s.state == HubState{});
  }
  SECTION("it does not") {
    for (std::uint32_t i = 0; i < kLeaveRequests; ++i) {
      s.now = s.state.next;
      REQUIRE(due_ask(s.state, s.now) == HubAsk::Unsubscribe);
      s.after(HubSent{});
      s.after(HubRefused{"connect", "nobody there", {}});
    }
    CHECK(s.state == HubState{});
  }
  SECTION("it is wanted again") {
    s.after(offered(kOffer, "again"));
    CHECK(s.state.callback.ends_with("/again"));
    CHECK_FALSE(s.state.leaving);
  }
}

TEST_CASE("a subscription that was never asked for is forgotten at once") {
  Subscription s;
  s.after(offered());
  s.after(HubOffered{});
  CHECK(s.state == HubState{});
}

TEST_CASE("a state is read as it was written, and one that is damaged is not") {
  Subscription s;
  s.subscribe();
  s.after(HubMissed{});
  s.after(HubSent{});
  s.after(HubRefused{"http-500", "the hub says \"no\"\n\xc3\xa9", {}});
  const auto again = decode_hub_state(encode(s.state));
  REQUIRE(again.has_value());
  CHECK(*again == s.state);
  CHECK(encode(HubState{}).empty());
  CHECK(*decode_hub_state("") == HubState{});
  CHECK_FALSE(decode_hub_state("hub https://hub.example/\nuntil soon\n").has_value());
}

TEST_CASE("whatever happens in whatever order, requests stay rare and leases bounded") {
  std::mt19937_64 random(Catch::rngSeed());
  CAPTURE(Catch::rngSeed());
  const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int run = 0; run < 40; ++run) {
    Subscription s;
    int asked = 0;
    const Instant end = s.now + std::chrono::days(60);
    for (int i = 0; i < 400 && s.now < end; ++i) {
      switch (pick(9)) {
        case 0: s.after(offered({"https://hub" + std::to_string(pick(2)) + ".example/", kOffer.topic})); break;
        case 1: s.after(HubRefused{pick(2) == 0 ? "denied" : "http-500", "no", {}}); break;
        case 2: s.after(HubVerified{pick(2) == 0 ? std::optional<std::int64_t>(pick(1 << 30)) : std::nullopt}); break;
        case 3: s.after(HubPushed{}); break;
        case 4: s.after(HubMissed{}); break;
        case 5:
          if (pick(20) == 0) s.after(HubLeft{});
          break;
        default: s.now += std::chrono::minutes(pick(300)); break;
      }
      const HubState before = s.state;
      switch (due_ask(s.state, s.now)) {
        case HubAsk::Nothing: break;
        case HubAsk::Late: s.after(HubUnverified{}); break;
        case HubAsk::Subscribe:
        case HubAsk::Unsubscribe:
          ++asked;
          s.after(HubSent{});
          REQUIRE(s.state.next > s.now);
          break;
      }
      REQUIRE(s.state.until <= s.now + std::chrono::days(30));
      REQUIRE(s.state.next <= s.now + std::chrono::days(40));
      REQUIRE((s.state.hub.empty() || next_change(s.state, s.now) != Instant::max()));
      REQUIRE((!is_trusted(s.state, s.now) || is_subscribed(s.state, s.now)));
      REQUIRE((s.state.hub.empty() || !s.state.secret.empty()));
      REQUIRE(*decode_hub_state(encode(s.state)) == s.state);
      if (before.asked && s.state.asked) REQUIRE(before.next == s.state.next);
    }
    CHECK(asked < 200);
  }
}

}  // namespace
}  // namespace newsd
