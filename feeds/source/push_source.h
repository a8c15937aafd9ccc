// What is pushed to newsd as a source: bytes somebody sends → an Arrival, whose outcome is told when its events are
// durable. A push with a key is taken once, however often it is sent, also across restarts. I/O thread; it knows no
// protocol.
#pragma once

#include "feeds/source/sink.h"

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace boost::asio {
class io_context;
}

namespace newsd {

struct Push {
  std::string bytes;
  Format forced = Format::Unknown;
  std::string charset;     ///< as the sender says; may be empty
  std::optional<Url> url;  ///< where the sender has it from
  std::string key;         ///< the sender's name for this push; empty: it has none
};

/// NoRoom: try again soon. Stopped: the daemon ends. KeyInUse: a push of this key is under way. KeyReused: the key was
/// used for other bytes.
enum class PushError { NoRoom, Stopped, KeyInUse, KeyReused };
std::string_view code_of(PushError e);

struct PushOptions {
  std::string input = "http";          ///< the input's name in events
  std::uint64_t max_bytes = 16 << 20;  ///< of one push; the caller refuses larger ones
  std::size_t keys_kept = 10'000;      ///< the latest keys are known; of an older one the same push is taken anew
  std::function<Instant()> clock;
};

class PushSource {
 public:
  /// is_repeat: the key was known, and this is what became of it then.
  using Done = std::function<void(const Outcome& outcome, bool is_repeat)>;

  /// The sink outlives all acks, acks are gone before the io_context is.
  PushSource(boost::asio::io_context& io, Sink& sink, PushOptions options);
  ~PushSource();
  PushSource(const PushSource&) = delete;
  PushSource& operator=(const PushSource&) = delete;

  /// Learns the keys of earlier runs. Before the first deliver().
  void start();
  /// Takes nothing more; what was taken is still told.
  void stop() { running_ = false; }
  /// Whether a push of so many bytes could be taken now.
  bool has_room(std::uint64_t bytes) const { return running_ && sink_.has_room(bytes); }
  std::uint64_t max_bytes() const { return options_.max_bytes; }
  void set_max_bytes(std::uint64_t bytes) { options_.max_bytes = bytes; }
  /// Calls done once, later, on the I/O thread, when the events are durable.
  Result<void> deliver(Push push, Done done);

 private:
  struct Keyed {
    InputKey input;
    std::optional<Outcome> outcome;  ///< not set: under way
  };
  using Keys = std::list<std::pair<std::string, Keyed>>;

  Arrival arrival_of(Push push, const Sha256& digest) const;
  Result<void> deliver_keyed(Push push, Done done);
  void remember(std::string name, Keyed keyed);
  void forget_oldest();

  boost::asio::io_context& io_;
  Sink& sink_;
  PushOptions options_;
  std::string key_start_;
  std::uint64_t serial_ = 0;
  Keys keys_;  ///< the oldest first
  std::unordered_map<std::string, Keys::iterator> by_name_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< acks may come when this is gone
  bool running_ = false;
};

}  // namespace newsd
