// FeedIntake's share in WebSub: what hubs bring goes the way of polls, and polls slow down while it can be relied on.
#include "feeds/source/feed_intake.h"
#include "feeds/source/fetched_document.h"
#include "feeds/source/system_random.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kPushesWaiting = 8;  // of one feed
constexpr std::uint32_t kFailuresToTell = 3;

}  // namespace

std::shared_ptr<FeedHubs> FeedIntake::make_hubs() {
  FeedHubs::Hooks hooks;
  hooks.changed = [this](const std::string& feed, const HubState& before, const HubState& now) {
    hub_changed(feed, before, now);
  };
  hooks.wake = [this] { on_change_(); };
  hooks.random = options_.random ? options_.random : unguessable;
  WebSubOptions websub = options_.once ? WebSubOptions{} : options_.websub;  // who polls once waits for no hub
  auto hubs = std::make_shared<FeedHubs>(fetcher_, std::move(websub), options_.clock, std::move(hooks));
  for (const auto& [url, feed] : remembered_) hubs->restore(url, feed.hub);
  return hubs;
}

void FeedIntake::set_websub(WebSubOptions options) {
  if (options_.once || stopped_) return;
  hubs_->set_options(std::move(options));
  for (const auto& [url, feed] : feeds_) {
    hubs_->offer(url, feed->state.offer);
    pace_by_hub(feed, false);
  }
}

void FeedIntake::hub_changed(const std::string& url, const HubState& before, const HubState& now) {
  const auto found = feeds_.find(url);
  if (found == feeds_.end()) {  // nobody wants it any more: only its end at the hub is still remembered
    const auto known = remembered_.find(url);
    if (before != now && known != remembered_.end()) save({url, "", known->second.state, std::nullopt, {}, now}, true);
    return;
  }
  const FeedPtr& feed = found->second;
  tell_hub(url, before, now);
  if (before != now) {
    if (feed->recording)
      feed->hub_unsaved = true;
    else
      save({url, feed->subscription.name, feed->state, std::nullopt, {}, now}, true);
  }
  const Instant time = options_.clock();
  pace_by_hub(feed, is_subscribed(now, time) && !is_subscribed(before, time));
}

void FeedIntake::tell_hub(const std::string& url, const HubState& before, const HubState& now) const {
  const Instant time = options_.clock();
  using enum SourceNotice::Kind;
  const bool was = is_subscribed(before, time), is = is_subscribed(now, time);
  if (is && !was) {
    if (before.failures >= kFailuresToTell) say(Recovered, SourceError::HubRefuses, "its hub pushes it again", url);
    say(News, SourceError::HubSubscribed, "is pushed by its hub " + now.hub + " until " + to_rfc3339(now.until), url);
  } else if (was != is || (before == now && now.until != Instant())) {
    say(News, SourceError::HubLapsed, "is no longer pushed by its hub", url);
  }
  const bool is_told = now.failures == kFailuresToTell || now.failure == kHubDenied;
  if (now.failures > before.failures && is_told)
    say(Trouble, SourceError::HubRefuses, "its hub does not push it: " + now.failure + ": " + now.failure_text, url);
}

/// Brings the feed's rules up to what its hub can be relied on, and the next poll to what the rules are then. catch_up:
/// the hub has just begun, what was published before that is still to be polled for.
void FeedIntake::pace_by_hub(const FeedPtr& feed, bool catch_up) {
  const Instant until = hubs_->trusted_until(feed->subscription.url);
  const milliseconds backup = hubs_->options().backup_poll;
  const bool is_other = until != feed->rules.pushed_until || (until != Instant() && backup != feed->rules.backup_poll);
  feed->rules.pushed_until = until;
  feed->rules.backup_poll = backup;
  if (feed->state.gone || options_.once || !(is_other || catch_up)) return;
  feed->repace = true;
  feed->catch_up = feed->catch_up || catch_up;
  if (feed->in_flight) return;  // settled() does it
  repace(*feed);
  if (!feed->waiting) put(feed, feed->state.next_poll);
}

void FeedIntake::repace(Feed& feed) const {
  FeedState& state = feed.state;
  const Instant now = options_.clock();
  state.next_poll = next_poll(state, feed.rules, now);
  if (std::exchange(feed.catch_up, false))
    state.next_poll =
        std::min(state.next_poll, std::max({now, state.last_poll + feed.rules.min_interval, state.away_until}));
  feed.repace = false;
}

/// A poll has found something new: all of it was published since the poll before, and the hub should have brought it.
void FeedIntake::consider_miss(const FeedPtr& feed, const FeedState& before) {
  const HubState* hub = hubs_->find(feed->subscription.url);
  const bool found_news = feed->state.arrivals > before.arrivals;
  if (!found_news || hub == nullptr || !feed->pushes.empty()) return;
  if (is_subscribed(*hub, options_.clock()) && before.last_poll > hub->since) hubs_->missed(feed->subscription.url);
}

/// What came of a poll or a push is durable.
void FeedIntake::recorded(const FeedPtr& feed) {
  feed->recording = false;
  if (std::exchange(feed->hub_unsaved, false)) {
    const HubState* hub = hubs_->find(feed->subscription.url);
    save({feed->subscription.url,
          feed->subscription.name,
          feed->state,
          std::nullopt,
          {},
          hub == nullptr ? HubState{} : *hub},
         true);
  }
  take_next_push(feed);
  on_change_();
}

Result<FeedIntake::FeedPtr> FeedIntake::feed_of_content(const std::string& token) const {
  if (stopped_) return Error(HubError::Stopped, "newsd is stopping");
  const auto url = hubs_->feed_of(token);
  const auto feed = url ? feeds_.find(*url) : feeds_.end();
  if (feed == feeds_.end()) return Error(HubError::Unknown, "there is no such subscription");
  return feed->second;
}

Result<void> FeedIntake::admits_content(const std::string& token) const {
  const auto feed = feed_of_content(token);
  if (!feed) return feed.error();
  if ((*feed)->pushes.size() >= kPushesWaiting || !sink_.has_room(0)) {
    hubs_->count_turned_away();
    return Error(HubError::NoRoom, "newsd has more to read than it may hold");
  }
  return {};
}

Result<void> FeedIntake::take_content(HubContent content, std::function<void(bool taken)> done) {
  if (auto admitted = admits_content(content.token); !admitted) return admitted;
  const FeedPtr feed = *feed_of_content(content.token);
  if (!hubs_->is_genuine_content(feed->subscription.url, content)) {
    done(true);
    return {};
  }
  feed->pushes.push_back({std::move(content.content_type), std::move(content.body), std::move(done)});
  take_next_push(feed);
  return {};
}

/// Hands over what the feed's hub brought, unless the feed is being polled or recorded.
void FeedIntake::take_next_push(const FeedPtr& feed) {
  if (feed->in_flight || feed->pushes.empty() || stopped_) return;
  PushedContent push = std::move(feed->pushes.front());
  feed->pushes.pop_front();
  const Instant now = options_.clock();
  feed->in_flight = feed->recording = true;
  ++in_flight_;
  take_out(feed);
  flush();
  PollOutcome outcome;
  outcome.kind = PollOutcome::Kind::Read;
  outcome.pushed = true;
  outcome.sent = now;
  // read as the last poll's answer was: what is relative in it counts from there, and its entries are the same
  outcome.final_url = feed->state.validated_url.empty() ? feed->state.url : feed->state.validated_url;
  Arrival arrival;
  arrival.key.value = "feed:" + feed->subscription.url;
  arrival.document = fetched_document(OriginKind::Feed, input_of(*feed), outcome.final_url, push.content_type,
                                      std::move(push.body), now);
  arrival.poll =
      std::make_shared<const FeedPoll>(FeedPoll{feed->subscription.url, feed->subscription.name, feed->rules,
                                                feed->state, std::move(outcome), feed->shown, 0, may_hold(*feed)});
  sink_.deliver(std::move(arrival), Sink::Ledger::None,
                [weak = weak_from_this(), feed, done = std::move(push.done)](const Outcome& told) {
                  done(true);
                  const auto self = weak.lock();
                  if (!self) return;
                  feed->in_flight = false;
                  --self->in_flight_;
                  if (told.feed) {
                    const bool was_read = told.feed->shown.has_value();
                    if (was_read) feed->shown = std::make_shared<const ShownEntries>(*told.feed->shown);
                    self->settled(feed, told.feed->state, told.feed->notices);
                    self->hold(told);
                    if (was_read) self->hubs_->pushed(feed->subscription.url);
                  }
                  self->recorded(feed);
                });
}

void FeedIntake::drop_pushes(Feed& feed, bool taken) {
  for (PushedContent& push : std::exchange(feed.pushes, {})) push.done(taken);
}

}  // namespace newsd
