// The pipeline: takes inputs from sources, hands them to workers, their results to the sequencer, and acknowledges each
// input when its events are durable. It is the Sink of all sources. Everything here is called on the I/O thread; the
// workers and the sequencer are its own threads.
#pragma once

#include "daemon/journal/inflight.h"
#include "daemon/journal/journal.h"
#include "daemon/pipeline/sequencer.h"
#include "daemon/pipeline/stage_times.h"
#include "feeds/source/sink.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace newsd {

struct PipelineOptions {
  unsigned workers = 1;
  std::uint64_t queue_bytes = 64 << 20;  ///< of inputs taken and not yet durable
  std::uint64_t queue_inputs = 512;
  int poison_after = 3;                      ///< crashes of the reader on an input before it is quarantined unread
  std::string source;                        ///< of every event: "newsd://<host>/<instance>"
  std::optional<LearningLimits> learning{};  ///< nothing: nothing is learned of sources
  SequencerOptions sequencer;
};

/// How many inputs came in and what became of them, since the journal's beginning: at a start they are what it holds.
/// The identity inputs == done + quarantined + in flight holds at any time.
struct PipelineCounts : Totals {
  std::uint64_t inputs = 0, in_flight = 0;
  std::uint64_t in_flight_bytes = 0;  ///< of those, with what each costs beside: what queue_bytes bounds
  std::uint64_t events = 0;           ///< recorded
};

class Pipeline final : public Sink {
 public:
  struct Hooks {
    std::function<void(std::vector<Record>)> recorded;  ///< events that are durable now, in order
    std::function<void(const Error&)> paused;           ///< the disk is full; sources find no room until resumed
    std::function<void()> resumed;
    std::function<void(const Error&)> troubled;  ///< housekeeping failed and is tried again
    std::function<void(const Error&)> forgot;    ///< as of the sequencer
    std::function<void(const std::string& source, std::size_t lines)> learned;  ///< likewise
    std::function<void(const Error&)> failed;  ///< the journal is broken: stop the daemon
    std::function<void(const std::string& input, const std::string& warning)> warned;
    std::function<void()> idle;  ///< nothing is in flight any more: every input taken was acknowledged
  };
  /// Runs a function on the I/O thread soon; callable from any thread.
  using Post = std::function<void(std::function<void()>)>;

  Pipeline(Journal& journal, InFlight& in_flight, std::unique_ptr<Placer> placer,
           std::shared_ptr<const Preparation> preparation, PipelineOptions options, Post post, Hooks hooks);
  ~Pipeline() override;

  /// Reads back what the journal knows: decisions into the placer, the counts, the ledger, the inputs that crashed the
  /// reader. Before start().
  Result<void> restore();
  void start();
  /// What inputs taken from now on are prepared with.
  void set_preparation(std::shared_ptr<const Preparation> preparation);
  void announce_daemon(EventType type, std::string subject, std::string members);
  void save_cursor(CursorRow cursor);
  void set_retention(const JournalOptions& options);
  void ping();
  std::uint64_t pongs() const;
  PipelineCounts counts() const;
  const StageTimes& times() const;
  /// What placing holds in memory; before start() nothing.
  PlacerLoad placer_load() const;
  /// What was learned of sources; before start() nothing.
  LearningLoad learning_load() const;
  /// Refuses new inputs, finishes those taken, commits, ends the threads. What was recorded and acknowledged meanwhile
  /// is handed out by `post`ed calls that the caller has to run before it looks at the result. Blocks for as long as
  /// reading and committing take.
  void finish();

  bool has_room(std::uint64_t bytes) const override;
  int on_room(std::function<void()> handler) override;
  void forget_room(int id) override;
  void deliver(Arrival arrival, Ledger ledger, Ack ack) override;
  std::optional<Outcome> committed(const InputKey& key) const override;
  std::vector<std::pair<InputKey, Outcome>> committed_under(const std::string& key_prefix) const override;
  void released(const InputKey& key) override;
  void reconcile(const std::string& key_prefix, const std::vector<InputKey>& present) override;
  void save_feeds(std::vector<FeedUpdate> updates) override;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;  // shared with what is posted to the I/O thread
};

}  // namespace newsd
