#include "feeds/http/http_date.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-22T10:00:00Z");
const Instant kThen = *parse_rfc3339("1994-11-06T08:49:37Z");

TEST_CASE("the three forms of RFC 9110 are read") {
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow) == kThen);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow) == kThen);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994", kNow) == kThen);
}

TEST_CASE("small deviations are read as what was meant") {
  for (const char* text :
       {"sun, 6 nov 1994 08:49:37 gmt", "Mon, 06 Nov 1994 08:49:37 UTC", "Sun,06 Nov 1994 8:49:37 GMT",
        "06 Nov 1994 08:49:37 GMT", "Sun, 06 November 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 +0000"}) {
    CAPTURE(text);
    CHECK(parse_http_date(text, kNow) == kThen);
  }
}

TEST_CASE("two digits of a year are the nearest that is not far ahead") {
  CHECK(parse_http_date("Sunday, 06-Nov-76 08:49:37 GMT", kNow) == parse_rfc3339("2076-11-06T08:49:37Z"));
  CHECK(parse_http_date("Sunday, 06-Nov-77 08:49:37 GMT", kNow) == parse_rfc3339("1977-11-06T08:49:37Z"));
}

TEST_CASE("anything else is no date") {
  for (const char* text :
       {"", "0", "-1", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 EST",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 31 Apr 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "1994-11-06T08:49:37Z", "Sun, 06 Nov 99999 08:49:37 GMT", "a b c d e f g h i j"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_http_date(text, kNow));
  }
}

}  // namespace
}  // namespace newsd
