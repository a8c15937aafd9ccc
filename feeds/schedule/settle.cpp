#include "feeds/schedule/settle.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using FloatHours = std::chrono::duration<double, std::ratio<3600>>;

// A feed is silent when nothing came for ten times its usual gap, and for three days at least; a usual gap is known
// after five arrivals.
constexpr double kSilentGaps = 10;
constexpr double kSilentHours = 72;
constexpr std::uint32_t kArrivalsToKnow = 5;
constexpr double kGapWeight = 0.2;  // of the last gap in the usual one

void learn(FeedState& state, const PollOutcome& outcome, Instant now) {
  const Instant before = state.last_success;
  if (before == Instant()) {
    state.publishing = Publishing::from_dates(outcome.published, now);
  } else {
    state.publishing.observe(before, now, outcome.fresh);
  }
  if (outcome.fresh == 0) return;
  ++state.arrivals;
  if (state.last_new != Instant() && before != Instant()) {
    const double gap = FloatHours(now - state.last_new).count();
    state.usual_gap = state.usual_gap == 0 ? gap : state.usual_gap + kGapWeight * (gap - state.usual_gap);
  }
  state.last_new = now;
}

/// A redirect that says "for good" is believed when it says so again and again and a feed stands where it leads.
void consider_move(FeedState& state, const PollOutcome& outcome, std::vector<FeedNotice>& notices) {
  const std::string& target = outcome.permanent_url;
  if (target.empty() || target == state.url) {
    state.moved_to.clear();
    state.moved_count = 0;
    return;
  }
  if (std::exchange(state.moved_to, target) != target) state.moved_count = 0;
  if (++state.moved_count < kMovesBeforeAdoption) return;
  state.url = target;
  state.moved_to.clear();
  state.moved_count = 0;
  notices.push_back({FeedNotice::Kind::Moved, target, 0, {}});
}

void consider_silence(FeedState& state, Instant now, std::vector<FeedNotice>& notices) {
  if (state.silence_told || state.arrivals < kArrivalsToKnow || state.last_new == Instant()) return;
  const double quiet = FloatHours(now - state.last_new).count();
  if (quiet < std::max(kSilentHours, kSilentGaps * state.usual_gap)) return;
  state.silence_told = true;
  notices.push_back({FeedNotice::Kind::Silent, {}, 0, state.last_new});
}

void succeed(FeedState& state, const PollOutcome& outcome, Instant now, std::vector<FeedNotice>& notices) {
  const bool spoke_again = state.silence_told && outcome.fresh > 0;
  if (state.error_told || spoke_again) {
    const Instant since = state.error_told ? state.failing_since : state.last_new;
    notices.push_back({FeedNotice::Kind::Recovered, {}, state.error_told ? state.failures : 0, since});
  }
  if (spoke_again) state.silence_told = false;
  learn(state, outcome, now);
  state.failures = 0;
  state.failing_since = {};
  state.failure.clear();
  state.failure_text.clear();
  state.error_told = false;
  state.away_until = {};
  state.last_success = now;
  state.fresh_for = outcome.fresh_for.value_or(std::chrono::seconds(0));
  if (outcome.kind == PollOutcome::Kind::Read) {
    // the answer's own, both of them, also where only one is there: an old one beside it would be made up
    state.validators = outcome.validators;
    state.validated_url = outcome.final_url;
    state.hints = outcome.hints;
    state.sitemaps = outcome.sitemaps;
    state.offer = outcome.offer;
    state.shown = outcome.shown;
  } else {  // 304: a validator it repeats or renews is taken, one it leaves out stays (RFC 9110, 15.4.5)
    if (!outcome.validators.etag.empty()) state.validators.etag = outcome.validators.etag;
    if (!outcome.validators.last_modified.empty()) state.validators.last_modified = outcome.validators.last_modified;
  }
  consider_move(state, outcome, notices);
  consider_silence(state, now, notices);
}

void fail(FeedState& state, const PollOutcome& outcome, const std::string& configured, Instant now,
          std::vector<FeedNotice>& notices) {
  if (state.failures++ == 0) state.failing_since = now;
  state.failure = outcome.code;
  state.failure_text = outcome.text;
  if (outcome.retry_after) state.away_until = now + *outcome.retry_after;
  if (state.failures >= kFailuresBeforeError && !std::exchange(state.error_told, true))
    notices.push_back({FeedNotice::Kind::Error, {}, state.failures, state.failing_since});
  if (state.failures >= kFailuresBeforeReturn && state.url != configured) state.url = configured;
}

/// A push is neither a request nor an answer of the server: validators, failures and pace are left alone.
Settled settle_push(FeedState state, const PollOutcome& outcome, const PollRules& rules, Instant now) {
  Settled settled;
  if (outcome.kind == PollOutcome::Kind::Read) {
    learn(state, outcome, now);
    state.last_success = now;
    if (state.silence_told && outcome.fresh > 0) {
      state.silence_told = false;
      settled.notices.push_back({FeedNotice::Kind::Recovered, {}, 0, state.last_new});
    }
  } else if (!state.gone) {
    const Instant soonest = std::max({now, state.last_poll + rules.min_interval, state.away_until});
    state.next_poll = std::min(state.next_poll, soonest);
  }
  settled.state = std::move(state);
  return settled;
}

}  // namespace

Settled settle(FeedState state, const PollOutcome& outcome, const PollRules& rules, const std::string& configured,
               Instant now) {
  if (outcome.pushed) return settle_push(std::move(state), outcome, rules, now);
  Settled settled;
  if (state.url.empty()) state.url = configured;
  state.last_poll = outcome.sent;
  ++state.polls;
  state.status = outcome.status;
  switch (outcome.kind) {
    case PollOutcome::Kind::Read:
    case PollOutcome::Kind::NotModified: succeed(state, outcome, now, settled.notices); break;
    case PollOutcome::Kind::Failed: fail(state, outcome, configured, now, settled.notices); break;
    case PollOutcome::Kind::Gone:
      state.gone = true;
      state.failure = outcome.code;
      state.failure_text = outcome.text;
      settled.notices.push_back({FeedNotice::Kind::Gone, {}, 0, {}});
      break;
  }
  state.next_poll = next_poll(state, rules, now);
  settled.state = std::move(state);
  return settled;
}

}  // namespace newsd
