#include "feeds/source/feed_intake.h"

#include "feeds/article/url.h"
#include "feeds/http/cache.h"
#include "feeds/http/link_header.h"
#include "feeds/source/fetched_document.h"
#include "feeds/text/digest.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kInFlight = 256;  // polls whose outcome is not yet recorded
constexpr std::uint64_t kUsualBody = 64 << 10;
constexpr std::size_t kWaitingAtHost = 2;              // requests to a host beyond those it gets at once
constexpr auto kSaveWithin = std::chrono::seconds(1);  // how long an uneventful poll may go unrecorded
constexpr auto kSlept = std::chrono::seconds(60);      // between two ticks: the machine slept, or the clock was set
constexpr auto kLongestSleep = std::chrono::seconds(30);

std::uint64_t seed_of(std::string_view url) { return key128(url).low; }

std::string words_for(std::uint16_t status) { return "the server answers with status " + std::to_string(status); }

/// What can be said of a poll before its document is read.
PollOutcome outcome_of(const FetchAnswer& answer, Instant sent, Instant now) {
  PollOutcome outcome;
  outcome.sent = sent;
  outcome.status = answer.status;
  outcome.final_url = answer.final_url;
  outcome.permanent_url = permanent_target(answer.hops);
  outcome.validators = validators_of(answer.header);
  outcome.fresh_for = fresh_for(answer.header, now);
  outcome.links = links_of(answer.header);
  for (WebLink& link : outcome.links) link.target = resolve_reference(answer.final_url, link.target);
  outcome.code = "http-" + std::to_string(answer.status);
  outcome.text = words_for(answer.status);
  if (answer.status == 200) {
    outcome.kind = PollOutcome::Kind::Read;
  } else if (answer.status == 304 && answer.conditional) {
    outcome.kind = PollOutcome::Kind::NotModified;
  } else if (answer.status == 410 && answer.hops.empty()) {
    outcome.kind = PollOutcome::Kind::Gone;
  } else {
    outcome.retry_after = retry_after(answer.header, now);
  }
  return outcome;
}

PollOutcome outcome_of(const Error& error, Instant sent) {
  PollOutcome outcome;
  outcome.sent = sent;
  outcome.code = error.code;
  outcome.text = error.message();
  return outcome;
}

}  // namespace

FeedIntake::FeedIntake(Sink& sink, Fetcher& fetcher, FeedPollerOptions options, std::vector<RememberedFeed> remembered,
                       std::function<void()> on_change)
    : sink_(sink),
      fetcher_(fetcher),
      options_(std::move(options)),
      on_change_(std::move(on_change)),
      room_(sink, on_change_) {
  const Instant now = options_.clock();
  for (RememberedFeed& feed : remembered) {
    if (feed.state.away_until > now) {
      Host& host = hosts_[origin_of(feed.state.url)];
      host.away_until = std::max(host.away_until, feed.state.away_until);
    }
    std::string name = feed.feed;
    remembered_.emplace(std::move(name), std::move(feed));
  }
  hubs_ = make_hubs();
}

void FeedIntake::subscribe(const std::vector<FeedSubscription>& subscriptions) {
  const Instant now = options_.clock();
  std::map<std::string, std::string> canonical;  // → the URL it was subscribed to by
  std::set<std::string> wanted;
  for (const FeedSubscription& subscription : subscriptions) {
    const auto url = Url::parse(subscription.url);
    const auto [same, is_new] = canonical.try_emplace(url ? url->canonical() : subscription.url, subscription.url);
    if (!is_new) {
      if (options_.tell && same->second != subscription.url)
        options_.tell({SourceNotice::Kind::Trouble,
                       Error(SourceError::DuplicateFeed, "is left out: " + same->second + " is the same feed",
                             subscription.url)});
      continue;
    }
    wanted.insert(subscription.url);
    add(subscription, now);
    feeds_.at(subscription.url)->state.index.clear();
  }
  std::vector<std::string> unwanted;
  std::vector<FeedPtr> indexes;
  for (const auto& [url, feed] : feeds_) {
    const std::string& of = feed->state.index.empty() ? url : feed->state.index;
    if (!wanted.contains(of))
      unwanted.push_back(url);
    else if (!feed->state.sitemaps.empty())
      indexes.push_back(feed);
  }
  for (const std::string& url : unwanted) drop(url);
  for (const FeedPtr& index : indexes) follow_index(index);
  hubs_->leave_others(wanted);
  spread_due(now);
}

void FeedIntake::add(const FeedSubscription& subscription, Instant now) {
  PollRules rules;
  rules.interval = subscription.interval;
  rules.min_interval = options_.min_interval;
  rules.max_interval = std::max(options_.max_interval, options_.min_interval);
  rules.seed = seed_of(subscription.url);
  if (const auto known = feeds_.find(subscription.url); known != feeds_.end()) {
    Feed& feed = *known->second;
    const bool same_pace = feed.rules.interval == rules.interval && feed.rules.min_interval == rules.min_interval &&
                           feed.rules.max_interval == rules.max_interval;
    rules.pushed_until = feed.rules.pushed_until;
    rules.backup_poll = feed.rules.backup_poll;
    feed.subscription = subscription;
    feed.rules = rules;
    if (same_pace || feed.in_flight || feed.waiting || feed.state.gone) return;
    feed.state.next_poll = next_poll(feed.state, rules, now);
    put(known->second, feed.state.next_poll);
    return;
  }
  auto feed = std::make_shared<Feed>();
  feed->subscription = subscription;
  feed->rules = rules;
  feed->shown = std::make_shared<const ShownEntries>();
  if (const auto found = remembered_.find(subscription.url); found != remembered_.end()) {
    feed->state = std::move(found->second.state);
    feed->shown = std::make_shared<const ShownEntries>(std::move(found->second.shown));
    remembered_.erase(found);
  }
  if (feed->state.url.empty()) feed->state.url = subscription.url;
  // a clock that was set back must not put a feed off for longer than any server may ask for
  const Instant latest = now + kLongestWait;
  if (!feed->state.gone) feed->state.next_poll = std::min(feed->state.next_poll, latest);
  feeds_.emplace(subscription.url, feed);
  hubs_->offer(subscription.url, feed->state.offer);
  pace_by_hub(feed, false);
  if (!feed->state.offer.hub.empty() && feed->rules.pushed_until == Instant())  // it was polled rarely, perhaps
    feed->state.next_poll = std::min(feed->state.next_poll, next_poll(feed->state, feed->rules, now));
  if (feed->state.gone) {
    feed->polled = true;
  } else {
    put(feed, options_.once ? std::max(now, feed->state.away_until) : feed->state.next_poll);
    if (options_.once && feed->state.away_until > now) feed->polled = true;
  }
}

void FeedIntake::put(const FeedPtr& feed, Instant due) {
  take_out(feed);
  feed->due = due;
  if (due != Instant::max()) due_.emplace(due, feed->subscription.url);
}

void FeedIntake::take_out(const FeedPtr& feed) { due_.erase({feed->due, feed->subscription.url}); }

/// What is overdue all at once (at the start, after a sleep) is not asked for all at once.
void FeedIntake::spread_due(Instant now) {
  if (options_.once) return;
  std::vector<FeedPtr> overdue;
  for (auto it = due_.begin(); it != due_.end() && it->first <= now; ++it) overdue.push_back(feeds_.at(it->second));
  for (const FeedPtr& feed : overdue) {
    const milliseconds usual = usual_interval(feed->state, feed->rules, now);
    put(feed, now + spread(feed->rules.seed, overdue.size(), usual));
  }
}

void FeedIntake::each(const Visit& visit) const {
  for (const auto& [url, feed] : feeds_) {
    if (!feed->state.index.empty()) continue;
    visit(feed->subscription, feed->state, feed->state.gone ? Instant::max() : feed->due, hubs_->find(url));
  }
}

void FeedIntake::tick() {
  if (stopped_) return;
  const Instant now = options_.clock();
  if (last_tick_ && (now - *last_tick_ > kSlept || now < *last_tick_)) spread_due(now);
  last_tick_ = now;
  hubs_->tick();
  if (save_at_ && *save_at_ <= now) flush();
  while (!due_.empty() && due_.begin()->first <= now && in_flight_ < kInFlight) {
    if (!room_.has_room(kUsualBody)) return;
    const FeedPtr feed = feeds_.at(due_.begin()->second);
    take_out(feed);
    if (has_turn(feed, now)) start(feed, now);
  }
}

/// False: it was put off, or waits with its host.
bool FeedIntake::has_turn(const FeedPtr& feed, Instant now) {
  if (feed->in_flight) return false;  // its hub brought something: put again when that is recorded
  Host& host = hosts_[origin_of(feed->state.url)];
  if (host.away_until > now) {
    const milliseconds usual = usual_interval(feed->state, feed->rules, now);
    put(feed, host.away_until + spread(feed->rules.seed, feeds_.size(), usual));
    if (options_.once) feed->polled = true;
    return false;
  }
  if (urls_in_flight_.contains(feed->state.url)) {  // another feed has moved here
    put(feed, now + feed->rules.min_interval);
    return false;
  }
  if (host.active >= options_.per_host + kWaitingAtHost) {
    feed->waiting = true;
    host.waiting.push_back(feed);
    return false;
  }
  ++host.active;
  return true;
}

void FeedIntake::start(const FeedPtr& feed, Instant now) {
  feed->in_flight = true;
  ++in_flight_;
  urls_in_flight_.insert(feed->state.url);
  FetchRequest request;
  request.url = feed->state.url;
  request.validators = feed->state.validators;
  request.validated_url = feed->state.validated_url;
  request.authorization = feed->subscription.authorization;
  request.authorized_url = feed->subscription.url;
  fetcher_.fetch(std::move(request),
                 [weak = weak_from_this(), feed, url = feed->state.url, now](Result<FetchAnswer> answer) {
                   if (const auto self = weak.lock()) self->answered(feed, url, now, std::move(answer));
                 });
}

void FeedIntake::answered(const FeedPtr& feed, const std::string& url, Instant sent, Result<FetchAnswer> answer) {
  if (!answer && answer.error().is(FetchError::Stopped)) return;
  const Instant now = options_.clock();
  PollOutcome outcome = answer ? outcome_of(*answer, sent, now) : outcome_of(answer.error(), sent);
  if (outcome.kind == PollOutcome::Kind::Read) {
    if (stopped_) return ended(feed, url);  // nobody will read it: as if it had never been asked for
    return deliver(feed, std::move(*answer), std::move(outcome), now);
  }
  ended(feed, url);
  Settled done = settle(feed->state, outcome, feed->rules, feed->subscription.url, now);
  const bool soon = !done.notices.empty() || outcome.kind != PollOutcome::Kind::NotModified;
  settled(feed, done.state, done.notices);
  save({feed->subscription.url, feed->subscription.name, feed->state, std::nullopt, std::move(done.notices)}, soon);
  take_next_push(feed);
  on_change_();
}

void FeedIntake::deliver(const FeedPtr& feed, FetchAnswer answer, PollOutcome outcome, Instant now) {
  flush();  // what was saved of this feed before must not come after what this brings
  Arrival arrival;
  arrival.key.value = "feed:" + feed->subscription.url;
  arrival.document = fetched_document(OriginKind::Feed, input_of(*feed), std::move(answer), now);
  arrival.poll = std::make_shared<const FeedPoll>(
      FeedPoll{feed->subscription.url, feed->subscription.name, feed->rules, feed->state, std::move(outcome),
               feed->shown, feed->state.index.empty() ? options_.max_sitemaps : 0, may_hold(*feed)});
  feed->recording = true;
  sink_.deliver(std::move(arrival), Sink::Ledger::None,
                [weak = weak_from_this(), feed, url = feed->state.url](const Outcome& told) {
                  const auto self = weak.lock();
                  if (!self) return;
                  self->ended(feed, url);
                  if (told.feed) {
                    const FeedState before = feed->state;
                    if (told.feed->shown) feed->shown = std::make_shared<const ShownEntries>(*told.feed->shown);
                    self->settled(feed, told.feed->state, told.feed->notices);
                    self->hold(told);
                    self->consider_miss(feed, before);
                  }
                  self->recorded(feed);
                });
}

void FeedIntake::ended(const FeedPtr& feed, const std::string& url) {
  feed->in_flight = false;
  feed->polled = true;
  --in_flight_;
  urls_in_flight_.erase(url);
  const auto found = hosts_.find(origin_of(url));
  Host& host = found->second;
  --host.active;
  while (!host.waiting.empty() && !host.waiting.front()->subscribed) host.waiting.pop_front();
  if (!host.waiting.empty()) {
    const FeedPtr next = std::move(host.waiting.front());
    host.waiting.pop_front();
    next->waiting = false;
    put(next, next->due);
  } else if (host.active == 0 && host.away_until <= options_.clock()) {
    hosts_.erase(found);
  }
}

/// The state is what was, or will be, recorded.
std::string FeedIntake::input_of(const Feed& feed) {
  return feed.subscription.name.empty() ? feed.subscription.url : feed.subscription.name;
}

std::size_t FeedIntake::may_hold(const Feed& feed) const {
  return feed.subscription.full_text && options_.may_hold ? options_.may_hold() : 0;
}

void FeedIntake::hold(const Outcome& told) const {
  for (const auto& entry : told.feed->held) options_.hold(entry);
}

void FeedIntake::settled(const FeedPtr& feed, const FeedState& state, const std::vector<FeedNotice>& notices) {
  feed->state = state;
  for (const FeedNotice& notice : notices) tell(*feed, notice);
  if (state.away_until > state.last_poll) {
    Host& host = hosts_[origin_of(state.url)];
    host.away_until = std::max(host.away_until, state.away_until);
  }
  if (feed->repace && !state.gone) repace(*feed);
  if (feed->subscribed && !options_.once && !feed->waiting) put(feed, feed->state.next_poll);
  if (feed->subscribed) follow_index(feed);
  if (feed->subscribed) hubs_->offer(feed->subscription.url, state.gone ? WebSubOffer{} : state.offer);
}

void FeedIntake::save(FeedUpdate update, bool soon) {
  unsaved_.push_back(std::move(update));
  if (soon || options_.once || stopped_) return flush();
  if (!save_at_) save_at_ = options_.clock() + kSaveWithin;
}

void FeedIntake::flush() {
  save_at_.reset();
  if (!unsaved_.empty()) sink_.save_feeds(std::exchange(unsaved_, {}));
}

std::optional<Instant> FeedIntake::next_due() const {
  if (stopped_) return std::nullopt;
  const Instant now = options_.clock();
  Instant next = now + kLongestSleep;  // so that a sleep of the machine, or a clock that was set, is noticed
  if (save_at_) next = std::min(next, *save_at_);
  next = std::min(next, hubs_->next_due());
  if (!due_.empty() && !room_.waits() && in_flight_ < kInFlight) next = std::min(next, due_.begin()->first);
  return next;
}

void FeedIntake::stop() {
  if (std::exchange(stopped_, true)) return;
  room_.stop();
  hubs_->stop();
  for (const auto& [url, feed] : feeds_) drop_pushes(*feed, false);
  flush();
}

bool FeedIntake::drained() const {
  return in_flight_ == 0 &&
         std::all_of(feeds_.begin(), feeds_.end(), [](const auto& named) { return named.second->polled; });
}

void FeedIntake::set_intervals(milliseconds least, milliseconds most, std::size_t per_host) {
  options_.min_interval = least;
  options_.max_interval = most;
  options_.per_host = per_host;
}

void FeedIntake::tell(const Feed& feed, const FeedNotice& notice) {
  const std::string& url = feed.subscription.url;
  using enum SourceNotice::Kind;
  switch (notice.kind) {
    case FeedNotice::Kind::Error:
      return say(Trouble, SourceError::FeedFails, feed.state.failure + ": " + feed.state.failure_text, url);
    case FeedNotice::Kind::Recovered: return say(Recovered, SourceError::FeedFails, "answers again", url);
    case FeedNotice::Kind::Moved: return say(Trouble, SourceError::FeedMoved, "has moved to " + notice.moved_to, url);
    case FeedNotice::Kind::Gone: return say(Trouble, SourceError::FeedGone, "is gone (410) and polled no more", url);
    case FeedNotice::Kind::Silent: return;  // an event, nothing for the operator to do
  }
}

void FeedIntake::say(SourceNotice::Kind kind, SourceError code, std::string text, const std::string& feed) const {
  if (options_.tell) options_.tell({kind, Error(code, std::move(text), feed)});
}

}  // namespace newsd
