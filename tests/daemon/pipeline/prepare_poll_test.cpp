#include "daemon/pipeline/prepare.h"
#include "feeds/article/url.h"
#include "tests/daemon/pipeline/embedded_preparation.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace newsd {
namespace {

const std::string kUrl = "https://news.example/feed";

const Preparation& preparation() {
  static const Preparation made = embedded_preparation();
  return made;
}

std::string rss(const std::vector<int>& items, const std::string& more = "") {
  std::string text =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour "
      "news</title><link>https://news.example/</link>" +
      more;
  for (const int n : items) {
    const std::string number = std::to_string(n);
    text += "<item><guid isPermaLink=\"false\">urn:harbour:" + number + "</guid><title>Ferry number " + number +
            " sails again</title><description>The ferry number " + number +
            " left the northern quay on time after repairs that took the yard a whole winter.</description></item>";
  }
  return text + "</channel></rss>";
}

Document document_of(std::string bytes) {
  Document document;
  document.origin.kind = OriginKind::Feed;
  document.origin.input = document.origin.uri = kUrl;
  document.origin.received_at = *parse_rfc3339("2026-11-22T12:00:00Z");
  document.origin.bytes = bytes.size();
  document.url = *Url::parse(kUrl);
  document.bytes = std::move(bytes);
  return document;
}

FeedPoll poll_of(ShownEntries known = {}) {
  FeedPoll poll;
  poll.feed = kUrl;
  poll.outcome.kind = PollOutcome::Kind::Read;
  poll.outcome.sent = *parse_rfc3339("2026-11-22T11:59:59Z");
  poll.outcome.status = 200;
  poll.outcome.final_url = kUrl;
  poll.outcome.validators.etag = "\"1\"";
  poll.known = std::make_shared<const ShownEntries>(std::move(known));
  return poll;
}

Prepared prepared_poll(Document document, const FeedPoll& poll, const Preparation& preparation) {
  return prepare_poll(document, poll, preparation);
}

TEST_CASE("the first poll brings all entries, the next only what is new or changed") {
  const Prepared first = prepared_poll(document_of(rss({1, 2, 3})), poll_of(), preparation());
  CHECK(first.items.size() == 3);
  CHECK(first.unchanged == 0);
  REQUIRE(first.feed);
  REQUIRE(first.feed->shown);
  CHECK(first.feed->shown->size() == 3);
  CHECK(first.feed->state.validators.etag == "\"1\"");
  CHECK(first.feed->state.next_poll > document_of("").origin.received_at);

  const Prepared same = prepared_poll(document_of(rss({3, 2, 1})), poll_of(*first.feed->shown), preparation());
  CHECK(same.items.empty());
  CHECK(same.unchanged == 3);

  std::string changed = rss({4, 3, 2});
  changed.replace(changed.find("number 2 left"), 13, "number 2 lost");
  const Prepared next = prepared_poll(document_of(changed), poll_of(*same.feed->shown), preparation());
  CHECK(next.items.size() == 2);
  CHECK(next.unchanged == 1);
}

TEST_CASE("an entry that left the feed and comes back is no news") {
  const Prepared first = prepared_poll(document_of(rss({1, 2, 3})), poll_of(), preparation());
  const Prepared without = prepared_poll(document_of(rss({4})), poll_of(*first.feed->shown), preparation());
  const Prepared back = prepared_poll(document_of(rss({1, 4})), poll_of(*without.feed->shown), preparation());
  CHECK(without.items.size() == 1);
  CHECK(back.items.empty());
}

TEST_CASE("an entry that stands there twice is announced once") {
  const Prepared prepared = prepared_poll(document_of(rss({1, 1, 2})), poll_of(), preparation());
  CHECK(prepared.items.size() == 2);
}

TEST_CASE("what the feed asks of those who poll it goes into its state") {
  const Prepared prepared = prepared_poll(document_of(rss({1}, "<ttl>90</ttl><skipHours><hour>3</hour></skipHours>")),
                                          poll_of(), preparation());
  CHECK(prepared.feed->state.hints.ttl == std::chrono::minutes(90));
  CHECK(prepared.feed->state.hints.skip_hours == 1U << 3);
}

TEST_CASE("what is no feed fails the poll, quarantines nothing and keeps the validators out") {
  for (const std::string& bytes :
       {std::string("<!DOCTYPE html><html><body><p>We will be back soon.</p></body></html>"), std::string(),
        std::string("\0\1\2", 3), std::string("A plain text about ferries.\n\nIt is no feed.\n")}) {
    const Prepared prepared = prepared_poll(document_of(bytes), poll_of({7}), preparation());
    CHECK(prepared.items.empty());
    CHECK(prepared.quarantine_reason.empty());
    REQUIRE(prepared.feed);
    CHECK(prepared.feed->state.failure == "not-a-feed");
    CHECK(prepared.feed->state.failures == 1);
    CHECK(prepared.feed->state.validators == Validators{});
    CHECK_FALSE(prepared.feed->shown);
  }
}

TEST_CASE("a document the reader may not touch fails the poll by its reason") {
  const Prepared prepared = prepare_refused_poll(document_of("x"), poll_of(), {ReadError::TooLarge, "too large"});
  CHECK(prepared.feed->state.failure == "too-large");
}

TEST_CASE("where a feed says it is pushed from goes into its state, the header's word before the feed's") {
  const std::string links =
      "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"https://hub.example/\"/>"
      "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"self\" href=\"https://news.example/feed\"/>";
  const Prepared own = prepared_poll(document_of(rss({1}, links)), poll_of(), preparation());
  CHECK(own.feed->state.offer == WebSubOffer{"https://hub.example/", "https://news.example/feed"});
  FeedPoll poll = poll_of();
  poll.outcome.links = {{"https://hub2.example/", {"hub"}, ""}};
  const Prepared header = prepared_poll(document_of(rss({1}, links)), poll, preparation());
  CHECK(header.feed->state.offer == WebSubOffer{"https://hub2.example/", "https://news.example/feed"});
  CHECK(prepared_poll(document_of(rss({1})), poll_of(), preparation()).feed->state.offer == WebSubOffer{});
}

TEST_CASE("what a hub pushes is read as a poll's answer, each entry once, and forgets nothing the feed showed") {
  std::vector<int> many(300);
  for (int n = 0; n < 300; ++n) many[static_cast<std::size_t>(n)] = n;
  const Prepared polled = prepared_poll(document_of(rss(many)), poll_of(), preparation());
  FeedPoll push = poll_of(*polled.feed->shown);
  push.before = polled.feed->state;
  push.outcome = {};
  push.outcome.kind = PollOutcome::Kind::Read;
  push.outcome.pushed = true;
  const Prepared pushed = prepared_poll(document_of(rss({300, 299})), push, preparation());
  CHECK(pushed.items.size() == 1);
  CHECK(pushed.feed->state.validators == polled.feed->state.validators);
  many.push_back(300);
  CHECK(prepared_poll(document_of(rss(many)), poll_of(*pushed.feed->shown), preparation()).items.empty());

  const Prepared junk = prepared_poll(document_of("no feed at all"), push, preparation());
  CHECK(junk.feed->state.failures == 0);
  CHECK_FALSE(junk.feed->shown);
  CHECK(junk.warnings.size() == 1);
}

TEST_CASE("of a sitemap index the sitemaps are remembered, and count as news when they are new or have changed") {
  const auto index = [](const std::string& lastmod) {
    return document_of("<sitemapindex><sitemap><loc>https://news.example/a.xml</loc><lastmod>" + lastmod +
                       "</lastmod></sitemap><sitemap><loc>/b.xml.gz</loc></sitemap>"
                       "<sitemap><loc>https://other.example/c.xml</loc></sitemap></sitemapindex>");
  };
  FeedPoll poll = poll_of();
  poll.max_sitemaps = 20;
  const Prepared first = prepared_poll(index("2026-11-22T10:00:00Z"), poll, preparation());
  CHECK(first.items.empty());
  REQUIRE(first.feed->shown);
  CHECK(first.feed->state.failures == 0);
  CHECK(first.feed->state.sitemaps ==
        std::vector<PolledSitemap>{{"https://news.example/a.xml", parse_rfc3339("2026-11-22T10:00:00Z")},
                                   {"https://news.example/b.xml.gz", {}}});
  CHECK(first.warnings.size() == 1);
  const auto kept = decode_feed_state(encode(first.feed->state));
  REQUIRE(kept.has_value());
  CHECK(kept->sitemaps == first.feed->state.sitemaps);

  poll.before = first.feed->state;
  poll.known = std::make_shared<const ShownEntries>(*first.feed->shown);
  const Prepared same = prepared_poll(index("2026-11-22T10:00:00Z"), poll, preparation());
  CHECK(same.feed->state.arrivals == first.feed->state.arrivals);
  CHECK(same.warnings.empty());
  const Prepared changed = prepared_poll(index("2026-11-22T11:00:00Z"), poll, preparation());
  CHECK(changed.feed->state.arrivals == first.feed->state.arrivals + 1);
}

TEST_CASE("a sitemap index is refused inside another, where none are wanted, and when it names nothing of its host") {
  const std::string own = "<sitemapindex><sitemap><loc>https://news.example/a.xml</loc></sitemap></sitemapindex>";
  const std::string foreign = "<sitemapindex><sitemap><loc>https://other.example/a.xml</loc></sitemap></sitemapindex>";
  FeedPoll poll = poll_of();
  CHECK(prepared_poll(document_of(own), poll, preparation()).feed->state.failure == "not-a-feed");
  poll.max_sitemaps = 20;
  CHECK(prepared_poll(document_of(foreign), poll, preparation()).feed->state.failure == "not-a-feed");
}

}  // namespace
}  // namespace newsd
