#include "daemon/event/feed_event.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

const std::string kFeed = "https://news.example/feed";
const Instant kNow = *parse_rfc3339("2026-11-22T12:00:00Z");

FeedState failing() {
  FeedState state;
  state.url = kFeed;
  state.failures = 3;
  state.failing_since = kNow - std::chrono::hours(2);
  state.failure = "http-503";
  state.failure_text = "the server answers with status 503";
  state.status = 503;
  state.next_poll = kNow + std::chrono::hours(1);
  return state;
}

TEST_CASE("an error says why, since when, and when it is tried again") {
  const FeedState state = failing();
  const FeedNotice notice{FeedNotice::Kind::Error, {}, 3, state.failing_since};
  CHECK(placed_feed(notice, kFeed, "desk", state) ==
        R"("feed":{"uri":"https://news.example/feed","name":"desk","state":"failing","reason":{"code":"http-503",)"
        R"("text":"the server answers with status 503","retryable":true},"httpStatus":503,"failures":3,)"
        R"("since":"2026-11-22T10:00:00.000Z","nextTry":"2026-11-22T13:00:00.000Z"})");
}

TEST_CASE("a feed that may not be connected to is blocked, and waiting will not help") {
  FeedState state = failing();
  state.failure = "blocked-address";
  state.status = 0;
  const std::string placed = placed_feed({FeedNotice::Kind::Error, {}, 3, {}}, kFeed, "", state);
  CHECK(placed.find(R"("state":"blocked")") != std::string::npos);
  CHECK(placed.find(R"("retryable":false)") != std::string::npos);
  CHECK(placed.find("httpStatus") == std::string::npos);
}

TEST_CASE("a feed that moved says where to, one that is gone says no next time") {
  FeedState state;
  state.status = 200;
  state.next_poll = kNow;
  state.usual_gap = 1.5;
  state.last_new = kNow;
  CHECK(placed_feed({FeedNotice::Kind::Moved, "https://new.example/", 0, {}}, kFeed, "", state) ==
        R"("feed":{"uri":"https://news.example/feed","state":"moved","httpStatus":200,)"
        R"("nextTry":"2026-11-22T12:00:00.000Z","movedTo":"https://new.example/",)"
        R"("lastArticle":"2026-11-22T12:00:00.000Z","usualInterval":"PT1H30M"})");
  state = {};
  state.status = 410;
  state.gone = true;
  state.failure = "http-410";
  state.failure_text = "the server answers with status 410";
  state.next_poll = Instant::max();
  CHECK(placed_feed({FeedNotice::Kind::Gone, {}, 0, {}}, kFeed, "", state) ==
        R"("feed":{"uri":"https://news.example/feed","state":"gone","reason":{"code":"http-410",)"
        R"("text":"the server answers with status 410"},"httpStatus":410})");
}

}  // namespace
}  // namespace newsd
