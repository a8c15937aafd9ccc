#include "feeds/article/url.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string canonical(std::string_view text) {
  const auto url = Url::parse(text);
  return url ? url->canonical() : std::string(url.error().code);
}

std::string kept(std::string_view text) {
  const auto url = Url::parse(text);
  return url ? url->str() : std::string(url.error().code);
}

}  // namespace

TEST_CASE("a URL is kept as it was written, its host in lower case beside it") {
  const auto url = Url::parse(" https://News.Example:8443/A?b=c#d ");
  REQUIRE(url.has_value());
  CHECK(url->str() == "https://News.Example:8443/A?b=c#d");
  CHECK(url->host() == "news.example");
}

TEST_CASE("characters that may not stand in a URL are encoded") {
  CHECK(kept("https://news.example/a b") == "https://news.example/a%20b");
  CHECK(kept("https://news.example/caf\xC3\xA9?q={x}|y") == "https://news.example/caf%C3%A9?q=%7Bx%7D%7Cy");
  CHECK(kept("https://news.example/100%/x%2Fy") == "https://news.example/100%25/x%2Fy");
  CHECK(kept("https://news.example/a\n/b") == "https://news.example/a/b");
  CHECK(kept("https://news.example\\a\\b") == "https://news.example/a/b");
  CHECK(kept("https://news.example/#a#b") == "https://news.example/#a%23b");
  CHECK(kept("https://news.example/list[1]") == "https://news.example/list%5B1%5D");
}

TEST_CASE("only absolute http and https addresses with a host are URLs") {
  CHECK(kept("ftp://news.example/") == "url-not-http");
  CHECK(kept("javascript:alert(1)") == "url-not-http");
  CHECK(kept("//news.example/a") == "malformed-url");
  CHECK(kept("news.example") == "malformed-url");
  CHECK(kept("https:/a") == "malformed-url");
  CHECK(kept("https:///a") == "malformed-url");
  CHECK(kept("https://news.example:port/") == "malformed-url");
  CHECK(kept("https://news.example:80x/") == "malformed-url");
  CHECK(kept("https://news.example:99999/") == "malformed-url");
  CHECK(kept("https://news.example:/") == "https://news.example:/");
  CHECK(kept("https://[::1/") == "malformed-url");
  CHECK(kept("") == "malformed-url");
  CHECK(kept("https://news.example/" + std::string(5000, 'a')) == "url-too-long");
}

TEST_CASE("two links to one page have one canonical form") {
  const std::string page = "https://news.example/world/story?id=7&lang=en";
  CHECK(canonical(page) == page);
  CHECK(canonical("HTTPS://user:secret@NEWS.example:443/world/./a/../story?id=7&utm_source=x&lang=en&fbclid=abc#top") ==
        page);
  CHECK(canonical("https://news.example/world/story?id=7&&lang=en&UTM_Medium=mail") == page);
}

TEST_CASE("the canonical form keeps what tells pages apart") {
  CHECK(canonical("http://news.example:8080/a/?b=2&a=1") == "http://news.example:8080/a/?b=2&a=1");
  CHECK(canonical("http://news.example:80") == "http://news.example/");
  CHECK(canonical("http://news.example/?utm_source=x") == "http://news.example/");
  CHECK(canonical("http://news.example/A") != canonical("http://news.example/a"));
}

TEST_CASE("what separates parameters stays encoded in the canonical form, what need not be encoded is not") {
  CHECK(canonical("http://news.example/?q=a%26b%3d1&r=%7efoo") == "http://news.example/?q=a%26b%3D1&r=~foo");
  CHECK(canonical("http://news.example/?utm%5Fsource=x&a%26utm_medium=1") == "http://news.example/?a%26utm_medium=1");
}

TEST_CASE("a canonical form is its own canonical form") {
  for (const char* text : {"https://news.example/%7euser/%e2%82%ac?x=%41", "http://[2001:DB8::1]/a",
                           "https://news.example/a//b/../c;v=1"}) {
    CAPTURE(text);
    CHECK(canonical(canonical(text)) == canonical(text));
  }
}
