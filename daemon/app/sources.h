// All sources of the daemon: the drop directories and stdin. A reload adds, replaces and ends drop directories while
// the others go on. I/O thread only.
#pragma once

#include "daemon/config/config.h"
#include "feeds/source/drop_directory.h"
#include "feeds/source/sink.h"
#include "feeds/source/stdin_source.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace newsd {

class Sources {
 public:
  Sources(boost::asio::io_context& io, Sink& sink, const Config& config);
  /// One more source: stdin, to its end. Before start().
  void read_stdin(Format forced, std::uint64_t max_bytes);
  /// Calls once when every source has delivered what was there at the start and all of it was let go. Before start().
  void when_drained(std::function<void()> drained);
  void start();
  /// Ends what is no longer configured, watches what is new or changed; the others work on.
  void apply(const Config& config);
  /// Nothing is claimed any more; what was delivered is still let go when it is acknowledged.
  void stop();

 private:
  struct Watched {
    DropConfig config;
    std::uint64_t max_bytes;
    std::unique_ptr<DropDirectory> directory;
  };
  Watched watched(const DropConfig& drop, std::uint64_t max_bytes);

  boost::asio::io_context& io_;
  Sink& sink_;
  std::vector<Watched> watched_;
  std::unique_ptr<StdinSource> stdin_;
};

}  // namespace newsd
