#include "feeds/text/date.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string read(std::string_view text) {
  const auto date = parse_date(text);
  return date ? to_rfc3339(date->at).substr(0, 19) + "Z " + std::string(to_string(date->precision)) : "none";
}

}  // namespace

TEST_CASE("dates of RFC 822 are read, and what is usually wrong in them") {
  CHECK(read("Sat, 07 Sep 2002 00:00:01 GMT") == "2002-09-07T00:00:01Z time");
  CHECK(read("07 Sep 02 00:00 +0200") == "2002-09-06T22:00:00Z time");
  CHECK(read("Thu, 7 September 2023, 9:05 -0330") == "2023-09-07T12:35:00Z time");
  CHECK(read("Thurs, 07 Sep 2023 24:00:00 GMT") == "2023-09-08T00:00:00Z time");
  CHECK(read("Mon, 07th Sep 2023 10:00:00 EST") == "2023-09-07T15:00:00Z time");
  CHECK(read("07 Sep 2023 10:00:00 GMT+2") == "2023-09-07T08:00:00Z time");
  CHECK(read("07 Sep 2023 10:00:00 +0200 (CEST)") == "2023-09-07T08:00:00Z time");
  CHECK(read("Thu, 07 Sep 2023 23:59:60 Z") == "2023-09-08T00:00:00Z time");
}

TEST_CASE("ISO 8601 is read as precisely as it was written") {
  CHECK(read("2023-09-07T10:15:30.25+02:00") == "2023-09-07T08:15:30Z time");
  CHECK(read("20230907T101530Z") == "2023-09-07T10:15:30Z time");
  CHECK(read("2023-09-07 10:15 -0500") == "2023-09-07T15:15:00Z time");
  CHECK(read("2023-09-07") == "2023-09-07T00:00:00Z day");
  CHECK(read("2023-250") == "2023-09-07T00:00:00Z day");
  CHECK(read("2023-09") == "2023-09-01T00:00:00Z month");
  CHECK(read("2023") == "2023-01-01T00:00:00Z year");
}

TEST_CASE("a time without a zone, or in a zone nobody knows, is known to the day") {
  CHECK(read("2023-09-07T10:15:30") == "2023-09-07T10:15:30Z day");
  CHECK(read("Thu, 07 Sep 2023 10:15:30 QQT") == "2023-09-07T10:15:30Z day");
}

TEST_CASE("dates in other languages and forms are read") {
  CHECK(read("Do, 7 März 2024 10:00:00 +0100") == "2024-03-07T09:00:00Z time");
  CHECK(read("mar., 05 déc. 2023 16:11:02 +0000") == "2023-12-05T16:11:02Z time");
  CHECK(read("mer, 16 nov 2022 00:38:15 +0100") == "2022-11-15T23:38:15Z time");
  CHECK(read("7 сентября 2023 10:00 MSK") == "2023-09-07T07:00:00Z time");
  CHECK(read("2023年9月7日 下午3:05") == "2023-09-07T15:05:00Z day");
  CHECK(read("Sept. 7, 2023, 3:05 p.m. PDT") == "2023-09-07T22:05:00Z time");
  CHECK(read("Thu Sep  7 10:15:30 UTC 2023") == "2023-09-07T10:15:30Z time");
  CHECK(read("1694081730") == "2023-09-07T10:15:30Z time");
}

TEST_CASE("summer time counts where the zone is a place") {
  CHECK(read("Fri, 07 Jul 2023 12:00:00 America/New_York") == "2023-07-07T16:00:00Z time");
  CHECK(read("Sat, 07 Jan 2023 12:00:00 America/New_York") == "2023-01-07T17:00:00Z time");
  CHECK(read("Sun, 26 Mar 2023 03:30:00 Europe/Berlin") == "2023-03-26T01:30:00Z time");
  CHECK(read("Sat, 07 Jan 2023 12:00:00 Australia/Sydney") == "2023-01-07T01:00:00Z time");
}

TEST_CASE("of a date in numbers, sense and the day of the week say which is the day") {
  CHECK(read("30.10.23") == "2023-10-30T00:00:00Z day");
  CHECK(read("10/30/2023") == "2023-10-30T00:00:00Z day");
  CHECK(read("30/10/2023") == "2023-10-30T00:00:00Z day");
  CHECK(read("07/09/2023") == "2023-07-09T00:00:00Z day");
  CHECK(read("Thu, 07/09/2023") == "2023-09-07T00:00:00Z day");
}

TEST_CASE("what cannot be a date is none, and never today") {
  for (const auto* text : {"", "yesterday", "32 Jan 2020", "Sun, 29 Feb 2023 10:00:00 GMT", "2023-13-01", "25:00",
                           "10:00", "2023-09-07T10:61:00Z", "7 Smarch 2023", "2023-09-07T10:15:30ZZZtop", "Jan",
                           "0000-01-01", "1:2:3:4 7 Sep 2023"}) {
    CAPTURE(text);
    CHECK(read(text) == "none");
  }
  CHECK(read(std::string(200, '1')) == "none");
  CHECK(read("7 Sep 2023 " + std::string(200, ' ') + "x") == "none");
}
