#include "feeds/extract/byline.h"

#include <catch2/catch.hpp>

using namespace newsd;
using Names = std::vector<std::string>;

namespace {

Names names(std::string_view line) {
  const auto byline = read_byline(line);
  return byline ? byline->names : Names{};
}

}  // namespace

TEST_CASE("names behind By are read in several languages") {
  CHECK(names("By Anna Bartol") == Names{"Anna Bartol"});
  CHECK(names("BY ANNA BARTOL") == Names{"ANNA BARTOL"});
  CHECK(names("Von Jan Kern und Eva Lind") == Names{"Jan Kern", "Eva Lind"});
  CHECK(names("Par Zoé d'Arc") == Names{});  // a small particle stuck to the name is not certain enough
  CHECK(names("Por María de la Cruz y Juan Ruiz") == Names{"María de la Cruz", "Juan Ruiz"});
  CHECK(names("Автор: Анна Бартол") == Names{"Анна Бартол"});
  CHECK(names("Door Jan van den Berg") == Names{"Jan van den Berg"});
}

TEST_CASE("an office behind the name is no name") {
  CHECK(names("By Anna Bartol, Political Editor") == Names{"Anna Bartol"});
  CHECK(names("By Anna Bartol, Jan Kern and Eva Lind") == Names{"Anna Bartol", "Jan Kern", "Eva Lind"});
  CHECK(read_byline("By Anna Bartol, Political Editor")->raw == "By Anna Bartol, Political Editor");
}

TEST_CASE("sentences and other lines are no bylines") {
  for (const char* line : {"", "By", "By ", "By Monday the harbour was open.", "By the river", "Bye Anna", "Abby Stone",
                           "By 2030", "By Anna Bartol 3 May 2024", "Von dort aus fuhren sie", "By anna@news.example",
                           "By A B C D E F", "Di nuovo in mare"}) {
    CAPTURE(line);
    CHECK(names(line) == Names{});
  }
}
