// A watched directory: files that are put into it → Arrivals, each let go once its events are durable. I/O thread;
// nothing here waits. It takes a file when it is whole (renamed in; or closed and still for the settle time), alone (by
// a lock no second daemon can hold), once (by the sink's ledger), and never follows a link or opens what is no regular
// file. It does not read what the bytes mean.
//
// Order: what lies there at the start, by name; what comes later, as it comes. Names of hidden, .tmp and .part files
// and directories are left alone. A file with several hard links waits for the settle time (deliveries by link and
// unlink) and is then refused: it may be somebody else's file that was linked in to be read with our rights. A file
// that its writer never closes is taken when nobody has it open for writing, or, where the kernel does not tell us that
// (another user's file), ten minutes after its last change.
#pragma once

#include "feeds/source/drop_release.h"
#include "feeds/source/sink.h"
#include "feeds/source/source_notice.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace newsd {

struct DropOptions {
  std::string path;   ///< relative ones are from the working directory
  std::string input;  ///< the input's name in events; empty: the path
  WhenDone done = WhenDone::Move;
  std::chrono::milliseconds settle{500};
  std::chrono::milliseconds reconcile = std::chrono::seconds(60);  ///< between two readings of the whole directory
  bool watch = true;  ///< false where the kernel reports nothing (network file systems): scanned every 2 s
  std::uint64_t max_bytes = 16 << 20;  ///< a larger file is refused
  Format forced = Format::Unknown;
  std::size_t max_waiting = 65'536;  ///< names kept in memory; the rest waits in the directory
  std::function<Instant()>
      clock;  ///< for received_at, and to tell a file's age from its time of change; the system's clock when empty
  TellNotice tell;  ///< may be empty
};

class DropDirectory {
 public:
  /// The sink must outlive this and all acks; acks are kept when this goes, but must be gone before the io_context is.
  DropDirectory(boost::asio::io_context& io, Sink& sink, DropOptions options);
  ~DropDirectory();
  DropDirectory(const DropDirectory&) = delete;
  DropDirectory& operator=(const DropDirectory&) = delete;

  /// Watches and takes what is there. A directory that is missing is told as NoDirectory, and looked for until it is
  /// there.
  void start();
  /// Takes nothing more; acks of what was delivered are still honoured.
  void stop();
  /// Calls handler once, when all that the first scan found was delivered and let go. What is being written, held by
  /// another daemon, or cannot be let go for a lasting reason is not waited for. Call it before start().
  void when_drained(std::function<void()> handler);

  /// Names that wait to be taken; files delivered and not yet let go.
  std::size_t waiting() const;
  std::size_t in_flight() const;
  /// What all keys of this directory begin with.
  const std::string& key_prefix() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
