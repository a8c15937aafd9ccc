// FeedHubs: the subscriptions of all feeds at their WebSub hubs: asks the hubs when it is time, answers what they ask
// back, says whether what they bring is theirs. Every decision is next_hub()'s. I/O thread; no Asio: tick() is called
// when next_due() is over. It does not read what hubs bring and does not keep anything on the disk.
#pragma once

#include "feeds/fetch/fetcher.h"
#include "feeds/schedule/hub_state.h"
#include "feeds/source/hub_callbacks.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace newsd {

struct WebSubOptions {
  std::string callback_base;  ///< "https://news.example/websub/", to which a token is added; empty: no WebSub
  std::chrono::seconds lease = std::chrono::days(10);  ///< asked for
  std::chrono::milliseconds backup_poll = std::chrono::hours(6);
  std::uint64_t max_content = 4 << 20;
  bool operator==(const WebSubOptions&) const = default;
};

/// How subscriptions stand, and what hubs brought since the start.
struct HubCounts {
  std::size_t active = 0, asked = 0, refused = 0, leaving = 0;  ///< doubted ones are active
  std::uint64_t taken = 0;                                      ///< contents that were recorded
  std::uint64_t forged = 0;                                     ///< dropped: not signed with the subscription's secret
  std::uint64_t turned_away = 0;                                ///< for want of room
  std::uint64_t missed = 0;                                     ///< polls that found what a hub had not brought
  bool operator==(const HubCounts&) const = default;
};

class FeedHubs : public std::enable_shared_from_this<FeedHubs> {
 public:
  struct Hooks {
    /// The state of a feed's subscription changed: to be recorded.
    std::function<void(const std::string& feed, const HubState& before, const HubState& now)> changed;
    std::function<void()> wake;  ///< next_due() may be earlier
    std::function<std::string()>
        random;  ///< 256 bits in hexadecimal digits, nobody can guess them; empty: there are none
  };

  FeedHubs(Fetcher& fetcher, WebSubOptions options, std::function<Instant()> clock, Hooks hooks);

  /// What is remembered from an earlier run. Before anything else.
  void restore(const std::string& feed, HubState state);
  /// Other callbacks make other subscriptions: those of the old ones run out.
  void set_options(WebSubOptions options);
  bool is_on() const { return !options_.callback_base.empty() && !stopped_; }
  const WebSubOptions& options() const { return options_; }

  /// What a feed was found to say about its hub; an empty offer: nothing (any more).
  void offer(const std::string& feed, const WebSubOffer& offer);
  /// Nobody wants the feed any more.
  void leave(const std::string& feed);
  /// Every feed with a subscription that is not in `wanted` is left.
  void leave_others(const std::set<std::string>& wanted);
  void pushed(const std::string& feed);
  void missed(const std::string& feed);
  void count_turned_away() { ++counts_.turned_away; }

  /// Null: none.
  const HubState* find(const std::string& feed) const;
  /// Until when the feed may be polled rarely; the epoch: it may not.
  Instant trusted_until(const std::string& feed) const;
  HubCounts counts() const;

  void tick();
  Instant next_due() const;
  void stop() { stopped_ = true; }

  Result<std::string> verify(const HubQuestion& question);
  /// The feed that has this callback.
  std::optional<std::string> feed_of(const std::string& token) const;
  /// Whether it bears the signature of that feed's subscription.
  bool is_genuine_content(const std::string& feed, const HubContent& content);

 private:
  struct Request {
    std::string url, body, callback;
    int redirects = 0;
  };
  void put(const std::string& feed, HubState state);
  void happen(const std::string& feed, const HubEvent& event);
  void ask(const std::string& feed);
  void send(const std::string& feed, Request request);
  void answered(const std::string& feed, Request request, const Result<FetchAnswer>& answer);

  Fetcher& fetcher_;
  WebSubOptions options_;
  std::function<Instant()> clock_;
  Hooks hooks_;
  std::map<std::string, HubState> states_;
  std::unordered_map<std::string, std::string> feed_by_token_;
  std::set<std::pair<Instant, std::string>> due_;
  std::map<std::string, Instant> due_of_;
  HubCounts counts_;  ///< of what was brought
  std::size_t asking_ = 0;
  bool stopped_ = false;
};

}  // namespace newsd
