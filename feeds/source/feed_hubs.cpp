#include "feeds/source/feed_hubs.h"

#include "feeds/article/url.h"
#include "feeds/http/cache.h"
#include "feeds/text/digest.h"
#include "feeds/text/uri_reference.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kAskedAtOnce = 4;  // requests to hubs under way
constexpr int kRedirects = 3;
constexpr std::size_t kReasonBytes = 200;  // of what a hub says

std::string token_of(const HubState& state) { return state.callback.substr(state.callback.rfind('/') + 1); }

std::uint64_t seed_of(const std::string& feed) { return key128("hub " + feed).low; }

/// A hub that cannot be asked, or a topic it cannot know, is no offer.
bool is_sound(const WebSubOffer& offer) {
  return Url::parse(offer.hub).has_value() && Url::parse(offer.topic).has_value();
}

bool is_encrypted(std::string_view url) { return origin_of(url).starts_with("https://"); }

}  // namespace

std::string_view code_of(HubError e) {
  switch (e) {
    case HubError::Unknown: return "unknown-subscription";
    case HubError::NoRoom: return "no-room";
    case HubError::Stopped: return "stopping";
  }
  return "unknown-subscription";
}

FeedHubs::FeedHubs(Fetcher& fetcher, WebSubOptions options, std::function<Instant()> clock, Hooks hooks)
    : fetcher_(fetcher), options_(std::move(options)), clock_(std::move(clock)), hooks_(std::move(hooks)) {}

void FeedHubs::restore(const std::string& feed, HubState state) {
  const Instant now = clock_();
  // a clock that was set back must not put a hub off for longer than any lease may last
  state.until = std::min<Instant>(state.until, now + kLongestWait);
  state.next = std::min<Instant>(state.next, now + kLongestWait);
  if (is_on() && !state.callback.starts_with(options_.callback_base)) return;
  put(feed, std::move(state));
}

void FeedHubs::set_options(WebSubOptions options) {
  const bool is_new_place = options.callback_base != options_.callback_base;
  options_ = std::move(options);
  if (!is_new_place) return;
  const auto before = states_;
  for (const auto& [feed, state] : before) {
    const bool is_void = is_on() && !state.callback.starts_with(options_.callback_base);
    if (is_void) put(feed, {});
    hooks_.changed(feed, state, is_void ? HubState{} : state);
  }
  hooks_.wake();
}

/// Remembers the state, and when to look at it again.
void FeedHubs::put(const std::string& feed, HubState state) {
  if (const auto due = due_of_.find(feed); due != due_of_.end()) {
    due_.erase({due->second, feed});
    due_of_.erase(due);
  }
  if (const auto known = states_.find(feed); known != states_.end()) {
    feed_by_token_.erase(token_of(known->second));
    states_.erase(known);
  }
  if (state.hub.empty()) return;
  feed_by_token_[token_of(state)] = feed;
  const Instant due = next_change(state, clock_());
  due_.emplace(due, feed);
  due_of_.emplace(feed, due);
  states_.emplace(feed, std::move(state));
}

void FeedHubs::happen(const std::string& feed, const HubEvent& event) {
  const HubState* known = find(feed);
  const HubState before = known == nullptr ? HubState{} : *known;
  HubState now = next_hub(before, event, seed_of(feed), clock_());
  if (now == before) return;
  put(feed, now);
  hooks_.changed(feed, before, now);
  hooks_.wake();
}

void FeedHubs::offer(const std::string& feed, const WebSubOffer& offer) {
  if (!is_on()) return;
  const HubState* known = find(feed);
  const bool is_new = known == nullptr || known->hub != offer.hub || known->topic != offer.topic || known->leaving;
  if (!is_new || (known == nullptr && offer.hub.empty())) return;
  if (!is_sound(offer)) return happen(feed, HubOffered{});
  const std::string token = hooks_.random(), secret = hooks_.random();
  if (token.empty() || secret.empty()) return;  // without a secret anybody could send us news
  happen(feed, HubOffered{offer, options_.callback_base + token, secret});
}

void FeedHubs::leave(const std::string& feed) { happen(feed, HubLeft{}); }

void FeedHubs::leave_others(const std::set<std::string>& wanted) {
  std::vector<std::string> unwanted;
  for (const auto& [feed, state] : states_) {
    if (!wanted.contains(feed) && !state.leaving) unwanted.push_back(feed);
  }
  for (const std::string& feed : unwanted) leave(feed);
}

void FeedHubs::pushed(const std::string& feed) {
  ++counts_.taken;
  happen(feed, HubPushed{});
}

void FeedHubs::missed(const std::string& feed) {
  ++counts_.missed;
  happen(feed, HubMissed{});
}

const HubState* FeedHubs::find(const std::string& feed) const {
  const auto found = states_.find(feed);
  return found == states_.end() ? nullptr : &found->second;
}

Instant FeedHubs::trusted_until(const std::string& feed) const {
  const HubState* state = find(feed);
  return is_on() && state != nullptr && is_trusted(*state, clock_()) ? state->until : Instant();
}

HubCounts FeedHubs::counts() const {
  HubCounts counts = counts_;
  const Instant now = clock_();
  for (const auto& [feed, state] : states_) {
    if (state.leaving)
      ++counts.leaving;
    else if (is_subscribed(state, now))
      ++counts.active;
    else
      ++(state.failures > 0 ? counts.refused : counts.asked);
  }
  return counts;
}

void FeedHubs::tick() {
  if (!is_on()) return;
  const Instant now = clock_();
  while (!due_.empty() && due_.begin()->first <= now) {
    const std::string feed = due_.begin()->second;
    const HubState state = states_.at(feed);
    switch (due_ask(state, now)) {
      case HubAsk::Late: happen(feed, HubUnverified{}); break;
      case HubAsk::Nothing:  // the lease is over
        put(feed, state);
        hooks_.changed(feed, state, state);
        break;
      case HubAsk::Subscribe:
      case HubAsk::Unsubscribe:
        if (asking_ >= kAskedAtOnce) return;
        ask(feed);
        break;
    }
  }
}

Instant FeedHubs::next_due() const {
  if (!is_on() || due_.empty() || asking_ >= kAskedAtOnce) return Instant::max();
  return due_.begin()->first;
}

void FeedHubs::ask(const std::string& feed) {
  const HubState state = states_.at(feed);
  WebSubRequest form;
  form.mode = state.leaving ? "unsubscribe" : "subscribe";
  form.callback = state.callback;
  form.topic = state.topic;
  if (!state.leaving) {
    form.lease = options_.lease;
    form.secret = state.secret;
  }
  happen(feed, HubSent{});
  send(feed, {state.hub, form_of(form), state.callback, 0});
}

void FeedHubs::send(const std::string& feed, Request request) {
  FetchRequest fetch;
  fetch.url = request.url;
  fetch.post = PostContent{std::string(kFormType), request.body, {}};
  ++asking_;
  fetcher_.fetch(std::move(fetch), [weak = weak_from_this(), feed, request](Result<FetchAnswer> answer) {
    if (const auto self = weak.lock()) self->answered(feed, request, answer);
  });
}

void FeedHubs::answered(const std::string& feed, Request request, const Result<FetchAnswer>& answer) {
  --asking_;
  hooks_.wake();
  const HubState* state = find(feed);
  if (stopped_ || state == nullptr || state->callback != request.callback) return;
  if (!answer) {
    if (!answer.error().is(FetchError::Stopped))
      happen(feed, HubRefused{std::string(answer.error().code), answer.error().text, std::nullopt});
    return;
  }
  const std::uint16_t status = answer->status;
  if (status / 100 == 2) return;  // its verification comes, or came
  const auto location = answer->header.value("location");
  if ((status == 307 || status == 308) && location) {
    const std::string target = resolve_reference(request.url, *location);
    const bool may_follow = Url::parse(target).has_value() && (is_encrypted(target) || !is_encrypted(request.url));
    if (may_follow && request.redirects < kRedirects) {
      request.url = target;
      ++request.redirects;
      return send(feed, std::move(request));
    }
  }
  happen(feed, HubRefused{"http-" + std::to_string(status), "the hub answers with status " + std::to_string(status),
                          retry_after(answer->header, clock_())});
}

std::optional<std::string> FeedHubs::feed_of(const std::string& token) const {
  const auto found = feed_by_token_.find(token);
  if (!is_on() || found == feed_by_token_.end()) return std::nullopt;
  return found->second;
}

Result<std::string> FeedHubs::verify(const HubQuestion& question) {
  const auto feed = feed_of(question.token);
  if (!feed) return Error(HubError::Unknown, "there is no such subscription");
  const HubState& state = states_.at(*feed);
  if (question.mode == kHubDenied && question.topic == state.topic) {
    const std::string reason(shortened(question.reason, kReasonBytes));
    happen(*feed, HubRefused{std::string(kHubDenied), reason.empty() ? "the hub gives no reason" : reason, {}});
    return std::string();
  }
  if (question.challenge.empty() || !agrees(state, question.mode, question.topic, clock_()))
    return Error(HubError::Unknown, "nothing like this was asked for");
  happen(*feed, HubVerified{question.lease});
  return question.challenge;
}

bool FeedHubs::is_genuine_content(const std::string& feed, const HubContent& content) {
  const HubState* state = find(feed);
  const bool genuine =
      state != nullptr && !state->secret.empty() && is_genuine(content.signature, state->secret, content.body);
  if (!genuine) ++counts_.forged;
  return genuine;
}

}  // namespace newsd
