#include "daemon/dedupe/stories.h"

#include "daemon/dedupe/identity.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace newsd {
namespace {

/// Two stories must be more like one another than an article must be like a story.
constexpr double kMergeAbove = 0.2;
/// An article less like the rest of its story than this share of what it takes to join is not of it.
constexpr double kSplitBelow = 0.3;
/// Without a date two reports of like events cannot be told by their time: the words alone must tell more.
constexpr double kUndated = 1.8;
constexpr std::size_t kLeastToSplit = 4, kMostMembers = 24;

constexpr Groups::Measure kStory{};
constexpr Groups::Measure kTopic{.body = 0.35,
                                 .names = 0.65,
                                 .title = 0,
                                 .join = 0.16,
                                 .rise = 0.015,
                                 .half_life = std::chrono::days(30),
                                 .reach = std::chrono::days(90),
                                 .compared = 4};

std::int64_t milliseconds(Instant t) { return t.time_since_epoch().count(); }
Instant instant(std::int64_t t) { return Instant(std::chrono::milliseconds(t)); }

TextVectors unit(TextVectors sum) {
  normalise(sum.body);
  normalise(sum.names);
  normalise(sum.title);
  return sum;
}

}  // namespace

Stories::Stories(Options options) : options_(options), stories_(kStory), topics_(kTopic) {}

StoryId Stories::current(StoryId story) const {
  for (auto at = merged_.find(story); at != merged_.end(); at = merged_.find(story)) story = at->second;
  return story;
}

std::uint32_t Stories::size_of(StoryId story) const {
  const auto found = told_.find(story);
  return found == told_.end() ? 1 : found->second.size;
}

TopicId Stories::topic_of(StoryId story) const {
  const auto found = told_.find(story);
  return found == told_.end() ? TopicId{} : found->second.topic;
}

Stories::Choice Stories::choose(const Sketch& sketch, Instant time, StoryId joins) const {
  const TextVectors text = weights_.vectors_of(sketch);
  const std::int64_t at = milliseconds(time);
  Choice choice;
  const Groups::Choice found = stories_.choose(text, at, sketch.published ? 1 : kUndated);
  const auto story_at = [&](GroupId id) { return id == Groups::kNone ? StoryId{} : StoryId(stories_.at(id).id); };
  choice.story = story_at(found.best);
  choice.likeness = found.likeness;
  choice.next = story_at(found.next);
  choice.next_likeness = found.next_likeness;
  if (joins != StoryId{} && told_.contains(joins)) {
    if (choice.story != joins) std::tie(choice.next, choice.next_likeness) = std::pair(choice.story, choice.likeness);
    choice.story = joins;
    choice.likeness = stories_.likeness(text, at, stories_.at(stories_.find(joins.value())));
  }
  if (choice.story != StoryId{}) {
    choice.topic = told_.at(choice.story).topic;
  } else if (const GroupId topic = topics_.choose(text, at).best; topic != Groups::kNone) {
    choice.topic = TopicId(topics_.at(topic).id);
  }
  return choice;
}

void Stories::touch(StoryId id, Told& told, std::int64_t received) {
  by_received_.erase({told.received, id});
  told.received = received;
  by_received_.insert({received, id});
}

void Stories::seen(StoryId story, Instant received) {
  if (const auto found = told_.find(current(story)); found != told_.end())
    touch(found->first, found->second, milliseconds(received));
}

void Stories::add(const Decision& decision, Instant time) {
  const std::int64_t at = milliseconds(time);
  TextVectors text = weights_.vectors_of(decision.sketch);
  weights_.learn(decision.sketch);
  GroupId group = stories_.find(decision.story.value());
  if (group == Groups::kNone) group = stories_.start(decision.story.value(), at);
  Told& told = told_[decision.story];
  give_text(told, group);
  stories_.add(group, text, at);
  if (told.size == 0) {
    told.headline = decision.headline;
    told.first_received = milliseconds(decision.at);
    told.topic = decision.topic;
    bytes_ += sizeof(Told) + told.headline.capacity() + 3 * 48;
  }
  ++told.size;
  told.articles.push_back(decision.article);
  if (told.articles.size() > kMostArticlesTold) told.articles.erase(told.articles.begin());
  const auto source = std::lower_bound(told.sources.begin(), told.sources.end(), decision.sketch.source);
  if (decision.sketch.source != 0 && (source == told.sources.end() || *source != decision.sketch.source))
    told.sources.insert(source, decision.sketch.source);
  touch(decision.story, told, milliseconds(decision.at));
  if (added_++ % options_.tend_every == 0) touched_.clear();
  touched_.insert(decision.story);

  if (decision.topic != TopicId{}) learn_topic(decision, text, time);
  if (told.size > kMostMembers) return;
  for (WordVector* vector : {&text.body, &text.names, &text.title}) vector->shrink_to_fit();
  told.members.push_back({decision.article, at, told.size == 1 ? TextVectors{} : std::move(text)});
}

/// A topic is made of the first articles of its stories: a large story is not to drown the others.
void Stories::learn_topic(const Decision& decision, const TextVectors& text, Instant time) {
  const std::int64_t received = milliseconds(decision.at);
  GroupId topic = topics_.find(decision.topic.value());
  if (topic == Groups::kNone) topic = topics_.start(decision.topic.value(), milliseconds(time));
  if (told_.at(decision.story).size == 1) topics_.add(topic, {text.body, text.names, {}}, milliseconds(time));
  std::int64_t& last = topic_received_[decision.topic];
  topics_by_received_.erase({last, decision.topic});
  last = received;
  topics_by_received_.insert({last, decision.topic});
  const std::int64_t over = received - options_.topic_open.count();
  while (topics_by_received_.begin()->first < over) {
    const TopicId gone = topics_by_received_.begin()->second;
    topics_by_received_.erase(topics_by_received_.begin());
    topic_received_.erase(gone);
    topics_.drop(topics_.find(gone.value()));
  }
}

std::optional<StoryChange> Stories::merge_of(StoryId story, Instant now) const {
  const GroupId id = stories_.find(story.value());
  const Groups::Group& group = stories_.at(id);
  // an article that is alone was compared when it came; what grew since is compared with it in its own turn
  if (group.size < 2) return std::nullopt;
  const Groups::Choice choice = stories_.choose(unit(group.sum), group.first);
  const GroupId other = choice.best == id ? choice.next : choice.best;
  const double likeness = choice.best == id ? choice.next_likeness : choice.likeness;
  if (other == Groups::kNone) return std::nullopt;
  const Groups::Group& known = stories_.at(other);
  if (likeness < stories_.threshold(group.size + known.size) + kMergeAbove) return std::nullopt;
  const bool older = other < id;  // groups are numbered as they start
  return StoryChange{
      now, StoryChange::Kind::Merged, older ? story : StoryId(known.id), older ? StoryId(known.id) : story, {}};
}

std::optional<StoryChange> Stories::split_of(StoryId story, Instant now) const {
  const Told& told = told_.at(story);
  if (told.size < kLeastToSplit || told.members.size() != told.size) return std::nullopt;
  std::vector<ArticleId> strangers;
  for (const Member& member : told.members) {
    const double like = stories_.likeness_without(stories_.find(story.value()), member.text, member.time);
    if (like < kSplitBelow * stories_.threshold(told.size)) strangers.push_back(member.article);
  }
  if (strangers.empty() || strangers.size() * 2 > told.size) return std::nullopt;
  const StoryId made = story_split_off(story, strangers.front());
  if (told_.contains(made) || merged_.contains(made)) return std::nullopt;
  return StoryChange{now, StoryChange::Kind::Split, story, made, std::move(strangers)};
}

std::vector<StoryChange> Stories::tend(Instant now) {
  std::vector<StoryChange> changes;
  std::set<StoryId> spoken_of;
  const std::int64_t over = milliseconds(now - options_.open);
  for (const auto& [received, story] : by_received_) {
    if (received >= over) break;
    changes.push_back({now, StoryChange::Kind::Closed, story, {}, {}});
    spoken_of.insert(story);
  }
  if (added_ % options_.tend_every != 0 || added_ == tended_) return changes;
  tended_ = added_;
  for (const StoryId story : touched_) {
    if (!told_.contains(story) || spoken_of.contains(story)) continue;
    auto change = split_of(story, now);
    if (!change) change = merge_of(story, now);
    if (!change || spoken_of.contains(change->story) || spoken_of.contains(change->into)) continue;
    spoken_of.insert({change->story, change->into});
    changes.push_back(*std::move(change));
  }
  return changes;
}

void Stories::remember(const StoryChange& change) {
  if (!told_.contains(change.story)) return;  // what it was about is older than what is remembered
  switch (change.kind) {
    case StoryChange::Kind::Merged: return merge(change);
    case StoryChange::Kind::Split: return split(change);
    case StoryChange::Kind::Closed: return close(change.story);
  }
}

/// To the member of a story of one, before the story becomes one of several.
void Stories::give_text(Told& told, GroupId group) {
  if (told.size == 1 && told.members.size() == 1) told.members.front().text = stories_.at(group).sum;
}

void Stories::merge(const StoryChange& change) {
  const auto into = told_.find(change.into);
  if (into == told_.end()) return;
  Told gone = std::move(told_.at(change.story));
  Told& told = into->second;
  const GroupId from = stories_.find(change.story.value()), group = stories_.find(change.into.value());
  give_text(gone, from);
  give_text(told, group);
  stories_.merge(from, group);
  told.articles.insert(told.articles.end(), gone.articles.begin(), gone.articles.end());
  if (told.articles.size() > kMostArticlesTold)
    told.articles.erase(told.articles.begin(), told.articles.end() - static_cast<std::ptrdiff_t>(kMostArticlesTold));
  std::vector<std::uint32_t> sources;
  std::set_union(told.sources.begin(), told.sources.end(), gone.sources.begin(), gone.sources.end(),
                 std::back_inserter(sources));
  told.sources = std::move(sources);
  told.size += gone.size;
  told.first_received = std::min(told.first_received, gone.first_received);
  std::move(gone.members.begin(), gone.members.end(), std::back_inserter(told.members));
  if (told.size > kMostMembers) told.members.clear();
  by_received_.erase({gone.received, change.story});
  touch(change.into, told, std::max(told.received, gone.received));
  bytes_ -= sizeof(Told) + gone.headline.capacity() + 3 * 48;
  told_.erase(change.story);
  merged_[change.story] = change.into;
}

void Stories::split(const StoryChange& change) {
  Told& told = told_.at(change.story);
  Told made;
  made.topic = told.topic;
  made.sources = told.sources;
  made.first_received = told.first_received;
  const GroupId from = stories_.find(change.story.value());
  GroupId group = Groups::kNone;
  const auto moves = [&](ArticleId article) {
    return std::find(change.articles.begin(), change.articles.end(), article) != change.articles.end();
  };
  for (const Member& member : told.members) {
    if (!moves(member.article)) continue;
    if (group == Groups::kNone) group = stories_.start(change.into.value(), member.time);
    stories_.take_out(from, member.text);
    stories_.add(group, member.text, member.time);
    made.members.push_back(member);
    made.articles.push_back(member.article);
  }
  if (group == Groups::kNone) return;
  std::erase_if(told.members, [&](const Member& member) { return moves(member.article); });
  std::erase_if(told.articles, moves);
  made.size = static_cast<std::uint32_t>(made.members.size());
  told.size -= made.size;
  bytes_ += sizeof(Told) + 3 * 48;
  const std::int64_t received = told.received;
  Told& kept = told_[change.into] = std::move(made);
  touch(change.into, kept, received);
}

void Stories::close(StoryId story) {
  const auto found = told_.find(story);
  by_received_.erase({found->second.received, story});
  bytes_ -= sizeof(Told) + found->second.headline.capacity() + 3 * 48;
  told_.erase(found);
  stories_.drop(stories_.find(story.value()));
  std::erase_if(merged_, [&](const auto& entry) { return entry.second == story; });
}

std::optional<StoryFacts> Stories::facts(StoryId story) const {
  const auto found = told_.find(story);
  if (found == told_.end()) return std::nullopt;
  const Told& told = found->second;
  return StoryFacts{story,
                    told.topic,
                    told.headline,
                    told.size,
                    static_cast<std::uint32_t>(told.sources.size()),
                    instant(told.first_received),
                    instant(told.received),
                    told.articles};
}

}  // namespace newsd
