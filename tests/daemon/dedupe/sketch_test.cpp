#include "daemon/dedupe/sketch.h"

#include "daemon/dedupe/content.h"
#include "daemon/dedupe/likeness.h"
#include "daemon/dedupe/posting_table.h"
#include "tests/daemon/dedupe/made_news.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace newsd;

namespace {

Sketch sketch_of_text(const std::string& text) {
  const Article made = article("", {text});
  return sketch_of(made, compared_body(made)).sketch;
}

}  // namespace

TEST_CASE("typography, case and datelines do not change a sketch's shingles") {
  const Sketch plain = sketch_of_text(
      "The minister's office said on Friday that 1200 tonnes of grain would leave the port before the end of the week, "
      "and that \"no ship\" would wait.");
  const Sketch set = sketch_of_text(
      "ODESA, Oct 28 (Reuters) - The Minister’s office said on Friday that 1,200 tonnes of grain would leave the port "
      "before the end of the week – and that “no ship” would wait.");
  CHECK(plain.shingles == set.shingles);
  CHECK(plain.shingles.size() == plain.words - kShingleWords + 1);
}

TEST_CASE("a byline and a time stamp before the news are not part of it") {
  CHECK(without_opening("By Jane Miller, AFP. Published 9:22 GMT. The crane fell at noon.") ==
        "The crane fell at noon.");
  CHECK(without_opening("The crane fell. It was noon.") == "The crane fell. It was noon.");
}

TEST_CASE("a text of few words has no shingles, an empty one nothing at all") {
  CHECK(sketch_of_text("A crane fell at noon in the harbour.").empty());
  CHECK(sketch_of_text("") == Sketch{});
}

TEST_CASE("a script without spaces is compared by its characters") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "港口関係者は金曜日に";
  CHECK_FALSE(sketch_of_text(text).empty());
}

TEST_CASE("a sketch never keeps more than its bounds, however long the text") {
  MadeNews news(7);
  std::string text;
  while (text.size() < 1 << 20) text += news.sentence() + " " + std::to_string(news.below(100000)) + " Tonnes of Pan. ";
  const Sketch sketch = sketch_of_text(text);
  CHECK(sketch.shingles.size() <= kMostShingles);
  CHECK(sketch.numbers.size() <= kMostNumbers);
  CHECK(sketch.names.size() <= kMostNames);
  CHECK(sketch.placed_names.size() <= kMostPlacedNames);
  CHECK(sketch.terms.size() <= kMostTerms);
}

TEST_CASE("words and shingles are in their order, of a text of few words and of one of forty thousand different ones") {
  for (const int words : {40, 400, 40'000}) {
    std::string text;
    for (int i = 0; i < words; ++i) {
      for (int n = i; n > 0; n /= 26) text += static_cast<char>('a' + n % 26);
      text += "word ";
    }
    const Sketch sketch = sketch_of_text(text);
    CAPTURE(words);
    CHECK(std::is_sorted(sketch.shingles.begin(), sketch.shingles.end()));
    CHECK(sketch.terms.size() == std::min<std::size_t>(static_cast<std::size_t>(words), kMostTerms));
    CHECK(std::is_sorted(sketch.terms.begin(), sketch.terms.end(), [](Term a, Term b) { return a.word < b.word; }));
  }
}

TEST_CASE("of a long text those shingles are kept whose hashes are lowest, also of one that repeats itself") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  const auto sentences = news.sentences(60);
  const Sketch sketch = sketch_of_text(joined(sentences));
  const Sketch all = sketch_of_text(joined({sentences.begin(), sentences.begin() + 4}));  // short: keeps every one
  CHECK(sketch.limit < UINT32_MAX);
  CHECK(sketch.shingles.back() < sketch.limit);
  CHECK(all.limit == UINT32_MAX);
  for (const std::uint32_t shingle : all.shingles) {
    if (shingle < sketch.limit) CHECK(std::binary_search(sketch.shingles.begin(), sketch.shingles.end(), shingle));
  }
  const std::string sentence = news.sentence();
  std::string again;
  for (int i = 0; i < 200; ++i) again += sentence + " ";
  CHECK(sketch_of_text(again).shingles.size() <= kMostShingles);
  CHECK_FALSE(sketch_of_text(again).shingles.empty());
}

TEST_CASE("what sampled sketches share tells what the texts share") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  const auto sentences = news.sentences(120);
  const std::string whole = joined(sentences), half = joined({sentences.begin(), sentences.begin() + 60});
  const Sketch a = sketch_of_text(half), b = sketch_of_text(whole);
  const Likeness like = likeness_of(
      a, b, [](std::size_t) { return true; }, [](std::uint32_t) { return true; });
  CHECK(like.new_in_known() > 0.97);
  CHECK(like.known_in_new() == Approx(0.5).margin(0.2));
}

TEST_CASE("numbers are compared where they stand, number words as digits") {
  const auto numbers = [](const std::string& text) { return sketch_of_text(text).numbers; };
  const auto before = numbers("At least twelve people died and 40 were hurt, said the mayor at 9:22 on Friday."),
             same = numbers("At least 12 people died and 40 were hurt, said the mayor at 10:45 on Friday."),
             after = numbers("At least 15 people died and 40 were hurt, said the mayor at 9:22 on Friday.");
  CHECK(compare_numbers(same, before).changed.empty());
  const NumbersCompared compared = compare_numbers(after, before);
  REQUIRE(compared.changed.size() == 1);
  CHECK(after[compared.changed[0].fresh].value() == "15");
  CHECK(before[compared.changed[0].known].value() == "12");
}

TEST_CASE("names are compared where they stand, as whole names") {
  const auto names = [](const std::string& text) { return sketch_of_text(text).placed_names; };
  const auto before = names("The board of Halm Steel said that its chief Ann Lindqvist would meet Bo Muster today."),
             same = names(
                 "Read more here. The board of Halm Steel said that its chief Ann Lindqvist would meet Bo "
                 "Muster today."),
             after = names("The board of Norra Wood said that its chief Ann Lindqvist would meet Eve Muster today.");
  CHECK(before.size() == 3);
  CHECK(compare_names(same, before).common == 3);
  CHECK(compare_names(same, before).changed == 0);
  CHECK(compare_names(after, before).common == 3);
  CHECK(compare_names(after, before).changed == 2);
}

TEST_CASE("a sketch survives its bytes, and no cut or changed length does") {
  MadeNews news(3);
  const Candidate c = published_on("a.example", "1", "Crane falls at old quay",
                                   joined(news.sentences(30)) + " It cost 12.5 million in Pan Dro by 1999.");
  const std::string bytes = bytes_of(c.sketch);
  REQUIRE(sketch_from(bytes));
  CHECK(*sketch_from(bytes) == c.sketch);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7)
    CHECK_FALSE(sketch_from(std::string_view(bytes).substr(0, cut)));
  CHECK_FALSE(sketch_from(bytes + "x"));
}

TEST_CASE("the posting table holds what a multimap holds, while the oldest leave") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  PostingTable table;
  std::multimap<std::uint32_t, PostingTable::Id> expected;
  PostingTable::Id oldest = PostingTable::kIds - 500, next = oldest;  // ids wrap around on the way
  for (int i = 0; i < 20'000; ++i) {
    const auto hash = static_cast<std::uint32_t>(random() % 700);
    if (random() % 4 != 0) {
      const PostingTable::Id id = next;
      next = (next + 1) % PostingTable::kIds;
      table.set_live(oldest, next);
      table.add(hash, id);
      expected.emplace(hash, id);
    } else if (oldest != next) {
      std::erase_if(expected, [&](const auto& entry) { return entry.second == oldest; });
      oldest = (oldest + 1) % PostingTable::kIds;
      table.set_live(oldest, next);
    }
    if (const auto some = expected.find(hash); random() % 50 == 0 && some != expected.end()) {
      REQUIRE(table.remove(hash, some->second));
      expected.erase(some);
    }
    if (i % 100 != 0) continue;
    std::multiset<PostingTable::Id> got, want;
    table.each(hash, [&](PostingTable::Id id) { got.insert(id); });
    for (auto [at, end] = expected.equal_range(hash); at != end; ++at) want.insert(at->second);
    REQUIRE(got == want);
  }
}
