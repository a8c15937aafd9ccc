// The names tagger: for each sentence the likeliest sequence of tags under the names model, found by Viterbi's
// algorithm (1967) over an averaged perceptron's weights (Collins 2002). It reads what the rules made of the text as
// one sign among others. Tokens in, names of persons, organisations and places out. Pure, linear; any thread.
#pragma once

#include "daemon/classify/facts.h"
#include "daemon/classify/name_model.h"
#include "daemon/classify/name_spans.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace newsd {

/// Tokens [first, last]. kind: Person, Organisation or Place.
struct TaggedName {
  std::uint32_t first = 0, last = 0;
  EntityKind kind = EntityKind::Person;
  auto operator<=>(const TaggedName&) const = default;
};

/// By first token, apart from each other. rules, hits: of the same text.
std::vector<TaggedName> tag_names(const TokenText& text, const Lexicon& lexicon, std::span<const NameSpan> rules,
                                  std::span<const NameHit> hits, const NameModel& model);

/// What speaks for each tag of a token.
using TagScores = std::array<std::int32_t, kNameTags>;

/// The sequence of tags with the highest sum of scores and steps, that only has tags which may follow each other.
/// step(before, tag) → int. Equal sums: the lower tag.
template <class Step>
void best_tags(std::span<const TagScores> scores, const Step& step, std::vector<NameTag>& tags) {
  constexpr std::int64_t kNever = INT64_MIN / 4;
  tags.assign(scores.size(), NameTag::Outside);
  std::array<std::int64_t, kNameTags> sums{};
  std::vector<std::array<std::uint8_t, kNameTags>> from(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    std::array<std::int64_t, kNameTags> next{};
    for (std::size_t tag = 0; tag < kNameTags; ++tag) {
      std::int64_t best = kNever;
      // before the first token stands one that is outside
      for (std::size_t before = 0; before < (i == 0 ? 1 : kNameTags); ++before) {
        if (!may_follow(static_cast<NameTag>(before), static_cast<NameTag>(tag))) continue;
        const std::int64_t sum = sums[before] + step(before, tag);
        if (sum <= best) continue;
        best = sum;
        from[i][tag] = static_cast<std::uint8_t>(before);
      }
      next[tag] = best == kNever ? kNever : best + scores[i][tag];
    }
    sums = next;
  }
  std::size_t tag = 0;
  for (std::size_t t = 1; t < kNameTags; ++t)
    if (sums[t] > sums[tag]) tag = t;
  for (std::size_t i = scores.size(); i-- > 0;) {
    tags[i] = static_cast<NameTag>(tag);
    tag = from[i][tag];
  }
}

}  // namespace newsd
