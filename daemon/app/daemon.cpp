#include "daemon/app/app.h"
#include "daemon/app/exit_status.h"
#include "daemon/app/file_change.h"
#include "daemon/app/outputs.h"
#include "daemon/app/preparation.h"
#include "daemon/app/reload.h"
#include "daemon/app/sources.h"
#include "daemon/app/stream_source.h"
#include "daemon/app/version.h"
#include "daemon/app/watchdog.h"
#include "daemon/config/config.h"
#include "daemon/event/daemon_event.h"
#include "daemon/journal/inflight.h"
#include "daemon/journal/journal.h"
#include "daemon/journal/spill_file.h"
#include "daemon/ops/clock.h"
#include "daemon/ops/listen_fds.h"
#include "daemon/ops/log.h"
#include "daemon/ops/memory.h"
#include "daemon/ops/sd_notify.h"
#include "daemon/ops/signals.h"
#include "daemon/pipeline/pipeline.h"
#include "feeds/source/push_source.h"

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace newsd {
namespace {

/// How long outputs may take at the end to hand on what is committed.
constexpr auto kFlushWithin = std::chrono::seconds(10);
/// How often the list of feeds that commands write is looked at.
constexpr auto kFeedListEvery = std::chrono::seconds(2);

unsigned worker_count(const Config& config) {
  return config.pipeline.workers != 0 ? config.pipeline.workers : std::max(1u, std::thread::hardware_concurrency());
}

JournalOptions journal_options(const Config& config) {
  JournalOptions options;
  options.retain = config.journal.retain;
  options.max_size = config.journal.max_size;
  options.remember = config.dedupe.remember;
  options.sketches = std::max<std::chrono::milliseconds>(config.dedupe.window, kStoriesOpen);
  return options;
}

Result<std::unique_ptr<Placer>> placer_for(const Config& config) {
  PlacingSpaces spaces;
  for (std::unique_ptr<SpillSpace>* space : {&spaces.texts, &spaces.stories}) {
    auto file = SpillFile::make(config.state_dir);
    if (!file) return file.error();
    *space = *std::move(file);
  }
  return make_placer({config.dedupe.window, config.dedupe.min_jaccard / 100.0, config.dedupe.min_containment / 100.0,
                      config.dedupe.max_memory},
                     std::move(spaces));
}

/// The daemon from start to end. All of it runs on the thread that called run(), the I/O thread; the pipeline has
/// threads of its own.
class Daemon {
 public:
  explicit Daemon(RunOptions options) : options_(std::move(options)), config_(options_.config) {}
  int run();

 private:
  using Step = Result<void> (Daemon::*)();

  Result<void> load_resources();
  Result<void> open_journal();
  Result<void> build_pipeline();
  Result<void> start_outputs();
  Result<void> start_sources();
  void watch_signals();
  void watch_feed_list();
  void tell_ready();

  void announce(EventType type, DaemonFacts facts);
  void take_records(std::vector<Record> records);
  void reload(std::string cause);
  std::string status() const;
  void describe(DaemonStatus& status) const;

  void stop(std::string cause, int exit_status);
  void stop_when_idle();
  void stop_outputs();
  void finish();

  RunOptions options_;
  Config config_;
  std::string source_;
  const Instant started_ = system_now();
  boost::asio::io_context io_{1};
  ServiceNotifier notifier_ = ServiceNotifier::from_environment();
  std::vector<InheritedSocket> inherited_ = take_inherited_sockets();
  std::shared_ptr<const Preparation> preparation_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<InFlight> in_flight_;
  RememberedPolling polling_;  // as the journal had it at the start
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<PushSource> push_;
  std::unique_ptr<Outputs> outputs_;
  std::unique_ptr<Sources> sources_;
  std::unique_ptr<Watchdog> watchdog_;
  std::unique_ptr<Signals> signals_;
  std::unique_ptr<FileChange> feed_list_;

  enum class Phase { Starting, Running, Draining, Saying, Flushing, Ended } phase_ = Phase::Starting;
  std::string stop_cause_;
  int exit_status_ = kExitOk;
  bool disk_full_ = false;
  bool broken_ = false;  // the journal takes nothing any more
};

int Daemon::run() {
  ignore_write_signals();
  map_large_blocks();
  set_log({*log_level_from_name(config_.log.level), *log_style_from_name(config_.log.format)});
  source_ = stream_source(config_.instance);

  for (const Step step : {
           &Daemon::load_resources,  // topic rules: a fault in them ends the start before anything is touched
           &Daemon::open_journal,    // takes the lock on the state directory
           &Daemon::build_pipeline,  // knows again what was recorded and decided before
           &Daemon::start_outputs,   // before the first event, so that none is missed
           &Daemon::start_sources,   // news comes in from here on
       }) {
    if (Result<void> done = (this->*step)(); !done) {
      log_error("start", "newsd cannot start", {{"error", done.error().message()}, {"code", done.error().code}});
      exit_status_ = exit_status_of(done.error());
      finish();
      return exit_status_;
    }
  }
  watch_signals();
  watch_feed_list();
  give_back_memory();
  io_.run();  // READY is said when the first event, that newsd has started, is durable
  finish();
  return exit_status_;
}

Result<void> Daemon::load_resources() {
  auto made = make_preparation(config_);
  if (!made) return made.error();
  preparation_ = *made;
  return {};
}

Result<void> Daemon::open_journal() {
  auto opened = Journal::open(config_.state_dir, journal_options(config_));
  if (!opened) return opened.error();
  journal_ = std::move(*opened);
  for (const std::string& note : journal_->notes()) log_info("journal", note);
  auto in_flight = InFlight::open(config_.state_dir / "inflight");
  if (!in_flight) return in_flight.error();
  in_flight_ = std::move(*in_flight);
  return {};
}

Result<void> Daemon::build_pipeline() {
  PipelineOptions options;
  options.workers = worker_count(config_);
  options.queue_bytes = config_.pipeline.queue_bytes;
  options.queue_inputs = config_.pipeline.queue_inputs;
  options.source = source_;
  options.learning = learning_limits(config_);
  options.sequencer.commit_window = config_.journal.commit_window;
  options.sequencer.journal = journal_options(config_);
  options.sequencer.now = system_clock();

  Pipeline::Hooks hooks;
  hooks.recorded = [this](std::vector<Record> records) { take_records(std::move(records)); };
  hooks.paused = [this](const Error& error) {
    disk_full_ = true;
    log_error("journal", "the disk is full: newsd takes nothing in until there is room", {{"error", error.message()}});
    if (phase_ == Phase::Draining) stop_outputs();
  };
  hooks.resumed = [this] {
    disk_full_ = false;
    log_info("journal", "there is room on the disk again");
  };
  hooks.troubled = [](const Error& error) {
    log_warn("journal", "the journal could not be tidied up, it is tried again", {{"error", error.message()}});
  };
  hooks.forgot = [](const Error& error) {
    log_warn("journal", "an earlier version could not be read again: its update does not tell which words changed",
             {{"error", error.message()}});
  };
  hooks.learned = [](const std::string& source, std::size_t lines) {
    log_info("read", "lines that a source puts into its articles are left out from now on",
             {{"source", source}, {"lines", lines}});
  };
  hooks.failed = [this](const Error& error) {
    broken_ = true;
    if (disk_full_ && phase_ != Phase::Running)
      return;  // asked to stop while the disk is full: nothing taken was let go
    log_error("journal", "the journal cannot be written", {{"error", error.message()}});
    stop("the journal cannot be written", exit_status_of(error));
  };
  hooks.warned = [](const std::string& input, const std::string& warning) {
    log_info("read", "an input was read with a reservation", {{"input", input}, {"warning", warning}});
  };
  hooks.idle = [this] { stop_when_idle(); };
  auto placer = placer_for(config_);
  if (!placer) return placer.error();
  pipeline_ = std::make_unique<Pipeline>(
      *journal_, *in_flight_, *std::move(placer), preparation_, std::move(options),
      [this](std::function<void()> call) { boost::asio::post(io_, std::move(call)); }, std::move(hooks));
  if (auto restored = pipeline_->restore(); !restored) return restored.error();
  auto feeds = journal_->feeds();  // from start() on the journal is the sequencer's
  if (!feeds) return feeds.error();
  auto held = journal_->held();
  if (!held) return held.error();
  polling_ = {remembered_feeds(*feeds), remembered_entries(*held)};
  pipeline_->start();
  PushOptions push;
  push.max_bytes = config_.limits.max_bytes;
  push.clock = system_clock();
  push_ = std::make_unique<PushSource>(io_, *pipeline_, std::move(push));
  return {};
}

Result<void> Daemon::start_outputs() {
  Outputs::Hooks hooks;
  hooks.save_cursor = [this](CursorRow row) { pipeline_->save_cursor(std::move(row)); };
  hooks.status = [this](DaemonStatus& status) { describe(status); };
  hooks.feeds = [this] { return FeedsView{sources_ ? sources_->feeds() : std::vector<FeedStanding>(), config_.fetch}; };
  hooks.drops = [this] { return config_.drops; };
  hooks.hubs = [this] { return sources_ ? sources_->hubs() : nullptr; };
  hooks.push = push_.get();
  hooks.stdout_closed = [this] { stop("the reader of stdout is gone", kExitOk); };
  auto cursors = journal_->cursors();
  if (!cursors) return cursors.error();
  outputs_ = std::make_unique<Outputs>(io_, config_, source_, journal_->last(), std::move(*cursors), std::move(hooks));
  auto started = outputs_->start(std::move(inherited_));
  if (started) announce(EventType::DaemonStarted, {});
  return started;
}

Result<void> Daemon::start_sources() {
  sources_ = std::make_unique<Sources>(io_, *pipeline_, config_);
  sources_->poll_feeds(config_, std::exchange(polling_, {}), options_.once);
  if (options_.read_stdin) sources_->read_stdin(options_.input_format, config_.limits.max_bytes);
  if (options_.once) {
    sources_->when_drained([this] { boost::asio::post(io_, [this] { stop("end of input", kExitOk); }); });
  }
  sources_->start();
  push_->start();
  return {};
}

void Daemon::watch_signals() {
  signals_ = std::make_unique<Signals>(io_, std::vector<int>{SIGTERM, SIGINT, SIGHUP, SIGUSR1}, [this](int number) {
    if (number == SIGHUP) return reload("SIGHUP");
    if (number == SIGUSR1) return outputs_->reopen();
    if (phase_ > Phase::Running) _exit(128 + number);  // told twice: at once. What is durable stays durable
    stop(number == SIGTERM ? "SIGTERM" : "SIGINT", kExitOk);
  });
}

/// `newsd feeds add` and `rm` change a file in the state directory: it is taken up like any other configuration.
void Daemon::watch_feed_list() {
  feed_list_ = std::make_unique<FileChange>(io_, feed_list_file(config_.state_dir), kFeedListEvery,
                                            [this] { reload("the list of feeds"); });
  feed_list_->start();
}

void Daemon::tell_ready() {
  if (phase_ != Phase::Starting) return;  // told to stop meanwhile
  phase_ = Phase::Running;
  Watchdog::Hooks hooks;
  hooks.ping = [this] { pipeline_->ping(); };
  hooks.pongs = [this] { return pipeline_->pongs(); };
  hooks.status = [this] { return status(); };
  watchdog_ = std::make_unique<Watchdog>(io_, notifier_, std::move(hooks));
  watchdog_->start();
  notifier_.ready(status());
  log_info("start", "newsd is ready",
           {{"version", newsd_version()},
            {"state_dir", config_.state_dir.native()},
            {"drops", config_.drops.size()},
            {"feeds", config_.feeds.size()},
            {"outputs", config_.outputs.size()},
            {"workers", worker_count(config_)}});
}

std::string Daemon::status() const {
  const PipelineCounts c = pipeline_->counts();
  const PlacerLoad load = pipeline_->placer_load();
  const std::string left_early =
      load.left_early > 0 ? fmt::format("; {} texts left the window early for max_memory", load.left_early) : "";
  return fmt::format("{}{} new, {} updated, {} duplicate, {} rejected, {} quarantined; {} in flight{}",
                     disk_full_ ? "DISK FULL, paused; " : "", c.articles_new, c.updated, c.duplicate, c.rejected,
                     c.quarantined, c.in_flight, left_early);
}

/// What `/status` and `/metrics` say beside how far outputs are.
void Daemon::describe(DaemonStatus& status) const {
  status.version = newsd_version();
  status.source = source_;
  status.started = started_;
  status.now = system_now();
  status.is_ready = phase_ == Phase::Running && !disk_full_ && !broken_;
  status.is_disk_full = disk_full_;
  status.workers = worker_count(config_);
  status.drops = config_.drops.size();
  status.feeds = config_.feeds.size();
  if (sources_) {
    for (const FeedStanding& feed : sources_->feeds()) ++status.standings[standing_of(feed)];
    status.hubs = sources_->hub_counts();
    status.pages_waiting = sources_->pages_waiting();
  }
  status.counts = pipeline_->counts();
  status.placing = pipeline_->placer_load();
  status.learning = pipeline_->learning_load();
  for (auto& stage : pipeline_->times().by_stage()) status.stages.push_back(stage);
  status.latency = pipeline_->times().whole.counts();
  status.last = journal_->last();
  status.oldest = journal_->oldest();
  status.journal_bytes = journal_->size();
}

void Daemon::announce(EventType type, DaemonFacts facts) {
  facts.newsd = newsd_version();
  facts.config = preparation_->version.config;
  facts.models = {{"language", preparation_->resources->language->version()},
                  {"topics", preparation_->resources->topics_version}};
  pipeline_->announce_daemon(type, source_, placed_daemon(facts));
}

void Daemon::take_records(std::vector<Record> records) {
  const auto holds = [&](EventType type) {
    return std::any_of(records.begin(), records.end(), [&](const Record& r) { return r.type == type; });
  };
  const bool started = holds(EventType::DaemonStarted), last_words = holds(EventType::DaemonStopping);
  outputs_->take(std::move(records));
  if (started) tell_ready();
  if (last_words) stop_outputs();
}

/// Parse, check, swap: on any error the running configuration stays.
void Daemon::reload(std::string cause) {
  if (phase_ != Phase::Running) return;
  notifier_.reloading();
  LoadedConfig loaded = load_config(options_.config_file, options_.overrides);
  for (const Error& error : loaded.errors) log_error("config", "not taken up", {{"error", error.message()}});
  auto made = loaded.errors.empty() ? make_preparation(loaded.config)
                                    : Result<std::shared_ptr<const Preparation>>(preparation_);
  if (!made) log_error("config", "not taken up", {{"error", made.error().message()}});
  if (!loaded.errors.empty() || !made) {
    notifier_.ready("the new configuration has errors, the old one is in force; " + status());
    return;
  }
  for (const std::string& key : needing_restart(config_, loaded.config)) {
    log_warn("config", "takes effect at the next start", {{"key", key}});
  }
  DaemonFacts facts;
  facts.cause = std::move(cause);
  facts.changed = changed_sections(config_, loaded.config);
  for (std::string& key : changed_resources(*preparation_, **made)) facts.changed.push_back(std::move(key));
  config_ = std::move(loaded.config);
  preparation_ = *made;
  set_log({*log_level_from_name(config_.log.level), *log_style_from_name(config_.log.format)});
  pipeline_->set_preparation(preparation_);
  pipeline_->set_retention(journal_options(config_));
  outputs_->apply(config_);
  sources_->apply(config_);
  push_->set_max_bytes(config_.limits.max_bytes);
  log_info("config", "taken up", {{"changed", fmt::format("{}", fmt::join(facts.changed, " "))}});
  announce(EventType::DaemonReloaded, std::move(facts));
  notifier_.ready(status());
}

/// The stages end in the order in which an item travels: nothing new comes in, what is in flight is recorded, the last
/// event is said, the outputs hand on.
void Daemon::stop(std::string cause, int exit_status) {
  exit_status_ = std::max(exit_status_, exit_status);
  if (phase_ >= Phase::Draining) {
    if (broken_) stop_outputs();
    return;
  }
  phase_ = Phase::Draining;
  stop_cause_ = std::move(cause);
  log_info("stop", "newsd stops", {{"cause", stop_cause_}});
  notifier_.stopping(status());
  if (sources_) sources_->stop();
  if (push_) push_->stop();
  if (disk_full_ || broken_)
    return stop_outputs();  // what is in flight was not acknowledged: it is read again at the next start
  stop_when_idle();
}

void Daemon::stop_when_idle() {
  if (phase_ != Phase::Draining || pipeline_->counts().in_flight > 0) return;
  phase_ = Phase::Saying;
  DaemonFacts facts;
  facts.cause = stop_cause_;
  announce(EventType::DaemonStopping, std::move(facts));  // stop_outputs() follows when it is durable
}

void Daemon::stop_outputs() {
  if (phase_ >= Phase::Flushing) return;
  phase_ = Phase::Flushing;
  outputs_->stop(kFlushWithin, [this] {
    phase_ = Phase::Ended;
    io_.stop();
  });
}

void Daemon::finish() {
  if (watchdog_) watchdog_->stop();
  feed_list_.reset();
  if (pipeline_) {
    pipeline_->finish();  // commits the outputs' last cursors
    io_.restart();
    io_.poll();
  }
  sources_.reset();
  outputs_.reset();
  push_.reset();
  pipeline_.reset();
  if (journal_ && !broken_) {
    if (auto closed = journal_->close_clean(); !closed) {
      log_error("journal", "could not be closed", {{"error", closed.error().message()}});
      exit_status_ = std::max<int>(exit_status_, kExitIo);
    }
  }
  log_info("stop", "newsd has stopped", {{"exit", exit_status_}});
  flush_log();
}

}  // namespace

int run_daemon(RunOptions options) { return Daemon(std::move(options)).run(); }

}  // namespace newsd
