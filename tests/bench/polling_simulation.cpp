// Polling in virtual time: thousands of feeds for a month, adaptive and at a fixed interval.
//   polling_simulation [FEEDS [DAYS [SEED]]]
// "as often" is the fixed interval that makes as many polls as the adaptive pace.
// The world: publishing rates are log-normal around three entries a day (one a month to two hundred a day), most of it
// in the feed's own daytime; a feed shows 10 to 60 entries; five of six give validators; an answer is 1.2 KB an entry
// (compressed) and 0.4 KB of header, a 304 the header alone. What an entry's delay is: from its publication to the poll
// that found it. An entry is missed when it left the feed unseen.
#include "feeds/source/feed_intake.h"
#include "tests/support/fake_sink.h"
#include "tests/support/scripted_fetcher.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>

namespace newsd {
namespace {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double kHeaderBytes = 400, kEntryBytes = 1200;

/// When a feed publishes, what it shows.
struct Publisher {
  std::vector<Instant> entries;  // in order
  std::size_t window = 20;
  bool has_validators = true;
  std::size_t seen = 0;  // entries found or missed
};

Publisher publisher(std::mt19937_64& random, Instant start, double days) {
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
      made.entries.push_back(start + std::chrono::duration_cast<Instant::duration>(Hours(hour)));
  }
  return made;
}

struct Figures {
  std::uint64_t polls = 0, unchanged = 0, found = 0, missed = 0;
  double bytes = 0;
  std::vector<float> delays;  // minutes
};

class World {
 public:
  World(std::size_t feeds, double days, std::uint64_t seed) : days_(days) {
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < feeds; ++i)
      publishers_.emplace(fmt::format("https://host{}.example/feed", i), publisher(random, kStart, days));
  }

  Figures run(std::optional<std::chrono::milliseconds> interval) {
    for (auto& [url, p] : publishers_)  // what is there at the start is neither found nor missed
      p.seen =
          static_cast<std::size_t>(std::upper_bound(p.entries.begin(), p.entries.end(), kStart) - p.entries.begin());
    Figures figures;
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

 private:
  std::size_t published(const Publisher& p) const {
    return static_cast<std::size_t>(std::upper_bound(p.entries.begin(), p.entries.end(), now_) - p.entries.begin());
  }

  Result<FetchAnswer> answer(const FetchRequest& request, Figures& figures) {
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

  void record(FakeSink& sink, std::size_t i, Figures& figures) {
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

  static constexpr Instant kStart{std::chrono::milliseconds(1'767'225'600'000)};  // 2026-01-01
  std::map<std::string, Publisher> publishers_;
  double days_;
  Instant now_ = kStart;
};

void print(std::string_view name, Figures figures, std::size_t feeds, double days) {
  std::sort(figures.delays.begin(), figures.delays.end());
  const auto at = [&](double share) {
    return figures.delays.empty()
               ? 0
               : figures.delays[static_cast<std::size_t>(share * static_cast<double>(figures.delays.size() - 1))];
  };
  double sum = 0;
  for (const float delay : figures.delays) sum += static_cast<double>(delay);
  fmt::print(
      "{:<10} {:>11} polls ({:.1f} a feed and day), {:.0f} % unchanged, {:.2f} GB, {} found, {} missed, delay mean "
      "{:.1f} min, median {:.1f}, p90 {:.1f}, p99 {:.1f}\n",
      name, figures.polls, static_cast<double>(figures.polls) / static_cast<double>(feeds) / days,
      100.0 * static_cast<double>(figures.unchanged) / static_cast<double>(figures.polls), figures.bytes / 1e9,
      figures.found, figures.missed, sum / static_cast<double>(std::max<std::size_t>(figures.delays.size(), 1)),
      at(0.5), at(0.9), at(0.99));
}

}  // namespace
}  // namespace newsd

int main(int argc, char** argv) {
  const std::size_t feeds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  const double days = argc > 2 ? std::strtod(argv[2], nullptr) : 30;
  const std::uint64_t seed = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
  newsd::World world(feeds, days, seed);
  fmt::print("{} feeds, {} days, seed {}\n", feeds, days, seed);
  const newsd::Figures adaptive = world.run(std::nullopt);
  const double as_often = days * 86'400'000 * static_cast<double>(feeds) / static_cast<double>(adaptive.polls);
  newsd::print("adaptive", adaptive, feeds, days);
  newsd::print("15 minutes", world.run(std::chrono::minutes(15)), feeds, days);
  newsd::print("as often", world.run(std::chrono::milliseconds(static_cast<std::int64_t>(as_often))), feeds, days);
  return 0;
}
