#include "feeds/text/uri_reference.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("references are resolved as RFC 3986 resolves them") {
  const auto from = [](std::string_view reference) { return resolve_reference("http://a/b/c/d;p?q", reference); };
  // its section 5.4
  CHECK(from("g:h") == "g:h");
  CHECK(from("g") == "http://a/b/c/g");
  CHECK(from("./g/") == "http://a/b/c/g/");
  CHECK(from("/g") == "http://a/g");
  CHECK(from("//g") == "http://g");
  CHECK(from("?y") == "http://a/b/c/d;p?y");
  CHECK(from("g?y#s") == "http://a/b/c/g?y#s");
  CHECK(from("#s") == "http://a/b/c/d;p?q#s");
  CHECK(from("") == "http://a/b/c/d;p?q");
  CHECK(from("..") == "http://a/b/");
  CHECK(from("../../../g") == "http://a/g");
  CHECK(from("g/../h") == "http://a/b/c/h");
  CHECK(from("./../g") == "http://a/b/g");
}

TEST_CASE("without a base that is one, a reference stays as it is") {
  CHECK(resolve_reference("", "a/b") == "a/b");
  CHECK(resolve_reference("mailto:a@example.org", "b") == "b");
  CHECK(resolve_reference("http://news.example", "a") == "http://news.example/a");
  CHECK(resolve_reference(" http://news.example/x ", " a ") == "http://news.example/a");
}

TEST_CASE("addresses that run programs are known in every disguise browsers see through") {
  CHECK(is_script_uri("javascript:alert(1)"));
  CHECK(is_script_uri(" JaVa\tScript:alert(1)"));
  CHECK(is_script_uri("data:text/html,x"));
  CHECK_FALSE(is_script_uri("https://news.example/javascript:"));
  CHECK_FALSE(is_script_uri("javascript"));
}
