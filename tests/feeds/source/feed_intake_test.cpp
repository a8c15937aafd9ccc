#include "feeds/source/feed_intake.h"

#include "tests/support/fake_sink.h"
#include "tests/support/scripted_fetcher.h"

#include <catch2/catch.hpp>

#include <map>

namespace newsd {
namespace {

using namespace std::chrono_literals;

const std::string kUrl = "https://news.example/feed";
const Instant kStart = *parse_rfc3339("2026-11-22T12:00:00Z");

/// An intake in virtual time. Documents are acknowledged as a pipeline would: settled, one fresh entry each.
struct Desk {
  explicit Desk(ScriptedFetcher::Script script, FeedPollerOptions options = {}, std::vector<RememberedFeed> known = {})
      : fetcher(std::move(script)) {
    options.clock = [this] { return now; };
    options.tell = [this](const SourceNotice& notice) { told.push_back(notice); };
    intake = std::make_shared<FeedIntake>(sink, fetcher, std::move(options), std::move(known), [] {});
  }

  void subscribe(std::initializer_list<std::string> urls) {
    std::vector<FeedSubscription> all;
    for (const std::string& url : urls) all.push_back({url, {}, {}, {}});
    intake->subscribe(all);
  }
  void record() {
    for (std::size_t i = recorded; i < sink.delivered.size(); ++i) {
      const FeedPoll& poll = *sink.delivered[i].arrival.poll;
      PollOutcome outcome = poll.outcome;
      outcome.fresh = outcome.shown = 1;
      Settled settled = settle(poll.before, outcome, poll.rules, poll.feed, now);
      FeedUpdate update{poll.feed, poll.name, settled.state, ShownEntries{42}, settled.notices};
      Outcome done;
      done.feed = std::make_shared<const FeedUpdate>(std::move(update));
      sink.ack(i, done);
    }
    recorded = sink.delivered.size();
  }
  /// Lets time pass, polls and records included.
  void run(std::chrono::milliseconds time) {
    const Instant end = now + time;
    for (;;) {
      intake->tick();
      while (fetcher.answer_all()) record();
      const auto due = intake->next_due();
      if (!due || *due > end) break;
      now = std::max(*due, now + 1ms);
    }
    now = end;
  }
  /// What would be restored after a restart.
  RememberedFeed remembered(const std::string& feed) const {
    RememberedFeed made{feed, {}, {}};
    for (const FeedUpdate& update : sink.saved) {
      if (update.feed == feed) made.state = update.state;
    }
    return made;
  }

  Instant now = kStart;
  FakeSink sink;
  ScriptedFetcher fetcher;
  std::vector<SourceNotice> told;
  std::shared_ptr<FeedIntake> intake;
  std::size_t recorded = 0;
};

FeedPollerOptions every(std::chrono::milliseconds interval) {
  FeedPollerOptions options;
  options.min_interval = options.max_interval = interval;
  return options;
}

ScriptedFetcher::Script always(FetchAnswer answer) {
  return [answer](const FetchRequest&, int) { return answer; };
}

TEST_CASE("a feed is polled at once, then at its pace, with the validators of its last answer") {
  Desk desk(
      [](const FetchRequest&, int n) {
        return n % 2 == 0
                   ? scripted_answer(200, {"ETag: \"" + std::to_string(n) + "\"", "Last-Modified: Mon"}, "<rss/>")
                   : scripted_answer(304);
      },
      every(10min));
  desk.subscribe({kUrl});
  desk.run(1s);
  REQUIRE(desk.fetcher.asked.size() == 1);
  CHECK(desk.fetcher.asked[0].validators == Validators{});
  desk.run(65min);
  REQUIRE(desk.fetcher.asked.size() >= 5);
  CHECK(desk.fetcher.asked.size() <= 7);
  CHECK(desk.fetcher.asked[1].validators == Validators{"\"0\"", "Mon"});
  CHECK(desk.fetcher.asked[1].validated_url == kUrl);
  CHECK(desk.fetcher.asked[2].validators == Validators{"\"0\"", "Mon"});
  CHECK(desk.fetcher.asked[3].validators == Validators{"\"2\"", "Mon"});
}

TEST_CASE("what a poll brings goes to the sink with all that reading it needs") {
  Desk desk(always(scripted_answer(200, {"Content-Type: text/xml; charset=koi8-r"}, "<rss/>")));
  desk.subscribe({kUrl});
  desk.intake->tick();
  desk.fetcher.answer_all();
  REQUIRE(desk.sink.delivered.size() == 1);
  const auto& [arrival, ledger, ack] = desk.sink.delivered[0];
  CHECK(ledger == Sink::Ledger::None);
  CHECK(arrival.key.value == "feed:" + kUrl);
  CHECK(arrival.document.bytes == "<rss/>");
  CHECK(arrival.document.declared_charset == "koi8-r");
  CHECK(arrival.document.origin.kind == OriginKind::Feed);
  CHECK(arrival.document.origin.uri == kUrl);
  CHECK(arrival.document.url->str() == kUrl);
  REQUIRE(arrival.poll);
  CHECK(arrival.poll->feed == kUrl);
}

TEST_CASE("a feed is not polled again before its last poll is recorded") {
  Desk desk(always(scripted_answer(200, {}, "<rss/>")), every(5min));
  desk.subscribe({kUrl});
  for (int i = 0; i < 100; ++i, desk.now += 1min) {
    desk.intake->tick();
    desk.fetcher.answer_all();
  }
  CHECK(desk.fetcher.asked.size() == 1);
  CHECK(desk.intake->in_flight() == 1);
  desk.record();
  desk.run(4min);  // it has been due for long, and is not again before five minutes have passed
  CHECK(desk.fetcher.asked.size() == 2);
}

TEST_CASE("polls that bring nothing are recorded within a second, in one go; failures at once") {
  Desk desk([](const FetchRequest& request, int n) -> Result<FetchAnswer> {
    if (request.url.ends_with("bad")) return Error(FetchError::Dns, "no such host");
    return n == 0 ? scripted_answer(200, {"ETag: x"}, "<rss/>") : scripted_answer(304);
  });
  desk.subscribe({"https://a.example/", "https://b.example/"});
  desk.run(10h);
  CHECK(desk.sink.saved.size() > 10);
  for (const FeedUpdate& update : desk.sink.saved) CHECK_FALSE(update.shown);
  const auto before = desk.sink.saved.size();
  desk.subscribe({"https://a.example/bad"});
  desk.intake->tick();
  desk.fetcher.answer_all();
  REQUIRE(desk.sink.saved.size() > before);
  CHECK(desk.sink.saved.back().state.failure == "dns");
}

TEST_CASE("a restart goes on where the last run ended: same validators, same time") {
  Desk first([](const FetchRequest&,
                int n) { return n == 0 ? scripted_answer(200, {"ETag: \"1\""}, "x") : scripted_answer(304); },
             every(1h));
  first.subscribe({kUrl});
  first.run(90min);
  first.intake->stop();
  const RememberedFeed known = first.remembered(kUrl);
  REQUIRE(known.state.next_poll > first.now);

  Desk second(always(scripted_answer(304)), every(1h), {known});
  second.now = first.now;
  second.subscribe({kUrl});
  second.run(10s);
  CHECK(second.fetcher.asked.empty());
  second.run(1h);
  REQUIRE(second.fetcher.asked.size() == 1);
  CHECK(second.fetcher.asked[0].validators.etag == "\"1\"");
}

TEST_CASE("Retry-After holds for all feeds of the host, and over a restart") {
  const auto busy = [](const FetchRequest& request, int) {
    return request.url.ends_with("/1") ? scripted_answer(429, {"Retry-After: 7200"}) : scripted_answer(200, {}, "x");
  };
  Desk desk(busy, every(10min));
  desk.subscribe({"https://one.example/1"});
  desk.run(1s);
  desk.subscribe({"https://one.example/1", "https://one.example/2", "https://two.example/2"});
  desk.run(110min);
  const auto asked = [](const Desk& d, const std::string& url) {
    return std::count_if(d.fetcher.asked.begin(), d.fetcher.asked.end(),
                         [&](const FetchRequest& r) { return r.url == url; });
  };
  CHECK(asked(desk, "https://one.example/1") == 1);
  CHECK(asked(desk, "https://one.example/2") == 0);
  CHECK(asked(desk, "https://two.example/2") > 5);

  Desk again(busy, every(10min), {desk.remembered("https://one.example/1")});
  again.now = desk.now;
  again.subscribe({"https://one.example/1", "https://one.example/2"});
  again.run(5min);
  CHECK(again.fetcher.asked.empty());
  again.run(20min);
  CHECK(asked(again, "https://one.example/2") >= 1);
}

TEST_CASE("a slow host does not hold up the others") {
  Desk desk(always(scripted_answer(200, {}, "x")));
  std::vector<FeedSubscription> all;
  for (int i = 0; i < 1000; ++i) all.push_back({"https://slow.example/" + std::to_string(i), {}, {}, {}});
  all.push_back({"https://quick.example/", {}, {}, {}});
  desk.intake->subscribe(all);
  desk.now += 1min;
  desk.intake->tick();
  CHECK(desk.fetcher.asked.size() == 5);  // per_host and two more, and the other one
  while (desk.fetcher.answer_all()) {
    desk.record();
    desk.intake->tick();
  }
  CHECK(desk.fetcher.asked.size() == 1001);
}

TEST_CASE("feeds that are due at the start are spread, and so are those due after a sleep") {
  Desk desk(always(scripted_answer(304)), every(1h));
  std::vector<FeedSubscription> all;
  for (int i = 0; i < 500; ++i) all.push_back({"https://host" + std::to_string(i) + ".example/", {}, {}, {}});
  desk.intake->subscribe(all);
  desk.intake->tick();
  CHECK(desk.fetcher.asked.size() < 50);
  desk.run(15s);
  CHECK(desk.fetcher.asked.size() == 500);
  desk.run(20s);
  desk.now += std::chrono::hours(9);  // the machine slept
  desk.intake->tick();
  CHECK(desk.fetcher.asked.size() < 550);
  desk.run(15s);
  CHECK(desk.fetcher.asked.size() >= 1000);
}

TEST_CASE("nothing is asked for while the sink has no room") {
  Desk desk(always(scripted_answer(200, {}, "x")));
  desk.sink.most_inputs = 0;
  desk.subscribe({kUrl});
  desk.run(1h);
  CHECK(desk.fetcher.asked.empty());
}

TEST_CASE("two addresses that are the same feed are polled once, and told") {
  Desk desk(always(scripted_answer(200, {}, "x")));
  desk.subscribe({"https://news.example/feed", "HTTPS://NEWS.example:443/feed?utm_source=x"});
  desk.run(1s);
  CHECK(desk.fetcher.asked.size() == 1);
  REQUIRE(desk.told.size() == 1);
  CHECK(desk.told[0].error.is(SourceError::DuplicateFeed));
}

TEST_CASE("a feed that is unsubscribed is not polled, and known again when it is back") {
  Desk desk(
      [](const FetchRequest&, int n) { return n == 0 ? scripted_answer(200, {"ETag: x"}, "x") : scripted_answer(304); },
      every(10min));
  desk.subscribe({kUrl});
  desk.run(1min);
  desk.subscribe({});
  desk.run(1h);
  CHECK(desk.fetcher.asked.size() == 1);
  desk.subscribe({kUrl});
  desk.run(1min);
  REQUIRE(desk.fetcher.asked.size() == 2);
  CHECK(desk.fetcher.asked[1].validators.etag == "x");
}

TEST_CASE("a 410 is not asked for again; one behind a redirect is a failure like others") {
  Desk desk([](const FetchRequest& request, int) {
    FetchAnswer answer = scripted_answer(410);
    if (request.url.ends_with("moved")) answer.hops = {{302, "https://b.example/"}};
    return answer;
  });
  desk.subscribe({kUrl, "https://a.example/moved"});
  desk.run(48h);
  int gone = 0;
  for (const FeedUpdate& update : desk.sink.saved) gone += update.feed == kUrl;
  CHECK(gone == 1);
  CHECK(desk.fetcher.asked.size() > 3);
}

TEST_CASE("asked to poll once, it polls each feed once whatever its time, and is drained then") {
  FeedPollerOptions options;
  options.once = true;
  FeedState later;
  later.url = kUrl;
  later.next_poll = kStart + 5h;
  Desk desk(
      [](const FetchRequest& request, int) -> Result<FetchAnswer> {
        if (request.url.starts_with("https://b")) return Error(FetchError::Connect, "refused");
        return scripted_answer(200, {}, "x");
      },
      options, {{kUrl, later, {}}});
  desk.subscribe({kUrl, "https://b.example/"});
  CHECK_FALSE(desk.intake->drained());
  desk.run(1h);
  CHECK(desk.fetcher.asked.size() == 2);
  CHECK(desk.intake->drained());
  CHECK(desk.sink.saved.size() == 1);
}

TEST_CASE("an answer that comes after the end changes nothing") {
  Desk desk(always(scripted_answer(200, {}, "x")));
  desk.subscribe({kUrl});
  desk.intake->tick();
  desk.intake->stop();
  desk.fetcher.answer_all();
  CHECK(desk.sink.delivered.empty());
}

}  // namespace
}  // namespace newsd
