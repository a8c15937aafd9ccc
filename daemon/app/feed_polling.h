// Feeds as a source: configured subscriptions → a FeedPoller with the real fetcher, and its memory from the journal. A
// reload changes subscriptions and pace while polls are under way. I/O thread only.
#pragma once

#include "daemon/config/config.h"
#include "daemon/journal/journal.h"
#include "daemon/serve/feed_standing.h"
#include "feeds/fetch/curl_fetcher.h"
#include "feeds/source/feed_poller.h"

#include <memory>
#include <string>
#include <vector>

namespace newsd {

/// Of [websub].
WebSubOptions websub_options(const WebSubConfig& config);

/// Of [fetch]; the CIDRs were checked with the configuration.
FetchOptions fetch_options(const FetchConfig& config);

/// The value of the Authorization header for the one line of a credentials file: "user:password" becomes Basic, a line
/// that begins with a scheme ("Bearer …") stays. Errors: the file cannot be read, or has no such line.
Result<std::string> authorization_of(const std::filesystem::path& credentials_file);

/// What the journal remembers, read; a row that cannot be read is left out and logged.
std::vector<RememberedFeed> remembered_feeds(const std::vector<FeedRow>& rows);
std::vector<HeldEntry> remembered_entries(const std::vector<HeldRow>& rows);

class FeedPolling {
 public:
  FeedPolling(boost::asio::io_context& io, Sink& sink, const Config& config, RememberedPolling remembered, bool once);
  void when_drained(std::function<void()> drained) { poller_->when_drained(std::move(drained)); }
  void start() { poller_->start(); }
  void apply(const Config& config);
  void stop() { poller_->stop(); }
  HubCallbacks& hubs() { return *poller_; }
  HubCounts hub_counts() const { return poller_->hub_counts(); }
  std::size_t pages_waiting() const { return poller_->pages_waiting(); }
  /// How each feed is doing: views of what the poller holds, until it next does something.
  std::vector<FeedStanding> standings() const;

 private:
  CurlFetcher* fetcher_;  // the poller's
  std::unique_ptr<FeedPoller> poller_;
};

}  // namespace newsd
