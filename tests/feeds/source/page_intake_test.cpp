#include "feeds/source/page_intake.h"
#include "tests/support/fake_sink.h"
#include "tests/support/scripted_fetcher.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace newsd {
namespace {

using namespace std::chrono_literals;

const Instant kStart = *parse_rfc3339("2026-11-22T12:00:00Z");

HeldEntry entry(const std::string& url, Instant since = kStart) {
  HeldEntry held;
  held.key = "feed " + url;
  held.origin.kind = OriginKind::Feed;
  held.origin.input = "desk";
  held.origin.uri = "https://news.example/feed";
  held.since = since;
  held.article.url = *Url::parse(url);
  held.article.headline = "Ferry";
  return held;
}

/// A PageIntake in virtual time.
struct Desk {
  explicit Desk(ScriptedFetcher::Script script, PageOptions options = {}, std::vector<HeldEntry> remembered = {})
      : fetcher(std::move(script)) {
    options.clock = [this] { return now; };
    pages = std::make_shared<PageIntake>(sink, fetcher, std::move(options), std::move(remembered), [] {});
  }
  void hold(const std::string& url) { pages->hold(std::make_shared<const HeldEntry>(entry(url, now))); }
  void run(std::chrono::milliseconds time) {
    const Instant end = now + time;
    for (;;) {
      pages->tick();
      if (fetcher.answer_all()) continue;
      const auto due = pages->next_due();
      if (!due || *due > end) break;
      now = std::max(*due, now + 1ms);
    }
    now = end;
  }
  /// The paths that were asked for, in order.
  std::vector<std::string> asked() const {
    std::vector<std::string> paths;
    for (const FetchRequest& request : fetcher.asked) paths.push_back(request.url.substr(request.url.find('/', 8)));
    return paths;
  }
  /// Why the i-th entry came without its page; empty: it came with it.
  std::string refused(std::size_t i) const {
    const auto& reason = sink.delivered.at(i).arrival.refused;
    return reason ? std::string(reason->code) : std::string();
  }

  Instant now = kStart;
  FakeSink sink;
  ScriptedFetcher fetcher;
  std::shared_ptr<PageIntake> pages;
};

/// robots as robots.txt, pages with their URL as text.
ScriptedFetcher::Script site(const std::string& robots = "") {
  return [robots](const FetchRequest& request, int) -> Result<FetchAnswer> {
    if (!request.url.ends_with("/robots.txt")) return scripted_answer(200, {"Content-Type: text/html"}, request.url);
    return robots.empty() ? scripted_answer(404) : scripted_answer(200, {}, robots);
  };
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a host's robots.txt is asked first, then its pages one by one with time between them") {
  Desk desk(site());
  for (const char* path : {"a", "b", "c"}) desk.hold(std::string("https://news.example/") + path);
  desk.run(0ms);
  CHECK(desk.asked() == Paths{"/robots.txt"});
  desk.run(999ms);
  CHECK(desk.asked() == Paths{"/robots.txt"});
  desk.run(1ms);
  CHECK(desk.asked() == Paths{"/robots.txt", "/a"});
  desk.run(2s);
  CHECK(desk.asked() == Paths{"/robots.txt", "/a", "/b", "/c"});
  REQUIRE(desk.sink.delivered.size() == 3);
  const Arrival& first = desk.sink.delivered[0].arrival;
  CHECK(first.document.origin.kind == OriginKind::Page);
  CHECK(first.document.origin.input == "desk");
  CHECK(first.document.bytes == "https://news.example/a");
  CHECK(first.entry->key == "feed https://news.example/a");
  CHECK_FALSE(first.refused);
  CHECK(desk.sink.delivered[0].ledger == Sink::Ledger::None);
  CHECK(desk.pages->waiting() == 3);  // until they are recorded
  desk.sink.ack_all();
  CHECK(desk.pages->waiting() == 0);
}

TEST_CASE("hosts do not wait for one another") {
  Desk desk(site());
  desk.hold("https://a.example/1");
  desk.hold("https://b.example/1");
  desk.run(1s);
  CHECK(desk.sink.delivered.size() == 2);
}

TEST_CASE("what robots.txt asks not to fetch is told without its page, its host is asked for nothing but that file") {
  Desk desk(site("User-agent: *\nDisallow: /private/\n"));
  desk.hold("https://news.example/private/1");
  desk.hold("https://news.example/2");
  desk.run(5s);
  CHECK(desk.asked() == Paths{"/robots.txt", "/2"});
  REQUIRE(desk.sink.delivered.size() == 2);
  CHECK(desk.refused(0) == "robots-disallow");
  CHECK(desk.sink.delivered[0].arrival.document.bytes.empty());
  CHECK(desk.sink.delivered[0].arrival.document.origin.uri == "https://news.example/feed");
  CHECK(desk.refused(1).empty());
}

TEST_CASE("robots.txt is good for a day") {
  Desk desk(site());
  desk.hold("https://news.example/1");
  desk.run(23h);
  desk.hold("https://news.example/2");
  desk.run(23h);
  desk.hold("https://news.example/3");
  desk.run(1h);
  CHECK(desk.asked() == Paths{"/robots.txt", "/1", "/2", "/robots.txt", "/3"});
}

TEST_CASE("a robots.txt that cannot be reached forbids everything, for a time") {
  bool up = false;
  const auto answers = [&](const FetchRequest& request, int) -> Result<FetchAnswer> {
    if (!request.url.ends_with("/robots.txt")) return scripted_answer(200, {}, "page");
    return scripted_answer(up ? 404 : 503);
  };
  Desk desk(answers);
  desk.hold("https://news.example/1");
  desk.run(1h);
  CHECK(desk.sink.delivered.empty());
  CHECK(desk.asked().size() == 6);  // after 1, 2, 4, 8, 16, 32 minutes …
  SECTION("until it can") {
    up = true;
    desk.run(1h);
    REQUIRE(desk.sink.delivered.size() == 1);
    CHECK(desk.refused(0).empty());
  }
  SECTION("until the entry has waited long enough") {
    desk.run(6h);
    REQUIRE(desk.sink.delivered.size() == 1);
    CHECK(desk.refused(0) == "robots-unreachable");
  }
}

TEST_CASE("what may come right is tried again, what may not is told at once") {
  const auto answers = [](const FetchRequest& request, int n) -> Result<FetchAnswer> {
    if (request.url.ends_with("/robots.txt")) return scripted_answer(404);
    if (request.url.ends_with("/slow") && n < 2) return Error(FetchError::Timeout, "too slow");
    if (request.url.ends_with("/gone")) return scripted_answer(410);
    if (request.url.ends_with("/inside")) return Error(FetchError::BlockedAddress, "is not public");
    if (request.url.ends_with("/never")) return scripted_answer(500);
    return scripted_answer(200, {}, "page");
  };
  Desk desk(answers);
  for (const char* path : {"gone", "inside", "slow", "never"}) desk.hold(std::string("https://news.example/") + path);
  desk.run(30s);
  REQUIRE(desk.sink.delivered.size() == 2);
  CHECK(desk.refused(0) == "no-page");
  CHECK(desk.refused(1) == "blocked-address");
  desk.run(10min);
  REQUIRE(desk.sink.delivered.size() == 3);
  CHECK(desk.refused(2).empty());
  desk.run(6h);
  REQUIRE(desk.sink.delivered.size() == 4);
  CHECK(desk.refused(3) == "no-page");
  CHECK(desk.pages->waiting() == 4);
  CHECK_FALSE(desk.pages->next_due());
}

TEST_CASE("a host that asks for silence gets it") {
  const auto answers = [](const FetchRequest& request, int n) -> Result<FetchAnswer> {
    if (request.url.ends_with("/robots.txt")) return scripted_answer(404);
    if (n == 0 && request.url.ends_with("/1")) return scripted_answer(429, {"Retry-After: 1800"});
    return scripted_answer(200, {}, "page");
  };
  Desk desk(answers);
  desk.hold("https://news.example/1");
  desk.hold("https://news.example/2");
  desk.run(29min);
  CHECK(desk.asked() == Paths{"/robots.txt", "/1"});
  desk.run(2min);
  CHECK(desk.sink.delivered.size() == 2);
}

TEST_CASE("what was held before a restart is fetched in the order in which it came, and given up by its age") {
  PageOptions options;
  options.patience = 2h;
  const std::vector<HeldEntry> remembered = {entry("https://news.example/new", kStart - 1min),
                                             entry("https://news.example/old", kStart - 1h),
                                             entry("https://other.example/lost", kStart - 3h)};
  const auto answers = [](const FetchRequest& request, int) -> Result<FetchAnswer> {
    if (request.url.starts_with("https://other.example")) return Error(FetchError::Connect, "nobody there");
    return site()(request, 0);
  };
  Desk desk(answers, options, remembered);
  CHECK(desk.pages->waiting() == 3);
  desk.run(5s);
  REQUIRE(desk.sink.delivered.size() == 3);
  CHECK(desk.refused(0) == "robots-unreachable");
  CHECK(desk.sink.delivered[1].arrival.document.bytes == "https://news.example/old");
  CHECK(desk.sink.delivered[2].arrival.document.bytes == "https://news.example/new");
}

TEST_CASE("asked once, an entry whose page may still come stays held") {
  PageOptions options;
  options.once = true;
  const auto answers = [](const FetchRequest& request, int) -> Result<FetchAnswer> {
    if (request.url.ends_with("/robots.txt")) return scripted_answer(404);
    if (request.url.ends_with("/busy")) return scripted_answer(503);
    return scripted_answer(200, {}, "page");
  };
  Desk desk(answers, options);
  desk.hold("https://news.example/busy");
  desk.hold("https://news.example/ready");
  CHECK_FALSE(desk.pages->drained());
  desk.run(1h);
  CHECK_FALSE(desk.pages->drained());
  desk.sink.ack_all();
  CHECK(desk.pages->drained());
  CHECK(desk.pages->waiting() == 1);
  CHECK(desk.asked() == Paths{"/robots.txt", "/busy", "/ready"});
}

TEST_CASE("nothing is asked for while there is no room, and when there is it goes on") {
  Desk desk(site());
  desk.sink.most_inputs = 1;
  desk.hold("https://a.example/1");
  desk.hold("https://a.example/2");
  desk.run(1h);
  CHECK(desk.sink.delivered.size() == 1);
  desk.sink.ack(0);
  desk.run(1h);
  CHECK(desk.sink.delivered.size() == 2);
}

TEST_CASE("room for entries that wait is what is configured less what waits") {
  PageOptions options;
  options.most = 2;
  Desk desk(site(), options);
  CHECK(desk.pages->may_hold() == 2);
  for (const char* path : {"1", "2", "3"}) desk.hold(std::string("https://news.example/") + path);
  CHECK(desk.pages->may_hold() == 0);
}

TEST_CASE("stopped, it asks for nothing and delivers nothing more") {
  Desk desk(site());
  desk.hold("https://news.example/1");
  desk.run(0ms);
  desk.pages->tick();
  desk.pages->stop();
  desk.run(1h);
  CHECK(desk.sink.delivered.empty());
}

}  // namespace newsd
