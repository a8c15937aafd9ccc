#include "daemon/serve/overview.h"

#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"
#include "daemon/ops/log.h"
#include "daemon/serve/lookup.h"
#include "daemon/serve/on_disk.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace newsd {
namespace {

HttpAnswer unreadable(const Error& error) {
  log_warn("serve", "the latest stories cannot be read", {{"error", error.message()}});
  return error_answer(503, Error(LookupError::Unreadable, "the journal cannot be read now"));
}

struct LiveStory {
  std::string subject;
  Sequence latest;
  std::size_t recent = 0;
};

/// Of outlines in their order: the stories that go on, the liveliest first.
std::vector<LiveStory> live_stories(const std::vector<Record>& outlines) {
  std::map<std::string_view, LiveStory> by_subject;
  for (const Record& record : outlines) {
    if (record.type == EventType::StoryClosed) by_subject.erase(record.subject);
    if (record.type != EventType::StoryStarted && record.type != EventType::StoryUpdated &&
        record.type != EventType::StoryMerged)
      continue;
    LiveStory& story = by_subject[record.subject];
    story.subject = record.subject;
    story.latest = record.sequence;
    ++story.recent;
  }
  std::vector<LiveStory> all;
  all.reserve(by_subject.size());
  for (auto& [subject, story] : by_subject) all.push_back(std::move(story));
  std::sort(all.begin(), all.end(), [](const LiveStory& a, const LiveStory& b) {
    return std::tuple(b.recent, b.latest) < std::tuple(a.recent, a.latest);
  });
  return all;
}

/// Whether it has gone into another.
Result<bool> is_over(const LiveStory& story, History& history) {
  const auto id = Uuid::parse(std::string_view(story.subject).substr(story.subject.rfind(':') + 1));
  if (!id) return true;
  const auto into = history.merged_into(StoryId(*id));
  if (!into) return into.error();
  return into->has_value();
}

void write_story(JsonText& json, const LiveStory& story, const EmittedEvent& event) {
  constexpr std::array<std::string_view, 5> kTold = {"headline", "size", "sources", "firstSeen", "lastSeen"};
  constexpr std::string_view kStory = "data.story.";
  json.begin_object().member("subject", story.subject).member("sequence", digits_of(story.latest));
  walk_json(event.json(), [&](const JsonLeaf& leaf) {
    if (!leaf.path.starts_with(kStory)) return;
    const std::string_view name = leaf.path.substr(kStory.size());
    if (std::find(kTold.begin(), kTold.end(), name) == kTold.end()) return;
    json.key(name);
    leaf.is_string ? json.string(leaf.text) : json.raw(leaf.text);
  });
  json.key("recent").integer(story.recent).end_object();
}

}  // namespace

HttpAnswer StoriesNow::answer(Sequence last) {
  if (told_ && told_->first == last) return told_->second;
  Result<HttpAnswer> made = read(last);
  if (!made) {
    reader_ = nullptr;  // the next call tries anew
    return unreadable(made.error());
  }
  told_.emplace(last, *made);
  return *std::move(made);
}

Result<HttpAnswer> StoriesNow::read(Sequence last) {
  if (!reader_) {
    auto opened = open_();
    if (!opened) return opened.error();
    reader_ = *std::move(opened);
  }
  History history(*reader_);
  const Sequence after(last.value() - std::min(last.value(), kStoriesLookBack));
  const auto outlines = history.outlines(after, last, kStoriesLookBack);
  if (!outlines) return outlines.error();
  JsonText json;
  json.begin_object().key("stories").begin_array();
  std::size_t told = 0;
  for (const LiveStory& story : live_stories(*outlines)) {
    if (told == kStoriesTold) break;
    const auto over = is_over(story, history);
    if (!over) return over.error();
    const auto event = *over ? SharedEvent() : history.event(story.latest);
    if (!event) return event.error();
    if (*event == nullptr) continue;
    write_story(json, story, **event);
    ++told;
  }
  return HttpAnswer{200, "application/json", json.end_array().end_object().take() + '\n', {}};
}

boost::asio::awaitable<HttpAnswer> stories_answer(std::shared_ptr<const ServeTerms> terms) {
  std::function<HttpAnswer()> job = [stories = terms->stories, last = terms->context.tail.last()] {
    return stories->answer(last);
  };
  return on_disk(std::move(job), std::move(terms));
}

HttpAnswer feeds_answer(const ServeTerms& terms) {
  FeedsView view = terms.view.feeds();
  const Instant now = terms.context.now();
  std::map<std::string_view, std::size_t> states;
  for (const FeedStanding& feed : view.feeds) ++states[standing_of(feed)];
  const std::size_t told = std::min(view.feeds.size(), kFeedsTold);
  std::partial_sort(view.feeds.begin(), view.feeds.begin() + static_cast<std::ptrdiff_t>(told), view.feeds.end(),
                    is_worse);
  JsonText json;
  json.begin_object().key("feeds").begin_array();
  for (std::size_t i = 0; i < told; ++i) write_feed(json, view.feeds[i], view.fetch, now);
  json.end_array().key("total").integer(view.feeds.size()).key("states").begin_object();
  for (const auto& [state, count] : states) json.key(state).integer(count);
  return {200, "application/json", json.end_object().end_object().take() + '\n', {}};
}

}  // namespace newsd
