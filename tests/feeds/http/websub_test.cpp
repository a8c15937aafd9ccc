#include "feeds/http/websub.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using std::chrono::seconds;

TEST_CASE("hub and topic come from the header before the feed, and are worth nothing alone") {
  const std::vector<WebLink> feed{{"https://hub.example/f", {"hub"}, ""}, {"https://n.example/f", {"self"}, ""}};
  const std::vector<WebLink> header{{"https://hub.example/h", {"hub"}, ""}};
  CHECK(websub_offer({}, feed) == WebSubOffer{"https://hub.example/f", "https://n.example/f"});
  CHECK(websub_offer(header, feed) == WebSubOffer{"https://hub.example/h", "https://n.example/f"});
  CHECK_FALSE(websub_offer(header, {}));
}

TEST_CASE("a lease is bounded and renewed with time to spare") {
  CHECK(bounded_lease(std::nullopt) == std::chrono::days(10));
  CHECK(bounded_lease(-5) == seconds(0));
  CHECK(bounded_lease(7200) == seconds(7200));
  CHECK(bounded_lease(std::numeric_limits<std::int64_t>::max()) == std::chrono::days(30));
  const Instant granted = *parse_rfc3339("2026-11-22T10:00:00Z");
  CHECK(renew_at(granted, seconds(10'000)) == granted + seconds(8000));
  CHECK(renew_at(granted, seconds(1)) == granted + std::chrono::minutes(15));
}

TEST_CASE("what is asked of a hub is a form") {
  WebSubRequest request;
  request.mode = "subscribe";
  request.callback = "https://me.example/websub/ab?c=d";
  request.topic =
      "https://news.example/f\xc3\xa9"
      "ed&x";
  request.secret = "s e";
  request.lease = seconds(60);
  CHECK(form_of(request) ==
        "hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2Ff%C3%A9ed%26x&hub.callback=https%3A%2F%2Fme.example%"
        "2Fwebsub%2Fab%3Fc%3Dd&hub.lease_seconds=60&hub.secret=s%20e");
  request.secret = {};
  request.lease = seconds(0);
  CHECK(form_of(request).find("hub.secret") == std::string::npos);
  CHECK(form_of(request).find("lease") == std::string::npos);
}

TEST_CASE("a notification is genuine when its signature is the HMAC of its body") {
  // RFC 4231, test case 2; RFC 2202, test case 2
  const std::string_view body = "what do ya want for nothing?";
  CHECK(is_genuine("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "Jefe", body));
  CHECK(is_genuine("SHA1=EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79", "Jefe", body));
  CHECK_FALSE(is_genuine("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844", "Jefe", body));
  CHECK_FALSE(is_genuine("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "jefe", body));
  for (const char* signature : {"", "sha256", "sha256=", "md5=effcdf6ae5eb2fa2d27416d5f184df9c", "sha1=zz", "=",
                                "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c7g"}) {
    CAPTURE(signature);
    CHECK_FALSE(is_genuine(signature, "Jefe", body));
  }
}

}  // namespace
}  // namespace newsd
