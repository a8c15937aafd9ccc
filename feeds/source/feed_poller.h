// FeedPoller: FeedIntake on an io_context: subscriptions are polled at their time, from start() to stop(). I/O thread.
#pragma once

#include "feeds/source/feed_intake.h"

#include <functional>
#include <memory>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace newsd {

class FeedPoller {
 public:
  /// Sink and fetcher must outlive this and all acks.
  FeedPoller(boost::asio::io_context& io, Sink& sink, std::unique_ptr<Fetcher> fetcher, FeedPollerOptions options,
             std::vector<RememberedFeed> remembered);
  ~FeedPoller();
  FeedPoller(const FeedPoller&) = delete;
  FeedPoller& operator=(const FeedPoller&) = delete;

  void subscribe(const std::vector<FeedSubscription>& subscriptions);
  void set_intervals(std::chrono::milliseconds least, std::chrono::milliseconds most, std::size_t per_host);
  /// As FeedIntake::each().
  void each(const FeedIntake::Visit& visit) const;
  void start();
  void stop();
  /// Calls handler once, when with options.once each feed was polled and recorded. Before start().
  void when_drained(std::function<void()> handler);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
