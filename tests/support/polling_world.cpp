#include "tests/support/polling_world.h"

#include "tests/support/scripted_fetcher.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace newsd {
namespace {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double kHeaderBytes = 400, kEntryBytes = 1200;
constexpr Instant kStart{std::chrono::milliseconds(1'767'225'600'000)};  // 2026-01-01

}  // namespace

double PollingFigures::mean_delay() const {
  return delays.empty() ? 0 : std::accumulate(delays.begin(), delays.end(), 0.0) / static_cast<double>(delays.size());
}

PollingWorld::PollingWorld(std::size_t feeds, double days, std::uint64_t seed) : days_(days), now_(kStart) {
  std::mt19937_64 random(seed);
  for (std::size_t i = 0; i < feeds; ++i)
    publishers_.emplace(fmt::format("https://host{}.example/feed", i), publisher(random, days));
}

PollingWorld::Publisher PollingWorld::publisher(std::mt19937_64& random, double days) {
  Publisher made;
  const double a_day =
      std::clamp(std::exp(std::normal_distribution<double>(std::log(3.0), 1.6)(random)), 1.0 / 30, 200.0);
  const double noon = std::uniform_real_distribution<double>(0, 24)(random);
  made.window = std::uniform_int_distribution<std::size_t>(10, 60)(random);
  made.has_validators = std::uniform_int_distribution<int>(0, 5)(random) != 0;
  const double most_an_hour = a_day / 24 * 2;
  std::exponential_distribution<double> gap(most_an_hour);
  for (double hour = -24 * 14 + gap(random); hour < days * 24; hour += gap(random)) {  // thinned: Lewis, Shedler 1979
    const double daytime = (1 + std::cos((hour - noon) / 24 * 2 * M_PI)) / 2;
    if (std::uniform_real_distribution<double>(0, 1)(random) < daytime)
      made.entries.push_back(kStart + std::chrono::duration_cast<Instant::duration>(Hours(hour)));
  }
  return made;
}

PollingFigures PollingWorld::run(std::optional<std::chrono::milliseconds> interval) {
  for (auto& [url, p] : publishers_)  // what is there at the start is neither found nor missed
    p.seen = static_cast<std::size_t>(std::upper_bound(p.entries.begin(), p.entries.end(), kStart) - p.entries.begin());
  PollingFigures figures;
  now_ = kStart;
  FakeSink sink;
  ScriptedFetcher fetcher(
      [&](const FetchRequest& request, int) -> Result<FetchAnswer> { return answer(request, figures); });
  FeedPollerOptions options;
  options.clock = [this] { return now_; };
  auto intake = std::make_shared<FeedIntake>(sink, fetcher, options, std::vector<RememberedFeed>{}, [] {});
  std::vector<FeedSubscription> all;
  for (const auto& [url, p] : publishers_) all.push_back({url, {}, interval, {}});
  intake->subscribe(all);
  const Instant end = kStart + std::chrono::duration_cast<Instant::duration>(Hours(days_ * 24));
  while (now_ < end) {
    intake->tick();
    while (fetcher.answer_all()) {
      for (std::size_t i = 0; i < sink.delivered.size(); ++i) record(sink, i, figures);
      sink = FakeSink();
    }
    fetcher.asked.clear();
    sink.saved.clear();
    now_ = std::max(intake->next_due().value_or(end), now_ + std::chrono::milliseconds(1));
  }
  intake->stop();
  return figures;
}

std::size_t PollingWorld::published(const Publisher& p) const {
  return static_cast<std::size_t>(std::upper_bound(p.entries.begin(), p.entries.end(), now_) - p.entries.begin());
}

Result<FetchAnswer> PollingWorld::answer(const FetchRequest& request, PollingFigures& figures) {
  const Publisher& p = publishers_.at(request.url);
  const std::string tag = std::to_string(published(p));
  ++figures.polls;
  figures.bytes += kHeaderBytes;
  if (p.has_validators && request.validators.etag == tag) {
    ++figures.unchanged;
    return scripted_answer(304);
  }
  figures.bytes += kEntryBytes * static_cast<double>(std::min(p.window, published(p)));
  const std::string etag = "ETag: " + tag;
  return p.has_validators ? scripted_answer(200, {etag}, "x") : scripted_answer(200, {}, "x");
}

void PollingWorld::record(FakeSink& sink, std::size_t i, PollingFigures& figures) {
  const FeedPoll& poll = *sink.delivered[i].arrival.poll;
  Publisher& p = publishers_.at(poll.feed);
  const std::size_t all = published(p), oldest = all - std::min(all, p.window);
  PollOutcome outcome = poll.outcome;
  outcome.shown = static_cast<std::uint32_t>(all - oldest);
  for (std::size_t n = oldest; n < all; ++n) outcome.published.push_back(p.entries[n]);
  if (p.seen < oldest) figures.missed += oldest - p.seen;
  for (std::size_t n = std::max(p.seen, oldest); n < all; ++n) {
    ++outcome.fresh;
    ++figures.found;
    figures.delays.push_back(static_cast<float>(Hours(now_ - p.entries[n]).count() * 60));
  }
  p.seen = all;
  Settled settled = settle(poll.before, outcome, poll.rules, poll.feed, now_);
  Outcome done;
  done.feed = std::make_shared<const FeedUpdate>(
      FeedUpdate{poll.feed, {}, std::move(settled.state), std::nullopt, std::move(settled.notices)});
  sink.ack(i, done);
}

}  // namespace newsd
