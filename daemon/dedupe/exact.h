// The exact placer: articles known again by identity or by the same text. The ground on which near-duplicates and
// stories stand (placer.cpp). One thread.
#pragma once

#include "daemon/dedupe/known_articles.h"
#include "daemon/dedupe/place.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

class ExactPlacer final : public Placer {
 public:
  Verdict place(const Candidate& candidate, Instant now) override;
  void remember(const Decision& decision) override;
  void remember(const StoryChange&) override {}
  std::vector<StoryChange> tend(Instant) override { return {}; }
  std::optional<StoryFacts> story(StoryId) const override { return std::nullopt; }
  PlacerLoad load() const override { return {.articles = known_.size()}; }
  void expire(Instant before) override { known_.forget_before(before); }
  std::size_t size() const override { return known_.size(); }

  /// The same candidate as a copy of `original`, after place() called it new.
  Verdict as_copy(const Candidate& candidate, const Verdict& fresh, ArticleId original, std::string evidence) const;
  /// nullptr: not remembered. Valid until the next change.
  const KnownArticles::Known* find(ArticleId id) const;

 private:
  using Index = KnownArticles::Index;
  struct Match {
    Index article = KnownArticles::kNone;
    std::size_t identity = 0;  ///< the one of the candidate that led there
  };
  Match same_article(const Candidate& candidate) const;
  Verdict again(const Candidate& candidate, const Match& match) const;
  Verdict repeats(const Candidate& candidate, Index subject, Index original, std::string evidence) const;
  Verdict fresh(const Candidate& candidate, Index subject) const;
  Index recall(ArticleId id, const Decision& decision);

  KnownArticles known_;
};

}  // namespace newsd
