#include "feeds/extract/author_note.h"

#include <catch2/catch.hpp>

#include <string>

using namespace newsd;

TEST_CASE("a line that says what somebody is in the trade is a note on the author") {
  for (const char* line :
       {"Ida Holm is a reporter.", "Ida Holm is a Nordvik-based reporter and editor for the Harbour Post.",
        "I. K. Holm is the Harbour Post's chief critic.", "Jean-Luc Ney est journaliste au service économie.",
        "Ida Holm ist freie Redakteurin in Nordvik.", "Ana María Ruiz es periodista y escribe sobre el puerto."}) {
    CAPTURE(line);
    CHECK(is_author_note(line));
  }
}

TEST_CASE("what people in the news are, were or do is no note on the author") {
  for (const std::string& line :
       {std::string(), std::string("Ida"), std::string("Holm is a reporter."), std::string("She is a reporter."),
        std::string("Ida Holm is a former reporter."), std::string("Ida Holm was a reporter of the Post."),
        std::string("Ida Holm is a sailor, and her sister a reporter."), std::string("the Harbour Post is a writer"),
        std::string("One Two Three Four Five is a reporter."), std::string("Ida Holm is") + std::string(20, ' '),
        std::string("Ida Holm is a tall and quiet and patient and careful and kind reporter."),
        std::string(100'000, 'A') + " B is a reporter"}) {
    CAPTURE(line.substr(0, 80));
    CHECK_FALSE(is_author_note(line));
  }
}
