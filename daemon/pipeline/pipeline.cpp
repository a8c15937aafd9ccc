#include "daemon/pipeline/pipeline.h"

#include "daemon/pipeline/placer_rebuild.h"
#include "daemon/pipeline/work_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace newsd {
namespace {

enum class PipelineError { Poison, ReaderFailed };
std::string_view code_of(PipelineError e) { return e == PipelineError::Poison ? "poison" : "reader-failed"; }

using SteadyClock = std::chrono::steady_clock;

/// What an input costs beside its bytes: an open file, a ticket, its way through the queues.
constexpr std::uint64_t kInputOverhead = 4096;

struct Job {
  Ticket ticket;
  std::uint64_t epoch = 0;  ///< of its knowledge
  Sink::Ledger ledger = Sink::Ledger::UntilAck;
  Arrival arrival;
  std::shared_ptr<const Preparation> preparation;
  SteadyClock::time_point came;
  std::shared_ptr<const Knowledge> knowledge{};
};

/// Whether its time is the receipt of the input that it tells of.
bool is_about_input(EventType type) {
  return type == EventType::ArticleNew || type == EventType::ArticleUpdated || type == EventType::ArticleDuplicate ||
         type == EventType::ArticleRejected || type == EventType::InputQuarantined;
}

struct Pending {
  Ack ack;
  std::uint64_t cost = 0;
};

}  // namespace

struct Pipeline::Impl {
  Journal& journal;
  InFlight& in_flight;
  const PipelineOptions options;
  const Post post;
  const Hooks hooks;
  std::shared_ptr<const Preparation> preparation;
  std::unique_ptr<Placer> placer;           // until start(), then the sequencer's
  std::optional<Learning> learning;         // until start(), then the sequencer's
  std::uint64_t recorded_before = 0;        // inputs, when this daemon started
  std::unique_ptr<KnowledgeEpochs> epochs;  // none: nothing is learned
  std::unique_ptr<Sequencer> sequencer;
  WorkQueue<Job> jobs;
  std::vector<std::thread> workers;

  // the I/O thread's own
  std::unordered_map<std::string, LedgerRow> ledger;
  std::unordered_map<std::string, int> suspects;
  std::map<std::uint64_t, Pending> pending;  // by ticket
  std::map<int, std::function<void()>> room_handlers;
  int next_handler = 1;
  std::uint64_t next_ticket = 1;
  std::uint64_t used = 0;  // cost of what is pending
  bool full = false;       // somebody was refused room
  bool paused = false;
  bool finishing = false;
  PipelineCounts counts;
  StageTimes times;

  Impl(Journal& j, InFlight& f, std::unique_ptr<Placer> pl, std::shared_ptr<const Preparation> pr, PipelineOptions o,
       Post p, Hooks h)
      : journal(j),
        in_flight(f),
        options(std::move(o)),
        post(std::move(p)),
        hooks(std::move(h)),
        preparation(std::move(pr)),
        placer(std::move(pl)) {}

  void work(unsigned slot);
  bool hand_knowledge(Job& job);
  Prepared prepare_guarded(Job& job, unsigned slot);
  void take(Committed committed);
  void tell_room();
};

Prepared Pipeline::Impl::prepare_guarded(Job& job, unsigned slot) {
  const FeedPoll* poll = job.arrival.poll.get();
  const HeldEntry* entry = job.arrival.entry.get();
  const std::optional<Error>& refused = job.arrival.refused;
  Document& document = job.arrival.document;
  const auto refuse = [&](const Error& reason) {
    Prepared prepared =
        poll != nullptr ? prepare_refused_poll(document, *poll, reason) : prepare_refused(document, reason);
    if (entry != nullptr) prepared.held = entry->key;
    return prepared;
  };
  const Learned learned{job.knowledge.get(), options.learning.value_or(LearningLimits{}).articles};
  const auto read = [&] {
    if (poll != nullptr) return prepare_poll(document, *poll, *job.preparation, learned);
    if (entry == nullptr) return prepare(document, *job.preparation, learned);
    return refused ? prepare_refused_page(document, *entry, *refused, *job.preparation, learned)
                   : prepare_page(document, *entry, *job.preparation, learned);
  };
  const bool is_told_anyway = entry != nullptr && refused && !refused->is(PipelineError::Poison);
  if (refused && !is_told_anyway) return refuse(*refused);
  in_flight.mark(slot, job.arrival.key);  // if the reader crashes the process, the next start knows on what
  Prepared prepared;
  try {
    prepared = read();
  } catch (const std::exception& e) {
    prepared = refuse(Error(PipelineError::ReaderFailed, fmt::format("the reader gave up on it: {}", e.what())));
  }
  in_flight.clear(slot);
  return prepared;
}

/// False when there is none any more: the sequencer has ended, what it did not commit is read again next time.
bool Pipeline::Impl::hand_knowledge(Job& job) {
  if (!epochs) return true;
  job.knowledge = epochs->of(job.epoch, [this] { sequencer->hurry(); });
  return job.knowledge != nullptr;
}

void Pipeline::Impl::work(unsigned slot) {
  while (std::optional<Job> job = jobs.pop()) {
    if (!hand_knowledge(*job)) continue;
    Finished finished;
    finished.ticket = job->ticket;
    finished.ledger = job->ledger;
    finished.bytes = job->arrival.document.bytes.size();
    const auto begun = SteadyClock::now();
    times.wait.observe(begun - job->came);
    finished.prepared = prepare_guarded(*job, slot);
    times.read.observe(SteadyClock::now() - begun);
    finished.key = std::move(job->arrival.key);
    sequencer->submit(std::move(finished));
  }
}

/// On the I/O thread: a batch became durable. Consumers hear of it first, then the inputs are let go.
void Pipeline::Impl::take(Committed committed) {
  counts += committed.totals;
  counts.events += committed.events.size();
  for (const Record& record : committed.events) {
    if (is_about_input(record.type)) times.whole.observe(options.sequencer.now() - record.time);
  }
  hooks.recorded(std::move(committed.events));
  for (Committed::Input& input : committed.inputs) {
    const auto found = pending.find(input.ticket.value());
    Pending done = std::move(found->second);
    pending.erase(found);
    used -= done.cost;
    if (input.in_ledger) ledger[input.key.value] = {input.key, input.outcome, Sink::Ledger::UntilAck};
    suspects.erase(input.key.value);
    for (const std::string& warning : input.warnings) hooks.warned(input.uri, warning);
    done.ack(input.outcome);
  }
  tell_room();
  if (pending.empty()) hooks.idle();
}

void Pipeline::Impl::tell_room() {
  if (!std::exchange(full, false)) return;
  const auto handlers = room_handlers;  // a handler may register another
  for (const auto& [id, handler] : handlers) handler();
}

Pipeline::Pipeline(Journal& journal, InFlight& in_flight, std::unique_ptr<Placer> placer,
                   std::shared_ptr<const Preparation> preparation, PipelineOptions options, Post post, Hooks hooks)
    : impl_(std::make_shared<Impl>(journal, in_flight, std::move(placer), std::move(preparation), std::move(options),
                                   std::move(post), std::move(hooks))) {}

Pipeline::~Pipeline() { finish(); }

Result<void> Pipeline::restore() {
  Impl& p = *impl_;
  PlacerRebuild rebuild(*p.placer);
  if (auto read = p.journal.each_decision([&](Past past) { rebuild.take(std::move(past)); }); !read)
    return read.error();
  rebuild.finish();
  if (auto sound = p.placer->soundness(); !sound) return sound.error();
  auto totals = p.journal.totals();
  if (!totals) return totals.error();
  p.counts += *totals;
  p.counts.inputs = totals->done + totals->quarantined;
  p.counts.events = p.journal.last().value();
  if (p.options.learning) {
    const auto kept = p.journal.learned();
    if (!kept) return kept.error();
    p.recorded_before = p.counts.inputs;
    if (auto learned = p.learning.emplace(*p.options.learning).restore(*kept, p.recorded_before); !learned)
      return learned.error();
  }
  auto rows = p.journal.ledger();
  if (!rows) return rows.error();
  for (LedgerRow& row : *rows) p.ledger.emplace(row.key.value, row);

  auto suspects = p.journal.suspects();
  if (!suspects) return suspects.error();
  for (auto& [key, attempts] : *suspects) p.suspects[key.value] = attempts;
  for (const InputKey& key : p.in_flight.take_leftovers()) {
    const int attempts = ++p.suspects[key.value];
    if (auto kept = p.journal.set_suspect(key, attempts); !kept) return kept.error();
  }
  return {};
}

void Pipeline::start() {
  Impl& p = *impl_;
  SequencerHooks hooks;
  const std::weak_ptr<Impl> weak = impl_;
  const auto on_io = [weak, post = p.post](std::function<void(Impl&)> call) {
    post([weak, call = std::move(call)] {
      if (const auto impl = weak.lock()) call(*impl);
    });
  };
  hooks.committed = [on_io](Committed committed) {
    auto shared = std::make_shared<Committed>(std::move(committed));  // std::function wants copies
    on_io([shared](Impl& impl) { impl.take(std::move(*shared)); });
  };
  hooks.paused = [on_io](const Error& error) {
    on_io([error](Impl& impl) { impl.paused = true, impl.hooks.paused(error); });
  };
  hooks.resumed = [on_io] { on_io([](Impl& impl) { impl.paused = false, impl.hooks.resumed(), impl.tell_room(); }); };
  hooks.troubled = [on_io](const Error& error) { on_io([error](Impl& impl) { impl.hooks.troubled(error); }); };
  hooks.forgot = [on_io](const Error& error) { on_io([error](Impl& impl) { impl.hooks.forgot(error); }); };
  hooks.learned = [on_io](std::string source, std::size_t lines) {
    on_io([source = std::move(source), lines](Impl& impl) { impl.hooks.learned(source, lines); });
  };
  hooks.failed = [on_io](const Error& error) { on_io([error](Impl& impl) { impl.hooks.failed(error); }); };

  SequencerOptions sequencer = p.options.sequencer;
  sequencer.times = &p.times;
  if (p.learning) {
    p.epochs = std::make_unique<KnowledgeEpochs>();
    p.epochs->publish(p.learning->epoch(), p.learning->now());
    p.epochs->publish(p.learning->epoch() + 1, p.learning->next());
    sequencer.learning = std::move(p.learning);
    sequencer.epochs = p.epochs.get();
  }
  p.sequencer = std::make_unique<Sequencer>(p.journal, std::move(p.placer), Stream{p.options.source, p.journal.last()},
                                            std::move(sequencer), std::move(hooks));
  p.sequencer->start();
  for (unsigned slot = 0; slot < p.options.workers; ++slot) {
    p.workers.emplace_back([&p, slot] { p.work(slot); });
  }
}

void Pipeline::set_preparation(std::shared_ptr<const Preparation> preparation) {
  impl_->preparation = std::move(preparation);
}
void Pipeline::announce_daemon(EventType type, std::string subject, std::string members) {
  impl_->sequencer->announce_daemon(type, std::move(subject), std::move(members));
}
void Pipeline::save_cursor(CursorRow cursor) { impl_->sequencer->save_cursor(std::move(cursor)); }
void Pipeline::set_retention(const JournalOptions& options) { impl_->sequencer->set_retention(options); }
void Pipeline::ping() { impl_->sequencer->ping(); }
std::uint64_t Pipeline::pongs() const { return impl_->sequencer->pongs(); }

PipelineCounts Pipeline::counts() const {
  PipelineCounts counts = impl_->counts;
  counts.in_flight = impl_->pending.size();
  counts.in_flight_bytes = impl_->used;
  return counts;
}

const StageTimes& Pipeline::times() const { return impl_->times; }

PlacerLoad Pipeline::placer_load() const { return impl_->sequencer ? impl_->sequencer->placer_load() : PlacerLoad{}; }

LearningLoad Pipeline::learning_load() const {
  return impl_->sequencer ? impl_->sequencer->learning_load() : LearningLoad{};
}

void Pipeline::finish() {
  Impl& p = *impl_;
  p.finishing = true;
  p.jobs.close();
  if (p.sequencer) p.sequencer->stop_retrying();  // workers may wait for what it cannot commit
  for (std::thread& worker : p.workers) worker.join();
  p.workers.clear();
  if (p.sequencer) p.sequencer->finish();
}

bool Pipeline::has_room(std::uint64_t bytes) const {
  Impl& p = *impl_;
  const bool room = !p.finishing && !p.paused && p.pending.size() < p.options.queue_inputs &&
                    (p.pending.empty() || p.used + bytes + kInputOverhead <= p.options.queue_bytes);
  if (!room) p.full = true;
  return room;
}

int Pipeline::on_room(std::function<void()> handler) {
  impl_->room_handlers.emplace(impl_->next_handler, std::move(handler));
  return impl_->next_handler++;
}

void Pipeline::forget_room(int id) { impl_->room_handlers.erase(id); }

void Pipeline::deliver(Arrival arrival, Ledger ledger, Ack ack) {
  Impl& p = *impl_;
  const Ticket ticket(p.next_ticket++);
  const std::uint64_t cost = arrival.document.bytes.size() + kInputOverhead;
  p.used += cost;
  ++p.counts.inputs;
  p.pending.emplace(ticket.value(), Pending{std::move(ack), cost});
  if (const auto found = p.suspects.find(arrival.key.value);
      found != p.suspects.end() && found->second >= p.options.poison_after) {
    arrival.refused =
        Error(PipelineError::Poison, fmt::format("newsd died {} times while it read this", found->second));
  }
  p.sequencer->expect(ticket);
  const std::uint64_t input = p.recorded_before + ticket.value() - 1;
  p.jobs.push({ticket, input / Learning::kEpoch, ledger, std::move(arrival), p.preparation, SteadyClock::now()});
}

std::optional<Outcome> Pipeline::committed(const InputKey& key) const {
  const auto found = impl_->ledger.find(key.value);
  if (found == impl_->ledger.end()) return std::nullopt;
  return found->second.outcome;
}

std::vector<std::pair<InputKey, Outcome>> Pipeline::committed_under(const std::string& key_prefix) const {
  std::vector<std::pair<InputKey, Outcome>> found;
  for (const auto& [value, row] : impl_->ledger) {
    if (value.starts_with(key_prefix)) found.emplace_back(row.key, row.outcome);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.first, a.first.value) < std::tie(b.second.first, b.first.value);
  });
  return found;
}

void Pipeline::released(const InputKey& key) {
  if (impl_->ledger.erase(key.value) > 0) impl_->sequencer->release(key);
}

void Pipeline::save_feeds(std::vector<FeedUpdate> updates) { impl_->sequencer->save_feeds(std::move(updates)); }

void Pipeline::reconcile(const std::string& key_prefix, const std::vector<InputKey>& present) {
  std::set<std::string_view> there;
  for (const InputKey& key : present) there.insert(key.value);
  std::vector<InputKey> gone;
  for (const auto& [value, row] : impl_->ledger) {
    if (value.starts_with(key_prefix) && !there.contains(value)) gone.push_back(row.key);
  }
  for (const InputKey& key : gone) released(key);
}

}  // namespace newsd
