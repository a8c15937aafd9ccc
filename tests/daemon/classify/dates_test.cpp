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

TEST_CASE("parts of months and years are the days they are") {
  CHECK(dates_in("He left in the third week of this month.") == "the third week of this month=2022-W42");
  CHECK(dates_in("They met in the last week of 2016.") == "the last week of 2016=2016-W52");
  CHECK(dates_in("It rained in the last four months of 2021.") == "the last four months of 2021=2021-09-01/2021-12-31");
  CHECK(dates_in("Profits rose in the first half of 2019.") == "the first half of 2019=2019-H1");
  CHECK(dates_in("Profits rose in Q3 2021 and in 2022-Q1.") == "Q3 2021=2021-Q3, 2022-Q1=2022-Q1");
  CHECK(dates_in("The vote is on the first Monday in May 2021.") == "the first Monday in May 2021=2021-05-03");
  CHECK(dates_in("It ends late next week, and the rest of the year is free.") ==
        "late next week=2022-W44, the rest of the year=2022-10-28/2022-12-31");
  CHECK(dates_in("In the 15th century it was a town, in the nineteen seventies a city.") ==
        "the 15th century=14XX, the nineteen seventies=197X");
}

TEST_CASE("the ends of a stretch share what was said once") {
  CHECK(dates_in("Closed from 4 to 22 January 2021.") == "4 to 22 January 2021=2021-01-04/2021-01-22");
  CHECK(dates_in("Closed from May to October 2020.") == "May to October 2020=2020-05/2020-10");
  CHECK(dates_in("Closed between November and March.") == "November and March=2022-11/2023-03");
  CHECK(dates_in("Closed 4 till 23 of this month.") == "4 till 23 of this month=2022-10-04/2022-10-23");
  CHECK(dates_in("Floods killed 22 this month.") == "this month=2022-10");
  CHECK(dates_in("Open April 9th through 17th.") == "April 9th through 17th=2022-04-09/2022-04-17");
  CHECK(dates_in("He ruled between 2007 and 2009.") == "2007 and 2009=2007/2009");
  CHECK(dates_in("The prices rose from 4 to 22 dollars.").empty());
}

TEST_CASE("days of a week that is named, and of a month by their number") {
  CHECK(dates_in("They met on Tuesday of last week.") == "Tuesday of last week=2022-10-18");
  CHECK(dates_in("They meet next week on Friday.") == "next week on Friday=2022-11-04");
  CHECK(dates_in("They met on Friday the 14th.") == "Friday the 14th=2022-10-14");
  CHECK(dates_in("They leave on the 20th of next month.") == "the 20th of next month=2022-11-20");
}

TEST_CASE("counts of several units add up, from the reference or from a day") {
  CHECK(dates_in("They met 1 month and 21 days ago.") == "1 month and 21 days ago=2022-09-07");
  CHECK(dates_in("It ends 2 weeks before May 13, 1999.") == "2 weeks before May 13, 1999=1999-04-29");
  CHECK(dates_in("They leave three weeks from tomorrow.") == "three weeks from tomorrow=2022-11-19");
  CHECK(dates_in("They left a fortnight ago.") == "a fortnight ago=2022-10-14");
  CHECK(dates_in("They met two Sundays ago.") == "two Sundays ago=2022-10-16");
  CHECK(dates_in("It must be paid within five days.") == "within five days=2022-10-28/2022-11-01");
}

TEST_CASE("feast days with a rule are days, where they describe nothing else") {
  CHECK(dates_in("It began on Christmas Eve.") == "Christmas Eve=2022-12-24");
  CHECK(dates_in("It began on Easter Monday 2019.") == "Easter Monday 2019=2019-04-22");
  CHECK(dates_in("It began last Thanksgiving.") == "last Thanksgiving=2021-11-25");
  CHECK(dates_in("Christmas trees were sold in a good year with new ideas.").empty());
}

TEST_CASE("dates within dates end somewhere") {
  std::string text = "It was ";
  for (int i = 0; i < 2000; ++i) text += "the first day of ";
  CHECK(dates_in(text + "2022.").ends_with("the first day of 2022=2022-01-01"));
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
