#include "feeds/text/fold.h"

#include <catch2/catch.hpp>

#include <random>

using namespace newsd;

TEST_CASE("letters match whatever their case") {
  CHECK(fold_for_matching("STRASSE") == fold_for_matching("Straße"));
  CHECK(fold_for_matching("ΑΘΗΝΑΣ") == fold_for_matching("αθηνας"));
  CHECK(fold_for_matching("Киев ЖДЁТ") == "киев ждёт");
  CHECK(fold_for_matching("ŁÓDŹ Ǆ") == "łódź ǆ");
}

TEST_CASE("a letter and its composed form match") {
  CHECK(fold_for_matching("Cafe\xCC\x81") == fold_for_matching("Café"));
  CHECK(fold_for_matching("и\xCC\x86") == "й");
  CHECK(fold_for_matching("U\xCC\x88\xCC\x84") == "ǖ");
  CHECK(fold_for_matching("\xCC\x81"
                          "a") ==
        "\xCC\x81"
        "a");
}

TEST_CASE("quotes, apostrophes, dashes and spaces of all kinds match") {
  CHECK(fold_for_matching("‘It’s’ \xC2\xB4 `") == "'it's' ' '");
  CHECK(fold_for_matching("“a” „b“ «c»") == "\"a\" \"b\" \"c\"");
  CHECK(fold_for_matching("a – b — c \xE2\x88\x92 d") == "a - b - c - d");
  CHECK(fold_for_matching("\xC2\xA0 one\xE2\x80\xAFtwo \t three\xE3\x80\x80") == "one two three");
  CHECK(fold_for_matching("so\xC2\xAD"
                          "ft… \xE2\x80\x8B") == "soft...");
}

TEST_CASE("folding twice changes nothing more") {
  for (const char* text : {"Straße “ÉTÉ” – \xC2\xA0Ω", "渡船 Ａｂ", "a\xCC\x81\xCC\x81", ""}) {
    CHECK(fold_for_matching(fold_for_matching(text)) == fold_for_matching(text));
  }
}

TEST_CASE("runs of ASCII are folded as their characters are one by one") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string characters = "aZ09 \t\n`'-.~\x01";
  for (int i = 0; i < 2000; ++i) {
    std::string run, one_by_one;
    for (auto n = random() % 40; n > 0; --n) {
      const char c = characters[random() % characters.size()];
      run += c;
      one_by_one += c;
      one_by_one += "\xE2\x80\x8B";  // a space of no width, which is dropped, and keeps ASCII from being a run
      if (random() % 8 == 0) {
        run += "É";
        one_by_one += "É";
      }
    }
    REQUIRE(fold_for_matching(run) == fold_for_matching(one_by_one));
  }
}
