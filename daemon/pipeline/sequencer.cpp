#include "daemon/pipeline/sequencer.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace newsd {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kHousekeeping = std::chrono::seconds(5);  // how often an idle journal looks for what is too old
constexpr auto kForgetting = std::chrono::minutes(10);   // how often the placer drops what was not seen for long
constexpr std::uint64_t kWakeAt = 256;  // finished inputs that interrupt the wait of a batch being gathered

struct DaemonNotice {
  EventType type;
  std::string subject, members;
};

/// Counts an event among what became of articles, if it tells of one.
void count(const Record& record, Totals& totals) {
  switch (record.type) {
    case EventType::ArticleNew: ++totals.articles_new; break;
    case EventType::ArticleUpdated: ++totals.updated; break;
    case EventType::ArticleDuplicate: ++totals.duplicate; break;
    case EventType::ArticleRejected: ++totals.rejected; break;
    case EventType::ArticleWithdrawn: ++totals.withdrawn; break;
    default: break;
  }
}

/// What a batch is made of, taken from the inbox in one go.
struct Work {
  std::vector<Finished> finished;
  std::vector<InputKey> released;
  std::vector<CursorRow> cursors;
  std::vector<DaemonNotice> notices;
  std::vector<FeedUpdate> feeds;
  bool empty() const {
    return finished.empty() && released.empty() && cursors.empty() && notices.empty() && feeds.empty();
  }
};

}  // namespace

struct Sequencer::Impl {
  Journal& journal;
  std::unique_ptr<Placer> placer;
  Stream stream;
  SequencerOptions options;
  const SequencerHooks hooks;
  std::thread thread;

  mutable std::mutex mutex;  // guards what follows
  std::condition_variable wake;
  std::map<std::uint64_t, Finished> waiting;  // by ticket; those before a gap wait for it
  std::uint64_t next_ticket = 1;
  std::uint64_t last_expected = 0;
  Work posted;  // finished stays empty here
  JournalOptions retention;
  std::uint64_t pinged = 0;
  PlacerLoad load;  // as of the last batch
  LearningLoad learned;
  bool finishing = false;
  bool retries = true;
  bool gathering = false;  // a batch waits for inputs that are being read: wake it only when that changes something

  std::atomic<std::uint64_t> answered{0};
  bool behind = false;  // the last retention step left more to do
  SteadyClock::time_point last_housekeeping = SteadyClock::now();
  SteadyClock::time_point last_forgetting = SteadyClock::now();

  Impl(Journal& j, std::unique_ptr<Placer> p, Stream s, SequencerOptions o, SequencerHooks h)
      : journal(j),
        placer(std::move(p)),
        stream(std::move(s)),
        options(std::move(o)),
        hooks(std::move(h)),
        retention(options.journal) {
    note_load();
  }

  void run();
  Work collect();
  bool something_ready() const {
    return (!waiting.empty() && waiting.begin()->first == next_ticket) || !posted.released.empty() ||
           !posted.cursors.empty() || !posted.notices.empty() || !posted.feeds.empty();
  }
  std::uint64_t take_ready(std::vector<Finished>& into);
  Committed place(Work work, Batch& batch);
  void learn(std::vector<Lesson> lessons, Batch& batch);
  bool someone_waits() const { return options.epochs != nullptr && options.epochs->someone_waits(); }
  bool commit(Batch& batch);
  void wait_before_retry();
  void keep_house(bool idle);
  bool tend_stories();
  void note_load();
  void answer_ping() { answered.store(pinged, std::memory_order_relaxed); }
  template <class Change>
  void change(Change apply) {
    {
      const std::lock_guard lock(mutex);
      apply();
    }
    wake.notify_one();
  }
};

/// Moves the finished inputs that are next in line; returns their bytes. The mutex is held.
std::uint64_t Sequencer::Impl::take_ready(std::vector<Finished>& into) {
  std::uint64_t bytes = 0;
  for (auto it = waiting.begin(); it != waiting.end() && it->first == next_ticket; it = waiting.erase(it)) {
    bytes += it->second.bytes;
    into.push_back(std::move(it->second));
    ++next_ticket;
  }
  return bytes;
}

/// Waits for work and gathers a batch: once something is there it waits for the rest of what is being read, no longer
/// than the commit window.
Work Sequencer::Impl::collect() {
  std::unique_lock lock(mutex);
  while (!something_ready() && !finishing) {
    answer_ping();
    const bool timed_out = wake.wait_for(lock, kHousekeeping) == std::cv_status::timeout;
    answer_ping();
    if (timed_out && !something_ready()) return {};
  }
  Work work;
  std::uint64_t bytes = take_ready(work.finished);
  const auto deadline = SteadyClock::now() + options.commit_window;
  const auto being_read = [this] { return next_ticket <= last_expected; };
  gathering = true;
  while (!work.finished.empty() && being_read() && bytes < options.batch_bytes && !finishing && !someone_waits()) {
    const bool late = wake.wait_until(lock, deadline) == std::cv_status::timeout;
    bytes += take_ready(work.finished);
    if (late) break;
  }
  gathering = false;
  work.released = std::exchange(posted.released, {});
  work.cursors = std::exchange(posted.cursors, {});
  work.notices = std::exchange(posted.notices, {});
  work.feeds = std::exchange(posted.feeds, {});
  answer_ping();
  return work;
}

Committed Sequencer::Impl::place(Work work, Batch& batch) {
  // first what the daemon says of itself: that it has started, or reloaded, comes before what it reads from then on
  const Instant now = options.now();
  for (DaemonNotice& notice : work.notices) {
    newsd::announce_daemon(notice.type, std::move(notice.subject), std::move(notice.members), now, stream, batch);
  }
  for (const FeedUpdate& update : work.feeds) announce_feed(update, now, stream, batch);
  EarlierBodies earlier(batch, [this](std::string_view subject, EventId id) { return journal.find(subject, id); });
  Committed committed;
  for (Finished& finished : work.finished) {
    Outcome outcome;
    if (!finished.prepared.quarantine_reason.empty()) {
      outcome.fate = Outcome::Fate::Quarantined;
      outcome.reason_json = finished.prepared.quarantine_reason;
    }
    const Instant received = finished.prepared.origin.received_at;
    if (finished.prepared.feed) outcome.feed = std::make_shared<const FeedUpdate>(*std::move(finished.prepared.feed));
    const std::shared_ptr<const FeedUpdate> feed = outcome.feed;
    batch.inputs.push_back({finished.key, outcome, finished.ledger});
    committed.inputs.push_back({finished.ticket, std::move(finished.key), finished.prepared.origin.uri,
                                std::move(outcome), std::move(finished.prepared.warnings),
                                finished.ledger != Sink::Ledger::None});
    batch.totals.unchanged += finished.prepared.unchanged;
    if (!finished.prepared.held.empty()) batch.held.push_back({std::move(finished.prepared.held), {}, true});
    ++(batch.inputs.back().outcome.fate == Outcome::Fate::Done ? batch.totals.done : batch.totals.quarantined);
    const Sequence before = stream.last;
    learn(announce(std::move(finished.prepared), *placer, stream, batch, earlier), batch);
    if (feed) announce_feed(*feed, received, stream, batch);
    if (stream.last == before) continue;
    for (Outcome* told : {&batch.inputs.back().outcome, &committed.inputs.back().outcome}) {
      told->first = Sequence(before.value() + 1);
      told->last = stream.last;
    }
  }
  if (earlier.trouble()) hooks.forgot(*earlier.trouble());
  for (const Record& event : batch.events) count(event, batch.totals);
  batch.released = std::move(work.released);
  batch.cursors = std::move(work.cursors);
  return committed;
}

/// What is published is not yet durable. What is read by it comes later in the stream, so it will be: or neither.
void Sequencer::Impl::learn(std::vector<Lesson> lessons, Batch& batch) {
  if (!options.learning || !options.learning->take(std::move(lessons), batch)) return;
  if (options.epochs != nullptr) options.epochs->publish(options.learning->epoch() + 1, options.learning->next());
  for (Knowledge::Change& news : options.learning->news()) hooks.learned(std::move(news.source), news.known_now);
}

/// Commits, waiting out a full disk. False: the journal is broken, or the placer could not read again what it knew, and
/// nothing of the batch is durable.
bool Sequencer::Impl::commit(Batch& batch) {
  if (const Result<void> sound = placer->soundness(); !sound) {
    hooks.failed(sound.error());
    return false;
  }
  bool paused = false;
  for (;;) {
    const Result<void> written = journal.commit(batch, options.now());
    if (written) {
      if (paused) hooks.resumed();
      return true;
    }
    if (!written.error().is(JournalError::DiskFull)) {
      hooks.failed(written.error());
      return false;
    }
    if (!std::exchange(paused, true)) hooks.paused(written.error());
    {
      const std::lock_guard lock(mutex);
      // asked to stop with a full disk: what is not durable was not acknowledged and is read again next time
      if (finishing || !retries) {
        hooks.failed(written.error());
        return false;
      }
    }
    wait_before_retry();
  }
}

void Sequencer::Impl::wait_before_retry() {
  std::unique_lock lock(mutex);
  const auto deadline = SteadyClock::now() + options.retry;
  while (!finishing && retries && wake.wait_until(lock, deadline) != std::cv_status::timeout) answer_ping();
  answer_ping();
}

/// Retention and the write-ahead log, in small steps: all there is to do when nothing else is; under load one step now
/// and then, and one a batch while there is more to let go.
void Sequencer::Impl::keep_house(bool idle) {
  const auto now = SteadyClock::now();
  if (!idle && !behind && now - last_housekeeping < kHousekeeping) return;
  last_housekeeping = now;
  JournalOptions limits;
  {
    const std::lock_guard lock(mutex);
    limits = retention;
  }
  for (bool more = true; more;) {
    const Result<bool> step = journal.retain_step(options.now(), limits);
    if (!step) return hooks.troubled(step.error());
    const std::lock_guard lock(mutex);
    answer_ping();
    behind = *step;
    more = behind && idle && !something_ready() && !finishing;
  }
  if (idle) {
    if (const Result<void> moved = journal.checkpoint(); !moved) hooks.troubled(moved.error());
  }
  if (now - last_forgetting >= kForgetting) {
    last_forgetting = now;
    placer->expire(options.now() - limits.remember);
  }
}

void Sequencer::Impl::note_load() {
  const PlacerLoad now = placer->load();
  const LearningLoad known = options.learning ? options.learning->load() : LearningLoad{};
  const std::lock_guard lock(mutex);
  load = now;
  learned = known;
}

/// Stories end while nothing comes in, too. False: the journal is broken.
bool Sequencer::Impl::tend_stories() {
  Batch batch;
  announce_tended(std::nullopt, options.now(), *placer, stream, batch);
  if (batch.events.empty()) return true;
  if (!commit(batch)) return false;
  note_load();
  hooks.committed({std::move(batch.events), {}, {}});
  return true;
}

void Sequencer::Impl::run() {
  for (;;) {
    Work work = collect();
    if (work.empty()) {
      {
        const std::lock_guard lock(mutex);
        if (finishing && !something_ready()) return;
      }
      keep_house(true);
      if (!tend_stories()) return;
      continue;
    }
    Batch batch;
    const auto begun = SteadyClock::now();
    Committed committed = place(std::move(work), batch);
    const auto placed = SteadyClock::now();
    if (!commit(batch)) return;
    if (options.times != nullptr && !batch.events.empty()) {
      options.times->place.observe(placed - begun);
      options.times->record.observe(SteadyClock::now() - placed);
    }
    note_load();
    committed.totals = batch.totals;
    committed.events = std::move(batch.events);
    if (!committed.events.empty() || !committed.inputs.empty()) hooks.committed(std::move(committed));
    keep_house(false);
  }
}

Sequencer::Sequencer(Journal& journal, std::unique_ptr<Placer> placer, Stream stream, SequencerOptions options,
                     SequencerHooks hooks)
    : impl_(std::make_unique<Impl>(journal, std::move(placer), std::move(stream), std::move(options),
                                   std::move(hooks))) {}

Sequencer::~Sequencer() { finish(); }

void Sequencer::start() {
  impl_->thread = std::thread([this] {
    impl_->run();
    if (impl_->options.epochs != nullptr) impl_->options.epochs->end();
  });
}

void Sequencer::expect(Ticket ticket) {
  const std::lock_guard lock(impl_->mutex);
  impl_->last_expected = std::max(impl_->last_expected, ticket.value());
}

void Sequencer::submit(Finished finished) {
  bool worth_waking = false;
  {
    const std::lock_guard lock(impl_->mutex);
    const std::uint64_t ticket = finished.ticket.value();
    impl_->last_expected = std::max(impl_->last_expected, ticket);
    impl_->waiting.emplace(ticket, std::move(finished));
    const std::uint64_t outstanding = impl_->last_expected + 1 - impl_->next_ticket;
    const bool all_here = impl_->waiting.size() >= std::min<std::uint64_t>(outstanding, kWakeAt);
    worth_waking = impl_->gathering ? all_here : impl_->something_ready();
  }
  if (worth_waking) impl_->wake.notify_one();
}

void Sequencer::release(InputKey key) {
  impl_->change([&] { impl_->posted.released.push_back(std::move(key)); });
}

void Sequencer::save_cursor(CursorRow cursor) {
  impl_->change([&] { impl_->posted.cursors.push_back(std::move(cursor)); });
}

void Sequencer::save_feeds(std::vector<FeedUpdate> updates) {
  impl_->change([&] { std::move(updates.begin(), updates.end(), std::back_inserter(impl_->posted.feeds)); });
}

void Sequencer::announce_daemon(EventType type, std::string subject, std::string members) {
  impl_->change([&] { impl_->posted.notices.push_back({type, std::move(subject), std::move(members)}); });
}

void Sequencer::ping() {
  impl_->change([&] { ++impl_->pinged; });
}

std::uint64_t Sequencer::pongs() const { return impl_->answered.load(std::memory_order_relaxed); }

void Sequencer::set_retention(const JournalOptions& options) {
  impl_->change([&] { impl_->retention = options; });
}

void Sequencer::hurry() {
  impl_->change([] {});
}

void Sequencer::stop_retrying() {
  impl_->change([&] { impl_->retries = false; });
}

void Sequencer::finish() {
  impl_->change([&] { impl_->finishing = true; });
  if (impl_->thread.joinable()) impl_->thread.join();
}

PlacerLoad Sequencer::placer_load() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->load;
}

LearningLoad Sequencer::learning_load() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->learned;
}

}  // namespace newsd
