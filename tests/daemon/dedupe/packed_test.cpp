#include "daemon/dedupe/packed_sketch.h"
#include "daemon/dedupe/packed_text.h"
#include "tests/daemon/dedupe/made_news.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace newsd;

namespace {

std::vector<std::uint32_t> ascending(std::mt19937& random, std::size_t count, std::uint32_t limit) {
  std::vector<std::uint32_t> made(count);
  for (auto& value : made) value = static_cast<std::uint32_t>(random() % limit);
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}

WordVector words(std::mt19937& random, std::size_t count) {
  WordVector made;
  for (const std::uint32_t word : ascending(random, count, UINT32_MAX)) {
    const std::uint32_t kept = word & ~(UINT32_MAX >> WordWeights::kWordBits);
    made.emplace_back(kept, 0.05f + static_cast<float>(random() % 1000) / 1000);
  }
  return made;
}

/// What is packed of it.
Sketch packed_part(Sketch sketch) {
  Sketch part;
  part.limit = sketch.limit;
  part.shingles = std::move(sketch.shingles);
  part.names = std::move(sketch.names);
  part.title = std::move(sketch.title);
  part.placed_names = std::move(sketch.placed_names);
  part.numbers = std::move(sketch.numbers);
  return part;
}

}  // namespace

TEST_CASE("what is packed of a sketch comes out as it went in") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Sketch out;  // used again, as the index does
  for (int i = 0; i < 100; ++i) {
    std::string text;
    for (unsigned n = 3 + news.below(60); n > 0; --n) text += news.sentence(8) + " In Oldhaven 1,204.5 of 17 left. ";
    const Sketch sketch = published_on("a.example", std::to_string(i), "Title " + news.word(), text, "").sketch;
    Spill spill;
    const PackedSketch packed(sketch, spill);
    packed.unpack(out);
    REQUIRE(out == packed_part(sketch));
    REQUIRE(spill.bytes() < 600);
  }
}

TEST_CASE("sketches at their limits are packed and unpacked") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (const std::uint32_t limit : {1u, 2u, 1000u, 1u << 31, UINT32_MAX}) {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, kMostShingles}) {
      Sketch sketch;
      sketch.limit = limit;
      sketch.shingles = ascending(random, count, limit);
      sketch.names = {0, 1, UINT32_MAX};
      sketch.title = {UINT32_MAX};
      sketch.placed_names = {{0, 0}, {(1u << kContextBits) - 1, (1u << kPlacedNameBits) - 1}};
      sketch.numbers = {{5, {}}, {5, {'1', '2', '.', '4', '5', '6', '7', '8', '9', '0', '.'}}};
      Sketch out;
      Spill spill;
      PackedSketch(sketch, spill).unpack(out);
      REQUIRE(out == sketch);
    }
  }
}

TEST_CASE("packed words weigh what they weighed, to a thousandth of the heaviest") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  Spill spill;
  {
    const TextVectors text{words(random, 96), words(random, 32), words(random, 7)};
    const PackedText packed(text, spill);
    const PackedText shared = packed;
    CHECK(spill.bytes() <= 4 * (96 + 32 + 7) + 80);
    const TextVectors out = shared.unpacked();
    REQUIRE(out.body.size() == text.body.size());
    for (std::size_t i = 0; i < text.body.size(); ++i) {
      REQUIRE(out.body[i].first == text.body[i].first);
      REQUIRE(out.body[i].second == Approx(text.body[i].second).margin(0.001));
    }
    const TextVectors other{text.names, text.body, text.body};
    const auto [products, lengths] = packed.compared_with(other);
    CHECK(products.body == Approx(dot(other.body, out.body)).margin(1e-3));
    CHECK(products.names == Approx(dot(other.names, out.names)).margin(1e-3));
    CHECK(products.title == Approx(dot(other.title, out.title)).margin(1e-3));
    CHECK(lengths.body == Approx(std::sqrt(dot(out.body, out.body))).epsilon(1e-4));
    CHECK(packed.compared_with(text).products.names == Approx(dot(text.names, text.names)).epsilon(1e-2));
  }
  CHECK(spill.bytes() == 0);
}

TEST_CASE("a sought text is compared as the text itself, to the bit") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  Spill spill;
  const auto some = [&random](std::size_t count) {  // few words to draw from: many meet, some stand there twice
    WordVector drawn;
    for (std::size_t i = 0; i < count; ++i)
      drawn.emplace_back(static_cast<std::uint32_t>(random() % 200) << 12, 1 + static_cast<float>(random() % 100));
    std::sort(drawn.begin(), drawn.end());
    normalise(drawn);
    return drawn;
  };
  for (int round = 0; round < 200; ++round) {
    const TextVectors text{some(random() % 160), some(random() % 64), some(random() % 16)};
    const SoughtText sought(text);
    const PackedText packed({some(random() % 160), some(random() % 64), some(random() % 16)}, spill);
    const auto simple = packed.compared_with(text), fast = packed.compared_with(sought);
    REQUIRE(fast.products.body == simple.products.body);
    REQUIRE(fast.products.names == simple.products.names);
    REQUIRE(fast.products.title == simple.products.title);
    REQUIRE(fast.lengths.body == simple.lengths.body);
  }
}

TEST_CASE("a text of no words is packed, too") {
  Spill spill;
  const TextVectors other{{{1u << 31, 1.0f}}, {}, {}};
  const PackedText packed(TextVectors{}, spill);
  CHECK(packed.unpacked().body.empty());
  CHECK(packed.compared_with(other).lengths.body == 0);
  CHECK(packed.compared_with(other).products.body == 0);
  CHECK(PackedText().compared_with(other).products.body == 0);
}

TEST_CASE("an article of 3 KB that starts a story costs less than 2 KB") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk;
  desk.placer = make_placer({});
  constexpr int kArticles = 2000;
  const PlacerLoad before = desk.placer->load();
  for (int i = 0; i < kArticles; ++i) {
    std::string text;
    while (text.size() < 3000) text += news.sentence(12) + " ";
    desk.take(
        published_on(news.word() + ".example", std::to_string(i), news.sentence(6), text, "2024-03-01T08:00:00Z"));
  }
  const PlacerLoad load = desk.placer->load();
  REQUIRE(load.stories > kArticles / 2);
  CHECK((load.text_bytes + load.story_bytes - before.text_bytes - before.story_bytes) / kArticles < 2000);
}
