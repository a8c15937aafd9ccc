// The heart of a drop directory: names that came or were found → claims → Arrivals at the sink → acks → files let go.
// No Asio and no waiting: DropDirectory tells it what happens and what time it is, and asks when it wants to be called
// again. I/O thread.
#pragma once

#include "feeds/source/directory_watch.h"
#include "feeds/source/drop_claim.h"
#include "feeds/source/drop_directory.h"
#include "feeds/source/drop_flights.h"
#include "feeds/source/drop_queue.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace newsd {

class DropIntake : public std::enable_shared_from_this<DropIntake> {
 public:
  using Time = DropQueue::Time;

  /// options.path is absolute, options.clock is set. on_progress: something may be taken now, by take_some.
  DropIntake(Sink& sink, DropOptions options, std::function<void()> on_progress);

  /// From now on names are those of this directory.
  void attach(std::shared_ptr<const UniqueFd> directory) { directory_ = std::move(directory); }
  /// The directory went: what waits is forgotten, what is in flight is not.
  void detach();
  /// Nothing more is taken or told; acks are honoured.
  void stop();

  void changed(const DirectoryChange& change, Time now);
  /// A scan asks sees() of every name and hands those it wants, in order, to found(). `all`: found() got all it wanted.
  void begin_scan();
  bool sees(const std::string& name);
  void found(const std::string& name, Time now);
  void end_scan(bool all);

  /// Takes a slice of what may be taken; true when it should be called again at once.
  bool take_some(Time now);
  /// When it wants to be called again though nothing happens.
  std::optional<Time> next_due() const;

  /// Whether names were left out for want of memory: a scan brings them.
  bool missed_some() const { return missed_; }
  std::size_t room_for_names() const;
  /// Whether all of the first scan was delivered and let go.
  bool drained() const { return scanned_all_ && initial_ == 0; }
  std::size_t waiting() const { return queue_.size(); }
  std::size_t in_flight() const { return flights_.size(); }
  const std::string& key_prefix() const { return prefix_; }
  TroubleTeller& teller() { return teller_; }

 private:
  struct Kept {
    FileStamp stamp;
    InputKey key;
    std::uint64_t scan = 0;  ///< the last one that saw it
  };
  enum class Step { Next, Stop };

  Step take(const std::string& name, Time now);
  Step take_claimed(const std::string& name, Claim claim, Time now);
  Step read_and_deliver(const std::string& name, Claim claim, Time now);
  void in_flight_already(const std::string& name, std::uint64_t flight);
  void deliver(const std::string& name, Claim claim, std::string bytes, std::optional<Error> refused);
  Flight leave_queue(const std::string& name, Claim claim);
  Document document(const std::string& name, const FileStamp& stamp, std::string bytes) const;

  void note_age(const std::string& name, const FileStamp& stamp);
  void found_at_start(const std::string& name, Time now);
  std::chrono::milliseconds settle_left(const FileStamp& stamp) const;
  WaitingName& settle(const std::string& name, const FileStamp& stamp, Time now);
  void try_again(const std::string& name, Time now, std::chrono::milliseconds longest);
  void wait_for_close(const std::string& name);
  void drop(const std::string& name);
  void not_initial(bool& initial);
  bool is_kept(const std::string& name, const FileStamp& stamp);

  void acknowledged(std::uint64_t id, const Outcome& outcome);
  void let_go(std::uint64_t id);
  void retry_stuck(Time now);
  void keep_trying(std::uint64_t id, Time now);
  void end_flight(std::uint64_t id);
  void take_replacement(const std::string& name, Time now);
  std::chrono::milliseconds age(const FileStamp& stamp) const;

  Sink& sink_;
  const DropOptions options_;
  TroubleTeller teller_;
  std::function<void()> on_progress_;
  const std::string prefix_;

  std::shared_ptr<const UniqueFd> directory_;
  DropQueue queue_;
  DropFlights flights_;
  std::unordered_map<std::string, Kept> kept_;
  std::optional<Time> head_due_;   ///< the first of the ready ones settles until then
  std::optional<Time> paused_;     ///< out of descriptors
  int highest_fd_ = 0;             ///< see highest_claim_fd
  std::uint64_t taken_bytes_ = 0;  ///< in this slice

  std::set<std::uint64_t> stuck_;  ///< flights acknowledged and not let go
  Time retry_at_;
  std::chrono::milliseconds retry_wait_{0};

  std::vector<InputKey> present_;                     ///< of the first scan: what the ledger knows and is still there
  std::unordered_map<std::string, FileStamp> young_;  ///< of the first scan: what has not settled
  std::uint64_t scan_ = 0;
  std::size_t initial_ = 0;  ///< candidates and flights of the first scan
  bool reconciled_ = false;
  bool scanned_all_ = false;
  bool missed_ = false;
};

}  // namespace newsd
