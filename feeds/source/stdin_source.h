// Standard input as a source: NDJSON line by line as it comes, anything else as one document to its end → Arrivals. I/O
// thread; it never waits and never changes the mode of the descriptor, which it shares with whoever started us. What
// was read and not committed when the process dies is lost: a pipe has no memory.
#pragma once

#include "feeds/source/sink.h"
#include "feeds/source/source_notice.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace newsd {

struct StdinOptions {
  int fd = 0;  ///< not closed
  std::string input = "stdin";
  std::uint64_t max_bytes = 16 << 20;  ///< of one document, or one line of NDJSON; what is larger is refused
  Format forced = Format::Unknown;
  std::function<Instant()> clock;  ///< the system's when empty
  TellNotice tell;                 ///< may be empty
};

class StdinSource {
 public:
  /// As for DropDirectory: the sink outlives all acks, acks are gone before the io_context is.
  StdinSource(boost::asio::io_context& io, Sink& sink, StdinOptions options);
  ~StdinSource();
  StdinSource(const StdinSource&) = delete;
  StdinSource& operator=(const StdinSource&) = delete;

  void start();
  /// Reads and delivers nothing more; acks are still honoured.
  void stop();
  /// Calls handler once, when the input ended and all of it was acknowledged. Call it before start().
  void when_drained(std::function<void()> handler);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
