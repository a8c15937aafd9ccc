#include "feeds/extract/feed_articles.h"

#include "feeds/extract/read.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

Reading reading_of(std::string bytes) {
  Document document;
  document.bytes = std::move(bytes);
  document.origin.name = "feed.xml";
  document.origin.received_at = parse_rfc3339("2024-06-01T00:00:00Z").value();
  return read(document).value();
}

std::string rss(const std::string& items) {
  return "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
         "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Harbour News</title>" +
         items + "</channel></rss>";
}

const Article& article(const Reading& reading, std::size_t i) { return std::get<Article>(reading.items.at(i)); }

}  // namespace

TEST_CASE("an entry with its whole text is an article, its description the summary") {
  const Reading reading = reading_of(
      rss("<item><guid isPermaLink='false'>h-1</guid><link>https://harbour.example/1</link><title>Ferry &amp;amp; "
          "fog</title>"
          "<description>Short.</description><content:encoded><![CDATA[<p>The ferry is late.</p><p>Fog it was.</p>]]>"
          "</content:encoded><dc:creator>Jane Roe</dc:creator><category>Traffic</category>"
          "<pubDate>Sat, 01 Jun 2024 09:00:00 +0200</pubDate><enclosure type='image/jpeg' "
          "url='https://harbour.example/f.jpg'/>"
          "</item>"));
  REQUIRE(reading.items.size() == 1);
  const Article& a = article(reading, 0);
  CHECK(a.guid == "h-1");
  CHECK(a.member == "h-1");
  CHECK(a.url->str() == "https://harbour.example/1");
  CHECK(a.headline == "Ferry & fog");
  CHECK(a.summary == "Short.");
  CHECK(a.paragraphs == std::vector<std::string>{"The ferry is late.", "Fog it was."});
  CHECK(a.authors == std::vector<std::string>{"Jane Roe"});
  CHECK(a.categories == std::vector<std::string>{"Traffic"});
  CHECK(a.published == When{"2024-06-01T07:00:00Z", Precision::Time, "Sat, 01 Jun 2024 09:00:00 +0200"});
  CHECK(a.pictures.at(0).url == "https://harbour.example/f.jpg");
  CHECK(a.flags.empty());
}

TEST_CASE("a feed's title is no publisher, and a description alone is a part of the article") {
  const Reading reading = reading_of(rss("<item><title>A</title><description>Some words.</description></item>"));
  const Article& a = article(reading, 0);
  CHECK(a.publisher.empty());
  CHECK(a.paragraphs == std::vector<std::string>{"Some words."});
  CHECK(a.flags == std::vector<Flag>{Flag::Partial});
  CHECK(a.missing == std::vector<std::string>{"published", "byline", "url", "publisher"});
  CHECK(article(reading_of(rss("<item><title>A</title><source url='x'>Reuters</source></item>")), 0).publisher ==
        "Reuters");
}

TEST_CASE("a guid that stands at different links tells nothing; the links do") {
  const Reading reading = reading_of(
      rss("<item><guid isPermaLink='false'>same</guid><link>https://h.example/1</link><title>A</title></item>"
          "<item><guid isPermaLink='false'>same</guid><link>https://h.example/2</link><title>B</title></item>"
          "<item><guid isPermaLink='false'>own</guid><link>https://h.example/3</link><title>C</title></item>"));
  CHECK(article(reading, 0).guid.empty());
  CHECK(article(reading, 1).guid.empty());
  CHECK(article(reading, 0).member == "https://h.example/1");
  CHECK(article(reading, 2).guid == "own");
}

TEST_CASE("an entry keeps its name wherever in the feed it stands") {
  const auto first = reading_of(rss("<item><title>A</title><pubDate>x</pubDate></item><item><title>B</title></item>"));
  const auto later = reading_of(rss("<item><title>B</title></item><item><title>A</title><pubDate>x</pubDate></item>"));
  CHECK(article(first, 0).member == article(later, 1).member);
  CHECK(article(first, 0).member != article(first, 1).member);
}

TEST_CASE("dates that cannot be true or cannot be read are told, never replaced") {
  const Reading reading =
      reading_of(rss("<item><title>A</title><pubDate>Mon, 01 Jan 2099 00:00:00 GMT</pubDate></item>"
                     "<item><title>B</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>"
                     "<item><title>C</title><pubDate>soon</pubDate></item>"));
  CHECK(article(reading, 0).published->value == "2099-01-01T00:00:00Z");
  CHECK_FALSE(article(reading, 2).published);
  REQUIRE(reading.warnings.size() == 3);
  CHECK(reading.warnings[0].find("in the future") != std::string::npos);
  CHECK(reading.warnings[1].find("before there were feeds") != std::string::npos);
  CHECK(reading.warnings[2].find("no date that newsd reads") != std::string::npos);
}

TEST_CASE("an entry without words is refused and keeps its guid; the others are read") {
  const Reading reading =
      reading_of(rss("<item><guid isPermaLink='false'>e</guid></item><item><title>A</title></item>"));
  REQUIRE(reading.items.size() == 2);
  CHECK(std::get<Refusal>(reading.items[0]).id == "e");
  CHECK(article(reading, 1).headline == "A");
}

TEST_CASE("an Atom entry without author has its feed's, an RSS item has none") {
  const Reading atom = reading_of(
      "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Jane "
      "Roe</name></author><entry><title>A</title></entry></feed>");
  CHECK(article(atom, 0).authors == std::vector<std::string>{"Jane Roe"});
  CHECK(article(reading_of(rss("<managingEditor>Jane Roe</managingEditor><item><title>A</title></item>")), 0)
            .authors.empty());
}

TEST_CASE("what a poller must know is read from the feed, nonsense left out") {
  const Reading reading = reading_of(
      "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>&lt;b&gt;N&lt;/b&gt; "
      "&amp;amp; M</title>"
      "<link>https://n.example</link><ttl>90</ttl><skipHours><hour>24</hour><hour>7</hour><hour>7</hour><hour>99</"
      "hour></skipHours>"
      "<skipDays><day>Saturday</day><day>Noday</day></skipDays><sy:updatePeriod>hourly</sy:updatePeriod>"
      "<sy:updateFrequency>4</sy:updateFrequency></channel></rss>");
  REQUIRE(reading.feed);
  CHECK(reading.items.empty());
  CHECK(reading.feed->title == "N & M");
  CHECK(reading.feed->home_page == "https://n.example");
  CHECK(reading.feed->ttl == std::chrono::minutes(90));
  CHECK(reading.feed->skip_hours == std::vector<int>{0, 7});
  CHECK(reading.feed->skip_days == std::vector<int>{6});
  CHECK(reading.feed->update_interval == std::chrono::minutes(15));
  CHECK_FALSE(reading.feed->malformed);
  Feed odd;
  odd.pace.ttl = "-5";
  odd.pace.update_period = "now and then";
  odd.pace.hubs = {"ftp://x", "https://hub.example/"};
  CHECK_FALSE(facts_of(odd).ttl);
  CHECK_FALSE(facts_of(odd).update_interval);
  CHECK(facts_of(odd).hubs == std::vector<std::string>{"https://hub.example/"});
}

TEST_CASE("a guid that all entries have is none of theirs, one that names a page by http and by https is") {
  const auto entry = [](const std::string& guid, const std::string& link) {
    return "<item><guid isPermaLink='false'>" + guid + "</guid><link>" + link +
           "</link><title>Ferry late</title></item>";
  };
  const Reading reading =
      reading_of(rss(entry("all", "https://harbour.example/1") + entry("all", "https://harbour.example/2") +
                     entry("one", "http://harbour.example/3") + entry("one", "https://harbour.example/3")));
  REQUIRE(reading.items.size() == 4);
  CHECK(article(reading, 0).guid.empty());
  CHECK(article(reading, 1).guid.empty());
  CHECK(article(reading, 2).guid == "one");
  CHECK(article(reading, 3).guid == "one");
}
