// FeedPoller: FeedIntake and PageIntake on an io_context: subscriptions are polled at their time, what their hubs say
// is heard, and the pages of their entries are fetched, from start() to stop(). I/O thread.
#pragma once

#include "feeds/source/feed_intake.h"
#include "feeds/source/page_intake.h"

#include <functional>
#include <memory>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace newsd {

/// What the journal remembers of feeds, and of entries that wait for their pages.
struct RememberedPolling {
  std::vector<RememberedFeed> feeds;
  std::vector<HeldEntry> held;
};

class FeedPoller : public HubCallbacks {
 public:
  /// Sink and fetcher must outlive this and all acks.
  FeedPoller(boost::asio::io_context& io, Sink& sink, std::unique_ptr<Fetcher> fetcher, FeedPollerOptions options,
             PageOptions pages, RememberedPolling remembered);
  ~FeedPoller() override;
  FeedPoller(const FeedPoller&) = delete;
  FeedPoller& operator=(const FeedPoller&) = delete;

  void subscribe(const std::vector<FeedSubscription>& subscriptions);
  void set_intervals(std::chrono::milliseconds least, std::chrono::milliseconds most, std::size_t per_host);
  void set_max_sitemaps(std::size_t most);
  void set_websub(WebSubOptions options);
  void set_page_pace(const PageOptions& pages);
  HubCounts hub_counts() const;
  /// Entries that wait for their pages.
  std::size_t pages_waiting() const;
  /// As FeedIntake::each().
  void each(const FeedIntake::Visit& visit) const;
  void start();
  void stop();
  /// Calls handler once, when with options.once each feed was polled and recorded. Before start().
  void when_drained(std::function<void()> handler);

  bool takes_content() const override;
  Result<std::string> verify(const HubQuestion& question) override;
  Result<void> admits(const std::string& token) const override;
  std::uint64_t max_content() const override;
  Result<void> take_content(HubContent content, std::function<void(bool taken)> done) override;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
