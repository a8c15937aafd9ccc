#include "daemon/classify/name_tagger.h"

#include "daemon/classify/name_features.h"
#include "daemon/classify/wide.h"

#include <algorithm>
#include <optional>

namespace newsd {

namespace {

/// A name in lower case is none; beside capitals, so many tokens may belong to a name ("Bank of the West") or tell what
/// it is. The rest of a sentence is outside of names unread.
constexpr std::size_t kReach = 2;

std::optional<EntityKind> kind_of(NameTag tag) {
  switch (tag) {
    case NameTag::BeginPerson: return EntityKind::Person;
    case NameTag::BeginOrganisation: return EntityKind::Organisation;
    case NameTag::BeginPlace: return EntityKind::Place;
    default: return std::nullopt;
  }
}

NEWSD_WIDE void score(std::span<const NameFeatures> tokens, const NameModel& model, std::vector<TagScores>& scores) {
  scores.assign(tokens.size(), TagScores{});
  for (std::size_t token = 0; token < tokens.size(); ++token) {
    std::array<std::int16_t, 16> sums{};  // of few bytes: no sum overflows, and they are added sixteen at a time
    static_assert(kNameFeatures * 128 < INT16_MAX);
    if (token + 1 < tokens.size())
      for (const std::uint32_t bucket : tokens[token + 1]) model.prefetch(bucket);
    for (const std::uint32_t bucket : tokens[token]) {
      const NameRow row = model.row(bucket);
      for (std::size_t i = 0; i < row.size(); ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
    }
    std::copy_n(sums.begin(), kNameTags, scores[token].begin());
  }
}

bool begins_name(const Token& token) { return token.is_word() && token.is_capital(); }

/// The next stretch of tokens at or behind `from` that may hold a name: all within reach of a capital.
struct Stretch {
  std::size_t first = 0, last = 0;
};
std::optional<Stretch> next_stretch(std::span<const Token> tokens, std::size_t from, std::size_t end) {
  std::size_t capital = from;
  while (capital < end && !begins_name(tokens[capital])) ++capital;
  if (capital == end) return std::nullopt;
  Stretch stretch{std::max(from, capital - std::min(capital, kReach)), 0};
  std::size_t reach = capital + kReach;
  for (std::size_t i = capital + 1; i < end && i <= reach + kReach; ++i)
    if (begins_name(tokens[i])) reach = i + kReach;
  stretch.last = std::min({end, reach + 1, stretch.first + kMostTagged});
  return stretch;
}

}  // namespace

NEWSD_WIDE void TagSearch::find(std::span<const TagScores> scores, const TagSteps& steps, std::vector<NameTag>& tags) {
  tags.assign(scores.size(), NameTag::Outside);
  TagScores sums{};
  for (std::size_t tag = 1; tag < kTagLanes; ++tag) sums[tag] = TagSteps::kNever;  // before the first, one outside
  if (from_.size() < scores.size()) from_.resize(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    TagScores best{}, by{};
    best.fill(INT32_MIN);
    for (std::size_t before = 0; before < kNameTags; ++before) {
      const TagScores& step = steps.behind(before);
      for (std::size_t tag = 0; tag < kTagLanes; ++tag) {
        const std::int32_t sum = sums[before] + step[tag];
        by[tag] = sum > best[tag] ? static_cast<std::int32_t>(before) : by[tag];
        best[tag] = sum > best[tag] ? sum : best[tag];
      }
    }
    for (std::size_t tag = 0; tag < kTagLanes; ++tag) sums[tag] = best[tag] + scores[i][tag];
    from_[i] = by;
  }
  std::size_t tag = 0;
  for (std::size_t t = 1; t < kNameTags; ++t)
    if (sums[t] > sums[tag]) tag = t;
  for (std::size_t i = scores.size(); i-- > 0;) {
    tags[i] = static_cast<NameTag>(tag);
    tag = static_cast<std::size_t>(from_[i][tag]);
  }
}

std::vector<TaggedName> tag_names(const TokenText& text, const Lexicon& lexicon, std::span<const NameSpan> rules,
                                  std::span<const NameHit> hits, const NameModel& model) {
  NameFeatureReader reader(text, lexicon, rules, hits);
  const TagSteps steps([&](std::size_t before, std::size_t tag) { return model.step(before, tag); });
  std::vector<TaggedName> names;
  std::vector<NameFeatures> features;
  std::vector<TagScores> scores;
  std::vector<NameTag> tags;
  TagSearch search;
  for (const Sentence& sentence : text.sentences) {
    std::size_t from = sentence.first;
    while (const auto stretch = next_stretch(text.tokens, from, sentence.last)) {
      const auto [first, last] = *stretch;
      from = last;
      reader.read(sentence, first, last, features);
      score(features, model, scores);
      search.find(scores, steps, tags);
      for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto kind = kind_of(tags[i]);
        if (!kind) continue;
        const auto begin = static_cast<std::uint32_t>(first + i);
        names.push_back({begin, begin, *kind});
        while (i + 1 < tags.size() && continues_name(tags[i + 1])) ++i;
        names.back().last = static_cast<std::uint32_t>(first + i);
      }
    }
  }
  return names;
}

}  // namespace newsd
