#include "tests/feeds/source/polling_desk.h"

#include <catch2/catch.hpp>

#include <set>

namespace newsd {
namespace {

const std::string kIndex = "https://news.example/sitemap.xml";

std::string sitemap(int n) { return "https://news.example/" + std::to_string(n) + ".xml"; }

/// A desk whose index lists what the test says; sitemaps answer 304 to those who have been there.
struct IndexDesk : PollingDesk {
  explicit IndexDesk(FeedPollerOptions options = every(10min), std::vector<RememberedFeed> known = {})
      : PollingDesk(
            [](const FetchRequest& request, int) -> Result<FetchAnswer> {
              if (request.url != kIndex && !request.validators.etag.empty()) return scripted_answer(304);
              return scripted_answer(200, {"ETag: \"" + request.url + "\""}, "<x/>");
            },
            std::move(options), std::move(known)) {
    listing = [this](const FeedPoll& poll) { return poll.feed == kIndex ? listed : std::vector<PolledSitemap>(); };
  }
  std::size_t asked(const std::string& url) const {
    return static_cast<std::size_t>(
        std::count_if(fetcher.asked.begin(), fetcher.asked.end(), [&](const FetchRequest& r) { return r.url == url; }));
  }

  std::vector<PolledSitemap> listed{{sitemap(1), {}}, {sitemap(2), {}}};
};

TEST_CASE("the sitemaps of an index are polled like feeds, each with its own validators, under the index's name") {
  IndexDesk desk;
  desk.subscribe({kIndex});
  desk.run(45min);
  for (const int n : {1, 2}) {
    CAPTURE(n);
    CHECK(desk.asked(sitemap(n)) >= 3);
    std::size_t bare = 0;
    for (const FetchRequest& request : desk.fetcher.asked) {
      if (request.url == sitemap(n)) bare += request.validators.etag.empty();
    }
    CHECK(bare == 1);
  }
  for (const auto& delivered : desk.sink.delivered) {
    CHECK(delivered.arrival.document.origin.input == kIndex);
    CHECK((delivered.arrival.poll->max_sitemaps > 0) == (delivered.arrival.poll->feed == kIndex));
  }
  std::size_t told = 0;
  desk.intake->each([&](const FeedSubscription& subscription, const FeedState& state, Instant, const HubState*) {
    ++told;
    CHECK(subscription.url == kIndex);
    CHECK(state.sitemaps.size() == 2);
  });
  CHECK(told == 1);
}

TEST_CASE("a sitemap that the index says has changed is polled at once, one that it drops no more") {
  FeedPollerOptions options;
  options.min_interval = 5min;
  options.max_interval = 6h;
  IndexDesk desk(options);
  std::vector<FeedSubscription> subscribed{{kIndex, "", {}, ""}};
  desk.intake->subscribe(subscribed);
  desk.run(1min);
  const auto before = desk.asked(sitemap(2));
  CHECK(before == 1);
  desk.listed = {{sitemap(2), desk.now + 1min}, {sitemap(3), {}}};
  while (desk.asked(kIndex) < 2) desk.run(1min);
  desk.run(6min);
  CHECK(desk.asked(sitemap(2)) > before);
  CHECK(desk.asked(sitemap(3)) >= 1);
  const auto dropped = desk.asked(sitemap(1));
  desk.run(24h);
  CHECK(desk.asked(sitemap(1)) == dropped);
}

TEST_CASE("after a restart the sitemaps go on where they were, before the index is asked again") {
  IndexDesk first(every(1h));
  first.subscribe({kIndex});
  first.run(90min);
  first.intake->stop();
  std::vector<RememberedFeed> known{first.remembered(kIndex), first.remembered(sitemap(1)),
                                    first.remembered(sitemap(2))};
  IndexDesk second(every(1h), known);
  second.now = first.now;
  second.subscribe({kIndex});
  second.run(10s);
  CHECK(second.fetcher.asked.empty());
  second.run(1h);
  REQUIRE(second.asked(sitemap(1)) == 1);
  for (const FetchRequest& request : second.fetcher.asked) CHECK_FALSE(request.validators.etag.empty());
}

TEST_CASE("with the index its sitemaps go; one that is subscribed to by itself stays") {
  IndexDesk desk;
  desk.subscribe({kIndex, sitemap(2)});
  desk.run(1min);
  CHECK(desk.asked(sitemap(2)) == 1);
  desk.subscribe({sitemap(2)});
  const auto before = desk.asked(sitemap(1));
  desk.run(1h);
  CHECK(desk.asked(sitemap(1)) == before);
  CHECK(desk.asked(sitemap(2)) > 3);
}

TEST_CASE("asked to poll once, it polls the index and its sitemaps once each") {
  FeedPollerOptions options;
  options.once = true;
  IndexDesk desk(options);
  desk.subscribe({kIndex});
  desk.run(1h);
  CHECK(desk.fetcher.asked.size() == 3);
  CHECK(desk.intake->drained());
}

TEST_CASE("credentials of an index go to its own origin only") {
  IndexDesk desk;
  desk.listed = {{sitemap(1), {}}, {"http://news.example/open.xml", {}}};
  desk.intake->subscribe({{kIndex, "", {}, "Basic c2VjcmV0"}});
  desk.run(1min);
  for (const FetchRequest& request : desk.fetcher.asked) {
    CAPTURE(request.url);
    CHECK(request.authorization.empty() == request.url.starts_with("http://"));
  }
}

TEST_CASE("what is known of a sitemap that was not listed for a month is forgotten") {
  IndexDesk desk(every(6h));
  desk.subscribe({kIndex});
  desk.run(1min);
  desk.listed = {{sitemap(2), {}}};
  desk.run(24h * 29);
  const auto forgotten = [&] {
    return std::count_if(desk.sink.saved.begin(), desk.sink.saved.end(),
                         [](const FeedUpdate& update) { return update.leaves && update.feed == sitemap(1); });
  };
  CHECK(forgotten() == 0);
  desk.run(24h * 3);
  CHECK(forgotten() == 1);
}

}  // namespace
}  // namespace newsd
