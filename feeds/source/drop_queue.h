// The names of a drop directory that wait to be taken: those that may be now, in their order; those that settle or are
// tried again, by time; those somebody is still writing; those held until the same name's earlier file is let go. Pure
// bookkeeping: time is an argument. A name is in it once.
#pragma once

#include "feeds/source/file_identity.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace newsd {

/// One name that waits.
struct WaitingName {
  enum class State { Ready, Later, Writing, Held } state = State::Ready;
  bool renamed = false;   ///< came by rename(2), so it is whole
  bool initial = false;   ///< was there at the first scan
  bool unclosed = false;  ///< was opened for writing and not seen closed
  unsigned attempts = 0;
  std::optional<FileStamp> seen;                                         ///< must look so still when it is taken
  std::chrono::steady_clock::time_point due;                             ///< not to be taken before
  std::pair<std::chrono::steady_clock::time_point, std::uint64_t> slot;  ///< its place among those that wait for a time
};

class DropQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  WaitingName* find(const std::string& name);
  std::size_t size() const { return names_.size(); }
  bool empty() const { return names_.empty(); }

  /// Adds the name, or changes what is known of it: to the end of those that may be taken.
  WaitingName& ready(const std::string& name);
  /// The same, for when `due` is reached.
  WaitingName& later(const std::string& name, Time due);
  WaitingName& writing(const std::string& name);
  WaitingName& held(const std::string& name);
  void erase(const std::string& name);
  void clear();

  /// The first of those that may be taken; the string lives until the queue changes.
  const std::string* front();
  /// Makes ready what is due.
  void wake(Time now);
  std::optional<Time> next_due() const;

 private:
  WaitingName& move_to(const std::string& name, WaitingName::State state);

  std::unordered_map<std::string, WaitingName> names_;
  std::deque<std::string> ready_;  // may hold names that are not ready any more: front() drops them
  std::map<std::pair<Time, std::uint64_t>, std::string> later_;
  std::uint64_t serial_ = 0;
};

}  // namespace newsd
