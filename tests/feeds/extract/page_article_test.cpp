#include "feeds/extract/page_article.h"

#include "feeds/extract/class_evidence.h"
#include "feeds/extract/page_date.h"
#include "feeds/extract/page_headline.h"
#include "feeds/extract/read.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;

namespace {

const std::string kText =
    "<p>The council met on Monday evening and agreed, after a debate of three hours, to mend the road to the mill.</p>"
    "<p>Work is to begin in spring, the engineer said, and to end before the first of the summer guests arrive.</p>";

Article read_page(const std::string& html, std::string_view url = {}) {
  const auto parsed = Url::parse(url);
  return page_article(html, parsed ? std::optional(*parsed) : std::nullopt, 1 << 20);
}
bool has_flag(const Article& article, Flag flag) {
  return std::find(article.flags.begin(), article.flags.end(), flag) != article.flags.end();
}

}  // namespace

TEST_CASE("class names are cut into words before they are judged") {
  CHECK(class_evidence("top-ad").kind == RemovedKind::Advertisement);
  CHECK(class_evidence("topAd").kind == RemovedKind::Advertisement);
  CHECK_FALSE(class_evidence("header shadow road").kind);
  CHECK(class_evidence("author-bio").kind == RemovedKind::Signature);
  CHECK_FALSE(class_evidence("no-sidebar has-comments").kind);
  CHECK(class_evidence("article-body").body);
  CHECK_FALSE(class_evidence("article body").body);
}

TEST_CASE("a name that would cost most of the text has lied") {
  const Article article = read_page("<div class=sidebar>" + kText + "</div>");
  CHECK(article.paragraphs.size() == 2);
}

TEST_CASE("what a post is about says nothing of what its element is") {
  CHECK_FALSE(class_evidence("post hentry category-comment tag-newsletter").kind);
  CHECK(class_evidence("post hentry tag-links").kind == RemovedKind::Related);
  CHECK(class_evidence("category-menu").kind == RemovedKind::Navigation);
}

TEST_CASE("that a page builder calls its parts widgets says nothing, what it calls them besides does") {
  CHECK_FALSE(class_evidence("elementor-widget-wrap elementor-widget-text-editor").kind);
  CHECK(class_evidence("elementor-widget elementor-widget-nav-menu").kind == RemovedKind::Navigation);
  CHECK(class_evidence("footer-widget").kind);
}

TEST_CASE("the note below a comment form is no article, however little text the page has besides") {
  const Article article = read_page(
      "<h1>Bread with caraway</h1><div><p>Mix it well.</p><p>Bake it for an hour.</p></div><div class=answer><p>Your "
      "email address will not be published, and required fields are marked with a star.</p></div>");
  CHECK(article.paragraphs == std::vector<std::string>{"Mix it well.", "Bake it for an hour."});
}

TEST_CASE("a text of lists and sentences by turns is read as a whole") {
  std::string page =
      "<h1>Bread with caraway</h1><div><p>This bread keeps for a week in a dry place, they say.</p></div>";
  for (int step = 0; step < 4; ++step) {
    page += "<div><ul>";
    for (int i = 0; i < 4; ++i) page += "<li>" + std::to_string(100 + i) + " grams</li>";
    page +=
        "</ul></div><div><p>Knead it for ten minutes by hand, then let it rest below a cloth until it has grown to "
        "twice its size, part " +
        std::to_string(step) + ".</p></div>";
  }
  const Article article = read_page(page);
  CHECK(article.body().find("keeps for a week") != std::string::npos);
  CHECK(article.body().find("103 grams") != std::string::npos);
  CHECK(article.body().find("part 3") != std::string::npos);
}

TEST_CASE("a page of short lines and no sentence is read as what stands below its heading") {
  const Article article = read_page(
      "<nav><a href=/a>Home of the harbour races</a></nav><h1>Harbour race, results of Sunday</h1><table><tr><td>1. "
      "Ida Holm, "
      "Nordvik, 12:03 minutes</td></tr><tr><td>2. Jon Moe, Holm, 12:20 minutes</td></tr></table>");
  CHECK(article.paragraphs.size() == 2);
  CHECK(article.fields.at("body").how == "all-blocks");
}

TEST_CASE("text that is shown without scripts only is read, a copy of what is shown anyway is not") {
  std::string text;
  for (int i = 0; i < 10; ++i) text += kText;
  CHECK(read_page("<h1>Road</h1><noscript>" + text + "</noscript>").paragraphs.size() >= 20);
  CHECK(read_page("<h1>Road</h1><div>" + text + "</div><noscript>" + text + "</noscript>").body() ==
        read_page("<h1>Road</h1><div>" + text + "</div>").body());
  CHECK(read_page("<h1>Road</h1><div>" + kText +
                  "</div><noscript><p>Please switch on scripts, this page needs "
                  "them.</p></noscript>")
            .body() == read_page("<h1>Road</h1><div>" + kText + "</div>").body());
}

TEST_CASE("an element with the page's main part in it is no dialog, whatever it is named") {
  const std::string aside =
      "<div><p>" + std::string(900, 'x') + " is what nobody reads in a notice like this one.</p></div>";
  const Article article = read_page("<div class=dialog-off-canvas><main>" + kText + "</main></div>" + aside);
  CHECK(article.paragraphs.size() >= 2);
}

TEST_CASE("the captions of a gallery are its article") {
  std::string html = "<h1>Ten roads to the mill</h1><article>";
  for (int i = 0; i < 6; ++i)
    html +=
        "<figure><img src=a.jpg><figcaption><p>Road " + std::to_string(i) + kText.substr(3) + "</figcaption></figure>";
  CHECK(read_page(html + "</article>").paragraphs.size() >= 6);
}

TEST_CASE("a page full of text whose names would leave nothing is read without them") {
  const Article article = read_page("<h1>The road, minute by minute</h1><div class=comments>" + kText + kText + kText +
                                    kText + kText + kText + "</div><p>All the news of the mill and its road.</p>");
  CHECK(article.paragraphs.size() >= 12);
}

TEST_CASE("hidden text that is all there is, is read") {
  CHECK(read_page("<div style='display: none'>" + kText + "</div>").paragraphs.size() == 2);
}

TEST_CASE("posts of networks are no text of the article") {
  const Article article = read_page("<article>" + kText + kText +
                                    "<blockquote class=twitter-tweet><p>What a great evening it was, thanks to all who "
                                    "came and stayed!</p></blockquote></article>");
  CHECK(article.paragraphs.size() == 4);
}

TEST_CASE("dates are read in the forms pages have them") {
  const auto value = [](std::string_view text, bool month_first = false) {
    const auto when = find_date(text, month_first);
    return when ? when->value : "none";
  };
  CHECK(value("Posted on May 12, 2024 by Ida") == "2024-05-12");
  CHECK(value("12. Mai 2024, 10:15 Uhr") == "2024-05-12");
  CHECK(value("12 de mayo de 2024") == "2024-05-12");
  CHECK(value("03/04/2024") == "2024-04-03");
  CHECK(value("03/04/2024", true) == "2024-03-04");
  CHECK(value("23/04/2024", true) == "2024-04-23");
  CHECK(value("12.05.2024") == "2024-05-12");
  CHECK(value("2024年5月12日") == "2024-05-12");
  CHECK(value("Fri, 22 Dec 2023 10:00:00 GMT") == "2023-12-22");
  CHECK(value("30 February 2024") == "none");
  CHECK(value("tel. 0123 45 67 89") == "none");
  CHECK(value("3 of 12 in 1024") == "none");
}

TEST_CASE("a time keeps its zone, and a change is no publication") {
  const Article article = read_page("<meta property=article:published_time content=2024-05-03T00:30:00+02:00>" + kText);
  REQUIRE(article.published);
  CHECK(article.published->value == "2024-05-03T00:30:00+02:00");
  const Article changed = read_page("<meta property=article:modified_time content=2024-05-03>" + kText);
  CHECK_FALSE(changed.published);
  REQUIRE(changed.updated);
  CHECK(changed.updated->value == "2024-05-03");
}

TEST_CASE("the date in an address is taken when the page says none") {
  const Article article = read_page(kText, "https://news.example/2023/11/07/road-to-the-mill");
  REQUIRE(article.published);
  CHECK(article.published->value == "2023-11-07");
  CHECK(article.fields.at("published").how == "url");
}

TEST_CASE("a site's name is taken off titles") {
  CHECK(without_site("Storm hits coast | The Example", "The Example", "") == "Storm hits coast");
  CHECK(without_site("Storm hits coast - Example News", "", "www.example.com") == "Storm hits coast");
  CHECK(without_site("Example: storm hits coast", "Example", "") == "Example: storm hits coast");
  CHECK(without_site("Storm hits coast | EXN.DE", "", "www.exn.de") == "Storm hits coast");
  CHECK(without_site("War - and peace", "The Example", "example.com") == "War - and peace");
}

TEST_CASE("the name of the section is taken off titles") {
  const std::string head =
      "<meta property=article:section content=Weather><meta property=og:title content='Storm hits the coast-Weather'>";
  CHECK(read_page(head + kText).headline == "Storm hits the coast");
}

TEST_CASE("a page that says it is paid for and shows little is partial") {
  const Article article = read_page(
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Road to the "
      "mill\",\"isAccessibleForFree\":\"False\"}</script>" +
      kText);
  CHECK(has_flag(article, Flag::Paywalled));
  CHECK(has_flag(article, Flag::Partial));
  CHECK(article.headline == "Road to the mill");
}

TEST_CASE("the canonical address is the page's, unless it is another site's or its front page") {
  const std::string page = "<link rel=canonical href=https://news.example/a?utm_source=x>" + kText;
  CHECK(read_page(page).url->str() == "https://news.example/a?utm_source=x");
  CHECK(read_page(page, "https://www.news.example/b").url->host() == "news.example");
  CHECK(read_page(page, "https://other.test/b").url->host() == "other.test");
  CHECK_FALSE(read_page("<link rel=canonical href=https://news.example/>" + kText).url);
}

TEST_CASE("a page without text is no article") {
  CHECK(read_page("<html><body><img src=a.png></body></html>").paragraphs.empty());
}

TEST_CASE("a page that shows its text by a script only is told by its headline and its day, and is partial") {
  Document document;
  document.bytes =
      "<html><head><meta property=og:title content='Council mends the long road to the old mill at last'>"
      "<meta property=og:type content=article><meta property=article:published_time content=2024-05-03>"
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\"}</script></head><body><div "
      "id=app></div></body></html>";
  document.origin.name = "a.html";
  const auto reading = read(document, {});
  REQUIRE(reading.has_value());
  REQUIRE(reading->items.size() == 1);
  const auto* article = std::get_if<Article>(&reading->items[0]);
  REQUIRE(article != nullptr);
  CHECK(article->paragraphs.empty());
  CHECK(article->published->value == "2024-05-03");
  CHECK(has_flag(*article, Flag::Partial));
}

TEST_CASE("what a publisher says in its own name is left out, with what stands between") {
  const std::string appeal =
      "<p>We believe that everyone needs good journalism, but not everyone can afford a subscription.</p>"
      "<h3>Read on</h3><p>The mill is grateful.</p>"
      "<p>Support our newsroom by contributing as little as two coins a month.</p>";
  const std::string cookies = "<p>We use cookies to remember your preferences on this website, and so do partners.</p>";
  const Article article = read_page("<article>" + kText + kText + kText + appeal + "\n" + cookies + "</article>");
  CHECK(article.paragraphs.size() == 6);
  const auto has = [&](RemovedKind kind) {
    return std::any_of(article.removed.begin(), article.removed.end(), [&](const auto& r) { return r.kind == kind; });
  };
  CHECK(has(RemovedKind::Widget));
  CHECK(has(RemovedKind::Cookie));
}

TEST_CASE("an article about cookies keeps its text") {
  const std::string about =
      "<p>The bakery said that we leave your browser out of it: its cookies are baked and need no consent.</p>";
  CHECK(read_page("<h1>Bakery bakes cookies</h1><article>" + kText + about + "</article>").paragraphs.size() == 2);
  CHECK(read_page("<title>Bakery bakes cookies</title><h1>Bakery bakes cookies</h1><article>" + kText + about +
                  "</article>")
            .paragraphs.size() == 3);
}

TEST_CASE("the teasers of an author's other articles end the article") {
  const std::string author =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Ida Holm\"}}</script>";
  std::string teasers;
  for (const std::string day : {"12", "14"})
    teasers += "<p>Ferry number " + day + " is late again</p><p>Ida Holm February " + day +
               ", 2024</p><p>The ferry was late again, and nobody at the quay could say for how long it would be.</p>";
  const Article article = read_page(author + "<article>" + kText + kText + kText + teasers + "</article>");
  CHECK(article.paragraphs.size() == 6);
}

TEST_CASE("a note on the author by first name is none of the article") {
  const std::string page =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Ida "
      "Holm\"}}</script><article>" +
      kText + kText + "<p>Ida is a correspondent in the harbour and has been for longer than she cares to say.</p>";
  CHECK(read_page(page).paragraphs.size() == 4);
}

TEST_CASE("a note on an author whom the page does not name is none of the article") {
  const std::string page = "<article>" + kText + kText + "<p>Ida Holm is a senior reporter at the harbour desk.</p>";
  CHECK(read_page(page).paragraphs.size() == 4);
}

TEST_CASE("JSON-LD with faults, without a type or with the article in its page is read") {
  const std::string broken =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"The \"old\" road\","
      "\"datePublished\":\"2024-05-03\",</script>";
  CHECK(read_page(broken + kText).headline == "The \"old\" road");
  CHECK(read_page(broken + kText).published->value == "2024-05-03");
  const std::string unnamed =
      "<script>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-03\"}</"
      "script>";
  REQUIRE(read_page(unnamed + kText).published);
}

TEST_CASE("a heading that is only a part of what all others say heads something else") {
  const Article article = read_page(
      "<title>Quake off the northern coast brings flood warning</title><h1>flood warning</h1>"
      "<h1>Quake off the northern coast brings flood warning</h1>" +
      kText);
  CHECK(article.headline == "Quake off the northern coast brings flood warning");
}

TEST_CASE("a day in a line named a caption, and one marked as published among the meta lines, is the article's") {
  const Article captioned = read_page(
      "<h1>Road to the mill</h1><p class=intro__caption>01. November 2021 | Roads</p><article>" + kText + "</article>");
  REQUIRE(captioned.published);
  CHECK(captioned.published->value == "2021-11-01");
  const Article marked = read_page(
      "<article><h1>Road to the mill</h1>" + kText +
      "<div class=social><time class='updated published' datetime=2021-11-02>yesterday</time> by us</div></article>");
  REQUIRE(marked.published);
  CHECK(marked.published->value == "2021-11-02");
}

TEST_CASE("a day in an element named for it is the article's, and one of a change is not") {
  const auto published = [](const std::string& line) {
    const Article article = read_page("<h1>Road to the mill</h1>" + line + "<article>" + kText + "</article>");
    return article.published ? article.published->value : "none";
  };
  CHECK(published("<div class=headComment_publishDate><span class=PublishDate_date>29. Januar 2019</span></div>") ==
        "2019-01-29");
  CHECK(published("<div class=node><span class=post-created>28.01.22</span></div>") == "2022-01-28");
  CHECK(published("<nav><span class='date updated'>28.01.22</span></nav>") == "none");
}
