// All sources of the daemon: the drop directories, the feeds and stdin. A reload adds, replaces and ends directories
// and feeds while the others go on. I/O thread only.
#pragma once

#include "daemon/app/feed_polling.h"
#include "daemon/config/config.h"
#include "feeds/source/drop_directory.h"
#include "feeds/source/sink.h"
#include "feeds/source/stdin_source.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace newsd {

class Sources {
 public:
  Sources(boost::asio::io_context& io, Sink& sink, const Config& config);
  /// The configured feeds, with what is remembered of them. once: each is polled once. Before start().
  void poll_feeds(const Config& config, RememberedPolling remembered, bool once);
  /// One more source: stdin, to its end. Before start().
  void read_stdin(Format forced, std::uint64_t max_bytes);
  /// Calls once when every source has delivered what was there at the start and all of it was let go. Before start().
  void when_drained(std::function<void()> drained);
  void start();
  /// Ends what is no longer configured, watches what is new or changed; the others work on.
  void apply(const Config& config);
  /// What WebSub hubs may call back; null: there are no feeds.
  HubCallbacks* hubs() { return feeds_ ? &feeds_->hubs() : nullptr; }
  HubCounts hub_counts() const { return feeds_ ? feeds_->hub_counts() : HubCounts{}; }
  std::size_t pages_waiting() const { return feeds_ ? feeds_->pages_waiting() : 0; }
  /// As FeedPolling::standings().
  std::vector<FeedStanding> feeds() const;
  /// Nothing is claimed any more; what was delivered is still let go when it is acknowledged.
  void stop();

 private:
  struct Watched {
    DropConfig config;
    std::uint64_t max_bytes;
    std::unique_ptr<DropDirectory> directory;
  };
  Watched watched(const DropConfig& drop, std::uint64_t max_bytes);

  boost::asio::io_context& io_;
  Sink& sink_;
  std::vector<Watched> watched_;
  std::unique_ptr<FeedPolling> feeds_;
  std::unique_ptr<StdinSource> stdin_;
};

}  // namespace newsd
