#include "feeds/extract/phrases.h"

#include "feeds/extract/phrase_lists.h"
#include "feeds/text/fold.h"
#include "feeds/text/words.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string kind_of(std::string_view line) {
  const Phrase* phrase = find_phrase(phrase_form(fold_for_matching(line)), count_words(line));
  return phrase == nullptr ? "none" : std::string(to_string(phrase->kind)) + (phrase->ends_article ? ", end" : "");
}

}  // namespace

TEST_CASE("every phrase is written the way lines are looked up") {
  for (const Phrase& phrase : phrase_list()) {
    CAPTURE(phrase.text);
    CHECK(fold_for_matching(phrase.text) == phrase.text);
    CHECK_FALSE(phrase.text.empty());
    // signs at a whole line's ends are dropped before it is looked up
    if (phrase.match == PhraseMatch::Whole) CHECK(phrase_form(phrase.text) == phrase.text);
  }
}

TEST_CASE("lines of a page are known in several languages") {
  CHECK(kind_of("ADVERTISEMENT") == "advertisement");
  CHECK(kind_of("— Anzeige —") == "advertisement");
  CHECK(kind_of("Leave a Reply") == "comment-form, end");
  CHECK(kind_of("27 Comments") == "comment-form, end");
  CHECK(kind_of("1,204 comments") == "comment-form, end");
  CHECK(kind_of("Lire aussi : la mer monte") == "related");
  CHECK(kind_of("Читайте также: паром ушёл") == "related");
  CHECK(kind_of("© 2024 Harbour Post. All rights reserved.") == "other, end");
  CHECK(kind_of("5 min read") == "navigation");
  CHECK(kind_of("相关阅读：渡船") == "related, end");
}

TEST_CASE("the same words inside a sentence mean nothing") {
  CHECK(kind_of("Related parties met on the quay to discuss the price of ferry tickets.") == "none");
  CHECK(kind_of("Homecoming") == "none");
  CHECK(kind_of("Trending upwards, the price of fish is a worry for the harbour.") == "none");
  CHECK(kind_of("") == "none");
}
