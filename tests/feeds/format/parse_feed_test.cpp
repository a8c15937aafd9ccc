#include "feeds/format/parse_feed.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace newsd;

namespace {

std::string rss(const std::string& items) {
  return "<rss version=\"2.0\"><channel><title>Harbour News</title><link>https://harbour.example/</link>" + items +
         "</channel></rss>";
}

Feed parsed(std::string_view bytes, const FeedContext& context = {}, const FeedLimits& limits = {}) {
  return parse_feed(bytes, context, limits).value();
}

std::string titles(const Feed& feed) {
  std::string out;
  for (const Entry& entry : feed.entries) out += entry.title.value + "|";
  return out;
}

}  // namespace

TEST_CASE("every format is known by its root, not by what it was served as") {
  const auto format = [](std::string_view bytes) { return to_string(parsed(bytes, {"", "text/html", "", ""}).format); };
  CHECK(format("<rss version='2.0'/>") == "rss20");
  CHECK(format("<rss version='0.91'/>") == "rss091u");
  CHECK(format("<rss version='7'/>") == "rss");
  CHECK(format("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'/>") ==
        "rss10");
  CHECK(format("<feed xmlns='http://www.w3.org/2005/Atom'/>") == "atom10");
  CHECK(format("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>") == "atom03");
  CHECK(format("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>") == "sitemap");
  CHECK(format("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}") == "json11");
  CHECK(format("https://a.example/1\nhttps://a.example/2\n") == "sitemap");
}

TEST_CASE("what is no feed is refused in words that say what it is") {
  const auto refused = [](std::string_view bytes) {
    const auto feed = parse_feed(bytes);
    REQUIRE(feed.has_error());
    return std::string(feed.error().code) + ": " + feed.error().text;
  };
  CHECK(refused("") == "empty: there is nothing in it");
  CHECK(refused("just words") == "not-a-feed: this is plain text, no feed");
  CHECK(refused("<!doctype html><p>x") == "not-a-feed: this is an HTML page, no feed");
  CHECK(refused("<opml><body/></opml>") == "not-a-feed: this is an OPML feed list, no feed");
  CHECK(refused("<?xml version='1.0'?><invoice/>") == "not-a-feed: this is an XML document, no feed");
  CHECK(refused("{\"a\": 1}") == "not-a-feed: this is JSON, but no JSON Feed");
  CHECK(refused("{\"a\": ").starts_with("malformed-feed: this JSON cannot be read"));
}

TEST_CASE("one broken item never loses the others, and the feed is flagged malformed") {
  const std::string good = "<item><title>One</title></item>", last = "<item><title>Three</title></item>";
  for (const auto* bad :
       {"<item><title>Two & a half</title></item>", "<item><title>Two</titel><link>x</link></item>",
        "<item><title>Two</title><description><![CDATA[open</description></item>",
        "<item><title>Two</title><description>1 < 2</description></item>", "<item><title>Tw\x02o</title></item>",
        "<item><title>Two &nbsp;</title></item>", "<item><title>Two</title><description><p>a</b></description></item>",
        "<item><title>Two</title><enclosure url='a' url='b'/></item>", "<item><title>Two</title><x:y>z</x:y></item>",
        "<item><title>Two</title>"}) {
    CAPTURE(bad);
    const Feed feed = parsed(rss(good + bad + last));
    CHECK(feed.malformed);
    CHECK_FALSE(feed.malformed_reason.empty());
    REQUIRE(feed.entries.size() == 3);
    CHECK(feed.entries[0].title.value == "One");
    CHECK(feed.entries[1].title.value.starts_with("Tw"));
    CHECK(feed.entries[2].title.value == "Three");
  }
  CHECK_FALSE(parsed(rss(good)).malformed);
  CHECK(titles(parsed("HTTP/1.1 200 OK\n\n" + rss(good))) == "One|");
  CHECK(titles(parsed(rss(good + "<item><title>Tw").substr(0, 180))) == "One|Tw|");
}

TEST_CASE("a title inside a source, a picture or a media element is not the entry's") {
  const Feed feed = parsed(rss(
      "<image><title>Logo</title><url>l.png</url></image>"
      "<item xmlns:media='http://search.yahoo.com/mrss/'><media:content url='p.jpg'><media:title>Picture</media:title>"
      "</media:content><title>Own</title><source url='http://a.example/f'>Elsewhere</source></item>"));
  CHECK(feed.title.value == "Harbour News");
  CHECK(feed.image.title == "Logo");
  REQUIRE(feed.entries.size() == 1);
  CHECK(feed.entries[0].title.value == "Own");
  CHECK(feed.entries[0].media.contents.at(0).title == "Picture");
  REQUIRE(feed.entries[0].source);
  CHECK(feed.entries[0].source->title.value == "Elsewhere");
}

TEST_CASE("references count from xml:base, else from where the feed came from") {
  const std::string_view atom =
      "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/home'/><entry xml:base='http://other.example/x/'>"
      "<link href='e1'/><content type='html'>&lt;a href='../y'>y&lt;/a></content></entry>"
      "<entry><link href='e2'/></entry></feed>";
  const Feed feed = parsed(atom, {"https://news.example/feeds/all", "", "", ""});
  CHECK(feed.link == "https://news.example/home");
  CHECK(feed.entries.at(0).link == "http://other.example/x/e1");
  CHECK(feed.entries.at(0).content.at(0).value == "<a href='http://other.example/y'>y</a>");
  CHECK(feed.entries.at(1).link == "https://news.example/feeds/e2");
  CHECK(parsed(atom).link == "/home");
  CHECK(parsed(rss("<item><link>javascript:alert(1)</link></item>")).entries.at(0).link.empty());
}

TEST_CASE("text constructs keep what they are: text, HTML, XHTML, base64") {
  const Feed feed = parsed(
      "<feed xmlns='http://www.w3.org/2005/Atom'>"
      "<entry><title>a &lt; b</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x &amp; <br/>"
      "</p></div></content></entry>"
      "<entry><title type='html'>&lt;b>bold&lt;/b></title><content type='text/plain' mode='base64'>bmV3cw==</content>"
      "</entry></feed>");
  CHECK(feed.entries.at(0).title == FeedText{"a < b", "text/plain", "", ""});
  CHECK(feed.entries.at(0).content.at(0).value == "<p>x &amp; <br /></p>");
  CHECK(feed.entries.at(0).content.at(0).type == "application/xhtml+xml");
  CHECK(feed.entries.at(1).title == FeedText{"<b>bold</b>", "text/html", "", ""});
  CHECK(feed.entries.at(1).content.at(0).value == "news");
}

TEST_CASE("the character set is the transport's, else the document's, else what the bytes look like") {
  const std::string body = "<rss version='2.0'><channel><title>\xcf\xf0\xe8\xe2\xe5\xf2</title></channel></rss>";
  CHECK(parsed(body, {"", "text/xml; charset=windows-1251", "", ""}).title.value == "Привет");
  const Feed declared = parsed("<?xml version='1.0' encoding='windows-1251'?>" + body);
  CHECK(declared.title.value == "Привет");
  CHECK(declared.charset.used == "windows-1251");
  CHECK_FALSE(declared.malformed);
  CHECK(parsed("<?xml version='1.0' encoding='utf-8'?>" + body).malformed);
  CHECK(parsed("<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><title>x</title></channel></rss>")
            .title.value == "x");
}

TEST_CASE("what a feed says about when and where to ask is kept as it says it") {
  const Feed feed = parsed(
      "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
      "xmlns:a='http://www.w3.org/2005/Atom'><channel><ttl>60</ttl><skipHours><hour>0</hour><hour>23</hour></skipHours>"
      "<skipDays><day>Sunday</day></skipDays><sy:updatePeriod>hourly</sy:updatePeriod>"
      "<sy:updateFrequency>2</sy:updateFrequency><sy:updateBase>2000-01-01T12:00Z</sy:updateBase>"
      "<a:link rel='hub' href='https://hub.example/'/><a:link rel='self' href='https://n.example/rss'/>"
      "<redirect><newLocation>https://n.example/new</newLocation></redirect></channel></rss>");
  CHECK(feed.pace ==
        FeedPace{"60", {"0", "23"}, {"Sunday"}, "hourly", "2", "2000-01-01T12:00Z", {"https://hub.example/"}});
  CHECK(feed.self == "https://n.example/rss");
  CHECK(feed.new_location == "https://n.example/new");
}

TEST_CASE("a feed costs no more than its limits allow") {
  FeedLimits limits;
  limits.max_entries = 2;
  const Feed feed = parsed(
      rss("<item><title>1</title></item><item><title>2</title></item><item><title>3</title></item>"), {}, limits);
  CHECK(titles(feed) == "1|2|");
  CHECK(feed.truncated);
  CHECK(feed.title.value == "Harbour News");
  limits.max_bytes = 100;
  CHECK(parse_feed(rss(std::string(200, 'x')), {}, limits).error().is(FeedError::TooLarge));

  // a base of a kilobyte, and a hundred thousand links that count from it
  std::string links =
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/" + std::string(1000, 'b') + "/'><entry>";
  for (int i = 0; i < 100'000; ++i) links += "<link href='c'/>";
  std::size_t bytes = 0;
  const Feed many = parsed(links + "</entry></feed>");
  for (const FeedLink& link : many.entries.at(0).links) bytes += link.href.size();
  CHECK(bytes < 80'000'000);
}

TEST_CASE("hostile repetition costs linear time and memory") {
  const auto start = std::chrono::steady_clock::now();
  std::string many = "<item>";
  for (int i = 0; i < 100'000; ++i)
    many += "<category>" + std::to_string(i) + "</category><author>" + std::to_string(i) + "</author>";
  CHECK(parsed(rss(many + "</item>")).entries.at(0).categories.size() == 1000);
  // a language tag of a megabyte, and texts that would each repeat it
  std::string long_tag = "<rss version='2.0' xml:lang='" + std::string(1 << 20, 'x') + "'><channel><language>" +
                         std::string(1 << 20, 'y') + "</language>";
  for (int i = 0; i < 20'000; ++i) long_tag += "<item><title>t</title></item>";
  CHECK(parsed(long_tag + "</channel></rss>").entries.at(0).title.language.empty());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));  // quadratic: minutes
}

TEST_CASE("no entity brings in more than the feed itself, and no file") {
  std::string bomb = "<!DOCTYPE rss [<!ENTITY a0 \"lol\">";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>" +
          rss("<item><title>One</title><description>&a11; &file;</description></item>");
  const Feed feed = parsed(bomb);
  REQUIRE(feed.entries.size() == 1);
  CHECK(feed.entries[0].summary.value == "&a11; &file;");
}

TEST_CASE("sitemaps list articles, and indexes further sitemaps") {
  const Feed news = parsed(
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://n.example/1</loc>"
      "<lastmod>2024-03-02</lastmod><news:news><news:publication><news:name>Harbour News</news:name>"
      "<news:language>en</news:language></news:publication><news:publication_date>2024-03-01T10:00:00Z"
      "</news:publication_date><news:title>Ferry &amp; fog</news:title><news:keywords>ferry, fog</news:keywords>"
      "</news:news></url></urlset>");
  REQUIRE(news.entries.size() == 1);
  CHECK(news.entries[0].link == "https://n.example/1");
  CHECK(news.entries[0].title.value == "Ferry & fog");
  REQUIRE(news.entries[0].source);
  CHECK(news.entries[0].source->title.value == "Harbour News");
  CHECK(news.entries[0].categories.size() == 2);
  CHECK(news.entries[0].published.raw == "2024-03-01T10:00:00Z");
  const auto index =
      parse_feed_document(
          "<sitemapindex "
          "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://n.example/a.xml</loc>"
          "<lastmod>2024-03-02T00:00:00Z</lastmod></sitemap></sitemapindex>")
          .value();
  CHECK(std::get<FeedList>(index).sitemaps.at(0).url == "https://n.example/a.xml");
}

TEST_CASE("persons are found in what feeds write for them") {
  const auto author = [](const std::string& text) {
    return parsed(rss("<item><author>" + text + "</author></item>")).entries.at(0).authors.at(0);
  };
  CHECK(author("jane@example.org (Jane Roe)") == FeedPerson{"Jane Roe", "jane@example.org", ""});
  CHECK(author("Jane Roe &lt;jane@example.org&gt;") == FeedPerson{"Jane Roe", "jane@example.org", ""});
  CHECK(author("Jane Roe") == FeedPerson{"Jane Roe", "", ""});
  CHECK(author("jane@example.org") == FeedPerson{"", "jane@example.org", ""});
}

TEST_CASE("a set told by its looks is called by the narrowest name that has all its bytes") {
  const auto encoding_of = [](const std::string& title) {
    return parsed("<rss version='2.0'><channel><title>" + title + "</title></channel></rss>").charset.used;
  };
  const std::string chinese =
      "\xb8\xdb\xbf\xda\xd4\xda\xb1\xa9\xb7\xe7\xd3\xea\xd6\xae\xba\xf3\xd6\xd8\xd0\xc2\xbf\xaa\xb7\xc5\xa3"
      "\xac\xb6\xc9\xc2\xd6\xb4\xd3\xd0\xc7\xc6\xda\xd2\xbb\xc6\xf0\xb0\xb4\xd5\xd5\xd4\xad\xc0\xb4\xb5\xc4"
      "\xca\xb1\xbc\xe4\xb1\xed\xba\xbd\xd0\xd0\xa3\xac\xca\xd0\xd5\xfe\xb8\xae\xb8\xd0\xd0\xbb\xcb\xf9\xd3"
      "\xd0\xb2\xce\xbc\xd3\xc7\xc0\xd0\xde\xb9\xa4\xd7\xf7\xb5\xc4\xc8\xcb\xd4\xb1\xa1\xa3";
  const std::string thai =
      "\xb7\xe8\xd2\xe0\xc3\xd7\xcd\xe0\xbb\xd4\xb4\xe3\xcb\xe9\xba\xc3\xd4\xa1\xd2\xc3\xcd\xd5\xa1\xa4\xc3"
      "\xd1\xe9\xa7\xcb\xc5\xd1\xa7\xbe\xd2\xc2\xd8 \xe0\xc3\xd7\xcd\xa2\xe9\xd2\xc1\xbf\xd2\xa1\xa8\xd0"
      "\xe0\xb4\xd4\xb9\xb7\xd2\xa7\xb5\xd2\xc1\xb5\xd2\xc3\xd2\xa7\xe0\xc7\xc5\xd2\xe0\xb4\xd4\xc1\xb5\xd1"
      "\xe9\xa7\xe1\xb5\xe8\xc7\xd1\xb9\xa8\xd1\xb9\xb7\xc3\xec";
  CHECK(encoding_of(chinese) == "gb2312");
  CHECK(encoding_of(chinese + "\x81\x40") == "gb18030");  // a pair that GB 2312 does not have
  CHECK(encoding_of(thai) == "tis-620");
  CHECK(encoding_of(thai + "\x93" + "x\x94") == "windows-874");  // its quotes
}
