// Stories: which articles tell of one event, and topics: which stories belong together over weeks. A story is a group
// with a memory of its articles; what joins it is decided once, what proves wrong is put right by tend(). State is the
// fold of the decisions. One thread.
#pragma once

#include "daemon/dedupe/groups.h"
#include "daemon/dedupe/place.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace newsd {

class Stories {
 public:
  struct Options {
    std::chrono::milliseconds open = kStoriesOpen;
    std::chrono::milliseconds topic_open = std::chrono::days(30);
    std::uint32_t tend_every = 64;  ///< articles
  };
  /// What a new article belongs to. story: StoryId{} to start one.
  struct Choice {
    StoryId story, next;
    TopicId topic;
    double likeness = 0, next_likeness = 0;
  };

  /// spill: for what articles, stories and topics are about; outlives the stories.
  Stories(Options options, Spill& spill);

  /// joins: a story that is known to be the article's (of a revision); StoryId{}: to be found.
  Choice choose(const Sketch& sketch, Instant time, StoryId joins);
  /// The story that this one has become part of: itself, unless it was merged.
  StoryId current(StoryId story) const;
  std::uint32_t size_of(StoryId story) const;
  TopicId topic_of(StoryId story) const;

  void add(const Decision& decision, Instant time);
  void seen(StoryId story, Instant received);
  void remember(const StoryChange& change);
  std::vector<StoryChange> tend(Instant now);
  std::optional<StoryFacts> facts(StoryId story) const;

  std::size_t size() const { return told_.size(); }
  std::size_t topic_count() const { return topics_.size(); }
  std::size_t bytes() const;

 private:
  using GroupId = Groups::GroupId;
  struct Member {
    ArticleId article;
    std::int64_t time = 0;
    PackedText text;
    std::uint32_t source = 0;
  };
  /// Of a story with more than kMostMembers.
  struct Crowd {
    std::vector<ArticleId> articles;     ///< the latest, at most kMostArticlesTold
    std::vector<std::uint32_t> sources;  ///< ascending
  };
  struct Told {
    std::string headline;
    TopicId topic;
    std::vector<Member> members;  ///< all of them, what a split would need; none in a crowd
    std::unique_ptr<Crowd> crowd;
    std::int64_t first_received = 0;
  };

  /// What choose() found of an article that add() is given next, as long as nothing was learned between.
  struct Weighed {
    std::vector<Term> terms;
    std::vector<std::uint32_t> names, title;
    TextVectors text;
    std::optional<SoughtText> sought;  ///< of text
  };

  const Weighed& weigh(const Sketch& sketch);
  const Told* find(StoryId story) const;
  Told& told(StoryId story) { return told_.at(stories_.find(story.value())); }
  static std::vector<ArticleId> articles_of(const Told& told);
  static std::vector<std::uint32_t> sources_of(const Told& told);
  std::optional<StoryChange> merge_of(StoryId story, Instant now) const;
  std::optional<StoryChange> split_of(StoryId story, Instant now) const;
  void learn_topic(const Decision& decision, const SoughtText& text, const PackedText& packed, Instant time);
  void admit(Told& told, Member member);
  void crowd(Told& told);
  Told& keep(GroupId group, Told told);
  void forget(GroupId group);
  void merge(const StoryChange& change);
  void split(const StoryChange& change);
  void close(StoryId story);

  Options options_;
  WordWeights weights_;
  Weighed weighed_;
  Spill& spill_;
  Groups stories_, topics_;
  std::unordered_map<GroupId, Told> told_;
  std::unordered_map<StoryId, StoryId> merged_;
  std::set<StoryId> touched_;             ///< by the last tend_every articles
  std::uint64_t added_ = 0, tended_ = 0;  ///< articles; as of when stories were tended
  std::size_t told_bytes_ = 0;
};

}  // namespace newsd
