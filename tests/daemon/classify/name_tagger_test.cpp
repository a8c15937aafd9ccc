// The likeliest tags, and what the embedded model makes of sentences beside the rules.
#include "daemon/classify/name_tagger.h"
#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

#include <random>

using namespace newsd;

namespace {

std::int64_t sum_of(const std::vector<TagScores>& scores, const NameSteps& steps, const std::vector<NameTag>& tags) {
  std::int64_t sum = 0;
  std::size_t before = 0;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const auto tag = static_cast<std::size_t>(tags[i]);
    sum += scores[i][tag] + steps[before][tag];
    before = tag;
  }
  return sum;
}

bool is_possible(const std::vector<NameTag>& tags) {
  NameTag before = NameTag::Outside;
  for (const NameTag tag : tags) {
    if (!may_follow(before, tag)) return false;
    before = tag;
  }
  return true;
}

/// "person: Anna Berg" …, of the entities that are mentioned.
std::vector<std::string> names_of(std::string text) {
  std::vector<std::string> names;
  for (const EntityLabel& e : facts_of(std::move(text)).entities)
    if (!e.mentions.empty()) names.push_back(std::string(to_string(e.kind)) + ": " + e.name);
  return names;
}

}  // namespace

TEST_CASE("a name goes on only as what it began as") {
  CHECK(may_follow(NameTag::BeginPerson, NameTag::InPerson));
  CHECK(may_follow(NameTag::InPlace, NameTag::InPlace));
  CHECK_FALSE(may_follow(NameTag::Outside, NameTag::InPerson));
  CHECK_FALSE(may_follow(NameTag::BeginPerson, NameTag::InOrganisation));
  CHECK(may_follow(NameTag::InMisc, NameTag::BeginPerson));
}

TEST_CASE("the tags found are the best of all possible ones") {
  std::mt19937 random(41);
  for (int round = 0; round < 60; ++round) {
    std::vector<TagScores> scores(4);
    NameSteps steps{};
    for (auto& s : scores)
      for (std::size_t tag = 0; tag < kNameTags; ++tag) s[tag] = static_cast<std::int32_t>(random() % 41) - 20;
    for (auto& s : steps)
      for (auto& x : s) x = static_cast<std::int16_t>(static_cast<int>(random() % 21) - 10);
    std::int64_t best = INT64_MIN;
    for (std::size_t all = 0; all < 9 * 9 * 9 * 9; ++all) {
      std::vector<NameTag> tags;
      for (std::size_t n = all, i = 0; i < 4; ++i, n /= 9) tags.push_back(static_cast<NameTag>(n % 9));
      if (is_possible(tags)) best = std::max(best, sum_of(scores, steps, tags));
    }
    std::vector<NameTag> found;
    TagSearch().find(scores, TagSteps([&](std::size_t before, std::size_t tag) { return steps[before][tag]; }), found);
    CHECK(is_possible(found));
    CHECK(sum_of(scores, steps, found) == best);
  }
}

TEST_CASE("no tokens have no tags") {
  std::vector<NameTag> tags{NameTag::Outside};
  TagSearch().find({}, TagSteps([](std::size_t, std::size_t) { return 0; }), tags);
  CHECK(tags.empty());
}

TEST_CASE("names that no lexicon has are found and told apart") {
  CHECK(names_of("The poet Torvild Tarsenko was born in Kelmarsh in 1987.") ==
        std::vector<std::string>{"person: Torvild Tarsenko", "place: Kelmarsh"});
  CHECK(names_of("He was elected to the board of the Harrowgate Rowing Association in 1987.") ==
        std::vector<std::string>{"organisation: Harrowgate Rowing Association"});
}

TEST_CASE("countries of the lexicon stay what they are, whatever stands beside them") {
  const Labels labels = facts_of("Norway and Sweden signed the treaty, and Norwegian ministers flew to Denmark.");
  for (const std::string country : {"Norway", "Sweden", "Denmark"}) {
    const EntityLabel* entity = entity_named(labels, country);
    REQUIRE(entity != nullptr);
    CHECK(entity->kind == EntityKind::Country);
  }
}

TEST_CASE("without a model the rules alone find names") {
  const Article article = article_of({"Ingvild Tarsenko said so."});
  Labels labels;
  labels.language.code = "en";
  understand(article, default_resources()->lexicon, nullptr, labels);
  CHECK(entity_named(labels, "Ingvild Tarsenko") != nullptr);
}

TEST_CASE("a text of capitals without an end is tagged, and names are apart") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += i % 7 == 0 ? "Oslo " : "Brelt ";
  const Lexicon& lexicon = default_resources()->lexicon;
  const TokenText tokens = tokenise(text, lexicon.vocabulary());
  const auto rules = name_spans(tokens, lexicon, nullptr);
  const auto names = tag_names(tokens, lexicon, rules, lexicon.names(tokens), *default_resources()->names);
  std::uint32_t behind = 0;
  for (const TaggedName& name : names) {
    CHECK(name.first >= behind);
    CHECK(name.last < tokens.tokens.size());
    behind = name.last + 1;
  }
}
