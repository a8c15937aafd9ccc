#include "feeds/schedule/settle.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using namespace std::chrono_literals;
using Kind = PollOutcome::Kind;
using Notice = FeedNotice::Kind;

const std::string kUrl = "https://news.example/feed";

/// One feed, polled with one outcome after the other.
class Feed {
 public:
  explicit Feed(PollRules rules = {}) : rules_(rules) {}

  std::vector<FeedNotice> after(PollOutcome outcome) {
    now_ = std::max(now_, state.next_poll);
    outcome.sent = now_;
    now_ += 1s;
    Settled settled = settle(std::move(state), outcome, rules_, kUrl, now_);
    state = std::move(settled.state);
    return settled.notices;
  }
  std::vector<FeedNotice> read(std::uint32_t fresh = 0) {
    PollOutcome outcome;
    outcome.kind = Kind::Read;
    outcome.status = 200;
    outcome.final_url = kUrl;
    outcome.validators.etag = "\"1\"";
    outcome.fresh = fresh;
    outcome.shown = 10;
    return after(outcome);
  }
  std::vector<FeedNotice> push(std::uint32_t fresh, Kind kind = Kind::Read) {
    PollOutcome outcome;
    outcome.kind = kind;
    outcome.pushed = true;
    outcome.fresh = fresh;
    outcome.shown = fresh;
    outcome.sent = now_ += 1min;
    Settled settled = settle(std::move(state), outcome, rules_, kUrl, now_);
    state = std::move(settled.state);
    return settled.notices;
  }
  std::vector<FeedNotice> fail(const std::string& code = "http-500") {
    PollOutcome outcome;
    outcome.status = 500;
    outcome.code = code;
    outcome.text = "it failed";
    return after(outcome);
  }
  std::vector<FeedNotice> moved(const std::string& to, Kind kind = Kind::Read) {
    PollOutcome outcome;
    outcome.kind = kind;
    outcome.status = 200;
    outcome.permanent_url = outcome.final_url = to;
    return after(outcome);
  }
  Instant now() const { return now_; }

  FeedState state;

 private:
  PollRules rules_;
  Instant now_ = *parse_rfc3339("2026-11-22T12:30:00Z");
};

TEST_CASE("both validators are those of the last whole answer, also when only one came") {
  Feed feed;
  PollOutcome outcome;
  outcome.kind = Kind::Read;
  outcome.final_url = kUrl + "?v=2";
  outcome.validators = {"\"a\"", "Mon"};
  feed.after(outcome);
  CHECK(feed.state.validators == Validators{"\"a\"", "Mon"});
  CHECK(feed.state.validated_url == kUrl + "?v=2");
  outcome.validators = {"\"b\"", ""};
  feed.after(outcome);
  CHECK(feed.state.validators == Validators{"\"b\"", ""});
}

TEST_CASE("a 304 renews the validator it carries, a failure touches none") {
  Feed feed;
  feed.read();
  PollOutcome outcome;
  outcome.kind = Kind::NotModified;
  outcome.validators = {"", "Tue"};
  feed.after(outcome);
  CHECK(feed.state.validators == Validators{"\"1\"", "Tue"});
  feed.fail();
  CHECK(feed.state.validators == Validators{"\"1\"", "Tue"});
}

TEST_CASE("the third failure in a row is told once, and so is the recovery") {
  Feed feed;
  CHECK(feed.fail().empty());
  CHECK(feed.fail().empty());
  const auto third = feed.fail("http-404");
  REQUIRE(third.size() == 1);
  CHECK(third[0].kind == Notice::Error);
  CHECK(third[0].failures == 3);
  CHECK(feed.state.failure == "http-404");
  for (int i = 0; i < 20; ++i) CHECK(feed.fail().empty());
  const auto recovered = feed.read();
  REQUIRE(recovered.size() == 1);
  CHECK(recovered[0].kind == Notice::Recovered);
  CHECK(recovered[0].failures == 23);
  CHECK(recovered[0].since == third[0].since);
  CHECK(feed.state.failure.empty());
  CHECK(feed.read().empty());
}

TEST_CASE("two failures are not worth a word, nor is what follows them") {
  Feed feed;
  feed.fail();
  feed.fail();
  CHECK(feed.read().empty());
  CHECK(feed.state.failures == 0);
}

TEST_CASE("a permanent redirect is adopted after the third equal answer on a feed") {
  Feed feed;
  CHECK(feed.moved("https://new.example/feed").empty());
  CHECK(feed.moved("https://new.example/feed", Kind::NotModified).empty());
  CHECK(feed.state.url == kUrl);
  const auto notices = feed.moved("https://new.example/feed");
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].kind == Notice::Moved);
  CHECK(notices[0].moved_to == "https://new.example/feed");
  CHECK(feed.state.url == "https://new.example/feed");
  CHECK(feed.read().empty());
  CHECK(feed.state.url == "https://new.example/feed");
}

TEST_CASE("a redirect that changes its mind, or leads to no feed, is not adopted") {
  Feed feed;
  for (int i = 0; i < 12; ++i) {
    CHECK(feed.moved(i % 2 == 0 ? "https://a.example/" : "https://b.example/").empty());
    if (i % 5 == 0) feed.read();
  }
  Feed broken;
  for (int i = 0; i < 12; ++i) broken.moved("https://new.example/", Kind::Failed);
  CHECK(feed.state.url == kUrl);
  CHECK(broken.state.url == kUrl);
}

TEST_CASE("an adopted URL that goes bad is given up for the configured one") {
  Feed feed;
  for (int i = 0; i < 3; ++i) feed.moved("https://new.example/");
  REQUIRE(feed.state.url == "https://new.example/");
  for (std::uint32_t i = 1; i < kFailuresBeforeReturn; ++i) feed.fail();
  CHECK(feed.state.url == "https://new.example/");
  feed.fail();
  CHECK(feed.state.url == kUrl);
}

TEST_CASE("410 ends a feed and is told once") {
  Feed feed;
  feed.read(3);
  PollOutcome gone;
  gone.kind = Kind::Gone;
  gone.status = 410;
  const auto notices = feed.after(gone);
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].kind == Notice::Gone);
  CHECK(feed.state.next_poll == Instant::max());
}

TEST_CASE("a feed that was lively and falls silent is told, and its return is") {
  PollRules hourly;
  hourly.interval = 1h;
  Feed feed(hourly);
  for (int i = 0; i < 20; ++i) CHECK(feed.read(1).empty());
  const Instant last = feed.state.last_new;
  int told = 0;
  for (int i = 0; i < 24 * 10; ++i) {
    for (const FeedNotice& notice : feed.read(0)) {
      CHECK(notice.kind == Notice::Silent);
      CHECK(notice.since == last);
      CHECK(feed.now() - last >= 72h);
      ++told;
    }
  }
  CHECK(told == 1);
  const auto back = feed.read(1);
  REQUIRE(back.size() == 1);
  CHECK(back[0].kind == Notice::Recovered);
}

TEST_CASE("a feed with an entry a month is not called silent") {
  PollRules rules;
  rules.interval = 6h;
  Feed feed(rules);
  for (int i = 0; i < 4 * 30 * 12; ++i) CHECK(feed.read(i % 120 == 0 ? 1 : 0).empty());
}

TEST_CASE("what a hub pushes is news, and no poll") {
  Feed feed;
  feed.read(5);
  feed.fail();
  const FeedState before = feed.state;
  feed.push(2);
  CHECK(feed.state.polls == before.polls);
  CHECK(feed.state.last_poll == before.last_poll);
  CHECK(feed.state.next_poll == before.next_poll);
  CHECK(feed.state.validators == before.validators);
  CHECK(feed.state.failures == before.failures);
  CHECK(feed.state.shown == before.shown);
  CHECK(feed.state.arrivals == before.arrivals + 1);
  CHECK(feed.state.last_new > before.last_new);
}

TEST_CASE("a feed whose push cannot be read is polled as soon as it may be, and fails by nothing") {
  Feed feed;
  feed.read(5);
  const FeedState before = feed.state;
  CHECK(feed.push(0, Kind::Failed).empty());
  CHECK(feed.state.failures == 0);
  CHECK(feed.state.next_poll == before.last_poll + PollRules{}.min_interval);
}

}  // namespace
}  // namespace newsd
