#include "daemon/pipeline/prepare.h"
#include "tests/daemon/pipeline/embedded_preparation.h"

#include <catch2/catch.hpp>

#include <string>
#include <variant>
#include <vector>

namespace newsd {
namespace {

const std::string kFeed = "https://news.example/feed";
const std::string kPage = "https://news.example/ferry";

const Preparation& preparation() {
  static const Preparation made = embedded_preparation();
  return made;
}

Document document_of(OriginKind kind, const std::string& uri, std::string bytes) {
  Document document;
  document.origin.kind = kind;
  document.origin.input = kFeed;
  document.origin.uri = uri;
  document.origin.received_at =
      *parse_rfc3339(kind == OriginKind::Feed ? "2026-11-22T12:00:00Z" : "2026-11-22T12:00:05Z");
  document.origin.bytes = bytes.size();
  document.url = *Url::parse(uri);
  document.bytes = std::move(bytes);
  return document;
}

std::string rss(int items) {
  std::string text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour news</title>";
  for (int n = 1; n <= items; ++n) {
    text += "<item><guid isPermaLink=\"false\">urn:harbour:" + std::to_string(n) + "</guid><link>" + kPage +
            (n == 1 ? "" : std::to_string(n)) +
            "</link><title>Ferry sails again</title><description>The ferry left the northern quay on "
            "time.</description></item>";
  }
  return text + "</channel></rss>";
}

Prepared polled(int items, std::size_t may_hold) {
  FeedPoll poll;
  poll.feed = kFeed;
  poll.outcome.kind = PollOutcome::Kind::Read;
  poll.outcome.status = 200;
  poll.outcome.final_url = kFeed;
  poll.known = std::make_shared<const ShownEntries>();
  poll.may_hold = may_hold;
  Document document = document_of(OriginKind::Feed, kFeed, rss(items));
  return prepare_poll(document, poll, preparation());
}

HeldEntry held_entry() { return *polled(1, 10).feed->held.at(0); }

std::string page(const std::string& paragraphs) {
  return "<!DOCTYPE html><html lang=\"en\"><head><title>Ferry sails again</title></head><body><article><h1>The ferry "
         "sails "
         "again, a winter late</h1>" +
         paragraphs + "</article></body></html>";
}

const std::string kText =
    "<p>The ferry left the northern quay on time on Friday, with forty passengers and a band on board.</p>"
    "<p>It had been in the yard a whole winter, where its engine was taken out and put back twice, the harbour office "
    "said.</p><p>The mayor cut a ribbon, and the first tickets were sold out before noon.</p>";

const EncodedArticle& told(const Prepared& prepared) { return std::get<PreparedArticle>(prepared.items.at(0)).encoded; }

}  // namespace

TEST_CASE("an entry with a part of its text is held, and known when the feed shows it again") {
  const Prepared first = polled(3, 10);
  CHECK(first.items.empty());
  CHECK(first.unchanged == 0);
  REQUIRE(first.feed);
  REQUIRE(first.feed->held.size() == 3);
  CHECK(first.feed->shown->size() == 3);
  CHECK(first.feed->held[0]->key != first.feed->held[1]->key);
  CHECK(first.feed->held[0]->article.guid == "urn:harbour:1");
  CHECK(first.feed->held[0]->origin.uri == kFeed);
  CHECK(first.feed->held[0]->origin.format == Format::Rss);
}

TEST_CASE("where no more may be held, entries are told without their pages, and that is said") {
  const Prepared prepared = polled(3, 2);
  CHECK(prepared.feed->held.size() == 2);
  CHECK(prepared.items.size() == 1);
  REQUIRE(prepared.warnings.size() == 1);
  CHECK(prepared.warnings[0].starts_with("1 entries are told without their pages"));
  CHECK(polled(3, 0).feed->held.empty());
  CHECK(polled(3, 0).items.size() == 3);
}

TEST_CASE("with its page an entry is one article, known by its feed") {
  const HeldEntry entry = held_entry();
  Document document = document_of(OriginKind::Page, kPage, page(kText));
  const Prepared prepared = prepare_page(document, entry, preparation());
  CHECK(prepared.held == entry.key);
  CHECK(prepared.warnings == std::vector<std::string>());
  REQUIRE(prepared.items.size() == 1);
  CHECK(told(prepared).body.content.find("put back twice") != std::string::npos);
  CHECK(told(prepared).core.content.find(R"("kind":"page")") != std::string::npos);
  CHECK(told(prepared).core.content.find(R"("other":{"how":"h1","value":"The ferry sails again, a winter late"})") !=
        std::string::npos);

  const auto& with = std::get<PreparedArticle>(prepared.items[0]).candidate;
  const Candidate without = std::get<PreparedArticle>(polled(1, 0).items.at(0)).candidate;
  CHECK(with.identities == without.identities);
}

TEST_CASE("without its page, or with one that says less, an entry is told as its feed tells it, and why") {
  const HeldEntry entry = held_entry();
  const auto check = [&](const Prepared& prepared, const std::string& why) {
    CAPTURE(why);
    CHECK(prepared.held == entry.key);
    CHECK(prepared.quarantine_reason.empty());
    REQUIRE(prepared.items.size() == 1);
    CHECK(told(prepared).body.content.find("left the northern quay on time.") != std::string::npos);
    CHECK(told(prepared).core.content.find(R"("kind":"feed")") != std::string::npos);
    CHECK(told(prepared).core.content.find(R"("uri":")" + kFeed) != std::string::npos);
    REQUIRE(prepared.warnings.size() == 1);
    CHECK(prepared.warnings[0].find(why) != std::string::npos);
    CHECK(prepared.origin.received_at == *parse_rfc3339("2026-11-22T12:00:05Z"));
  };
  check(prepare_refused_page(document_of(OriginKind::Page, kPage, ""), entry, {ReadError::NoArticle, "nobody there"},
                             preparation()),
        "nobody there (no-article)");
  for (const std::string& bytes : {page("<p>The ferry left.</p>"), std::string("\0\1\2", 3), std::string()}) {
    Document document = document_of(OriginKind::Page, kPage, bytes);
    check(prepare_page(document, entry, preparation()), kPage);
  }
}

}  // namespace newsd
