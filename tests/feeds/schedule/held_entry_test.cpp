#include "feeds/schedule/held_entry.h"
#include "feeds/extract/read.h"

#include <catch2/catch.hpp>

#include <string>
#include <variant>

using namespace newsd;

namespace {

/// As a feed's reader makes it: what stands in the entry in the oddest way it may.
HeldEntry held() {
  Document document;
  document.bytes =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Harbour news</title><language>en</language>"
      "<item><guid isPermaLink=\"false\">urn:harbour:1%20a</guid><link>https://news.example/ferry?a=1&amp;b=2</link>"
      "<title>Ferry &amp; quay: “100 %”\n\tagain</title><dc:creator>Ann Quay</dc:creator><dc:creator>Bo "
      "Shore</dc:creator>"
      "<category>Harbour</category><category>Ferries\tand boats</category>"
      "<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>"
      "<media:content url=\"https://news.example/a.jpg\" "
      "medium=\"image\"><media:description>The\tferry</media:description>"
      "</media:content>"
      "<description>&lt;p&gt;The ferry left.&lt;/p&gt;&lt;p&gt;Høyvåg, "
      "東京.&lt;/p&gt;</description></item></channel></rss>";
  document.origin.kind = OriginKind::Feed;
  document.origin.input = "harbour desk";
  document.origin.uri = "https://news.example/feed";
  document.origin.received_at = *parse_rfc3339("2026-11-20T09:00:00Z");
  document.origin.bytes = document.bytes.size();
  document.origin.sha256.bytes = {0, 1, 0x20, '%', '\n', 0xff};
  const auto reading = read(document);
  HeldEntry entry{"https://news.example/feed 00ff", reading->origin, document.origin.received_at, true,
                  std::get<Article>(reading->items.at(0))};
  return entry;
}

}  // namespace

TEST_CASE("an entry that is held is the same after the journal kept it") {
  const HeldEntry entry = held();
  REQUIRE(entry.article.pictures.size() == 1);
  REQUIRE(entry.article.authors.size() == 2);
  REQUIRE(entry.article.paragraphs.size() == 2);
  const auto again = decode_held_entry(entry.key, encode(entry));
  REQUIRE(again.has_value());
  CHECK(*again == entry);
}

TEST_CASE("what is no held entry is refused in words, and names of a newer newsd are passed over") {
  const std::string good = encode(held());
  CHECK(decode_held_entry("k", good + "from-tomorrow 1\n").has_value());
  const auto error = [&](const std::string& text) {
    const auto entry = decode_held_entry("k", text);
    return entry ? "none" : entry.error().text;
  };
  CHECK(error("") != "none");
  CHECK(error(good + "url ftp://news.example/\n") == "an entry whose page cannot be read");
  CHECK(error(good + "sha256 ab\n") == "an entry whose checksum cannot be read");
  CHECK(error(good + "format nonsense\n") == "an entry whose format cannot be read");
  CHECK(error(good + "charset-how 99\n") == "an entry whose charset cannot be read");
  CHECK(error(good + "published 2026\n") == "an entry whose date cannot be read");
  CHECK(error(good + "pictures a\n") == "an entry whose pictures cannot be read");
  CHECK(error(good + "fields a\n") == "an entry whose fields cannot be read");
  CHECK(error(good + "flags nonsense\n") == "an entry whose flags cannot be read");
  CHECK(error(good + "bytes many\n") != "none");
}
