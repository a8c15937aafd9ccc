#include "daemon/app/outputs.h"

#include "daemon/app/feed_polling.h"
#include "daemon/emit/dead_letters.h"
#include "daemon/emit/file_output.h"
#include "daemon/emit/socket_output.h"
#include "daemon/emit/stdout_output.h"
#include "daemon/emit/webhook_output.h"
#include "daemon/ops/clock.h"
#include "daemon/ops/log.h"
#include "daemon/stream/emitted_event.h"
#include "daemon/stream/tls.h"

#include <boost/asio/post.hpp>

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

/// How long an output that is no longer configured may go on handing over what it owes.
constexpr auto kLeaveWithin = std::chrono::seconds(10);

template <class Made>
Result<std::unique_ptr<Output>> widened(Result<std::unique_ptr<Made>> made) {
  if (!made) return made.error();
  return std::unique_ptr<Output>(std::move(*made));
}

}  // namespace

Outputs::Outputs(boost::asio::io_context& io, const Config& config, std::string source, Sequence last,
                 std::vector<CursorRow> cursors, Hooks hooks)
    : io_(io),
      configured_(config.outputs),
      fetch_config_(config.fetch),
      http_config_(config.http),
      state_dir_(config.state_dir),
      source_(std::move(source)),
      hooks_(std::move(hooks)),
      tail_(last, config.pipeline.tail_bytes),
      book_(std::move(cursors), hooks_.save_cursor) {}

Outputs::~Outputs() {
  disk_.join();
  for (const InheritedSocket& unclaimed : inherited_) close(unclaimed.fd);
}

StreamContext Outputs::context() {
  return {.io = io_,
          .tail = tail_,
          .history = *history_,
          .cursors = book_,
          .wheres = wheres_,
          .source = source_,
          .now = system_clock(),
          .post_blocking = [this](std::function<void()> work) { boost::asio::post(disk_, std::move(work)); }};
}

/// The descriptor the service manager opened for the path or address.
std::optional<int> Outputs::take_inherited(const std::string& place) {
  auto found = std::find_if(inherited_.begin(), inherited_.end(),
                            [&](const InheritedSocket& socket) { return socket.bound_to == place; });
  if (found == inherited_.end()) return std::nullopt;
  const int fd = found->fd;
  inherited_.erase(found);
  return fd;
}

Result<std::unique_ptr<Output>> Outputs::make(const OutputConfig& config) {
  if (config.kind == OutputConfig::Kind::File) return widened(FileOutput::create(config, context()));
  if (config.kind == OutputConfig::Kind::Webhook) return make_webhook(config);
  const std::string place = config.kind == OutputConfig::Kind::Tcp ? config.listen : config.path.string();
  if (config.kind == OutputConfig::Kind::Unix || config.kind == OutputConfig::Kind::Tcp)
    return widened(SocketOutput::create(config, context(), take_inherited(place)));
  return widened(StdoutOutput::create(config, context(), STDOUT_FILENO, [this](const std::optional<Error>& error) {
    if (error) log_error("output", "stdout cannot be written", {{"error", error->message()}});
    hooks_.stdout_closed();
  }));
}

Result<std::unique_ptr<Output>> Outputs::make_webhook(const OutputConfig& config) {
  std::string authorization;
  if (!config.credentials_file.empty()) {
    auto read = authorization_of(config.credentials_file);
    if (!read) return read.error();
    authorization = *std::move(read);
  }
  if (!poster_) poster_ = std::make_unique<CurlFetcher>(io_, fetch_options(fetch_config_));
  return widened(WebhookOutput::create(config, context(), {*poster_, authorization, state_dir_ / kDeadLettersName}));
}

Result<void> Outputs::start_one(const OutputConfig& config) {
  auto made = make(config);
  if (!made) return made.error();
  if (auto started = (*made)->start(); !started) return started.error();
  running_.push_back({config, std::move(*made)});
  return {};
}

Result<void> Outputs::start_http(const HttpConfig& config) {
  if (http_ && !config.certificate.empty()) {  // a server that runs is not given up for one that cannot
    if (auto usable = server_tls(config.certificate, config.key); !usable) return usable.error();
  }
  http_.reset();
  http_config_ = config;
  if (config.listen.empty()) return {};
  const bool is_unix = config.listen.starts_with(kUnixPrefix);
  auto inherited = take_inherited(is_unix ? config.listen.substr(kUnixPrefix.size()) : config.listen);
  const auto open_journal = [folder = state_dir_]() -> Result<std::shared_ptr<JournalReader>> {
    auto reader = JournalReader::open(folder);
    if (!reader) return reader.error();
    return std::shared_ptr<JournalReader>(*std::move(reader));
  };
  DaemonView view{[this] { return status(); }, hooks_.feeds, hooks_.drops, hooks_.hubs, open_journal};
  http_ = std::make_unique<HttpServer>(config, context(), inherited, std::move(view), hooks_.push);
  Result<void> started = http_->start();
  if (!started) http_.reset();
  return started;
}

DaemonStatus Outputs::status() const {
  DaemonStatus status;
  status.tail_bytes = tail_.bytes();
  for (const Running& running : running_) {
    OutputHealth health = running.output->health();
    status.outputs.push_back({running.output->name(), running.output->cursor(), running.output->lag(),
                              std::move(health.trouble), health.failures, health.dead_letters});
  }
  book_.each([&](const CursorRow& row) {
    const auto name = consumer_of(row);
    if (!name) return;
    const std::uint64_t lag = tail_.last() > row.sequence ? tail_.last().value() - row.sequence.value() : 0;
    status.consumers.push_back({std::string(*name), row.sequence, lag});
  });
  hooks_.status(status);
  status.oldest_time = time_of(status.oldest);
  return status;
}

/// When the journal's oldest event became durable; read once for each.
std::optional<Instant> Outputs::time_of(Sequence oldest) const {
  if (oldest == Sequence() || !reader_) return std::nullopt;
  if (oldest_.first != oldest) {
    const auto page = reader_->read(Sequence(oldest.value() - 1), 1, 1);
    if (!page || page->empty()) return std::nullopt;
    oldest_ = {oldest, page->front().recorded};
  }
  return oldest_.second;
}

Result<void> Outputs::start(std::vector<InheritedSocket> inherited) {
  inherited_ = std::move(inherited);
  auto reader = JournalReader::open(state_dir_);
  if (!reader) return reader.error();
  reader_ = std::move(*reader);
  history_ = std::make_unique<History>(*reader_);
  for (const OutputConfig& config : configured_) {
    if (auto started = start_one(config); !started) return started.error();
  }
  if (auto started = start_http(http_config_); !started) return started;
  for (const InheritedSocket& socket : inherited_) {
    log_warn("output", "no output is configured for a socket that was handed over",
             {{"bound_to", socket.bound_to}, {"name", socket.name}});
  }
  return {};
}

void Outputs::take(std::vector<Record> records) {
  std::vector<SharedEvent> events;
  events.reserve(records.size());
  for (const Record& record : records) {
    if (auto event = make_emitted(record)) {
      events.push_back(std::move(*event));
    } else {  // it is in the journal; consumers meet it there and are told of the gap
      log_error("output", "an event cannot be assembled",
                {{"sequence", record.sequence.value()}, {"error", event.error().message()}});
    }
  }
  tail_.append(events);
  if (!records.empty()) tail_.advance(records.back().sequence);
}

void Outputs::apply(const Config& config) {
  fetch_config_ = config.fetch;
  if (poster_) poster_->set_options(fetch_options(fetch_config_));
  if (config.http != http_config_) {  // its clients come again where they were: what they have says where
    if (auto started = start_http(config.http); !started)
      log_error("serve", "the HTTP server cannot be started", {{"error", started.error().message()}});
  } else if (http_) {
    if (auto loaded = http_->reload_certificate(); !loaded)
      log_error("serve", "the certificate cannot be taken up, the old one stays",
                {{"error", loaded.error().message()}});
  }
  const auto stays = [&](const OutputConfig& one) {
    return std::find(config.outputs.begin(), config.outputs.end(), one) != config.outputs.end();
  };
  const auto leaving = std::stable_partition(running_.begin(), running_.end(),
                                             [&](const Running& running) { return stays(running.config); });
  for (auto it = leaving; it != running_.end(); ++it) {
    Output* output = it->output.get();
    leaving_.push_back(std::move(it->output));
    output->stop(kLeaveWithin, [this, output] {
      boost::asio::post(io_, [this, output] {  // not from within its own call
        std::erase_if(leaving_, [&](const std::unique_ptr<Output>& left) { return left.get() == output; });
      });
    });
  }
  running_.erase(leaving, running_.end());
  for (const Running& running : running_) {
    if (auto renewed = running.output->renew_certificate(); !renewed)
      log_error("output", "the certificate cannot be taken up, the old one stays",
                {{"output", running.output->name()}, {"error", renewed.error().message()}});
  }

  for (const OutputConfig& wanted : config.outputs) {
    const bool runs =
        std::any_of(running_.begin(), running_.end(), [&](const Running& r) { return r.config == wanted; });
    if (runs) continue;
    if (auto started = start_one(wanted); !started) {
      log_error("output", "an output cannot be started",
                {{"output", wanted.name}, {"error", started.error().message()}});
    }
  }
}

void Outputs::reopen() {
  for (const Running& running : running_) running.output->reopen();
}

void Outputs::stop(std::chrono::milliseconds within, std::function<void()> done) {
  auto open = std::make_shared<std::size_t>(running_.size() + (http_ ? 1 : 0));
  if (*open == 0) return boost::asio::post(io_, std::move(done));
  const auto one_done = [open, done] {
    if (--*open == 0) done();
  };
  for (const Running& running : running_) running.output->stop(within, one_done);
  if (http_) http_->stop(within, one_done);
}

}  // namespace newsd
