// What the connections of the HTTP server have in common: what they stand on, who may use them, how long they are
// waited for. Plain values.
#pragma once

#include "daemon/config/config.h"
#include "daemon/serve/access.h"
#include "daemon/serve/feed_standing.h"
#include "daemon/serve/status.h"
#include "daemon/stream/stream_context.h"
#include "feeds/source/hub_callbacks.h"
#include "feeds/source/push_source.h"

#include <chrono>
#include <functional>
#include <vector>

namespace newsd {

/// How many bytes of bodies are being received: a client reserves what it is about to send.
class BodyBudget {
 public:
  explicit BodyBudget(std::uint64_t most) : most_(most) {}

  /// Holds its bytes as long as it lives.
  using Share = std::shared_ptr<void>;
  /// Null when there is no room; whoever comes alone has it.
  Share reserve(std::uint64_t bytes) {
    if (*used_ > 0 && (*used_ > most_ || bytes > most_ - *used_)) return nullptr;
    *used_ += bytes;
    return Share(used_.get(), [used = used_, bytes](void*) { *used -= bytes; });
  }

 private:
  std::uint64_t most_;
  std::shared_ptr<std::uint64_t> used_ = std::make_shared<std::uint64_t>(0);
};

struct ServeTiming {
  /// From the connection's or the last answer's moment to a header's end.
  std::chrono::milliseconds header_timeout{10'000};
  std::chrono::milliseconds body_timeout{60'000};    ///< for a body to come whole
  std::chrono::milliseconds commit_timeout{60'000};  ///< for what it says to become durable
};

struct FeedsView {
  std::vector<FeedStanding> feeds{};
  FetchConfig fetch{};
};

/// What the daemon tells when it is asked, beside its events. I/O thread; what it hands out holds until it goes on.
struct DaemonView {
  std::function<DaemonStatus()> status;  ///< without the HTTP server's own part
  std::function<FeedsView()> feeds = [] { return FeedsView(); };
  std::function<std::vector<DropConfig>()> drops = [] { return std::vector<DropConfig>(); };
  std::function<HubCallbacks*()> hubs = [] { return nullptr; };  ///< null: there are none
  /// A reader of the journal of its own, for the thread that waits for disks. Any thread.
  std::function<Result<std::shared_ptr<JournalReader>>()> open_journal = [] {
    return Result<std::shared_ptr<JournalReader>>(Error(JournalError::NotFound, "there is no journal"));
  };
};

class StoriesNow;

struct ServeTerms {
  StreamContext context;
  HttpConfig config;
  AccessRules access;
  ServeTiming timing;
  DaemonView view;
  PushSource* push = nullptr;          ///< where pushed articles go; null: nothing is taken. Outlives the server
  std::shared_ptr<BodyBudget> bodies;  ///< set with push
  std::shared_ptr<StoriesNow> stories{};
};

}  // namespace newsd
