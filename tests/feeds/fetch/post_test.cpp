// What is sent with POST, over the real libcurl to a real server.
#include "tests/feeds/fetch/fetch_once.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

FetchRequest posting(const std::string& url, std::string body) {
  FetchRequest request;
  request.url = url;
  request.post = PostContent{"application/cloudevents+json", std::move(body), {{"webhook-id", "e-1"}}};
  return request;
}

HttpOrigin::Script answering(std::string answer) {
  return [answer](const OriginRequest&, int, const OriginWrite& write) { return write(answer); };
}

}  // namespace

TEST_CASE("a POST brings its body, its type and its header fields, byte for byte") {
  HttpOrigin origin(answering(http_answer(204, {})));
  std::string body = "{\"a\":\"\xc3\xa9\"}";
  body += '\0';
  body.append(2 << 20, 'x');  // more than libcurl would send unasked
  const auto answer = fetch_once(posting(origin.url("/hook"), body));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 204);
  const OriginRequest request = origin.requests().at(0);
  CHECK(request.method == "POST");
  CHECK(request.path == "/hook");
  CHECK(request.body == body);
  CHECK(request.headers.at("content-type") == "application/cloudevents+json");
  CHECK(request.headers.at("webhook-id") == "e-1");
  CHECK(request.headers.at("user-agent") == test_options().user_agent);
  CHECK_FALSE(request.has("expect"));
  CHECK_FALSE(request.has("authorization"));
}

TEST_CASE("of the answer to a POST the beginning is kept, whatever its status, and no more is waited for") {
  HttpOrigin refusing(answering(http_answer(422, {}, "no such desk")));
  const auto refused = fetch_once(posting(refusing.url(), "{}"));
  REQUIRE(refused.has_value());
  CHECK(refused->status == 422);
  CHECK(refused->body == "no such desk");

  HttpOrigin endless([](const OriginRequest&, int, const OriginWrite& write) {
    write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
    while (write(std::string(64 << 10, 'y'))) continue;
    return false;
  });
  const auto cut = fetch_once(posting(endless.url(), "{}"));
  REQUIRE(cut.has_value());
  CHECK(cut->status == 200);
  CHECK(cut->body == std::string(kPostAnswerKept, 'y'));
}

TEST_CASE("a question goes out as OPTIONS with its header fields, and its answer is kept whatever the status") {
  HttpOrigin origin(answering(http_answer(405, {"Allow: POST", "WebHook-Allowed-Rate: 10"}, "only POST")));
  FetchRequest request;
  request.url = request.authorized_url = origin.url("/hook");
  request.authorization = "Bearer token";
  request.question = OptionsQuestion{{{"WebHook-Request-Origin", "desk1"}}};
  const auto answer = fetch_once(std::move(request));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 405);
  CHECK(answer->body == "only POST");
  CHECK(answer->header.value("webhook-allowed-rate") == "10");
  const OriginRequest asked = origin.requests().at(0);
  CHECK(asked.method == "OPTIONS");
  CHECK(asked.path == "/hook");
  CHECK(asked.headers.at("webhook-request-origin") == "desk1");
  CHECK(asked.headers.at("authorization") == "Bearer token");
  CHECK(asked.body.empty());
  CHECK_FALSE(asked.has("content-type"));
}

TEST_CASE("what was posted does not follow a redirect") {
  HttpOrigin other(answering(http_answer(200, {})));
  HttpOrigin origin(answering(http_answer(307, {"Location: " + other.url("/there")})));
  const auto answer = fetch_once(posting(origin.url(), "{}"));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 307);
  CHECK(answer->hops.empty());
  CHECK(other.requests().empty());
}

TEST_CASE("a POST goes to no address that may not be connected to, and has a time of its own") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite&) { return true; });  // says nothing
  FetchOptions closed = test_options();
  closed.addresses = AddressRules();
  CHECK(fetch_once(posting(origin.url(), "{}"), closed).error().is(FetchError::BlockedAddress));
  CHECK(origin.connections() == 0);

  FetchRequest request = posting(origin.url(), "{}");
  request.timeout = std::chrono::milliseconds(50);
  CHECK(fetch_once(std::move(request)).error().is(FetchError::Timeout));
}

TEST_CASE("after a POST the same connection serves a GET that is none") {
  HttpOrigin origin(answering(http_answer(200, {}, "here")));
  FetchOptions options = test_options();
  options.per_host = 1;
  FetchRequest get;
  get.url = origin.url();
  const auto answers = fetch_all({posting(origin.url(), "{}"), get}, options);
  CHECK(answers.at(1)->body == "here");
  CHECK(origin.connections() == 1);
  const auto requests = origin.requests();
  CHECK(requests.at(1).method == "GET");
  CHECK(requests.at(1).body.empty());
  CHECK_FALSE(requests.at(1).has("webhook-id"));
}

}  // namespace newsd
