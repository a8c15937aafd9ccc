#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

std::vector<std::string> texts_of(const Labels& labels) {
  std::vector<std::string> texts;
  for (const QuoteLabel& q : labels.quotes) texts.push_back(q.text);
  return texts;
}

TEST_CASE("a speaker stands behind the quotation, before or after the verb") {
  CHECK(speaker_of(facts_of("“The bridge will stay shut until spring,” Marta Lind said."), 0) == "Marta Lind");
  CHECK(speaker_of(facts_of("“The bridge will stay shut until spring,” said Marta Lind."), 0) == "Marta Lind");
  CHECK(speaker_of(facts_of("\"The bridge will stay shut until spring,\" said Marta Lind, the engineer."), 0) ==
        "Marta Lind");
}

TEST_CASE("a long apposition between speaker and verb is looked through") {
  const Labels labels = facts_of(
      "“No ship will sail before the ice is gone,” Lind, who leads the pilots and is also a member of the council, "
      "said.");
  CHECK(labels.quotes.at(0).speaker_text == "Lind");
}

TEST_CASE("the cue may stand before the quotation") {
  const Labels labels = facts_of("Marta Lind warned that the bridge was “beyond any repair this year”.");
  CHECK(speaker_of(labels, 0) == "Marta Lind");
  CHECK(labels.quotes.at(0).cue == "warned");
}

TEST_CASE("according to whom it was said") {
  CHECK(speaker_of(facts_of("According to Marta Lind, the bridge “cannot be saved by anyone”."), 0) == "Marta Lind");
}

TEST_CASE("a quotation split by its cue is two, joined") {
  const Labels labels = facts_of("“We waited for hours,” Marta Lind said. “Nobody came to open the gate.”");
  REQUIRE(labels.quotes.size() == 2);
  CHECK(labels.quotes[1].continues == "q1");
  CHECK(speaker_of(labels, 1) == "Marta Lind");
}

TEST_CASE("a quotation runs over paragraphs that open and do not close it") {
  const Labels labels =
      facts_of(article_of({"Marta Lind also spoke of the old quay.", "“We will rebuild it stone by stone, as it was.",
                           "“And we will do it with our own hands.”"}));
  REQUIRE(labels.quotes.size() == 2);
  CHECK(labels.quotes[0].text == "“We will rebuild it stone by stone, as it was.");
  CHECK(labels.quotes[1].continues == "q1");
  CHECK(speaker_of(labels, 1) == speaker_of(labels, 0));
}

TEST_CASE("single curly marks quote, and apostrophes do not close them") {
  const Labels labels = facts_of("‘It isn’t the pilots’ fault that the ships’ crews left early,’ Marta Lind said.");
  CHECK(texts_of(labels) == std::vector<std::string>{"‘It isn’t the pilots’ fault that the ships’ crews left early,’"});
  CHECK(facts_of("The pilots’ union met in the ’90s.").quotes.empty());
}

TEST_CASE("marks that open in one language close in another") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"„Wir bleiben hier, bis das Eis geht“, sagte sie am Abend.", "„Wir bleiben hier, bis das Eis geht“"},
      {"»Wir bleiben hier, bis das Eis geht«, sagte sie am Abend.", "»Wir bleiben hier, bis das Eis geht«"},
      {"«Nous restons ici tout l'hiver», a-t-elle dit le soir.", "«Nous restons ici tout l'hiver»"},
      {"« Nous restons ici tout l'hiver », a-t-elle dit le soir.", "« Nous restons ici tout l'hiver »"},
      {"”Vi blir kvar här tills isen går”, sade hon på kvällen.", "”Vi blir kvar här tills isen går”"},
      {"„Zostaniemy tu do końca zimy”, powiedziała wieczorem.", "„Zostaniemy tu do końca zimy”"},
      {"“We stay here until the ice goes“ she said at night.", "“We stay here until the ice goes“"},
  };
  for (const auto& [text, quote] : cases) {
    CAPTURE(text);
    CHECK(texts_of(facts_of(text)) == std::vector<std::string>{quote});
  }
}

TEST_CASE("an opening mark at the end of a paragraph belongs to the next") {
  const Labels labels =
      facts_of(article_of({"‘No ship sails,’ the statement said. ‘", "Everybody stays in port until Monday.’"}));
  REQUIRE(labels.quotes.size() == 2);
  CHECK(labels.quotes[1].text == "Everybody stays in port until Monday.’");
}

TEST_CASE("a pronoun speaks for the person named before") {
  CHECK(speaker_of(facts_of("Marta Lind climbed the mast. “You can see the whole bay from here,” she said."), 0) ==
        "Marta Lind");
}

TEST_CASE("a statement speaks for the body or country that made it") {
  const Labels labels = facts_of(
      "Sweden’s foreign ministry wrote to the pilots. “There is no danger to anyone at sea,” the letter said.");
  CHECK(speaker_of(labels, 0) == "Ministry of Foreign Affairs of Sweden");
  CHECK(labels.quotes[0].voice == Voice::Document);
}

TEST_CASE("some marked words that nobody says have no speaker") {
  const Labels labels = facts_of("The “sleeping” bridge opened at noon.");
  REQUIRE(labels.quotes.size() == 1);
  CHECK(labels.quotes[0].kind == QuoteKind::Scare);
  CHECK(labels.quotes[0].speaker.empty());
  CHECK(facts_of("He built the “Northern Lights Bridge” by himself.").quotes.at(0).kind == QuoteKind::Title);
}

TEST_CASE("what a work is called is a title and said by nobody, also beside a speaker") {
  for (const char* text : {"Marta Lind said on KNR’s “Morning at the Quay” that the bridge will open.",
                           "“We will see,” Lind said on “This Week.”",
                           "Marta Lind, author of “The Bridge and the Tide,” said it would hold.",
                           "Her book, “A Year Below,” was read by all, said Marta Lind."}) {
    CAPTURE(text);
    const QuoteLabel quote = facts_of(text).quotes.back();
    CHECK(quote.kind == QuoteKind::Title);
    CHECK(quote.speaker_text.empty());
  }
  CHECK(facts_of("Marta Lind Calls Bridge Of Others “Not Fit For Ships”").quotes.at(0).kind != QuoteKind::Title);
  CHECK(facts_of("Marta Lind accused the town of “madness.”").quotes.at(0).kind != QuoteKind::Title);
  CHECK(facts_of("The crowd yelled “Open The Bridge!” all day long.").quotes.at(0).kind != QuoteKind::Title);
}

TEST_CASE("a work that is called so has a title") {
  const Labels labels = facts_of("Marta Lind plays in a show called “Tides,” which opens in May.");
  CHECK(labels.quotes.at(0).kind == QuoteKind::Title);
}

TEST_CASE("a name and a colon, or a dash and a name, tell who speaks") {
  CHECK(speaker_of(facts_of("- Marta Lind: “Nothing on this coast is built to last, and it shows.”"), 0) ==
        "Marta Lind");
  CHECK(speaker_of(facts_of("Marta Lind, Harbour Post: “Nothing on this coast is built to last.”"), 0) == "Marta Lind");
  CHECK(speaker_of(facts_of("“Nothing on this coast is built to last, and it shows.” — Marta Lind"), 0) ==
        "Marta Lind");
  CHECK(speaker_of(facts_of(article_of({"“Nothing on this coast is built to last.”", "- Marta Lind."})), 0) ==
        "Marta Lind");
  CHECK(
      facts_of("There is one rule here: “Nothing is built to last on this coast.”").quotes.at(0).speaker_text.empty());
}

TEST_CASE("without a cue, words marked in a sentence are those of whom it is about") {
  const Labels labels = facts_of("Marta Lind is promising lower tolls and “a bridge for all”.");
  CHECK(speaker_of(labels, 0) == "Marta Lind");
  CHECK(labels.quotes.at(0).kind == QuoteKind::Fragment);
  CHECK(labels.quotes.at(0).cue.empty());
  CHECK(facts_of("In a letter, she rails against the “wall of stone”.").quotes.at(0).speaker_text == "she");
  CHECK(facts_of("It rained on the “wall of stone” all day.").quotes.at(0).speaker.empty());
}

TEST_CASE("what a left-over tag says is no quotation") {
  const Labels labels =
      facts_of("<tweet id=\"747986907162877952\" author=\"@marta\">She wrote: \"We will all be at the quay by noon.\"");
  CHECK(texts_of(labels) == std::vector<std::string>{"\"We will all be at the quay by noon.\""});
}

TEST_CASE("what is quoted within '' '' is no quotation of its own") {
  CHECK(facts_of("''She said, 'We will all be at the quay by noon,' and left,'' he recalled.").quotes.empty());
}

TEST_CASE("a mark that is never closed or opened ends with its paragraph") {
  CHECK(facts_of("A stray ” stood here.").quotes.empty());
  const Labels labels = facts_of(article_of({"Lind said: “We will see.", "Then she left."}));
  REQUIRE(labels.quotes.size() == 1);
  CHECK(labels.quotes[0].text == "“We will see.");
}

}  // namespace
}  // namespace newsd
