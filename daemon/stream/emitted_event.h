// An event on its way out: its line, assembled once and shared by every consumer. make_emitted() may be called on any
// thread; the encodings other than cloudevents are made at first need, on the I/O thread.
#pragma once

#include "daemon/event/encoding.h"
#include "daemon/event/event.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

class EmittedEvent {
 public:
  /// line: the event as JSON, without a newline.
  EmittedEvent(Sequence sequence, EventType type, std::string line);

  Sequence sequence() const { return sequence_; }
  EventType type() const { return type_; }
  /// The event as JSON, without a newline.
  std::string_view json() const { return std::string_view(line_).substr(0, line_.size() - 1); }
  /// Bytes of the line with its newline.
  std::size_t size() const { return line_.size(); }
  /// The line in an encoding, with its newline; null when the event has no such form. I/O thread only. The event owns
  /// it.
  const std::string* line_in(const Encoding& encoding) const;

 private:
  Sequence sequence_;
  EventType type_;
  std::string line_;
  mutable std::vector<std::pair<const Encoding*, std::unique_ptr<std::string>>> others_;
};

using SharedEvent = std::shared_ptr<const EmittedEvent>;
/// A line that keeps its event alive.
using SharedLine = std::shared_ptr<const std::string>;

/// BadPayload when the record's line cannot be assembled.
Result<SharedEvent> make_emitted(const Record& record);

/// Null when the event has no such form. I/O thread.
SharedLine shared_line(const SharedEvent& event, const Encoding& encoding);

}  // namespace newsd
