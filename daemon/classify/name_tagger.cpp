#include "daemon/classify/name_tagger.h"

#include "daemon/classify/name_features.h"

#include <algorithm>
#include <optional>

namespace newsd {

namespace {

/// A sentence is read in pieces of so many tokens: no text makes tagging take much memory.
constexpr std::size_t kMostTokens = 400;

std::optional<EntityKind> kind_of(NameTag tag) {
  switch (tag) {
    case NameTag::BeginPerson: return EntityKind::Person;
    case NameTag::BeginOrganisation: return EntityKind::Organisation;
    case NameTag::BeginPlace: return EntityKind::Place;
    default: return std::nullopt;
  }
}

TagScores scores_of(const NameFeatures& features, const NameModel& model) {
  std::array<std::int16_t, 16> sums{};  // of 46 bytes: no sum overflows, and they are added sixteen at a time
  static_assert(kNameFeatures * 128 < INT16_MAX);
  for (const std::uint32_t bucket : features) {
    const NameRow& row = model.row(bucket);
    for (std::size_t i = 0; i < row.size(); ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
  }
  TagScores scores{};
  std::copy_n(sums.begin(), kNameTags, scores.begin());
  return scores;
}

bool may_name(const TokenText& text, std::size_t first, std::size_t last) {
  return std::any_of(text.tokens.begin() + static_cast<std::ptrdiff_t>(first),
                     text.tokens.begin() + static_cast<std::ptrdiff_t>(last),
                     [](const Token& token) { return token.is_word() && token.is_capital(); });
}

}  // namespace

std::vector<TaggedName> tag_names(const TokenText& text, const Lexicon& lexicon, std::span<const NameSpan> rules,
                                  std::span<const NameHit> hits, const NameModel& model) {
  const NameFeatureReader reader(text, lexicon, rules, hits);
  const auto step = [&](std::size_t before, std::size_t tag) { return model.step(before, tag); };
  std::vector<TaggedName> names;
  std::vector<NameFeatures> features;
  std::vector<TagScores> scores;
  std::vector<NameTag> tags;
  for (const Sentence& sentence : text.sentences) {
    for (std::size_t first = sentence.first; first < sentence.last; first += kMostTokens) {
      const std::size_t last = std::min<std::size_t>(sentence.last, first + kMostTokens);
      if (!may_name(text, first, last)) continue;
      reader.read(first, last, features);
      scores.clear();
      for (const NameFeatures& f : features) scores.push_back(scores_of(f, model));
      best_tags(std::span<const TagScores>(scores), step, tags);
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
