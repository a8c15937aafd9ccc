// The pages that entries of feeds link to: held entries → requests, politely → Arrivals at the sink. No Asio and no
// waiting, as FeedIntake. I/O thread.
//
// A host gets one request at a time, the next one some time after the last; its robots.txt (RFC 9309) is asked first
// and kept for a day. What fails and may come right is tried again, less and less often. An entry whose page may not be
// fetched, or does not come for long, is told as the feed tells it: it goes to the sink with the reason and no bytes.
#pragma once

#include "feeds/fetch/fetcher.h"
#include "feeds/http/robots.h"
#include "feeds/schedule/held_entry.h"
#include "feeds/source/room_wait.h"
#include "feeds/source/sink.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// Why an entry is told without its page; the other reasons are FetchErrors and "http-404".
enum class PageError { RobotsDisallow, RobotsUnreachable, NoPage };
std::string_view code_of(PageError e);

struct PageOptions {
  std::chrono::milliseconds interval = std::chrono::seconds(1);  ///< between an answer of a host and its next request
  std::chrono::milliseconds patience = std::chrono::hours(6);    ///< how long an entry waits for its page
  std::size_t most = 10'000;                                     ///< entries waiting at one time
  std::string user_agent = "newsd";                              ///< its first word is what robots.txt is asked for
  bool once = false;  ///< each page is asked for once; an entry whose page may still come stays held
  std::function<Instant()> clock;
};

class PageIntake : public std::enable_shared_from_this<PageIntake> {
 public:
  /// remembered: in any order. on_change: something happened, next_due() may be earlier.
  PageIntake(Sink& sink, Fetcher& fetcher, PageOptions options, std::vector<HeldEntry> remembered,
             std::function<void()> on_change);

  void hold(std::shared_ptr<const HeldEntry> entry);
  /// How many more may be held.
  std::size_t may_hold() const { return options_.most - std::min(options_.most, waiting_); }
  void set_pace(std::chrono::milliseconds interval, std::chrono::milliseconds patience, std::size_t most);
  /// Starts what is due.
  void tick();
  std::optional<Instant> next_due() const;
  void stop();
  /// With `once`: each page was asked for and what came of it recorded.
  bool drained() const;
  /// Entries whose page has not come, or not yet been recorded.
  std::size_t waiting() const { return waiting_; }

 private:
  struct Page {
    std::shared_ptr<const HeldEntry> entry;
    Instant due;
    int failures = 0;
    bool over = false;  ///< with `once`: it is not asked for again
  };
  /// Of one origin, while entries wait for pages of it.
  struct Host {
    std::list<Page> pages;  ///< in the order in which they came
    std::optional<Robots> robots;
    Instant robots_until, next;
    int robots_failures = 0;
    bool busy = false;
  };

  void ask(const std::string& origin, Host& host, Instant now);
  void ask_robots(const std::string& origin, Host& host);
  Host* host_answered(const std::string& origin, const Result<FetchAnswer>& answer);
  void robots_answered(const std::string& origin, const Result<FetchAnswer>& answer);
  void page_answered(const std::string& origin, std::list<Page>::iterator page, Result<FetchAnswer> answer);
  void fail(Host& host, std::list<Page>::iterator page, const Error& reason, std::optional<std::chrono::seconds> away);
  void give_up(Host& host, std::list<Page>::iterator page, const Error& reason);
  void deliver(Host& host, std::list<Page>::iterator page, Document document, std::optional<Error> refused);
  void forget_idle(Instant now);

  Sink& sink_;
  Fetcher& fetcher_;
  PageOptions options_;
  std::function<void()> on_change_;
  RoomWait room_;
  std::map<std::string, Host> hosts_;  ///< by origin
  std::size_t waiting_ = 0, in_flight_ = 0;
  bool stopped_ = false;
};

}  // namespace newsd
