#include "feeds/http/webhook_signature.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const Instant kSent{std::chrono::milliseconds(1'614'265'330'999)};

}  // namespace

TEST_CASE("a signature is the one that the libraries of Standard Webhooks verify") {
  const auto key = webhook_key(kSecret);
  REQUIRE(key);
  CHECK(webhook_timestamp(kSent) == "1614265330");
  CHECK(webhook_signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", kSent, "{\"test\": 2432232314}") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("id, time, body and key all count") {
  const std::string signature = webhook_signature("k", "a", kSent, "b");
  CHECK(signature != webhook_signature("l", "a", kSent, "b"));
  CHECK(signature != webhook_signature("k", "c", kSent, "b"));
  CHECK(signature != webhook_signature("k", "a", kSent + std::chrono::seconds(1), "b"));
  CHECK(signature != webhook_signature("k", "a", kSent, "c"));
}

TEST_CASE("a secret without the prefix is its own bytes, one with it must be base64") {
  CHECK(webhook_key("a plain secret of ours") == "a plain secret of ours");
  CHECK(webhook_key("whsec_YWJj") == "abc");
  CHECK_FALSE(webhook_key("whsec_").has_value());
  CHECK_FALSE(webhook_key("whsec_not base64!").has_value());
}
