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

/// What speaks for each tag of a token: sums of a model's weights, some thousands at most. Padded with zeros: the tags
/// are reckoned with four at a time.
inline constexpr std::size_t kTagLanes = 12;
using TagScores = std::array<std::int32_t, kTagLanes>;

/// How gladly a tag follows another, [before][tag]; what may not follow costs more than all scores of a sentence make.
class TagSteps {
 public:
  /// step(before, tag) → 16 bits.
  template <class Step>
  explicit TagSteps(const Step& step) {
    for (auto& row : steps_) row.fill(kNever);
    for (std::size_t before = 0; before < kNameTags; ++before)
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        if (may_follow(static_cast<NameTag>(before), static_cast<NameTag>(tag)))
          steps_[before][tag] = step(before, tag);
  }
  const TagScores& behind(std::size_t before) const { return steps_[before]; }
  static constexpr std::int32_t kNever = -(1 << 28);

 private:
  std::array<TagScores, kNameTags> steps_;
};

/// Keeps its memory from one stretch of tokens to the next.
class TagSearch {
 public:
  /// The sequence of tags with the highest sum of scores and steps, that only has tags which may follow each other.
  /// At most kMostTagged tokens. Equal sums: the lower tag.
  void find(std::span<const TagScores> scores, const TagSteps& steps, std::vector<NameTag>& tags);

 private:
  std::vector<TagScores> from_;  ///< for each token and tag the tag before
};

/// Sums of so many tokens stay far from kNever.
inline constexpr std::size_t kMostTagged = 400;

}  // namespace newsd
