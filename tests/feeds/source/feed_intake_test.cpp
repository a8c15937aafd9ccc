#include "tests/feeds/source/polling_desk.h"

#include <catch2/catch.hpp>

#include <map>

namespace newsd {
namespace {

TEST_CASE("a feed is polled at once, then at its pace, with the validators of its last answer") {
  PollingDesk desk(
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
  PollingDesk desk(always(scripted_answer(200, {"Content-Type: text/xml; charset=koi8-r"}, "<rss/>")));
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
  PollingDesk desk(always(scripted_answer(200, {}, "<rss/>")), every(5min));
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
  PollingDesk desk([](const FetchRequest& request, int n) -> Result<FetchAnswer> {
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
  PollingDesk first([](const FetchRequest&,
                       int n) { return n == 0 ? scripted_answer(200, {"ETag: \"1\""}, "x") : scripted_answer(304); },
                    every(1h));
  first.subscribe({kUrl});
  first.run(90min);
  first.intake->stop();
  const RememberedFeed known = first.remembered(kUrl);
  REQUIRE(known.state.next_poll > first.now);

  PollingDesk second(always(scripted_answer(304)), every(1h), {known});
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
  PollingDesk desk(busy, every(10min));
  desk.subscribe({"https://one.example/1"});
  desk.run(1s);
  desk.subscribe({"https://one.example/1", "https://one.example/2", "https://two.example/2"});
  desk.run(110min);
  const auto asked = [](const PollingDesk& d, const std::string& url) {
    return std::count_if(d.fetcher.asked.begin(), d.fetcher.asked.end(),
                         [&](const FetchRequest& r) { return r.url == url; });
  };
  CHECK(asked(desk, "https://one.example/1") == 1);
  CHECK(asked(desk, "https://one.example/2") == 0);
  CHECK(asked(desk, "https://two.example/2") > 5);

  PollingDesk again(busy, every(10min), {desk.remembered("https://one.example/1")});
  again.now = desk.now;
  again.subscribe({"https://one.example/1", "https://one.example/2"});
  again.run(5min);
  CHECK(again.fetcher.asked.empty());
  again.run(20min);
  CHECK(asked(again, "https://one.example/2") >= 1);
}

TEST_CASE("a slow host does not hold up the others") {
  PollingDesk desk(always(scripted_answer(200, {}, "x")));
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
  PollingDesk desk(always(scripted_answer(304)), every(1h));
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
  PollingDesk desk(always(scripted_answer(200, {}, "x")));
  desk.sink.most_inputs = 0;
  desk.subscribe({kUrl});
  desk.run(1h);
  CHECK(desk.fetcher.asked.empty());
}

TEST_CASE("two addresses that are the same feed are polled once, and told") {
  PollingDesk desk(always(scripted_answer(200, {}, "x")));
  desk.subscribe({"https://news.example/feed", "HTTPS://NEWS.example:443/feed?utm_source=x"});
  desk.run(1s);
  CHECK(desk.fetcher.asked.size() == 1);
  REQUIRE(desk.told.size() == 1);
  CHECK(desk.told[0].error.is(SourceError::DuplicateFeed));
}

TEST_CASE("a feed that is unsubscribed is not polled, and known again when it is back") {
  PollingDesk desk(
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
  PollingDesk desk([](const FetchRequest& request, int) {
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
  PollingDesk desk(
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
  PollingDesk desk(always(scripted_answer(200, {}, "x")));
  desk.subscribe({kUrl});
  desk.intake->tick();
  desk.intake->stop();
  desk.fetcher.answer_all();
  CHECK(desk.sink.delivered.empty());
}

}  // namespace
}  // namespace newsd
