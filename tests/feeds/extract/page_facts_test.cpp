// What pages say of their article beside its text: titles, authors and dates in the places they are found.
#include "feeds/extract/page_article.h"

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
std::string published(const std::string& html, std::string_view url = {}) {
  const Article article = read_page(html, url);
  return article.published ? article.published->value : "none";
}

}  // namespace

TEST_CASE("a time in UTC that stands once more with the page's zone is told with that zone") {
  const std::string meta = "<meta property=article:published_time content=2023-11-09T03:28:35+00:00>";
  CHECK(published(meta + kText + "<time datetime=2023-11-08T22:28:35-05:00>late</time>") ==
        "2023-11-08T22:28:35-05:00");
  CHECK(published(meta + kText + "<time datetime=2023-11-08T22:28:36-05:00>later</time>") == "2023-11-09T03:28:35Z");
}

TEST_CASE("a short line at the headline gives the day, whatever its element is named, but not a menu's") {
  CHECK(published("<h1>Road to the mill</h1><p class=page-header-line>Ida Holm / 07.11.2023</p>" + kText) ==
        "2023-11-07");
  CHECK(published("<h1>Road to the mill</h1><nav>07.11.2023</nav>" + kText) == "none");
}

TEST_CASE("a day in brackets in front of the text, in the line below it or in the address is the article's") {
  CHECK(published("<h1>Road to the mill</h1><p>(18.01.2018) " + kText.substr(3)) == "2018-01-18");
  CHECK(published("<h1>Road</h1>" + kText +
                  "<div class=footer>This note was written on 14 December 2015 and filed under roads</div>") ==
        "2015-12-14");
  CHECK(published(kText, "https://mill.example/news/29-10-2021") == "2021-10-29");
  CHECK(published(kText, "https://mill.example/news/29-10-20217") == "none");
}

TEST_CASE("a microformat's title holds the day") {
  CHECK(published("<h1>Road</h1><div><span class=published title=2013-04-04T18:52:11+00:00></span></div>" + kText) ==
        "2013-04-04T18:52:11Z");
}

TEST_CASE("a film or a guide has its day in JSON-LD like an article, and an article's comes first") {
  const std::string film =
      R"(<script type=application/ld+json>{"@type":"VideoObject","uploadDate":"2020-04-04T20:57:00+02:00"}</script>)";
  CHECK(published(film + kText) == "2020-04-04T20:57:00+02:00");
  const std::string news =
      R"(<script type=application/ld+json>{"@type":"NewsArticle","datePublished":"2020-04-05"}</script>)";
  CHECK(published(film + news + kText) == "2020-04-05");
}

TEST_CASE("a card's line names the author, other lines do not") {
  CHECK(read_page("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ida Holm'>" + kText)
            .authors == std::vector<std::string>{"Ida Holm"});
  CHECK(read_page("<meta name=twitter:label1 content='Est. reading time'>"
                  "<meta name=twitter:data1 content='Three Minutes'>" +
                  kText)
            .authors.empty());
}

TEST_CASE("an office behind a name is none of it, and who is named like the host is the site") {
  CHECK(read_page("<meta name=author content='신현주 기자'>" + kText).authors == std::vector<std::string>{"신현주"});
  CHECK(read_page("<meta name=author content=Mill>" + kText, "https://www.mill.example/road").authors.empty());
}

TEST_CASE("a name in bold that stands alone below the text signs it") {
  CHECK(read_page("<article>" + kText + kText + "<p><strong>Lê Phương</strong></p></article>").authors ==
        std::vector<std::string>{"Lê Phương"});
  CHECK(read_page("<article>" + kText + kText + "<p>Lower Mill</p></article>").authors.empty());
}

TEST_CASE("a meta element's headline is taken before titles with the section in them") {
  const Article article = read_page(
      "<title>Road to the mill mended-Town | The Mill</title><meta name=headline content='Road to the mill mended'>"
      "<meta property=og:title content='Road to the mill mended-Town | The Mill'>"
      "<meta name=content_category content=Town><meta property=og:site_name content='The Mill'>" +
      kText);
  CHECK(article.headline == "Road to the mill mended");
}
