// Where sources put what they find. The pipeline implements it; tests use a FakeSink. All calls are on the I/O thread.
#pragma once

#include "feeds/article/document.h"
#include "feeds/article/result.h"
#include "feeds/source/feed_poll.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

/// Names one input as it lies at its source, so that it is known again after a crash (a file: name, inode, size,
/// times). Opaque bytes.
struct InputKey {
  std::string value;
  bool operator==(const InputKey&) const = default;
};

/// What became of an input once its events are durable.
struct Outcome {
  enum class Fate { Done, Quarantined } fate = Fate::Done;
  std::string reason_json;  ///< for Quarantined: the content of the reason file, one JSON object
  std::shared_ptr<const FeedUpdate> feed = nullptr;  ///< of an Arrival with a poll: what was recorded of its feed
  Sequence first{}, last{};                          ///< its events, both included; 0 when there are none
};

/// An input as a source hands it over. refused: the source itself could not or would not read it (a FIFO, too large);
/// document then has no bytes. poll: the document is what a poll of a feed brought; the feed's state is recorded with
/// its events. entry: it is the page of this entry, which is told whatever came of the page.
struct Arrival {
  InputKey key;
  Document document;
  std::optional<Error> refused;
  std::shared_ptr<const FeedPoll> poll = nullptr;
  std::shared_ptr<const HeldEntry> entry = nullptr;
};

/// Called once on the I/O thread when the input's events are durable, never before. The source then lets go of the
/// input and returns; it must be safe to call after the source was stopped.
using Ack = std::function<void(const Outcome&)>;

class Sink {
 public:
  virtual ~Sink() = default;
  /// Whether an input of so many bytes may be delivered now. When not, the source claims nothing and waits for on_room.
  virtual bool has_room(std::uint64_t bytes) const = 0;
  /// Registers what is called whenever room came back; one handler a source, returned id unregisters.
  virtual int on_room(std::function<void()> handler) = 0;
  virtual void forget_room(int id) = 0;
  /// Takes the input: it gets its ticket now, so the order of calls is the order of events. key: how the ledger knows
  /// it; Ledger::Keep when the source leaves the input in place (done = "keep"), so the ledger must remember it for as
  /// long as it lies there; Ledger::None when the source has a memory of its own that is recorded with the events (a
  /// feed's state).
  enum class Ledger { UntilAck, Keep, None };
  virtual void deliver(Arrival arrival, Ledger ledger, Ack ack) = 0;
  /// The outcome of an input that was committed earlier but, as far as the ledger knows, not let go (a crash between
  /// the two), or is kept in place.
  virtual std::optional<Outcome> committed(const InputKey& key) const = 0;
  /// The same of all inputs whose keys begin so, in the order of their events.
  virtual std::vector<std::pair<InputKey, Outcome>> committed_under(const std::string& key_prefix) const = 0;
  /// The source let go of the input (it is in done/, or gone): the ledger may forget it.
  virtual void released(const InputKey& key) = 0;
  /// After a source's first full scan: `keys` of its namespace (a prefix of all its keys) that still lie there; the
  /// ledger forgets the others.
  virtual void reconcile(const std::string& key_prefix, const std::vector<InputKey>& present) = 0;
  /// Records what polls came to that brought no document (not modified, failed), and announces their notices. Soon, in
  /// the order of the calls; nobody is told when.
  virtual void save_feeds(std::vector<FeedUpdate> updates) = 0;
};

}  // namespace newsd
