// The hot tail of the stream: the most recent committed events, bounded in bytes. The pipeline appends, cursors read,
// listeners are woken. I/O thread only; what left the tail is in the journal.
#pragma once

#include "daemon/stream/emitted_event.h"

#include <deque>
#include <vector>

namespace newsd {

/// Hears of events. Neither call may register or forget listeners.
class TailListener {
 public:
  virtual ~TailListener() = default;
  /// Events are about to be appended: the last moment that counts as before them.
  virtual void before_events() {}
  virtual void events_came() = 0;
};

class Tail {
 public:
  /// last: the journal's last event at start. bytes: the budget; the last event stays whatever its size.
  Tail(Sequence last, std::size_t bytes) : last_(last), budget_(bytes) {}

  /// Takes events that are durable, in the order of their sequences. An event may be missing (it could not be
  /// assembled): the tail then begins anew behind the hole, and cursors meet the hole in the journal, where it is told.
  void append(const std::vector<SharedEvent>& events);
  /// Events up to here are durable although they were not appended (the last of a batch could not be assembled).
  void advance(Sequence last);

  /// The last durable event known here.
  Sequence last() const { return last_; }
  std::size_t bytes() const { return bytes_; }
  std::size_t size() const { return events_.size(); }
  /// The event of that sequence; null when it is not here (older, or not there yet).
  SharedEvent at(Sequence sequence) const;

  void add(TailListener& listener) { listeners_.push_back(&listener); }
  void remove(TailListener& listener) { std::erase(listeners_, &listener); }

 private:
  void push(const SharedEvent& event);

  std::deque<SharedEvent> events_;  ///< contiguous, up to last_
  Sequence last_;
  std::size_t bytes_ = 0;
  std::size_t budget_;
  std::vector<TailListener*> listeners_;
};

}  // namespace newsd
