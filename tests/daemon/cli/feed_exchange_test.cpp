#include "daemon/cli/feed_exchange.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

FeedConfig feed(std::string url, std::string name = {}) {
  FeedConfig made;
  made.url = std::move(url);
  made.name = std::move(name);
  return made;
}

}  // namespace

TEST_CASE("an import adds what is not subscribed to, in the order of the list, by its titles") {
  const auto done = import_feeds({{"https://b.example/feed", "B", "Ports", ""}, {"https://a.example/rss", "", "", ""}},
                                 {feed("https://c.example/")});
  CHECK(done.added == std::vector<FeedConfig>{feed("https://b.example/feed", "B"), feed("https://a.example/rss")});
  CHECK(done.known == 0);
  CHECK(done.refused.empty());
}

TEST_CASE("a feed that is subscribed to, or listed twice, is not added again, whatever its spelling") {
  const auto done = import_feeds({{"HTTPS://A.example:443/rss", "A", "", ""},
                                  {"https://b.example/rss", "B", "", ""},
                                  {"https://b.example/rss#top", "B again", "", ""}},
                                 {feed("https://a.example/rss")});
  CHECK(done.added == std::vector<FeedConfig>{feed("https://b.example/rss", "B")});
  CHECK(done.known == 2);
}

TEST_CASE("addresses that newsd does not poll are told, and keep nobody else out") {
  const auto done = import_feeds(
      {{"feed.xml", "no base", "", ""}, {"gopher://a.example/", "", "", ""}, {"https://a.example/rss", "A", "", ""}},
      {});
  CHECK(done.added.size() == 1);
  REQUIRE(done.refused.size() == 2);
  CHECK(done.refused[0].find("\"feed.xml\"") != std::string::npos);
}

TEST_CASE("a name is given once, and is one line") {
  const auto done = import_feeds({{"https://a.example/", "News", "", ""},
                                  {"https://b.example/", "News", "", ""},
                                  {"https://c.example/", "  Har\x1b[31mbour \n", "", ""},
                                  {"https://d.example/", "Taken", "", ""}},
                                 {feed("https://x.example/", "Taken")});
  REQUIRE(done.added.size() == 4);
  CHECK(done.added[0].name == "News");
  CHECK(done.added[1].name.empty());
  CHECK(done.added[2].name.find('\x1b') == std::string::npos);
  CHECK(done.added[2].name.find('\n') == std::string::npos);
  CHECK(done.added[3].name.empty());
}

TEST_CASE("what was exported is imported as it was") {
  const std::vector<FeedConfig> feeds{feed("https://a.example/rss?x=1&y=2", "Ports & <harbours>"),
                                      feed("https://b.example/")};
  const auto read = read_opml(export_feeds(feeds));
  REQUIRE(read.has_value());
  auto again = import_feeds(*read, {}).added;
  REQUIRE(again.size() == 2);
  CHECK(again[0] == feeds[0]);
  CHECK(again[1] == feeds[1]);
  CHECK(import_feeds(*read, feeds).added.empty());
}
