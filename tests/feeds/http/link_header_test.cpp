#include "feeds/http/link_header.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

TEST_CASE("links are read with their relations and type") {
  const auto links = parse_link_header(
      R"(<https://hub.example/>; rel="hub", </feed?a,b>; rel="self alternate"; type="application/rss+xml",<x>;rel=Next)");
  REQUIRE(links.size() == 3);
  CHECK(links[0] == WebLink{"https://hub.example/", {"hub"}, ""});
  CHECK(links[1] == WebLink{"/feed?a,b", {"self", "alternate"}, "application/rss+xml"});
  CHECK(links[2] == WebLink{"x", {"next"}, ""});
  CHECK(links[1].has_relation("alternate"));
}

TEST_CASE("escapes in quotes are undone, and the first rel counts") {
  const auto links = parse_link_header(R"(<a>; title="q\"; rel=no"; rel=one; rel=two)");
  REQUIRE(links.size() == 1);
  CHECK(links[0].relations == std::vector<std::string>{"one"});
}

TEST_CASE("what cannot be read ends the list, and the list is bounded") {
  CHECK(parse_link_header("no link at all").empty());
  CHECK(parse_link_header("<never closed").empty());
  CHECK(parse_link_header("<a>, b").size() == 1);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "<x>,";
  CHECK(parse_link_header(many).size() == kMaxLinks);
}

}  // namespace
}  // namespace newsd
