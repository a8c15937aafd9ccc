#include "daemon/emit/webhook_handshake.h"

#include "tests/support/scripted_fetcher.h"

#include <catch2/catch.hpp>

namespace newsd {

using enum HandshakeAnswer::Says;

TEST_CASE("newsd asks as the host in its events' source, or under the name that the output is given") {
  OutputConfig config;
  CHECK(handshake_origin(config, "newsd://desk1/main") == "desk1");
  config.origin = "news.example";
  CHECK(handshake_origin(config, "newsd://desk1/main") == "news.example");
}

TEST_CASE("the question is an OPTIONS request that says who wants to send") {
  OutputConfig config;
  config.url = "https://hooks.example/desk";
  const FetchRequest request = handshake_request(config, "Bearer token", "desk1");
  CHECK(request.url == config.url);
  CHECK(request.authorization == "Bearer token");
  CHECK(request.authorized_url == config.url);
  CHECK_FALSE(request.post.has_value());
  REQUIRE(request.question.has_value());
  REQUIRE(request.question->header.size() == 1);
  CHECK(request.question->header[0] == HeaderField{"WebHook-Request-Origin", "desk1"});
}

TEST_CASE("a receiver allows a sender by its name, in any case of letters, or everybody") {
  for (const char* const allowed : {"desk1", "DESK1", "*"}) {
    const auto answer = scripted_answer(200, {std::string("webhook-allowed-origin: ") + allowed});
    CHECK(handshake_answer(answer, "desk1") == HandshakeAnswer{Allowed});
  }
  for (const char* const other : {"desk2", "desk", "desk1.example", ""}) {
    const auto answer = scripted_answer(204, {std::string("WebHook-Allowed-Origin: ") + other});
    CHECK(handshake_answer(answer, "desk1").says == Denied);
  }
}

TEST_CASE("a rate is a number of requests a minute; what is none limits nothing, and 0 allows nothing") {
  const auto rated = [](const std::string& rate) {
    return handshake_answer(scripted_answer(200, {"WebHook-Allowed-Origin: *", "WebHook-Allowed-Rate: " + rate}), "a");
  };
  CHECK(rated("120") == HandshakeAnswer{Allowed, 120});
  CHECK(rated("0").says == Denied);
  for (const char* const none : {"*", "-5", "12/s", "", "99999999999999999999999"})
    CHECK(rated(none) == HandshakeAnswer{Allowed});
}

TEST_CASE("an answer without consent is that of a receiver that does not know, does not want, or cannot now") {
  const std::pair<int, HandshakeAnswer::Says> answers[] = {
      {200, Unknown}, {204, Unknown}, {400, Unknown}, {404, Unknown}, {405, Unknown}, {501, Unknown}, {403, Denied},
      {410, Gone},    {302, Later},   {401, Later},   {429, Later},   {500, Later},   {503, Later}};
  for (const auto& [status, says] : answers) {
    CAPTURE(status);
    CHECK(handshake_answer(scripted_answer(status), "desk1").says == says);
  }
  CHECK(handshake_answer(scripted_answer(405, {"WebHook-Allowed-Origin: *"}), "desk1").says == Unknown);
}

}  // namespace newsd
