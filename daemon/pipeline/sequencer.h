// The sequencer: takes what the workers finished in the order of the tickets, places it, commits it to the journal
// batch by batch and says what became durable. One thread, the only one that touches the Placer and writes the Journal.
// It does not know outputs or sources.
#pragma once

#include "daemon/journal/journal.h"
#include "daemon/pipeline/announce.h"
#include "daemon/pipeline/knowledge_epochs.h"
#include "daemon/pipeline/learning.h"
#include "daemon/pipeline/prepare.h"
#include "daemon/pipeline/stage_times.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// An input as a worker hands it over.
struct Finished {
  Ticket ticket;
  InputKey key;
  Sink::Ledger ledger = Sink::Ledger::UntilAck;
  std::uint64_t bytes = 0;
  Prepared prepared;
};

/// A batch that is durable: its events, and what became of the inputs, both in order.
struct Committed {
  struct Input {
    Ticket ticket;
    InputKey key;
    std::string uri;
    Outcome outcome;
    std::vector<std::string> warnings;
    bool in_ledger = true;
  };
  std::vector<Record> events;
  std::vector<Input> inputs;
  Totals totals;  ///< what it adds to them
};

struct SequencerOptions {
  std::chrono::milliseconds commit_window{5};                 ///< how long a batch waits for inputs that are being read
  std::uint64_t batch_bytes = 4 << 20;                        ///< of inputs; a fuller batch is committed at once
  std::chrono::milliseconds retry = std::chrono::seconds(5);  ///< between attempts on a full disk
  JournalOptions journal;
  std::function<Instant()> now;        ///< the clock
  StageTimes* times = nullptr;         ///< where batches are timed, if anywhere; outlives the sequencer
  std::optional<Learning> learning{};  ///< restored; nothing: nothing is learned
  KnowledgeEpochs* epochs = nullptr;   ///< where knowledge is published, when it is learned; outlives the sequencer
};

/// Called on the sequencer's thread.
struct SequencerHooks {
  std::function<void(Committed)> committed;
  std::function<void(const Error&)>
      paused;  ///< the disk is full: nothing is committed until resumed; called once a pause
  std::function<void()> resumed;
  std::function<void(const Error&)>
      troubled;  ///< retention or the write-ahead log could not be kept in order; it is tried again
  std::function<void(const Error&)>
      forgot;  ///< what articles said before could not be read: their updates do not tell which words changed
  std::function<void(std::string source, std::size_t lines)>
      learned;  ///< of a source lines are known for the first time
  std::function<void(const Error&)>
      failed;  ///< the journal cannot be written: the sequencer has stopped, nothing of the batch is durable
};

class Sequencer {
 public:
  Sequencer(Journal& journal, std::unique_ptr<Placer> placer, Stream stream, SequencerOptions options,
            SequencerHooks hooks);
  ~Sequencer();

  void start();
  /// A ticket was given out: the batch may wait for it. Any thread.
  void expect(Ticket ticket);
  /// Any thread; tickets may come in any order, each once.
  void submit(Finished finished);
  /// Commits with the next batch: ledger rows to forget, cursors, feeds, events about the daemon. Any thread.
  void release(InputKey key);
  void save_cursor(CursorRow cursor);
  void save_feeds(std::vector<FeedUpdate> updates);
  void announce_daemon(EventType type, std::string subject, std::string members);
  /// Asks for a sign of life; alive() counts the answers. Any thread.
  void ping();
  std::uint64_t pongs() const;
  void set_retention(const JournalOptions& options);
  /// Somebody waits for what is to be placed: a batch is not held back for more. Any thread.
  void hurry();
  /// From now on a full disk is not waited out. Before finish(), while tickets are still to be submitted.
  void stop_retrying();
  /// Commits everything submitted and posted so far, then ends the thread and returns. Every expected ticket must have
  /// been submitted.
  void finish();
  /// What the placer holds, as of the last batch. Any thread.
  PlacerLoad placer_load() const;
  /// What is known of sources, likewise.
  LearningLoad learning_load() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace newsd
