#include "feeds/extract/date_line.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

/// "published 2024-05-03" or "updated …", "nothing" when the line is not read.
std::string read_line(std::string_view line) {
  const auto dates = read_date_line(line);
  if (!dates) return "nothing";
  std::string out;
  if (dates->published) out += "published " + dates->published->value;
  if (dates->updated) out += (out.empty() ? "updated " : ", updated ") + dates->updated->value;
  return out;
}

}  // namespace

TEST_CASE("dates are read in the ways newsrooms write them") {
  CHECK(read_line("Published 3 May 2024, 10:15 GMT") == "published 2024-05-03T10:15:00Z");
  CHECK(read_line("May 3, 2024") == "published 2024-05-03");
  CHECK(read_line("Friday, 3rd May 2024") == "published 2024-05-03");
  CHECK(read_line("Posted on 2024-05-03 10:15 UTC") == "published 2024-05-03T10:15:00Z");
  CHECK(read_line("2024-05-03T10:15:00+02:00") == "published 2024-05-03T08:15:00Z");
  CHECK(read_line("Veröffentlicht am 3. Mai 2024 um 10:15 Uhr") == "published 2024-05-03");
  CHECK(read_line("03.05.2024, 10:15 Uhr") == "published 2024-05-03");
  CHECK(read_line("Publié le 3 août 2024 à 10:15 CEST") == "published 2024-08-03T08:15:00Z");
  CHECK(read_line("3 de mayo de 2024") == "published 2024-05-03");
  CHECK(read_line("3 мая 2024 г., 10:15") == "published 2024-05-03");
  CHECK(read_line("10:15, 3 May 2024") == "published 2024-05-03");
}

TEST_CASE("an update is no publication") {
  CHECK(read_line("Updated Dec. 22, 2023 11:48 a.m. ET") == "updated 2023-12-22");
  CHECK(read_line("Published 3 May 2024, updated 4 May 2024") == "published 2024-05-03, updated 2024-05-04");
}

TEST_CASE("a time in a zone of one meaning is turned to UTC, any other is left out") {
  CHECK(read_line("3 May 2024 11:30 pm EDT") == "published 2024-05-04T03:30:00Z");
  CHECK(read_line("3 May 2024 11:30 pm IST") == "published 2024-05-03");
}

TEST_CASE("what could mean two days, or is more than a date, is not read") {
  for (const char* line :
       {"", "3/4/2024", "4 minutes ago", "May 2024", "31 February 2024", "3 May 24", "On 3 May 2024 the harbour closed",
        "3 May 2024 4 May 2024", "Anna Bartol 3 May 2024", "Yesterday, 10:15", "1,024", "(L) on February 4, 2022"}) {
    CAPTURE(line);
    CHECK(read_line(line) == "nothing");
  }
}

TEST_CASE("the words of the date are kept") {
  CHECK(read_date_line("Published 3 May 2024, 10:15 GMT")->published->raw == "3 May 2024, 10:15 GMT");
  CHECK(read_date_line("Published 3 May 2024, 10:15 GMT")->said_so);
  CHECK_FALSE(read_date_line("3 May 2024")->said_so);
}

TEST_CASE("a line with a date in it is told from others") {
  CHECK(mentions_date("Anna Bartol 8:41 PM on December 20, 2023"));
  CHECK(mentions_date("Stand: 3. Mai 2024"));
  CHECK_FALSE(mentions_date("The harbour may open"));
  CHECK_FALSE(mentions_date("Twelve ferries"));
}

TEST_CASE("a date that heads a comment or a teaser has hardly a word beside it, and is no post's signature") {
  CHECK(is_dated("Anna Bartol, 3 May 2024 at 10:15"));
  CHECK(is_dated("12.05.2024, 10:15 Uhr"));
  CHECK(is_dated("21:45"));
  CHECK_FALSE(is_dated("Last race: July 25, won by Anna Bartol"));
  CHECK_FALSE(is_dated("— Anna Bartol (@abartol) May 3, 2024"));
  CHECK_FALSE(is_dated("Version 3.14"));
  CHECK_FALSE(is_dated(std::string(200, ' ') + "3 May 2024"));
}
