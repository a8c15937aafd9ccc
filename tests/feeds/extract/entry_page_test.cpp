#include "feeds/extract/entry_page.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;

namespace {

Article entry() {
  Article a;
  a.guid = "urn:harbour:1";
  a.url = *Url::parse("https://news.example/ferry?from=feed");
  a.headline = a.title = "Ferry sails again";
  a.fields["headline"] = {"feed-title", std::nullopt, 100};
  a.paragraphs = {"The ferry left the northern quay on time."};
  a.fields["body"] = {"feed-summary", std::nullopt, 100};
  a.byline = "Ann Quay";
  a.authors = {"Ann Quay"};
  a.fields["byline"] = {"feed-author", std::nullopt, 100};
  a.published = When{"2026-11-20T08:00:00Z", Precision::Time, "Fri, 20 Nov 2026 08:00:00 GMT"};
  a.fields["published"] = {"feed-date", std::nullopt, 100};
  a.pictures = {{"", "", "", "https://news.example/a.jpg"}};
  a.fields["associations.photo-1"] = {"feed-media", std::nullopt, 100};
  a.categories = {"Harbour"};
  a.flags = {Flag::Partial};
  return a;
}

Article page() {
  Article a;
  a.url = *Url::parse("https://news.example/ferry");
  a.headline = a.title = "The ferry sails again, a winter late";
  a.fields["headline"] = {"h1", LineRange{3, 3}, 95};
  a.paragraphs = {"The ferry left the northern quay on time on Friday.",
                  "It had been in the yard a whole winter, where its engine was taken out and put back twice."};
  a.paragraph_lines = {{5, 5}, {6, 6}};
  a.container = 4711;
  a.left_out = {1, 2, 3};
  a.fields["body"] = {"density", LineRange{5, 6}, 90};
  a.byline = "By Ann Quay";
  a.authors = {"Ann Quay"};
  a.fields["byline"] = {"json-ld", std::nullopt, 95};
  a.publisher = "Harbour News";
  a.fields["infoSources"] = {"og:site_name", std::nullopt, 95};
  a.published = When{"2026-11-20T08:00:00Z", Precision::Time, "2026-11-20T08:00Z"};
  a.fields["published"] = {"json-ld", std::nullopt, 95};
  a.updated = When{"2026-11-20T09:30:00Z", Precision::Time, "2026-11-20T09:30Z"};
  a.fields["updated"] = {"json-ld", std::nullopt, 95};
  a.pictures = {{"The ferry", "", "R. Shore", "https://news.example/a.jpg"},
                {"The yard", "", "", "https://news.example/b.jpg"}};
  a.fields["associations.photo-2"] = {"figure", std::nullopt, 90};
  a.removed = {{{8, 8}, RemovedKind::Related, "More about ferries"}};
  a.categories = {"Transport", "Harbour"};
  a.flags = {Flag::Paywalled};
  return a;
}

}  // namespace

TEST_CASE("an entry with a part of its text, none of it, or a text that breaks off wants its page") {
  CHECK(wants_page(entry()));
  Article whole = entry();
  whole.flags.clear();
  CHECK_FALSE(wants_page(whole));
  whole.paragraphs.back() += " It had been […]";
  CHECK(wants_page(whole));
  whole.paragraphs.clear();
  CHECK(wants_page(whole));
  whole.url.reset();
  CHECK_FALSE(wants_page(whole));
}

TEST_CASE("the text is the page's, and what the feed gave of it becomes the summary") {
  const Article told = with_page(entry(), page());
  CHECK(told.paragraphs == page().paragraphs);
  CHECK(told.fields.at("body") == page().fields.at("body"));
  CHECK(told.summary == "The ferry left the northern quay on time.");
  CHECK(told.fields.at("description").how == "feed-summary");
  CHECK(told.removed == page().removed);
  CHECK(told.paragraph_lines == page().paragraph_lines);
  CHECK(told.container == page().container);
  CHECK(told.left_out == page().left_out);
  CHECK(told.flags == std::vector<Flag>{Flag::Paywalled});
}

TEST_CASE("what the feed says counts, and what the page says instead stands beside it") {
  const Article told = with_page(entry(), page());
  CHECK(told.guid == "urn:harbour:1");
  CHECK(told.headline == "Ferry sails again");
  CHECK(told.title == told.headline);
  CHECK(told.fields.at("headline").how == "feed-title");
  CHECK(told.fields.at("headline").other == OtherValue{"h1", "The ferry sails again, a winter late"});
  CHECK(told.byline == "Ann Quay");
  CHECK(told.fields.at("byline").other == OtherValue{"json-ld", "By Ann Quay"});
  CHECK(told.url->str() == "https://news.example/ferry?from=feed");
  CHECK(told.fields.at("url").other == OtherValue{"page", "https://news.example/ferry"});
  CHECK(told.published == entry().published);
  CHECK_FALSE(told.fields.at("published").other);  // both say the same
}

TEST_CASE("what the feed does not say is the page's") {
  const Article told = with_page(entry(), page());
  CHECK(told.publisher == "Harbour News");
  CHECK(told.fields.at("infoSources").how == "og:site_name");
  CHECK(told.updated == page().updated);
  CHECK(told.fields.at("updated").how == "json-ld");
  CHECK(told.missing.empty());
  CHECK(told.categories == std::vector<std::string>{"Harbour", "Transport"});
  REQUIRE(told.pictures.size() == 2);
  CHECK(told.pictures[0] == Picture{"The ferry", "", "R. Shore", "https://news.example/a.jpg"});
  CHECK(told.fields.at("associations.photo-1").how == "feed-media");
  CHECK(told.pictures[1].caption == "The yard");
  CHECK(told.fields.at("associations.photo-2").how == "figure");
}

TEST_CASE("an entry of a sitemap without text and author takes them with how they were found") {
  Article bare;
  bare.url = *Url::parse("https://news.example/ferry");
  bare.headline = bare.title = "Ferry sails again";
  bare.fields["headline"] = {"feed-title", std::nullopt, 100};
  const Article told = with_page(bare, page());
  CHECK(told.summary.empty());
  CHECK(told.authors == page().authors);
  CHECK(told.fields.at("byline").how == "json-ld");
  CHECK(told.missing.empty());
}

TEST_CASE("without a headline anywhere the title is the first sentence of the page's text") {
  Article bare = entry(), silent = page();
  bare.headline.clear();
  bare.title = "The ferry left the northern quay on time.";
  bare.fields.erase("headline");
  bare.fields["title"] = {"first-sentence", std::nullopt, 100};
  silent.headline.clear();
  silent.fields.erase("headline");
  silent.fields["title"] = {"first-sentence", LineRange{5, 5}, 100};
  const Article told = with_page(bare, silent);
  CHECK(told.title == "The ferry left the northern quay on time on Friday.");
  CHECK(told.fields.at("title") == silent.fields.at("title"));
  CHECK(std::find(told.missing.begin(), told.missing.end(), "headline") != told.missing.end());
}

TEST_CASE("a page with less of the article than the feed tells no more, nor does one that speaks of something else") {
  CHECK(page_tells_more(entry(), page()));
  CHECK_FALSE(page_tells_more(page(), entry()));
  Article consent = page();
  consent.headline = "Before you go on";
  consent.paragraphs = {
      "We and our partners store cookies on your device, to show you what you may like and to count readers.",
      "You may agree, or look at the settings and change your mind at any time."};
  CHECK_FALSE(page_tells_more(entry(), consent));
}

TEST_CASE("that the page looks like a list is forgotten: the feed says that it is an article") {
  Article listing = page();
  listing.flags = {Flag::Listing};
  REQUIRE(page_tells_more(entry(), listing));
  CHECK(with_page(entry(), listing).flags.empty());
}

TEST_CASE("what is compared with a page is folded, and in scripts without spaces the characters count") {
  Article told, told_at_length;
  told.headline = "FÆRGEN sejler igen, “efter vinteren”";
  told_at_length.paragraphs = {"Færgen forlod kajen, og den sejler fra nu af hver time, efter vinterens reparationer."};
  CHECK(page_tells_more(told, told_at_length));
  told.headline = "渡船再開、冬の修理後";
  CHECK_FALSE(page_tells_more(told, told_at_length));
  told_at_length.paragraphs = {"冬の間の修理を終えて、渡船は金曜日に運航を再開した。"};
  CHECK(page_tells_more(told, told_at_length));
}
