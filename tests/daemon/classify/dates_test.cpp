#include "daemon/classify/calendar.h"
#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

/// "text=value, …"; 2022-10-28 is a Friday.
std::string dates_in(std::string text, std::string reference = "2022-10-28") {
  std::string said;
  for (const DateLabel& d : facts_of(std::move(text), std::move(reference)).dates)
    said += (said.empty() ? "" : ", ") + d.text + "=" + (d.resolved ? d.value : "?");
  return said;
}

TEST_CASE("a whole date needs no reference, in any order of its parts") {
  for (const char* text : {"On 28 October 2022 it rained.", "On October 28, 2022, it rained.",
                           "On the 28th of October 2022 it rained.", "On Oct. 28 2022 it rained.",
                           "On 2022-10-28 it rained.", "On 10/28/2022 it rained.", "On 28/10/2022 it rained."}) {
    INFO(text);
    CHECK(dates_in(text, "").ends_with("=2022-10-28"));
  }
}

TEST_CASE("a relative date counts from the reference and is unresolved without one") {
  CHECK(dates_in("They met yesterday.") == "yesterday=2022-10-27");
  CHECK(dates_in("They met on Wednesday.") == "Wednesday=2022-10-26");
  CHECK(dates_in("They will meet on Wednesday.") == "Wednesday=2022-11-02");
  CHECK(dates_in("They met last week.") == "last week=2022-W42");
  CHECK(dates_in("They met this month.") == "this month=2022-10");
  CHECK(dates_in("They met two days ago.") == "two days ago=2022-10-26");
  CHECK(dates_in("They met on Wednesday, last week and yesterday.", "") == "Wednesday=?, last week=?, yesterday=?");
}

TEST_CASE("a day without a year is the nearest one") {
  CHECK(dates_in("It began on February 24.") == "February 24=2022-02-24");
  CHECK(dates_in("It ends on January 3.") == "January 3=2023-01-03");
}

TEST_CASE("quarters, years, decades and ranges") {
  CHECK(dates_in("Sales fell in the first quarter of 2021.") == "the first quarter of 2021=2021-Q1");
  CHECK(dates_in("Built in 1987 and rebuilt in the 1990s.") == "1987=1987, the 1990s=199X");
  CHECK(dates_in("The fair is open October 4-7.") == "October 4-7=2022-10-04/2022-10-07");
}

TEST_CASE("words that only look like dates are none") {
  CHECK(dates_in("You may march in second place.").empty());
  CHECK(dates_in("It cost $1999 and 2000 people came.").empty());
  CHECK(dates_in("It lasted two weeks.").empty());
}

TEST_CASE("days that do not exist are not made up") {
  CHECK_FALSE(day_of(2023, 2, 29));
  CHECK(day_of(2024, 2, 29));
  CHECK(dates_in("On 30 February 2022 nothing happened.") == "30 February 2022=?");
  CHECK(timex(plus_months(*day_of(2022, 3, 31), -1), DatePrecision::Day) == "2022-02-28");
}

TEST_CASE("weeks are ISO weeks: they belong to the year of their Thursday") {
  CHECK(timex(*day_of(2021, 1, 3), DatePrecision::Week) == "2020-W53");
  CHECK(timex(*day_of(2024, 12, 30), DatePrecision::Week) == "2025-W01");
}

}  // namespace
}  // namespace newsd
