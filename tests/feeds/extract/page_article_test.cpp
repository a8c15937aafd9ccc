#include "feeds/extract/page_article.h"

#include "feeds/extract/class_evidence.h"
#include "feeds/extract/page_date.h"
#include "feeds/extract/page_headline.h"

#include <catch2/catch.hpp>

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
  CHECK(without_site("War - and peace", "The Example", "example.com") == "War - and peace");
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
