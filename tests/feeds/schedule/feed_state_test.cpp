#include "feeds/schedule/feed_state.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace newsd {
namespace {

FeedState full_state() {
  FeedState s;
  s.url = "https://news.example/feed?a=1%202";
  s.validators = {"W/\"caf\xe9 \x01\"", "Tue, 14 Nov 2023 22:13:20 GMT"};
  s.validated_url = "https://news.example/feed";
  s.next_poll = *parse_rfc3339("2026-11-22T10:00:00.123Z");
  s.last_poll = s.next_poll - std::chrono::hours(1);
  s.last_success = s.last_poll;
  s.last_new = s.last_poll - std::chrono::hours(5);
  s.away_until = s.next_poll;
  s.polls = 1'000'000'000'000;
  s.failures = 4;
  s.failing_since = s.last_new;
  s.failure = "http-404";
  s.failure_text = "the server says 404\nnot found";
  s.status = 404;
  s.error_told = true;
  s.moved_to = "https://other.example/";
  s.moved_count = 2;
  s.publishing.counts[7] = 2.5F;
  s.publishing.hours = 100;
  s.usual_gap = 3.5;
  s.arrivals = 9;
  s.shown = 50;
  s.hints = {std::chrono::seconds(3600), std::nullopt, 0x00ff00, 0x41};
  s.fresh_for = std::chrono::seconds(300);
  return s;
}

TEST_CASE("a state comes back from the journal as it was, byte for byte") {
  const FeedState state = full_state();
  const auto back = decode_feed_state(encode(state));
  REQUIRE(back.has_value());
  CHECK(*back == state);
  CHECK(encode(FeedState{}).empty());
  CHECK(decode_feed_state("").value() == FeedState{});
}

TEST_CASE("a state is text that people can read") {
  const std::string text = encode(full_state());
  CHECK(text.find("etag W/\"caf%E9%20%01\"\n") != std::string::npos);
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
}

TEST_CASE("names of a newer newsd are passed over, what is damaged is not") {
  CHECK(decode_feed_state("colour green\nfailures 3\n")->failures == 3);
  for (const char* text : {"failures", "failures x\n", "failures -1\n", "failures 99999999999999999999\n", "gone 2\n",
                           "url %4\n", "url %zz\n", "publishing 1,2,3\n", "publishing x\n", "next-poll 1e5\n"}) {
    CAPTURE(text);
    CHECK(decode_feed_state(text).has_error());
  }
}

TEST_CASE("entries shown now come first, older ones stay for as long as there is room") {
  ShownEntries before(300), now(10);
  for (std::size_t i = 0; i < before.size(); ++i) before[i] = 1000 + i;
  for (std::size_t i = 0; i < now.size(); ++i) now[i] = 995 + i;
  const ShownEntries kept = remember_shown(now, before);
  REQUIRE(kept.size() == 200);
  CHECK(std::equal(now.begin(), now.end(), kept.begin()));
  CHECK(kept[10] == 1005);  // 1000 to 1004 are shown again
  CHECK(remember_shown(ShownEntries{7, 7}, {}) == ShownEntries{7});

  ShownEntries many(400);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = i;
  CHECK(remember_shown(many, before).size() == 700);
}

TEST_CASE("keys of entries come back from the journal as they were") {
  const ShownEntries shown{0, 1, 0xfedcba9876543210ULL, ~0ULL};
  CHECK(decode_shown(encode_shown(shown)).value() == shown);
  CHECK(encode_shown(shown).size() == 32);
  CHECK(decode_shown("1234567").has_error());
}

}  // namespace
}  // namespace newsd
