#include "daemon/dedupe/place.h"

#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

const std::string kHarbour =
    "The harbour of Oldhaven will close for nine days while divers look for a lost anchor chain.";
const std::string kBridge =
    "A footbridge over the river Lenn was lifted into place before dawn by two floating cranes.";
const std::string kMuseum =
    "The tram museum opens its doors again after the roof was mended with slates from the quarry.";

Origin from_stdin(int line) {
  Origin origin;
  origin.kind = OriginKind::Stdin;
  origin.input = "stdin";
  origin.member = std::to_string(line);
  return origin;
}

Origin from_feed(std::string input) {
  Origin origin;
  origin.kind = OriginKind::Feed;
  origin.input = std::move(input);
  return origin;
}

}  // namespace

TEST_CASE("the first article is new and starts its story") {
  Desk desk;
  const Article a = article("Harbour closes", {kHarbour});
  const Verdict v = desk.take(a, dropped_as("a.txt"));
  CHECK(v.kind == VerdictKind::New);
  CHECK(v.version == 1);
  CHECK(v.article == candidate_of(a, dropped_as("a.txt")).self);
  CHECK(v.starts_story);
  CHECK(v.story_size == 1);
  CHECK(v.evidence.empty());
}

TEST_CASE("articles of different text and identity are new, each with a story of its own") {
  Desk desk;
  const Verdict a = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const Verdict b = desk.take(article("Bridge lifted", {kBridge}), dropped_as("b.txt"));
  CHECK(b.kind == VerdictKind::New);
  CHECK(b.article != a.article);
  CHECK(b.story != a.story);
}

TEST_CASE("the same file unchanged is a duplicate by its id") {
  Desk desk;
  const Article a = article("Harbour closes", {kHarbour});
  const Verdict first = desk.take(a, dropped_as("a.txt"));
  const EventId announced = desk.last_event();
  const Verdict v = desk.take(a, dropped_as("a.txt"));
  CHECK(v.kind == VerdictKind::Duplicate);
  CHECK(v.how == DuplicateKind::SameId);
  CHECK(v.article == first.article);
  CHECK(v.of == first.article);
  CHECK(v.of_event == announced);
  CHECK(v.repeat == 1);
  CHECK(v.similarity == 1);
  CHECK(v.evidence == std::vector<std::string>{"same file a.txt", "no field changed"});
  CHECK_FALSE(v.starts_story);
}

TEST_CASE("every repetition has its own number") {
  Desk desk;
  const Article a = article("Harbour closes", {kHarbour});
  desk.take(a, dropped_as("a.txt"));
  CHECK(desk.take(a, dropped_as("a.txt")).repeat == 1);
  CHECK(desk.take(a, dropped_as("a.txt")).repeat == 2);
  CHECK(desk.take(a, dropped_as("b.txt")).repeat == 1);  // another subject counts for itself
  CHECK(desk.take(a, dropped_as("b.txt")).repeat == 2);
}

TEST_CASE("a changed file at the same path is a new version of the same subject and story") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const EventId announced = desk.last_event();
  const Verdict v = desk.take(article("Harbour closes", {kHarbour, "The ferry runs."}), dropped_as("a.txt"));
  CHECK(v.kind == VerdictKind::Updated);
  CHECK(v.article == first.article);
  CHECK(v.version == 2);
  CHECK(v.of_event == announced);
  CHECK(v.revision == Revision{1, {"body"}});
  CHECK(v.story == first.story);
  CHECK(v.evidence == std::vector<std::string>{"same file a.txt"});
}

TEST_CASE("an update names every field that changed, in a fixed order") {
  Desk desk;
  Article a = article("Harbour closes", {kHarbour});
  desk.take(a, dropped_as("a.txt"));
  a = article("Harbour reopens", {kBridge});
  a.summary = "Nine days early.";
  a.byline = "Ann Example";
  a.published = When{"2024-05-01", Precision::Day, "1 May"};
  CHECK(desk.take(a, dropped_as("a.txt")).revision.changed ==
        std::vector<std::string>{"headline", "description", "body", "byline", "published"});
}

TEST_CASE("white space and the shape of quotation marks make no version") {
  Desk desk;
  desk.take(article("The \"lost\" anchor", {kHarbour, "It's gone."}), dropped_as("a.txt"));
  const Verdict v = desk.take(article("The “lost”  anchor ", {kHarbour + " It’s\n gone."}), dropped_as("a.txt"));
  CHECK(v.kind == VerdictKind::Duplicate);
  CHECK(v.how == DuplicateKind::SameId);
}

TEST_CASE("a changed comma or capital is an edit") {
  Desk desk;
  desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  CHECK(desk.take(article("Harbour Closes", {kHarbour}), dropped_as("a.txt")).kind == VerdictKind::Updated);
}

TEST_CASE("another time of publication alone is no version, with an edit it is named") {
  Desk desk;
  Article a = article("Harbour closes", {kHarbour});
  a.published = When{"2024-05-01", Precision::Day, ""};
  desk.take(a, dropped_as("a.txt"));
  a.published = When{"2024-05-02", Precision::Day, ""};
  CHECK(desk.take(a, dropped_as("a.txt")).kind == VerdictKind::Duplicate);
  a.headline = "Harbour closed";
  CHECK(desk.take(a, dropped_as("a.txt")).revision.changed == std::vector<std::string>{"headline", "published"});
}

TEST_CASE("a field left out says nothing by itself") {
  Desk desk;
  Article a = article("Harbour closes", {kHarbour});
  a.byline = "Ann Example";
  desk.take(a, dropped_as("a.txt"));
  a.byline.clear();
  CHECK(desk.take(a, dropped_as("a.txt")).kind == VerdictKind::Duplicate);
}

TEST_CASE("a teaser never replaces the full text it has an identity of") {
  Desk desk;
  desk.take(with_url(article("Harbour closes", {kHarbour}), "https://news.example/1"), from_feed("full"));
  const Verdict v = desk.take(with_url(article("Harbour shut!", {}), "https://news.example/1"), from_feed("teasers"));
  CHECK(v.kind == VerdictKind::Duplicate);
  CHECK(v.how == DuplicateKind::SameUrl);
  CHECK(v.similarity == 0);
  CHECK(v.evidence.back() == "no body this time, where the known version has one");
}

TEST_CASE("the full text after a teaser is an update") {
  Desk desk;
  desk.take(with_url(article("Harbour closes", {}), "https://news.example/1"), from_feed("teasers"));
  const Verdict v =
      desk.take(with_url(article("Harbour closes", {kHarbour}), "https://news.example/1"), from_feed("full"));
  CHECK(v.kind == VerdictKind::Updated);
  CHECK(v.revision.changed == std::vector<std::string>{"body"});
}

TEST_CASE("the same text at another path is an exact duplicate of the first, under its own subject") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const Verdict v = desk.take(article("Port to close", {"OLDHAVEN (Wire) — " + kHarbour}), dropped_as("b.txt"));
  CHECK(v.kind == VerdictKind::Duplicate);
  CHECK(v.how == DuplicateKind::Exact);
  CHECK(v.of == first.article);
  CHECK(v.article != first.article);
  CHECK(v.story == first.story);
  CHECK(v.evidence == std::vector<std::string>{"body text equal after normalisation"});
}

TEST_CASE("the copy of a copy repeats the first article, not the copy") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  desk.take(article("Harbour closes", {kHarbour}), dropped_as("b.txt"));
  CHECK(desk.take(article("Harbour closes", {kHarbour}), dropped_as("c.txt")).of == first.article);
}

TEST_CASE("a copy that is sent again stays a duplicate of the first") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const Verdict copy = desk.take(article("Harbour closes", {kHarbour}), dropped_as("b.txt"));
  const Verdict again = desk.take(article("Another headline", {kHarbour}), dropped_as("b.txt"));
  CHECK(again.kind == VerdictKind::Duplicate);
  CHECK(again.article == copy.article);
  CHECK(again.of == first.article);
}

TEST_CASE("a copy whose file gets a text of its own becomes a new article at version 1") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const Verdict copy = desk.take(article("Harbour closes", {kHarbour}), dropped_as("b.txt"));
  const Verdict own = desk.take(article("Bridge lifted", {kBridge}), dropped_as("b.txt"));
  CHECK(own.kind == VerdictKind::New);
  CHECK(own.version == 1);
  CHECK(own.article == copy.article);
  CHECK(own.starts_story);
  CHECK(own.story != first.story);
  const Verdict later = desk.take(article("Bridge open", {kBridge}), dropped_as("b.txt"));
  CHECK(later.kind == VerdictKind::Updated);
  CHECK(later.version == 2);
}

TEST_CASE("a copy that follows its original to the new text stays a duplicate") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  desk.take(article("Harbour closes", {kHarbour}), dropped_as("b.txt"));
  desk.take(article("Harbour closes", {kMuseum}), dropped_as("a.txt"));
  const EventId update = desk.last_event();
  const Verdict copy = desk.take(article("Harbour closes", {kMuseum}), dropped_as("b.txt"));
  CHECK(copy.kind == VerdictKind::Duplicate);
  CHECK(copy.of == first.article);
  CHECK(copy.version == 2);
  CHECK(copy.of_event == update);
}

TEST_CASE("a late reprint of an earlier version is a duplicate and says of which version") {
  Desk desk;
  const Verdict first = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  desk.take(article("Harbour closes", {kMuseum}), dropped_as("a.txt"));
  const Verdict late = desk.take(article("Harbour closes", {kHarbour}), dropped_as("z.txt"));
  CHECK(late.kind == VerdictKind::Duplicate);
  CHECK(late.of == first.article);
  CHECK(late.version == 1);
  CHECK(late.evidence.back() == "it is the text of version 1");
}

TEST_CASE("a file set back to its earlier text is a third version") {
  Desk desk;
  desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  desk.take(article("Harbour closes", {kMuseum}), dropped_as("a.txt"));
  const Verdict v = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  CHECK(v.kind == VerdictKind::Updated);
  CHECK(v.version == 3);
  CHECK(v.revision.of == 2);
}

TEST_CASE("an article that takes over another's text stays itself: an update that says so") {
  Desk desk;
  const Verdict a = desk.take(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  const Verdict b = desk.take(article("Bridge lifted", {kBridge}), dropped_as("b.txt"));
  const Verdict v = desk.take(article("Harbour closes", {kHarbour}), dropped_as("b.txt"));
  CHECK(v.kind == VerdictKind::Updated);
  CHECK(v.article == b.article);
  CHECK(v.evidence.back() == "body text equal after normalisation to urn:uuid:" + a.article.value().to_string());
}

TEST_CASE("an item seen by id and URL is found by either later") {
  Desk desk;
  const Article a = article("Harbour closes", {kHarbour});
  const Verdict first = desk.take(with_url(with_id(a, "17"), "https://news.example/1"), from_feed("one"));
  CHECK(desk.take(with_id(a, "17"), from_feed("one")).of == first.article);
  const Verdict by_url = desk.take(with_url(a, "https://news.example/1?utm_source=x"), from_feed("two"));
  CHECK(by_url.how == DuplicateKind::SameUrl);
  CHECK(by_url.of == first.article);
  CHECK(by_url.evidence.front() == "same URL https://news.example/1");
}

TEST_CASE("an identity learned from an update finds the article too") {
  Desk desk;
  const Verdict first = desk.take(with_id(article("Harbour closes", {kHarbour}), "17"), from_feed("one"));
  desk.take(with_url(with_id(article("Harbour closes", {kBridge}), "17"), "https://news.example/1"), from_feed("one"));
  const Verdict v =
      desk.take(with_url(article("Harbour closes", {kMuseum}), "https://news.example/1"), from_feed("two"));
  CHECK(v.kind == VerdictKind::Updated);
  CHECK(v.article == first.article);
  CHECK(v.version == 3);
}

TEST_CASE("two inputs may both say 17") {
  Desk desk;
  desk.take(with_id(article("Harbour closes", {kHarbour}), "17"), from_feed("one"));
  CHECK(desk.take(with_id(article("Bridge lifted", {kBridge}), "17"), from_feed("two")).kind == VerdictKind::New);
}

TEST_CASE("other ids of one input are other articles although they share a URL") {
  Desk desk;
  const Verdict a = desk.take(with_url(with_id(article("Harbour closes", {kHarbour}), "1"), "https://news.example/"),
                              from_feed("one"));
  const Verdict b =
      desk.take(with_url(with_id(article("Bridge lifted", {kBridge}), "2"), "https://news.example/"), from_feed("one"));
  CHECK(b.kind == VerdictKind::New);
  CHECK(
      desk.take(with_url(with_id(article("Harbour closes", {kMuseum}), "1"), "https://news.example/"), from_feed("one"))
          .article == a.article);
}

TEST_CASE("another URL in the same file is another article") {
  Desk desk;
  desk.take(with_url(article("Harbour closes", {kHarbour}), "https://news.example/1"), dropped_as("latest.html"));
  const Verdict b =
      desk.take(with_url(article("Bridge lifted", {kBridge}), "https://news.example/2"), dropped_as("latest.html"));
  CHECK(b.kind == VerdictKind::New);
  // the path now leads to the article that stood there last
  CHECK(desk.take(article("Bridge open", {kMuseum}), dropped_as("latest.html")).article == b.article);
}

TEST_CASE("line 3 of a second stream is not a new version of line 3 of the first") {
  Desk desk;
  desk.take(article("Harbour closes", {kHarbour}), from_stdin(3));
  CHECK(desk.take(article("Bridge lifted", {kBridge}), from_stdin(3)).kind == VerdictKind::New);
  const Verdict again = desk.take(article("Harbour closes", {kHarbour}), from_stdin(9));
  CHECK(again.kind == VerdictKind::Duplicate);
  CHECK(again.how == DuplicateKind::Exact);
  CHECK(again.article == again.of);
}

TEST_CASE("short texts are equal only under the same headline") {
  Desk desk;
  desk.take(article("Results of Monday", {"See the table."}), dropped_as("a.txt"));
  CHECK(desk.take(article("Results of Tuesday", {"See the table."}), dropped_as("b.txt")).kind == VerdictKind::New);
  CHECK(desk.take(article("Results of Monday", {"See the table."}), dropped_as("c.txt")).kind ==
        VerdictKind::Duplicate);
}

TEST_CASE("articles without any word are not copies of one another") {
  Desk desk;
  CHECK(desk.take(article("", {"…"}), dropped_as("a.txt")).kind == VerdictKind::New);
  CHECK(desk.take(article("", {"!"}), dropped_as("b.txt")).kind == VerdictKind::New);
}

TEST_CASE("placing alone remembers nothing") {
  const auto placer = make_exact_placer();
  const Candidate c = candidate_of(article("Harbour closes", {kHarbour}), dropped_as("a.txt"));
  CHECK(placer->place(c, at_minute(0)).kind == VerdictKind::New);
  CHECK(placer->place(c, at_minute(1)).kind == VerdictKind::New);
  CHECK(placer->size() == 0);
}

TEST_CASE("an article whose URL changes with every visit is still one article and bounded in memory") {
  Desk desk;
  const Article a = with_id(article("Harbour closes", {kHarbour}), "17");
  const Verdict first = desk.take(a, from_feed("one"));
  for (int i = 0; i < 200; ++i) {
    const Verdict v = desk.take(with_url(a, "https://news.example/1?visit=" + std::to_string(i)), from_feed("one"));
    REQUIRE(v.article == first.article);
  }
  CHECK(desk.placer->size() == 1);
}
