#include "tests/feeds/fetch/fetch_once.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

/// An origin that gives every path the answer of a table; "" for others.
HttpOrigin::Script table(std::map<std::string, std::string> answers) {
  return [answers](const OriginRequest& request, int, const OriginWrite& write) {
    const auto found = answers.find(request.path);
    return write(found == answers.end() ? http_answer(404, {}) : found->second);
  };
}

TEST_CASE("an answer comes with its status, its header byte for byte and its body") {
  HttpOrigin origin(table({{"/feed", http_answer(200, {"ETag: W/\"a b\"", "Content-Type: text/xml"}, "<rss/>")}}));
  const auto answer = fetch_once(origin.url());
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  CHECK(answer->body == "<rss/>");
  CHECK(answer->header.value("etag") == "W/\"a b\"");
  CHECK(answer->final_url == origin.url());
  CHECK(answer->hops.empty());
  CHECK_FALSE(answer->conditional);
}

TEST_CASE("a request says who asks and what it takes, and nothing else") {
  HttpOrigin origin(table({}));
  REQUIRE(fetch_once(origin.url()).has_value());
  const auto request = origin.requests().at(0);
  CHECK(request.method == "GET");
  CHECK(request.headers.at("user-agent") == test_options().user_agent);
  CHECK(request.headers.at("accept-encoding").find("gzip") != std::string::npos);
  CHECK(request.has("accept"));
  for (const char* name : {"cookie", "referer", "authorization", "if-none-match", "if-modified-since", "range"}) {
    CAPTURE(name);
    CHECK_FALSE(request.has(name));
  }
}

TEST_CASE("validators go back byte for byte, to the URL that gave them and to no other") {
  HttpOrigin origin(table({{"/feed", http_answer(304, {"ETag: x"})}, {"/old", http_answer(301, {"Location: /feed"})}}));
  FetchRequest request;
  request.url = request.validated_url = origin.url();
  request.validators = {"W/\"x, y\"--gzip", "Tue, 14 Nov 2023 22:13:20 +0000"};
  const auto answer = fetch_once(request);
  REQUIRE(answer.has_value());
  CHECK(answer->status == 304);
  CHECK(answer->conditional);
  CHECK(origin.requests().at(0).headers.at("if-none-match") == request.validators.etag);
  CHECK(origin.requests().at(0).headers.at("if-modified-since") == request.validators.last_modified);

  request.url = origin.url("/old");
  REQUIRE(fetch_once(request)->conditional);
  CHECK_FALSE(origin.requests().at(1).has("if-none-match"));
  CHECK(origin.requests().at(2).headers.at("if-none-match") == request.validators.etag);
}

TEST_CASE("redirects are followed and named, and the header is that of the last answer") {
  HttpOrigin origin(table({{"/a", http_answer(301, {"Location: /b", "ETag: \"a\""}, "moved")},
                           {"/b", http_answer(308, {"Location: c?d"})},
                           {"/c?d", http_answer(302, {"Location: /e"})},
                           {"/e", http_answer(200, {}, "here")}}));
  const auto answer = fetch_once(origin.url("/a"));
  REQUIRE(answer.has_value());
  CHECK(answer->body == "here");
  CHECK(answer->final_url == origin.url("/e"));
  CHECK_FALSE(answer->header.value("etag"));
  CHECK(answer->hops ==
        std::vector<FetchHop>{{301, origin.url("/b")}, {308, origin.url("/c?d")}, {302, origin.url("/e")}});
  CHECK(permanent_target(answer->hops) == origin.url("/c?d"));
  CHECK(permanent_target({{302, "x"}, {301, "y"}}).empty());
}

TEST_CASE("circles and long rows of redirects end") {
  HttpOrigin origin([](const OriginRequest& request, int, const OriginWrite& write) {
    if (request.path == "/circle") return write(http_answer(302, {"Location: /back"}));
    if (request.path == "/back") return write(http_answer(302, {"Location: /circle"}));
    return write(http_answer(302, {"Location: " + request.path + "x"}));
  });
  CHECK(fetch_once(origin.url("/circle")).error().is(FetchError::RedirectLoop));
  CHECK(origin.requests().size() == 2);
  CHECK(fetch_once(origin.url("/x")).error().is(FetchError::TooManyRedirects));
  CHECK(origin.requests().size() == 2 + 1 + test_options().max_redirects);
}

TEST_CASE("credentials go to the feed's own origin only") {
  HttpOrigin other(table({{"/there", http_answer(200, {}, "there")}}));
  HttpOrigin origin(table({{"/feed", http_answer(302, {"Location: /near"})},
                           {"/near", http_answer(302, {"Location: " + other.url("/there")})}}));
  FetchRequest request;
  request.url = request.authorized_url = origin.url();
  request.authorization = "Bearer secret";
  CHECK(fetch_once(request)->body == "there");
  CHECK(origin.requests().at(0).headers.at("authorization") == "Bearer secret");
  CHECK(origin.requests().at(1).headers.at("authorization") == "Bearer secret");
  CHECK_FALSE(other.requests().at(0).has("authorization"));
}

TEST_CASE("cookies are neither kept nor sent") {
  HttpOrigin origin(table({{"/feed", http_answer(302, {"Location: /b", "Set-Cookie: id=1; Path=/"})},
                           {"/b", http_answer(200, {"Set-Cookie: id=2"}, "b")}}));
  FetchRequest one;
  one.url = origin.url();
  fetch_all({one, one});
  for (const OriginRequest& request : origin.requests()) CHECK_FALSE(request.has("cookie"));
}

TEST_CASE("so many requests go to a host at a time, over connections that are used again") {
  HttpOrigin origin(table({{"/feed", http_answer(200, {}, "x")}}));
  std::vector<FetchRequest> requests(40);
  for (FetchRequest& request : requests) request.url = origin.url();
  FetchOptions options = test_options();
  options.per_host = 3;
  for (const auto& answer : fetch_all(requests, options)) CHECK(answer->status == 200);
  CHECK(origin.requests().size() == 40);
  CHECK(origin.most_at_once() <= 3);
  CHECK(origin.connections() <= 3);
}

TEST_CASE("a body in a coding is decoded") {
  // "hello hello hello hello\n", by gzip -9n
  const std::string gzipped(
      "\x1f\x8b\x08\0\0\0\0\0\2\3\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x27\xb9\0\0\x88\x59\x0b\x18\0\0\0", 29);
  HttpOrigin origin(table({{"/feed", http_answer(200, {"Content-Encoding: gzip"}, gzipped)},
                           {"/bad", http_answer(200, {"Content-Encoding: gzip"}, "this is no gzip")}}));
  const auto bad = fetch_once(origin.url("/bad"));
  CHECK(bad.error().is(FetchError::Protocol));
  const auto answer = fetch_once(origin.url());
  REQUIRE(answer.has_value());
  CHECK(answer->body == "hello hello hello hello\n");
}

TEST_CASE("what cannot be fetched is told by a code") {
  HttpOrigin origin(table({}));
  CHECK(fetch_once("https://127.0.0.1:" + std::to_string(origin.port()) + "/").error().is(FetchError::Tls));
  CHECK(fetch_once("http://nowhere.invalid/").error().is(FetchError::Dns));
  CHECK(fetch_once("ftp://127.0.0.1/").error().is(FetchError::BlockedScheme));
  CHECK(fetch_once("http://").error().is(FetchError::BadUrl));
  const int free_port = [] {
    const HttpOrigin gone([](const OriginRequest&, int, const OriginWrite&) { return false; });
    return gone.port();
  }();
  CHECK(fetch_once("http://127.0.0.1:" + std::to_string(free_port) + "/").error().is(FetchError::Connect));
}

TEST_CASE("stopping ends what is under way") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite&) { return true; });  // says nothing
  boost::asio::io_context io;
  CurlFetcher fetcher(io, test_options());
  int stopped = 0;
  for (int i = 0; i < 5; ++i) {
    FetchRequest request;
    request.url = origin.url();
    fetcher.fetch(request,
                  [&](const Result<FetchAnswer>& answer) { stopped += answer.error().is(FetchError::Stopped); });
  }
  while (origin.requests().empty()) io.run_one_for(std::chrono::milliseconds(50));
  fetcher.stop();
  io.run();
  CHECK(stopped == 5);
}

}  // namespace
}  // namespace newsd
