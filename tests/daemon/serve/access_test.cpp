#include "daemon/serve/access.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr auto kToken = "correct-horse-battery";

std::string refusal(HttpRequest request, const AccessRules& rules = {}) {
  const auto refused = refusal_of(request, rules);
  return refused ? std::string(refused->code) : "served";
}

HttpRequest called(std::string host, std::string origin = {}) {
  HttpRequest request;
  request.host = std::move(host);
  request.origin = std::move(origin);
  return request;
}

HttpRequest with_token(std::string authorization) {
  HttpRequest request = called("127.0.0.1:7791");
  request.authorization = std::move(authorization);
  return request;
}

}  // namespace

TEST_CASE("the server is called by an address, as localhost, or by a name it was given") {
  for (const auto* host :
       {"127.0.0.1", "127.0.0.1:7791", "[::1]:7791", "[::1]", "localhost", "LOCALHOST:80", "192.0.2.7:7791"}) {
    CAPTURE(host);
    CHECK(refusal(called(host)) == "served");
  }
  AccessRules rules;
  rules.hosts = {"news.example"};
  CHECK(refusal(called("News.Example:7791"), rules) == "served");
}

TEST_CASE("a page whose name was made to point at the server is refused: it calls by its own name") {
  AccessRules rules;
  rules.hosts = {"news.example"};
  for (const auto* host : {"", "evil.example", "evil.example:7791", "localhost.evil.example", "127.0.0.1.evil.example",
                           "news.example.evil.example", "news", "[::1", "]", ":7791", "0x7f.1", "[::1].evil.example",
                           "localhost:7791.evil.example", "127.0.0.1:evil", "localhost:80:80"}) {
    CAPTURE(host);
    CHECK(refusal(called(host), rules) == "wrong-host");
  }
}

TEST_CASE("at a unix socket no host is asked for: no page gets there") {
  AccessRules rules;
  rules.is_local = true;
  CHECK(refusal(called("evil.example"), rules) == "served");
  CHECK(refusal(called(""), rules) == "served");
}

TEST_CASE("what holds no news is had without the token, but not by other sites and under other names") {
  AccessRules rules;
  rules.token = kToken;
  CHECK(refusal_of(called("127.0.0.1:7791"), rules)->is(AccessError::Unauthorized));
  CHECK_FALSE(refusal_of(called("127.0.0.1:7791"), rules, Guard::NoToken));
  CHECK(refusal_of(called("evil.example"), rules, Guard::NoToken)->is(AccessError::WrongHost));
  CHECK(refusal_of(called("localhost", "https://evil.example"), rules, Guard::NoToken)->is(AccessError::WrongOrigin));
}

TEST_CASE("pages of other sites may not ask, the server's own may") {
  CHECK(refusal(called("localhost:7791", "http://localhost:7791")) == "served");
  CHECK(refusal(called("localhost:7791", "https://localhost:7791")) == "served");
  for (const auto* origin : {"http://evil.example", "null", "http://localhost", "http://localhost:7792",
                             "http://localhost:7791.evil.example", "file://"}) {
    CAPTURE(origin);
    CHECK(refusal(called("localhost:7791", origin)) == "wrong-origin");
  }
}

TEST_CASE("where a token is asked for, only who shows it is served") {
  AccessRules rules;
  rules.token = kToken;
  CHECK(refusal(with_token(std::string("Bearer ") + kToken), rules) == "served");
  CHECK(refusal(with_token(std::string("bearer  ") + kToken + " "), rules) == "served");
  for (const std::string& wrong : {std::string(), std::string(kToken), std::string("Bearer"), std::string("Bearer "),
                                   std::string("Bearer correct-horse-batterz"), std::string("Bearer ") + kToken + "x",
                                   std::string("Basic ") + kToken, std::string("Bearer correct-horse-batter")}) {
    CAPTURE(wrong);
    CHECK(refusal(with_token(wrong), rules) == "unauthorized");
  }
}
