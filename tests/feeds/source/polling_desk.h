// PollingDesk: a FeedIntake in virtual time, with a fetcher that answers by a script and a sink that acknowledges as a
// pipeline would. One thread.
#pragma once

#include "feeds/source/feed_intake.h"
#include "tests/support/fake_sink.h"
#include "tests/support/scripted_fetcher.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace newsd {

using namespace std::chrono_literals;

inline const std::string kUrl = "https://news.example/feed";
inline const Instant kStart = *parse_rfc3339("2026-11-22T12:00:00Z");

/// Documents are acknowledged settled, with `fresh` entries each.
struct PollingDesk {
  explicit PollingDesk(ScriptedFetcher::Script script, FeedPollerOptions options = {},
                       std::vector<RememberedFeed> known = {})
      : fetcher(std::move(script)) {
    options.clock = [this] { return now; };
    options.tell = [this](const SourceNotice& notice) { told.push_back(notice); };
    intake = std::make_shared<FeedIntake>(sink, fetcher, std::move(options), std::move(known), [] {});
  }

  void subscribe(std::initializer_list<std::string> urls) {
    std::vector<FeedSubscription> all;
    for (const std::string& url : urls) all.push_back({url, {}, {}, {}});
    intake->subscribe(all);
  }
  void record() {
    for (std::size_t i = recorded; i < sink.delivered.size(); ++i) {
      const FeedPoll& poll = *sink.delivered[i].arrival.poll;
      PollOutcome outcome = poll.outcome;
      outcome.fresh = outcome.shown = fresh;
      outcome.offer = offer;
      if (listing) outcome.sitemaps = listing(poll);
      Settled settled = settle(poll.before, outcome, poll.rules, poll.feed, now);
      FeedUpdate update{poll.feed, poll.name, settled.state, ShownEntries{42}, settled.notices};
      Outcome done;
      done.feed = std::make_shared<const FeedUpdate>(std::move(update));
      sink.ack(i, done);
    }
    recorded = sink.delivered.size();
  }
  /// Lets time pass, polls and records included.
  void run(std::chrono::milliseconds time) {
    const Instant end = now + time;
    for (;;) {
      intake->tick();
      while (fetcher.answer_all()) record();
      const auto due = intake->next_due();
      if (!due || *due > end) break;
      now = std::max(*due, now + 1ms);
    }
    now = end;
  }
  /// What would be restored after a restart.
  RememberedFeed remembered(const std::string& feed) const {
    RememberedFeed made{feed, {}, {}};
    for (const FeedUpdate& update : sink.saved) {
      if (update.feed != feed) continue;
      made.state = update.state;
      if (update.hub) made.hub = *update.hub;
    }
    intake->each([&](const FeedSubscription& subscription, const FeedState& state, Instant, const HubState* hub) {
      if (subscription.url != feed) return;
      made.state = state;
      made.hub = hub == nullptr ? HubState{} : *hub;
    });
    return made;
  }

  Instant now = kStart;
  FakeSink sink;
  ScriptedFetcher fetcher;
  std::vector<SourceNotice> told;
  std::shared_ptr<FeedIntake> intake;
  std::size_t recorded = 0;
  std::uint32_t fresh = 1;  ///< entries that each document brings
  WebSubOffer offer;        ///< where each says it is pushed from
  /// What of it is a sitemap index; empty: nothing.
  std::function<std::vector<PolledSitemap>(const FeedPoll&)> listing;
};

inline FeedPollerOptions every(std::chrono::milliseconds interval) {
  FeedPollerOptions options;
  options.min_interval = options.max_interval = interval;
  return options;
}

inline ScriptedFetcher::Script always(FetchAnswer answer) {
  return [answer](const FetchRequest&, int) { return answer; };
}

}  // namespace newsd
