#include "feeds/http/cache.h"
#include "feeds/http/media_type.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using std::chrono::seconds;

const Instant kNow = *parse_rfc3339("2026-11-22T10:00:00.250Z");

HeaderFields header(std::initializer_list<std::string_view> lines) {
  HeaderFields made;
  for (const auto line : lines) made.add_line(line);
  return made;
}

TEST_CASE("Retry-After is read in seconds and as a date") {
  CHECK(retry_after("120", kNow) == seconds(120));
  CHECK(retry_after("0", kNow) == seconds(0));
  CHECK(retry_after("Sun, 22 Nov 2026 10:02:00 GMT", kNow) == seconds(120));  // rounded up: never too early
  CHECK(retry_after("Sunday, 22-Nov-26 10:02:00 GMT", kNow) == seconds(120));
  CHECK(retry_after("Sun Nov 22 10:02:00 2026", kNow) == seconds(120));
  CHECK(retry_after("Sun, 22 Nov 2026 09:00:00 GMT", kNow) == seconds(0));
}

TEST_CASE("a Retry-After that is neither is none, and one of years is bounded") {
  for (const char* text : {"", "soon", "-5", "1.5", "12 s", "Sun, 22 Nov 2026", "Sun, 31 Feb 2026 10:00:00 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(retry_after(text, kNow));
  }
  CHECK(retry_after("99999999999999999999999999", kNow) == kLongestWait);
  CHECK(retry_after("Sun, 22 Nov 2099 10:00:00 GMT", kNow) == kLongestWait);
}

TEST_CASE("an answer is fresh for its max-age less its age") {
  CHECK(fresh_for(header({"Cache-Control: public, max-age=600"}), kNow) == seconds(600));
  CHECK(fresh_for(header({"cache-control: MAX-AGE=\"600\"", "Age: 200"}), kNow) == seconds(400));
  CHECK(fresh_for(header({"Cache-Control: max-age=60", "Age: 100"}), kNow) == seconds(0));
  CHECK(fresh_for(header({"Cache-Control: private", "Cache-Control: max-age=60"}), kNow) == seconds(60));
  CHECK(fresh_for(header({"Cache-Control: max-age=31536000"}), kNow) == kLongestWait);
}

TEST_CASE("without max-age Expires counts from Date") {
  CHECK(fresh_for(header({"Expires: Sun, 22 Nov 2026 11:00:00 GMT", "Date: Sun, 22 Nov 2026 10:30:00 GMT"}), kNow) ==
        seconds(1800));
  CHECK(fresh_for(header({"Expires: Sun, 22 Nov 2026 10:00:10 GMT"}), kNow) == seconds(10));
  CHECK(fresh_for(header({"Expires: Sun, 22 Nov 2026 11:00:00 GMT", "Cache-Control: max-age=5"}), kNow) == seconds(5));
  CHECK_FALSE(fresh_for(header({"Expires: 0"}), kNow));
}

TEST_CASE("what may not be kept says nothing about when to come again") {
  CHECK_FALSE(fresh_for(header({"Cache-Control: no-cache, max-age=600"}), kNow));
  CHECK_FALSE(fresh_for(header({"Cache-Control: no-store", "Expires: Sun, 22 Nov 2026 11:00:00 GMT"}), kNow));
  CHECK_FALSE(fresh_for(header({"Cache-Control: max-age=ten"}), kNow));
  CHECK_FALSE(fresh_for(header({}), kNow));
}

TEST_CASE("a media type is read without its parameters, the charset without its quotes") {
  CHECK(parse_media_type("Application/RSS+XML") == MediaType{"application/rss+xml", ""});
  CHECK(parse_media_type("text/xml; charset=\"ISO-8859-1\"") == MediaType{"text/xml", "ISO-8859-1"});
  CHECK(parse_media_type("text/xml ;profile=x; CharSet = utf-8 ; charset=x") == MediaType{"text/xml", "utf-8"});
  CHECK(parse_media_type("text/html;charset='koi8-r'") == MediaType{"text/html", "koi8-r"});
  CHECK(parse_media_type(";;;charset") == MediaType{});
  CHECK(parse_media_type("a/b;charset=" + std::string(100, 'x')) == MediaType{"a/b", ""});
}

}  // namespace
}  // namespace newsd
