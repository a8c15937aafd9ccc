#include "feeds/schedule/publishing.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *parse_rfc3339("2026-11-22T12:30:00Z");

TEST_CASE("of a feed nobody knows, one entry in eight hours is expected") {
  CHECK(Publishing{}.rate() == Approx(1.0 / 8));
  CHECK(Publishing{}.rate_at(kNow) == Approx(1.0 / 8));
}

TEST_CASE("the dates of the first entries tell how busy a feed is") {
  std::vector<Instant> hourly, monthly;
  for (int i = 0; i < 48; ++i) hourly.push_back(kNow - i * 1h);
  for (int i = 0; i < 20; ++i) monthly.push_back(kNow - i * 720h);
  CHECK(Publishing::from_dates(hourly, kNow).rate() == Approx(1.0).epsilon(0.25));
  CHECK(Publishing::from_dates(monthly, kNow).rate() < 1.0 / 50);
  CHECK(Publishing::from_dates({}, kNow) == Publishing{});
  CHECK(Publishing::from_dates({kNow + 1000h, kNow + 1h}, kNow).rate() < 1.0 / 50);
}

TEST_CASE("the estimate follows what is observed") {
  Publishing busy, quiet;
  for (int hour = 0; hour < 24 * 14; ++hour) {
    const Instant now = kNow + hour * 1h;
    busy.observe(now - 1h, now, 4);
    quiet.observe(now - 1h, now, hour % 168 == 0 ? 1 : 0);
  }
  CHECK(busy.rate() == Approx(4).epsilon(0.05));
  CHECK(quiet.rate() == Approx(1.0 / 168).epsilon(1));
}

TEST_CASE("a feed that publishes at eight in the morning is expected to do so again") {
  Publishing feed;
  Instant now = *parse_rfc3339("2026-11-01T00:00:00Z");
  for (int hour = 0; hour < 24 * 21; ++hour, now += 1h) feed.observe(now - 1h, now, hour % 24 == 8 ? 5 : 0);
  CHECK(feed.rate_at(*parse_rfc3339("2026-11-23T08:10:00Z")) > 1.5);
  CHECK(feed.rate_at(*parse_rfc3339("2026-11-23T20:10:00Z")) < 0.1);
}

}  // namespace
}  // namespace newsd
