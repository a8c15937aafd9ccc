#include "daemon/dedupe/stories.h"

#include "daemon/dedupe/identity.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

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
                                 .compared = 4,
                                 .indexed_words = 6,
                                 .body_words = 64,
                                 .names_words = 48,
                                 .title_words = 0};

static_assert(2 * std::max(kStory.indexed_words, kTopic.indexed_words) <= SoughtText::kFoundByWords &&
              2 * std::max(kStory.indexed_names, kTopic.indexed_names) <= SoughtText::kFoundByNames);

std::int64_t milliseconds(Instant t) { return t.time_since_epoch().count(); }
Instant instant(std::int64_t t) { return Instant(std::chrono::milliseconds(t)); }

TextVectors unit(TextVectors sum) {
  normalise(sum.body);
  normalise(sum.names);
  normalise(sum.title);
  return sum;
}

/// Of a headline beyond the string itself.
std::size_t bytes_of(const std::string& headline) {
  constexpr std::size_t kInside = 15, kAllocated = 16;
  return headline.capacity() <= kInside ? 0 : headline.capacity() + kAllocated;
}

void add_source(std::vector<std::uint32_t>& sources, std::uint32_t source) {
  if (source == 0) return;
  const auto at = std::lower_bound(sources.begin(), sources.end(), source);
  if (at == sources.end() || *at != source) sources.insert(at, source);
}

void keep_latest(std::vector<ArticleId>& articles) {
  if (articles.size() > kMostArticlesTold)
    articles.erase(articles.begin(), articles.end() - static_cast<std::ptrdiff_t>(kMostArticlesTold));
}

}  // namespace

Stories::Stories(Options options, Spill& spill)
    : options_(options), spill_(spill), stories_(kStory, spill), topics_(kTopic, spill) {}

const Stories::Told* Stories::find(StoryId story) const {
  const auto found = told_.find(stories_.find(story.value()));
  return found == told_.end() ? nullptr : &found->second;
}

StoryId Stories::current(StoryId story) const {
  for (auto at = merged_.find(story); at != merged_.end(); at = merged_.find(story)) story = at->second;
  return story;
}

std::uint32_t Stories::size_of(StoryId story) const {
  const GroupId group = stories_.find(story.value());
  return group == Groups::kNone ? 1 : stories_.at(group).size;
}

TopicId Stories::topic_of(StoryId story) const {
  const Told* told = find(story);
  return told == nullptr ? TopicId{} : told->topic;
}

Stories::Choice Stories::choose(const Sketch& sketch, Instant time, StoryId joins) {
  const Weighed& weighed = weigh(sketch);
  const SoughtText& text = *weighed.sought;
  const std::int64_t at = milliseconds(time);
  Choice choice;
  const Groups::Choice found = stories_.choose(text, at, sketch.published ? 1 : kUndated);
  const auto story_at = [&](GroupId id) { return id == Groups::kNone ? StoryId{} : StoryId(stories_.at(id).id); };
  choice.story = story_at(found.best);
  choice.likeness = found.likeness;
  choice.next = story_at(found.next);
  choice.next_likeness = found.next_likeness;
  if (joins != StoryId{} && find(joins) != nullptr) {
    if (choice.story != joins) std::tie(choice.next, choice.next_likeness) = std::pair(choice.story, choice.likeness);
    choice.story = joins;
    choice.likeness = stories_.likeness(weighed.text, at, stories_.at(stories_.find(joins.value())));
  }
  if (choice.story != StoryId{}) {
    choice.topic = topic_of(choice.story);
  } else if (const GroupId topic = topics_.choose(text, at).best; topic != Groups::kNone) {
    choice.topic = TopicId(topics_.at(topic).id);
  }
  return choice;
}

const Stories::Weighed& Stories::weigh(const Sketch& sketch) {
  weighed_.terms = sketch.terms;
  weighed_.names = sketch.names;
  weighed_.title = sketch.title;
  weighed_.text = weights_.vectors_of(sketch);
  weighed_.sought.emplace(weighed_.text);
  return weighed_;
}

void Stories::seen(StoryId story, Instant received) {
  if (const GroupId group = stories_.find(current(story).value()); group != Groups::kNone)
    stories_.touch(group, milliseconds(received));
}

std::vector<ArticleId> Stories::articles_of(const Told& told) {
  if (told.crowd) return told.crowd->articles;
  std::vector<ArticleId> articles;
  for (const Member& member : told.members) articles.push_back(member.article);
  return articles;
}

std::vector<std::uint32_t> Stories::sources_of(const Told& told) {
  if (told.crowd) return told.crowd->sources;
  std::vector<std::uint32_t> sources;
  for (const Member& member : told.members) add_source(sources, member.source);
  return sources;
}

/// Makes a crowd of it: from now on its members are not known one by one.
void Stories::crowd(Told& told) {
  if (told.crowd) return;
  told.crowd = std::make_unique<Crowd>(Crowd{articles_of(told), sources_of(told)});
  told.members = {};
}

void Stories::admit(Told& told, Member member) {
  if (!told.crowd && told.members.size() < kMostMembers) {
    told.members.push_back(std::move(member));
    return;
  }
  crowd(told);
  told.crowd->articles.push_back(member.article);
  keep_latest(told.crowd->articles);
  add_source(told.crowd->sources, member.source);
}

Stories::Told& Stories::keep(GroupId group, Told told) {
  told_bytes_ += bytes_of(told.headline);
  return told_[group] = std::move(told);
}

void Stories::forget(GroupId group) {
  const auto found = told_.find(group);
  told_bytes_ -= bytes_of(found->second.headline);
  told_.erase(found);
  stories_.drop(group);
}

void Stories::add(const Decision& decision, Instant time) {
  const std::int64_t at = milliseconds(time);
  // an article is asked about and then added, with the same weights: they need not be made twice
  const Sketch& sketch = decision.sketch;
  const bool is_weighed = weighed_.sought && !sketch.terms.empty() && weighed_.terms == sketch.terms &&
                          weighed_.names == sketch.names && weighed_.title == sketch.title;
  const Weighed& weighed = is_weighed ? weighed_ : weigh(sketch);
  const SoughtText& text = *weighed.sought;
  const PackedText packed(weighed.text, spill_);
  weights_.learn(sketch);
  GroupId group = stories_.find(decision.story.value());
  const bool is_first = group == Groups::kNone;
  if (is_first) {
    group = stories_.start(decision.story.value(), at);
    keep(group, {decision.headline, decision.topic, {}, nullptr, milliseconds(decision.at)});
  }
  stories_.add(group, text, packed, at);
  stories_.touch(group, milliseconds(decision.at));
  admit(told_.at(group), {decision.article, at, packed, decision.sketch.source});
  if (added_++ % options_.tend_every == 0) touched_.clear();
  touched_.insert(decision.story);
  if (decision.topic != TopicId{}) learn_topic(decision, text, packed, time);
  weighed_.sought.reset();
}

/// A topic is made of the first articles of its stories: a large story is not to drown the others.
void Stories::learn_topic(const Decision& decision, const SoughtText& text, const PackedText& packed, Instant time) {
  const std::int64_t received = milliseconds(decision.at);
  GroupId topic = topics_.find(decision.topic.value());
  if (topic == Groups::kNone) topic = topics_.start(decision.topic.value(), milliseconds(time));
  if (size_of(decision.story) == 1) topics_.add(topic, text, packed, milliseconds(time));
  topics_.touch(topic, received);
  std::vector<GroupId> over;
  topics_.each_untouched(received - options_.topic_open.count(),
                         [&](const Groups::Group& group) { over.push_back(group.number); });
  for (const GroupId gone : over) topics_.drop(gone);
}

std::optional<StoryChange> Stories::merge_of(StoryId story, Instant now) const {
  const GroupId id = stories_.find(story.value());
  const Groups::Group& group = stories_.at(id);
  // an article that is alone was compared when it came; what grew since is compared with it in its own turn
  if (group.size < 2) return std::nullopt;
  const TextVectors text = unit(group.sum.unpacked());
  const Groups::Choice choice = stories_.choose(SoughtText(text), group.first);
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
  const GroupId group = stories_.find(story.value());
  const std::vector<Member>& members = told_.at(group).members;
  if (members.size() < kLeastToSplit) return std::nullopt;
  std::vector<ArticleId> strangers;
  for (const Member& member : members) {
    const double like = stories_.likeness_without(group, member.text, member.time);
    if (like < kSplitBelow * stories_.threshold(stories_.at(group).size)) strangers.push_back(member.article);
  }
  if (strangers.empty() || strangers.size() * 2 > members.size()) return std::nullopt;
  const StoryId made = story_split_off(story, strangers.front());
  if (find(made) != nullptr || merged_.contains(made)) return std::nullopt;
  return StoryChange{now, StoryChange::Kind::Split, story, made, std::move(strangers)};
}

std::vector<StoryChange> Stories::tend(Instant now) {
  std::vector<StoryChange> changes;
  std::set<StoryId> spoken_of;
  stories_.each_untouched(milliseconds(now - options_.open), [&](const Groups::Group& group) {
    changes.push_back({now, StoryChange::Kind::Closed, StoryId(group.id), {}, {}});
    spoken_of.insert(StoryId(group.id));
  });
  if (added_ % options_.tend_every != 0 || added_ == tended_) return changes;
  tended_ = added_;
  for (const StoryId story : touched_) {
    if (find(story) == nullptr || spoken_of.contains(story)) continue;
    auto change = split_of(story, now);
    if (!change) change = merge_of(story, now);
    if (!change || spoken_of.contains(change->story) || spoken_of.contains(change->into)) continue;
    spoken_of.insert({change->story, change->into});
    changes.push_back(*std::move(change));
  }
  return changes;
}

void Stories::remember(const StoryChange& change) {
  if (find(change.story) == nullptr) return;  // what it was about is older than what is remembered
  switch (change.kind) {
    case StoryChange::Kind::Merged: return merge(change);
    case StoryChange::Kind::Split: return split(change);
    case StoryChange::Kind::Closed: return close(change.story);
  }
}

void Stories::merge(const StoryChange& change) {
  const GroupId from = stories_.find(change.story.value()), into = stories_.find(change.into.value());
  if (into == Groups::kNone) return;
  Told& gone = told_.at(from);
  Told& told = told_.at(into);
  if (gone.crowd || told.crowd || gone.members.size() + told.members.size() > kMostMembers) {
    crowd(told);
    const auto articles = articles_of(gone);
    told.crowd->articles.insert(told.crowd->articles.end(), articles.begin(), articles.end());
    keep_latest(told.crowd->articles);
    for (const std::uint32_t source : sources_of(gone)) add_source(told.crowd->sources, source);
  } else {
    std::move(gone.members.begin(), gone.members.end(), std::back_inserter(told.members));
  }
  told.first_received = std::min(told.first_received, gone.first_received);
  const std::int64_t touched = std::max(stories_.at(from).touched, stories_.at(into).touched);
  stories_.merge(from, into);
  stories_.touch(into, touched);
  forget(from);
  merged_[change.story] = change.into;
}

void Stories::split(const StoryChange& change) {
  const GroupId from = stories_.find(change.story.value());
  Told& told = told_.at(from);
  const auto moves = [&](const Member& member) {
    return std::find(change.articles.begin(), change.articles.end(), member.article) != change.articles.end();
  };
  Told made;
  made.topic = told.topic;
  made.first_received = told.first_received;
  std::copy_if(told.members.begin(), told.members.end(), std::back_inserter(made.members), moves);
  if (made.members.empty()) return;
  std::erase_if(told.members, moves);
  const GroupId group = stories_.start(change.into.value(), made.members.front().time);
  for (const Member& member : made.members) {
    stories_.take_out(from, member.text);
    const TextVectors text = member.text.unpacked();
    stories_.add(group, SoughtText(text), member.text, member.time);
  }
  stories_.touch(group, stories_.at(from).touched);
  keep(group, std::move(made));
}

void Stories::close(StoryId story) {
  forget(stories_.find(story.value()));
  std::erase_if(merged_, [&](const auto& entry) { return entry.second == story; });
}

std::optional<StoryFacts> Stories::facts(StoryId story) const {
  const GroupId group = stories_.find(story.value());
  if (group == Groups::kNone) return std::nullopt;
  const Told& told = told_.at(group);
  const Groups::Group& found = stories_.at(group);
  return StoryFacts{story,
                    told.topic,
                    told.headline,
                    found.size,
                    static_cast<std::uint32_t>(sources_of(told).size()),
                    instant(told.first_received),
                    instant(found.touched),
                    articles_of(told)};
}

std::size_t Stories::bytes() const {
  constexpr std::size_t kNodes = 2 * 16, kMember = sizeof(Member) + 16;  // with what the allocator and maps keep
  return stories_.bytes() + topics_.bytes() + spill_.bytes() + told_.size() * (sizeof(Told) + kNodes + kMember) +
         told_bytes_;
}

}  // namespace newsd
