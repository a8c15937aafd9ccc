#include "feeds/http/robots.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

bool allows(std::string_view text, std::string_view url, std::string_view agent = "newsd") {
  return Robots::parse(text).allows(agent, url);
}

TEST_CASE("without a file, or without a rule for it, a robot may fetch everything") {
  CHECK(allows("", "https://news.example/a"));
  CHECK(allows("user-agent: other\ndisallow: /\n", "https://news.example/a"));
  CHECK(allows("user-agent: newsd\ndisallow:\n", "https://news.example/a"));
  CHECK_FALSE(Robots::disallow_all().allows("newsd", "https://news.example/a"));
}

TEST_CASE("a robot follows its own groups, all of them, and those of * only when it has none") {
  const char* text =
      "user-agent: *\ndisallow: /\n\nuser-agent: newsd\ndisallow: /private\n\nuser-agent: a\nuser-agent: NewsD\nallow: "
      "/private/open\n";
  CHECK(allows(text, "/public"));
  CHECK_FALSE(allows(text, "/private/x"));
  CHECK(allows(text, "/private/open/x"));
  CHECK_FALSE(allows(text, "/public", "stranger"));
  CHECK(allows(text, "/private/open", "newsd/1.0 (+https://newsd.example)"));
}

TEST_CASE("the longest rule wins, and of two that are equally long the one that allows") {
  CHECK_FALSE(allows("user-agent: *\nallow: /a\ndisallow: /a/b\n", "/a/b/c"));
  CHECK(allows("user-agent: *\ndisallow: /a\nallow: /a/b\n", "/a/b/c"));
  CHECK(allows("user-agent: *\ndisallow: /a/b\nallow: /a/b\n", "/a/b"));
  CHECK(allows("user-agent: *\nallow: /a/b\ndisallow: /a/b\n", "/a/b"));
}

TEST_CASE("a star stands for anything and a dollar sign for the end") {
  const char* text = "user-agent: *\ndisallow: /*.pdf$\ndisallow: /a*b*c\ndisallow: /q?*x=1\ndisallow: /end$\n";
  CHECK_FALSE(allows(text, "/x/y.pdf"));
  CHECK(allows(text, "/x/y.pdf?page=1"));
  CHECK_FALSE(allows(text, "/a-c-b-c"));
  CHECK(allows(text, "/a-c-b"));
  CHECK_FALSE(allows(text, "/q?y=2&x=1"));
  CHECK_FALSE(allows(text, "/end"));
  CHECK(allows(text, "/end/"));
  CHECK_FALSE(allows("user-agent: *\ndisallow: *\n", "/"));
}

TEST_CASE("keys may be misspelt, colons missing, line ends any, and a byte order mark before it all") {
  CHECK_FALSE(allows("\xef\xbb\xbfuser-agent: newsd\rdisalow: /a\r\n", "/a"));
  CHECK_FALSE(allows("useragent newsd # us\n\n dissallow\t/a # why\n", "/a"));
  CHECK(allows("user-agent newsd and more\ndisallow: /a", "/a"));
}

TEST_CASE("lines that are no rules do not end a group's list of robots") {
  CHECK_FALSE(allows("user-agent: newsd\nsitemap: https://news.example/s.xml\nuser-agent: b\ndisallow: /\n", "/a"));
  CHECK_FALSE(allows("user-agent: newsd\ncrawl-delay: 5\ndisallow: /a\n", "/a"));
}

TEST_CASE("percent-encoding and characters beyond ASCII are compared in one form") {
  CHECK_FALSE(allows("user-agent: *\ndisallow: /f\xc3\xbc\n", "/f%c3%bc"));
  CHECK_FALSE(allows("user-agent: *\ndisallow: /f%c3%BC\n", "/f\xc3\xbc"));
  CHECK(allows("user-agent: *\ndisallow: /%62\n", "/b"));  // an encoded letter is not undone
}

TEST_CASE("only the path and query of a URL count") {
  CHECK_FALSE(allows("user-agent: *\ndisallow: /\n", "https://news.example"));
  CHECK_FALSE(allows("user-agent: *\ndisallow: /a?b\n", "https://user@news.example:8443/a?b#c"));
  CHECK(allows("user-agent: *\ndisallow: /c\n", "https://news.example/a#/c"));
  CHECK(allows("user-agent: *\ndisallow: /x\n", "/a?u=http://n.example/x"));
}

TEST_CASE("rules before any robot is named concern nobody") { CHECK(allows("disallow: /\nuser-agent: x\n", "/a")); }

TEST_CASE("an index page that may be fetched opens its folder's own address") {
  CHECK(allows("user-agent: *\ndisallow: /a\nallow: /a/index.html\n", "/a/"));
  CHECK_FALSE(allows("user-agent: *\ndisallow: /a\nallow: /a/index.html\n", "/a/b"));
}

TEST_CASE("a long file and a pattern of many stars cost little") {
  std::string text = "user-agent: *\ndisallow: /" + std::string(8000, '*') + "x$\n";
  CHECK(allows(text, "/" + std::string(4000, 'a')));
  text = "user-agent: *\ndisallow: /b\n" + std::string(Robots::kMaxBytes, '#') + "\ndisallow: /a\n";
  CHECK(allows(text, "/a"));
  CHECK_FALSE(allows(text, "/b"));
}

}  // namespace
}  // namespace newsd
