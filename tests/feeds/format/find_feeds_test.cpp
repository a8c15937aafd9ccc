#include "feeds/format/find_feeds.h"

#include "feeds/format/opml.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string urls(std::string_view html, std::string_view base = "https://news.example/a/") {
  std::string out;
  for (const FoundFeed& feed : find_feeds(html, base)) out += feed.url + " ";
  return out;
}

}  // namespace

TEST_CASE("a page's links to feeds are found however they are written") {
  CHECK(urls("<link rel='alternate' type='application/rss+xml' href='/rss'>") == "https://news.example/rss ");
  CHECK(urls("<LINK HREF=feed TYPE=application/atom+xml REL=\"home ALTERNATE\">") == "https://news.example/a/feed ");
  CHECK(urls("<link rel=alternate type='application/feed+json; charset=utf-8' href=f?a=1&amp;b=2 />") ==
        "https://news.example/a/f?a=1&b=2 ");
  CHECK(urls("<link rel=alternate type=application/rss+xml href=x><base href='https://other.example/'>") ==
        "https://other.example/x ");
  const auto found = find_feeds(
      "<link rel=alternate type=application/rss+xml title='All &amp; more' href=//c.example/x>", "https://n.example/");
  REQUIRE(found.size() == 1);
  CHECK(found[0] == FoundFeed{"https://c.example/x", "All & more", "application/rss+xml"});
}

TEST_CASE("links to something else, in comments or in scripts, are no feeds") {
  CHECK(urls("<link rel=stylesheet href=a.css><link rel=alternate hreflang=de href=/de>").empty());
  CHECK(urls("<!-- <link rel=alternate type=application/rss+xml href=x> -->").empty());
  CHECK(urls("<script>\"<link rel=alternate type=application/rss+xml href=x>\"</script>").empty());
  CHECK(urls("<link rel=alternate type=application/rss+xml href='javascript:x()'>").empty());
  CHECK(urls("<linkrel=alternate type=application/rss+xml href=x>").empty());
  CHECK(urls("<link rel=alternate type=application/rss+xml href='x").size() < 40);
}

TEST_CASE("feed lists are read with their folders, and written so that they read the same") {
  const std::vector<OpmlFeed> feeds = {
      {"https://a.example/rss?x=1&y=2", "A \"quoted\" <one>", "", "https://a.example/"},
      {"https://b.example/rss", "B", "World/Europe", ""},
      {"https://c.example/rss", "C", "World/Europe", ""}};
  CHECK(read_opml(write_opml(feeds, "My & feeds")).value() == feeds);
  const auto nested = read_opml(
      "<opml version='1.0'><head/><body><outline text='World'><outline title='Asia' text='x'>"
      "<outline text='D' xmlUrl='https://d.example/rss'/></outline></outline><outline text='no feed'/></body></opml>");
  CHECK(nested.value() == std::vector<OpmlFeed>{{"https://d.example/rss", "D", "World/Asia", ""}});
  CHECK(read_opml("<opml><body><outline text='E & F' xmlUrl='https://e.example/'>").value().at(0).title == "E & F");
  CHECK(read_opml("<rss/>").error().code == "not-a-feed");
}
