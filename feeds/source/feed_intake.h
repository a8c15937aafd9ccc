// The heart of polling: subscriptions and what is remembered of them → requests at their time → Arrivals at the sink,
// updates of the feeds' states. No Asio and no waiting: FeedPoller tells it when time has passed, it says when it wants
// to be called again. I/O thread. Every decision about when is next_poll()'s.
//
// One request a URL is under way at a time, and a few more to a host than the fetcher sends at once, so that a slow
// host does not hold up the others. A feed is polled again only when what its last poll brought is recorded; what its
// hub brings waits its turn with the polls and goes the same way.
#pragma once

#include "feeds/fetch/fetcher.h"
#include "feeds/source/feed_hubs.h"
#include "feeds/source/room_wait.h"
#include "feeds/source/sink.h"
#include "feeds/source/source_notice.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

struct FeedSubscription {
  std::string url;   ///< valid (Url::parse)
  std::string name;  ///< may be empty
  std::optional<std::chrono::milliseconds> interval;
  std::string authorization;  ///< value of the Authorization header; sent to the URL's origin only
  bool full_text = false;     ///< entries that the feed has only a part of wait for the page they link to
  bool operator==(const FeedSubscription&) const = default;
};

struct FeedPollerOptions {
  std::chrono::milliseconds min_interval = std::chrono::minutes(5);
  std::chrono::milliseconds max_interval = std::chrono::hours(6);
  std::size_t per_host = 2;
  std::size_t max_sitemaps = 20;  ///< of one sitemap index
  bool once = false;  ///< poll each feed once, whatever time it is for it, unless its host asked for silence
  std::function<Instant()> clock;
  TellNotice tell;  ///< may be empty
  WebSubOptions websub;
  std::function<std::string()> random;    ///< as FeedHubs::Hooks; the system's when empty
  std::function<std::size_t()> may_hold;  ///< how many entries more may wait for their pages; empty: none
  std::function<void(std::shared_ptr<const HeldEntry>)> hold;  ///< one that does so, durable
};

/// What the journal remembers of a feed.
struct RememberedFeed {
  std::string feed;
  FeedState state;
  ShownEntries shown;
  HubState hub{};
};

class FeedIntake : public std::enable_shared_from_this<FeedIntake> {
 public:
  /// on_change: something happened, next_due() may be earlier.
  FeedIntake(Sink& sink, Fetcher& fetcher, FeedPollerOptions options, std::vector<RememberedFeed> remembered,
             std::function<void()> on_change);

  /// What is subscribed to from now on, instead of what was. Of feeds that stay nothing is lost. Of two addresses that
  /// are the same one is left out, and told.
  void subscribe(const std::vector<FeedSubscription>& subscriptions);
  void set_intervals(std::chrono::milliseconds least, std::chrono::milliseconds most, std::size_t per_host);
  void set_max_sitemaps(std::size_t most) { options_.max_sitemaps = most; }
  void set_websub(WebSubOptions options);
  /// Every feed that is subscribed to (not the sitemaps that an index lists), in the order of the URLs: what is known
  /// of it, when it is asked next, and its subscription at a hub (null: none).
  using Visit = std::function<void(const FeedSubscription&, const FeedState&, Instant due, const HubState* hub)>;
  void each(const Visit& visit) const;
  /// Starts what is due.
  void tick();
  std::optional<Instant> next_due() const;
  /// Starts nothing more and hands out what is not yet saved; acks are honoured.
  void stop();
  /// With `once`: each feed was polled and what came of it recorded.
  bool drained() const;
  std::size_t in_flight() const { return in_flight_; }
  FeedHubs& hubs() { return *hubs_; }
  const FeedHubs& hubs() const { return *hubs_; }
  /// As HubCallbacks.
  Result<void> admits_content(const std::string& token) const;
  Result<void> take_content(HubContent content, std::function<void(bool taken)> done);

 private:
  struct PushedContent {
    std::string content_type, body;
    std::function<void(bool taken)> done;
  };
  struct Feed {
    FeedSubscription subscription;
    PollRules rules;
    FeedState state;
    std::shared_ptr<const ShownEntries> shown;
    Instant due;
    bool subscribed = true, waiting = false, in_flight = false, polled = false;
    bool recording = false;                 ///< what came of it is on its way to the journal
    bool hub_unsaved = false;               ///< its HubState changed meanwhile
    bool repace = false, catch_up = false;  ///< its hub's standing changed: the next poll is to be reckoned anew
    std::deque<PushedContent> pushes;       ///< wait for their turn
    std::set<std::string> sitemaps;         ///< of an index: those that are polled for it
  };
  using FeedPtr = std::shared_ptr<Feed>;
  /// Of one host: requests under way, and feeds that wait for one of them to end.
  struct Host {
    std::size_t active = 0;
    std::deque<FeedPtr> waiting;
    Instant away_until;
  };

  void add(const FeedSubscription& subscription, Instant now);
  void put(const FeedPtr& feed, Instant due);
  void take_out(const FeedPtr& feed);
  void spread_due(Instant now);
  bool has_turn(const FeedPtr& feed, Instant now);
  void start(const FeedPtr& feed, Instant now);
  void answered(const FeedPtr& feed, const std::string& url, Instant sent, Result<FetchAnswer> answer);
  void deliver(const FeedPtr& feed, FetchAnswer answer, PollOutcome outcome, Instant now);
  void settled(const FeedPtr& feed, const FeedState& state, const std::vector<FeedNotice>& notices);
  void ended(const FeedPtr& feed, const std::string& url);
  void save(FeedUpdate update, bool soon);
  void flush();
  void tell(const Feed& feed, const FeedNotice& notice);
  void say(SourceNotice::Kind kind, SourceError code, std::string text, const std::string& feed) const;

  // feed_sitemaps.cpp
  void follow_index(const FeedPtr& index);
  static FeedSubscription sitemap_subscription(const Feed& index, const std::string& url);
  void drop(const std::string& url);
  void forget_unlisted(Instant now);

  // feed_push.cpp
  std::shared_ptr<FeedHubs> make_hubs();
  void hub_changed(const std::string& url, const HubState& before, const HubState& now);
  void tell_hub(const std::string& url, const HubState& before, const HubState& now) const;
  void pace_by_hub(const FeedPtr& feed, bool catch_up);
  void repace(Feed& feed) const;
  void consider_miss(const FeedPtr& feed, const FeedState& before);
  void recorded(const FeedPtr& feed);
  Result<FeedPtr> feed_of_content(const std::string& token) const;
  void take_next_push(const FeedPtr& feed);
  void drop_pushes(Feed& feed, bool taken);
  static std::string input_of(const Feed& feed);
  std::size_t may_hold(const Feed& feed) const;
  void hold(const Outcome& told) const;

  Sink& sink_;
  Fetcher& fetcher_;
  FeedPollerOptions options_;
  std::map<std::string, RememberedFeed> remembered_;
  std::shared_ptr<FeedHubs> hubs_;
  std::function<void()> on_change_;
  RoomWait room_;
  std::map<std::string, FeedPtr> feeds_;
  std::set<std::pair<Instant, std::string>> due_;
  std::map<std::string, Host> hosts_;
  std::set<std::string> urls_in_flight_;
  std::vector<FeedUpdate> unsaved_;
  std::optional<Instant> save_at_;
  std::optional<Instant> last_tick_;
  std::size_t in_flight_ = 0;
  bool stopped_ = false;
};

}  // namespace newsd
