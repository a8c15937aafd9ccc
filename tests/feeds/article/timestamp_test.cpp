#include "feeds/article/timestamp.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string read_again(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  return instant ? to_rfc3339(*instant) : "nothing";
}

std::string iso(std::string_view text) {
  const auto when = when_from_iso(text);
  return when ? when->value + " " + std::string(to_string(when->precision)) : "nothing";
}

}  // namespace

TEST_CASE("an instant is printed in UTC with milliseconds") {
  CHECK(to_rfc3339(Instant{}) == "1970-01-01T00:00:00.000Z");
  CHECK(to_rfc3339(Instant{std::chrono::milliseconds{-1}}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("RFC 3339 is read with any offset and any fraction") {
  CHECK(read_again("2026-11-22T03:45:10.120Z") == "2026-11-22T03:45:10.120Z");
  CHECK(read_again("2026-11-22t03:45:10z") == "2026-11-22T03:45:10.000Z");
  CHECK(read_again("2026-01-01T00:30:00+01:00") == "2025-12-31T23:30:00.000Z");
  CHECK(read_again("2024-02-29T12:00:00.1239999-05:30") == "2024-02-29T17:30:00.123Z");
  CHECK(read_again("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00.000Z");
  CHECK(read_again("2026-11-22") == "2026-11-22T00:00:00.000Z");
}

TEST_CASE("what is not RFC 3339 is nothing") {
  for (const char* text :
       {"", "2026", "2026-11", "2026-13-01", "2023-02-29", "2026-11-22T", "2026-11-22T03:45Z", "2026-11-22T03:45:10",
        "2026-11-22T25:00:00Z", "2026-11-22T03:45:10.Z", "2026-11-22T03:45:10Zx", "22 November 2026", "+026-11-22"}) {
    CAPTURE(text);
    CHECK(read_again(text) == "nothing");
  }
}

TEST_CASE("a date is kept as precise as it was written") {
  CHECK(iso("2022") == "2022 year");
  CHECK(iso("2022-10") == "2022-10 month");
  CHECK(iso("2022-10-28") == "2022-10-28 day");
  CHECK(iso("2022-10-28T09:15Z") == "2022-10-28T09:15:00Z time");
  CHECK(iso("2022-10-28T09:15:30.5+0200") == "2022-10-28T07:15:30Z time");
  CHECK(iso("20221028T091500Z") == "2022-10-28T09:15:00Z time");
  CHECK(iso("20221028") == "2022-10-28 day");
}

TEST_CASE("a time without a zone is known to the day only") { CHECK(iso("2022-10-28T23:15:00") == "2022-10-28 day"); }

TEST_CASE("the words a date was read from are kept") {
  const auto when = when_from_iso("  2022-10-28T09:15+01:00 ");
  REQUIRE(when);
  CHECK(when->raw == "2022-10-28T09:15+01:00");
  CHECK(when->value == "2022-10-28T08:15:00Z");
}

TEST_CASE("what is no ISO date is nothing") {
  for (const char* text : {"", "0000", "22", "202", "2022-", "2022-1", "2022-00", "2022-10-", "2022-10-32", "202210",
                           "2022-10-28T", "2022-10-28T9:15", "2022-10-28 at noon", "yesterday", "2022-10-28T09:15:"}) {
    CAPTURE(text);
    CHECK(iso(text) == "nothing");
  }
}
