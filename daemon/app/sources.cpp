#include "daemon/app/sources.h"

#include "daemon/ops/clock.h"
#include "daemon/ops/log.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

WhenDone when_done(DropConfig::Done done) {
  switch (done) {
    case DropConfig::Done::Move: return WhenDone::Move;
    case DropConfig::Done::Delete: return WhenDone::Delete;
    case DropConfig::Done::Keep: return WhenDone::Keep;
  }
  return WhenDone::Move;
}

void log_notice(const SourceNotice& notice) {
  if (notice.kind == SourceNotice::Kind::Recovered) {
    log_info("source", "well again", {{"code", notice.error.code}, {"where", notice.error.where}});
  } else {
    log_warn("source", notice.error.text, {{"code", notice.error.code}, {"where", notice.error.where}});
  }
}

}  // namespace

Sources::Sources(boost::asio::io_context& io, Sink& sink, const Config& config) : io_(io), sink_(sink) {
  for (const DropConfig& drop : config.drops) watched_.push_back(watched(drop, config.limits.max_bytes));
}

Sources::Watched Sources::watched(const DropConfig& drop, std::uint64_t max_bytes) {
  DropOptions options;
  options.path = drop.path.string();
  options.input = drop.name;
  options.done = when_done(drop.done);
  options.settle = drop.settle;
  options.max_bytes = max_bytes;
  options.forced = drop.format;
  options.clock = system_clock();
  options.tell = log_notice;
  return {drop, max_bytes, std::make_unique<DropDirectory>(io_, sink_, std::move(options))};
}

void Sources::poll_feeds(const Config& config, RememberedPolling remembered, bool once) {
  feeds_ = std::make_unique<FeedPolling>(io_, sink_, config, std::move(remembered), once);
}

void Sources::read_stdin(Format forced, std::uint64_t max_bytes) {
  StdinOptions options;
  options.forced = forced;
  options.max_bytes = max_bytes;
  options.clock = system_clock();
  options.tell = log_notice;
  stdin_ = std::make_unique<StdinSource>(io_, sink_, std::move(options));
}

void Sources::when_drained(std::function<void()> drained) {
  const std::size_t sources = watched_.size() + (feeds_ ? 1 : 0) + (stdin_ ? 1 : 0);
  auto open = std::make_shared<std::size_t>(sources);
  const auto one_less = [open, drained] {
    if (--*open == 0) drained();
  };
  if (sources == 0) return drained();
  for (const Watched& watched : watched_) watched.directory->when_drained(one_less);
  if (feeds_) feeds_->when_drained(one_less);
  if (stdin_) stdin_->when_drained(one_less);
}

void Sources::start() {
  for (const Watched& watched : watched_) watched.directory->start();
  if (feeds_) feeds_->start();
  if (stdin_) stdin_->start();
}

void Sources::apply(const Config& config) {
  if (feeds_) feeds_->apply(config);
  const auto same = [&](const Watched& now, const DropConfig& wanted) {
    return now.config == wanted && now.max_bytes == config.limits.max_bytes;
  };
  const auto stays = [&](const Watched& now) {
    return std::any_of(config.drops.begin(), config.drops.end(), [&](const DropConfig& d) { return same(now, d); });
  };
  const auto leaving = std::stable_partition(watched_.begin(), watched_.end(), stays);
  for (auto it = leaving; it != watched_.end(); ++it) it->directory->stop();
  watched_.erase(leaving, watched_.end());  // acknowledgements of what it delivered are still honoured

  for (const DropConfig& wanted : config.drops) {
    if (std::any_of(watched_.begin(), watched_.end(), [&](const Watched& now) { return same(now, wanted); })) continue;
    watched_.push_back(watched(wanted, config.limits.max_bytes));
    watched_.back().directory->start();
  }
}

std::vector<FeedStanding> Sources::feeds() const { return feeds_ ? feeds_->standings() : std::vector<FeedStanding>(); }

void Sources::stop() {
  for (const Watched& watched : watched_) watched.directory->stop();
  if (feeds_) feeds_->stop();
  if (stdin_) stdin_->stop();
}

}  // namespace newsd
