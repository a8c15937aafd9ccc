// All outputs of the daemon, the HTTP server, and what they share: the hot tail, the journal behind it, where each
// stands. A reload adds, replaces and ends outputs while the others go on. I/O thread only.
#pragma once

#include "daemon/config/config.h"
#include "daemon/emit/output.h"
#include "daemon/journal/journal.h"
#include "daemon/ops/listen_fds.h"
#include "daemon/serve/http_server.h"
#include "daemon/stream/history.h"
#include "daemon/stream/tail.h"
#include "feeds/fetch/curl_fetcher.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class Outputs {
 public:
  struct Hooks {
    std::function<void(CursorRow)> save_cursor;  ///< hands a cursor to the journal's writer
    std::function<void()> stdout_closed;         ///< nobody reads stdout any more
    std::function<void(DaemonStatus&)> status;   ///< adds what the daemon knows beyond the outputs
    std::function<FeedsView()> feeds;
    std::function<std::vector<DropConfig>()> drops;
    std::function<HubCallbacks*()> hubs;
    PushSource* push = nullptr;  ///< where articles sent over HTTP go; outlives the outputs
  };
  /// last: the journal's last event at start.
  Outputs(boost::asio::io_context& io, const Config& config, std::string source, Sequence last,
          std::vector<CursorRow> cursors, Hooks hooks);
  ~Outputs();

  /// Opens everything configured; sockets the service manager opened for us are taken by their path or address.
  Result<void> start(std::vector<InheritedSocket> inherited);
  /// Events that are durable now.
  void take(std::vector<Record> records);
  /// Ends what is no longer configured, starts what is new; what stayed the same is not touched. Failures are logged,
  /// the others work on.
  void apply(const Config& config);
  void reopen();
  /// How far outputs and consumers are, and whatever the daemon adds.
  DaemonStatus status() const;
  /// Hands on what is durable, then calls done.
  void stop(std::chrono::milliseconds within, std::function<void()> done);

 private:
  struct Running {
    OutputConfig config;
    std::unique_ptr<Output> output;
  };
  StreamContext context();
  Result<std::unique_ptr<Output>> make(const OutputConfig& config);
  std::optional<Instant> time_of(Sequence oldest) const;
  Result<void> start_one(const OutputConfig& config);
  Result<void> start_http(const HttpConfig& config);
  Result<std::unique_ptr<Output>> make_webhook(const OutputConfig& config);
  std::optional<int> take_inherited(const std::string& place);

  boost::asio::io_context& io_;
  std::vector<OutputConfig> configured_;
  FetchConfig fetch_config_;
  HttpConfig http_config_;
  const std::filesystem::path state_dir_;
  const std::string source_;
  const Hooks hooks_;
  Tail tail_;
  std::unique_ptr<JournalReader> reader_;
  std::unique_ptr<History> history_;
  CursorBook book_;
  mutable std::pair<Sequence, Instant> oldest_;  // the journal's oldest event, as it was last looked at
  WhereBook wheres_;
  boost::asio::thread_pool disk_{1};  // for what may wait for a disk: fdatasync, rotation
  std::vector<InheritedSocket> inherited_;
  std::unique_ptr<CurlFetcher> poster_;  // of all webhooks, once there is one
  std::vector<Running> running_;
  std::unique_ptr<HttpServer> http_;
  std::vector<std::unique_ptr<Output>> leaving_;  // stopped by a reload, still handing on
};

}  // namespace newsd
