#include "feeds/text/sentence.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("the first sentence ends at its stop, with the quotes that close it") {
  CHECK(first_sentence("The ferry sank. Nobody was hurt.") == "The ferry sank.");
  CHECK(first_sentence("“It sank!” he said. Then he left.") == "“It sank!” he said.");
  CHECK(first_sentence("“It sank.” The captain left.") == "“It sank.”");
  CHECK(first_sentence("Is it over? Yes.") == "Is it over?");
  CHECK(first_sentence("渡船沉没了。无人受伤。") == "渡船沉没了。");
  CHECK(first_sentence("  No end at all ") == "No end at all");
  CHECK(first_sentence("") == "");
}

TEST_CASE("a stop behind an abbreviation, an initial or a number does not end it") {
  CHECK(first_sentence("Dr. Anna B. Bartol of the U.S. Navy came. She left.") ==
        "Dr. Anna B. Bartol of the U.S. Navy came.");
  CHECK(first_sentence("Am 3. Mai kam z.B. Herr Nr. 5 an. Er blieb.") == "Am 3. Mai kam z.B. Herr Nr. 5 an.");
  CHECK(first_sentence("It rose 3.5 per cent. Then it fell.") == "It rose 3.5 per cent.");
  CHECK(first_sentence("It was … fine. We left.") == "It was … fine.");
}

TEST_CASE("a sentence without end is cut at a word") {
  std::string text;
  while (text.size() < 1000) text += "word ";
  CHECK(first_sentence(text, 22) == "word word word word");
  CHECK(first_sentence(std::string(1000, 'x'), 10) == "xxxxxxxxxx");
}

TEST_CASE("a line ends a sentence also behind quotes, brackets and a stray opening quote") {
  CHECK(ends_sentence("It sank."));
  CHECK(ends_sentence("“It sank!”"));
  CHECK(ends_sentence("It sank (later).)"));
  CHECK(ends_sentence("It sank. ‘"));
  CHECK(ends_sentence("沉没了。」"));
  CHECK(ends_sentence("Wait…"));
  CHECK_FALSE(ends_sentence("A man looks on"));
  CHECK_FALSE(ends_sentence("A sign saying ‘Stop’"));
  CHECK_FALSE(ends_sentence(""));
  CHECK_FALSE(ends_sentence("He said:"));
}
