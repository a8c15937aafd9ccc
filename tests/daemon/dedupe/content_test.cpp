#include "daemon/dedupe/content.h"

#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {
const std::string kText = "The harbour of Oldhaven will close for nine days while divers look for a lost anchor chain.";

std::vector<std::uint64_t> words_of(std::string_view text) {
  std::vector<ScannedWord> words;
  scan_words(text, 0, words);
  std::vector<std::uint64_t> hashes;
  for (const ScannedWord& word : words) hashes.push_back(word.hash);
  return hashes;
}
Key128 key_of_article(const Article& a) { return content_key(a, compared_body(a)); }
Key128 key_of(std::vector<std::string> paragraphs) {
  return key_of_article(article("Harbour closes", std::move(paragraphs)));
}
}  // namespace

TEST_CASE("a dateline is taken off the first paragraph") {
  const std::vector<std::string> datelines = {"OLDHAVEN - ",
                                              "OLDHAVEN — ",
                                              "OLDHAVEN, Oct 28 (Wire) - ",
                                              "Oldhaven (Wire) – ",
                                              "PORT OF LENN/OLDHAVEN, N.Y. -- ",
                                              "(Wire) - ",
                                              "OLDHAVEN, October 28, 2024 (Wire) — "};
  for (const std::string& dateline : datelines) {
    CAPTURE(dateline);
    CHECK(without_dateline(dateline + kText) == kText);
    CHECK(key_of({dateline + kText}) == key_of({kText}));
  }
}

TEST_CASE("a sentence that has a dash keeps its beginning") {
  for (const std::string text :
       {"The harbour — closed since May — opens again.", "Nine days - that is how long it takes.", "well-known", "—",
        "Divers said - no.", "A - b"}) {
    CAPTURE(text);
    CHECK(without_dateline(text) == text);
  }
}

TEST_CASE("a byline that stands alone is no text") {
  CHECK(is_byline("By Ann Example"));
  CHECK(is_byline("By Ann Example and Bo Muster"));
  CHECK_FALSE(is_byline("By noon the harbour was empty"));
  CHECK_FALSE(is_byline("By Monday."));
  CHECK(key_of({"By Ann Example", "OLDHAVEN - " + kText}) == key_of({kText}));
}

TEST_CASE("case, quotation marks, dashes, spaces and paragraphs do not change the key") {
  CHECK(key_of({"The HARBOUR of Oldhaven – will close for “nine” days,",
                "while divers look for a lost\u00A0anchor chain"}) ==
        key_of({"the harbour of Oldhaven will close for nine days while divers look for a lost anchor chain."}));
}

TEST_CASE("another word, number or order is another key") {
  const Key128 key = key_of({kText});
  CHECK(key_of({kText + " Again."}) != key);
  CHECK(key_of({"The harbour of Oldhaven will close for ten days while divers look for a lost anchor chain."}) != key);
  CHECK(key_of({"Oldhaven of The harbour will close for nine days while divers look for a lost anchor chain."}) != key);
}

TEST_CASE("the headline is not part of the key of a text that speaks for itself") {
  CHECK(key_of_article(article("One", {kText})) == key_of_article(article("Two", {kText})));
  CHECK(key_of_article(article("One", {})) != key_of_article(article("Two", {})));
  CHECK(key_of_article(article("", {"?!"})) == Key128{});
}

TEST_CASE("words are folded runs of letters and digits") {
  CHECK(words_of("It’s 1,200.50 – “Übergröße”, O'Neill") == words_of("its 120050 übergrösse oneill"));
  CHECK(words_of("IT'S O'NEILL") == words_of("it’s o’neill"));
  CHECK(words_of("its").size() == 1);
}

TEST_CASE("a compared body tells where its words and paragraphs stand") {
  const ComparedBody body = compared_body(article("", {"By Ann Example", "OLDHAVEN - Nine days.", "12 views", "Ten."}));
  CHECK(body.text == "Nine days.\nTen.\n");
  REQUIRE(body.words.size() == 3);
  CHECK(body.text.substr(body.words[2].at, body.words[2].bytes) == "Ten");
  CHECK(body.paragraphs == std::vector<std::uint32_t>{0, 2});
}

TEST_CASE("fields are equal whatever their spaces and the shape of their quotation marks") {
  const auto hashes = [](std::string headline, std::vector<std::string> paragraphs) {
    return field_hashes(article(std::move(headline), std::move(paragraphs)));
  };
  const FieldHashes plain = hashes("'Nine' days", {"It said \"no ship\" - none.", "Ten."});
  CHECK(hashes(" ‘Nine’\u00A0 days ", {"It  said “no\tship” - none. ", " Ten."}) == plain);
  CHECK(hashes("'Nine' days", {"It said \"No ship\" - none.", "Ten."}).body != plain.body);
  CHECK(hashes("'nine' days", {"It said \"no ship\" - none.", "Ten."}).headline != plain.headline);
  CHECK(hashes("", {" ", "\u00A0"}) == FieldHashes{});
}

TEST_CASE("hostile bytes make some key and no trouble") {
  std::string noise;
  for (int i = 0; i < 4096; ++i) noise += (i % 7 == 0) ? "—" : (i % 5 == 0) ? " " : "(";
  CHECK_NOTHROW(key_of({noise}));
  CHECK_NOTHROW(key_of({std::string(5'000'000, 'x')}));
}
