// A world of publishers in virtual time, polled by a FeedIntake: how often it asks, what it transfers, what it misses,
// how late it finds what was published. One thread, no network, no sleep; the same seed gives the same figures.
//
// Publishing rates are log-normal around three entries a day (one a month to two hundred a day), most of it in the
// feed's own daytime; a feed shows 10 to 60 entries; five of six give validators; an answer is 1.2 KB an entry
// (compressed) and 0.4 KB of header, a 304 the header alone. What an entry's delay is: from its publication to the poll
// that found it. An entry is missed when it left the feed unseen.
#pragma once

#include "feeds/source/feed_intake.h"
#include "tests/support/fake_sink.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace newsd {

struct PollingFigures {
  std::uint64_t polls = 0, unchanged = 0, found = 0, missed = 0;
  double bytes = 0;
  std::vector<float> delays;  ///< minutes, in no order

  /// Minutes.
  double mean_delay() const;
};

class PollingWorld {
 public:
  PollingWorld(std::size_t feeds, double days, std::uint64_t seed);

  /// Polls every feed from the first day to the last: at a fixed interval, or adaptively.
  PollingFigures run(std::optional<std::chrono::milliseconds> interval);

 private:
  /// When a feed publishes, what it shows.
  struct Publisher {
    std::vector<Instant> entries;  ///< in order
    std::size_t window = 20;
    bool has_validators = true;
    std::size_t seen = 0;  ///< entries found or missed
  };

  static Publisher publisher(std::mt19937_64& random, double days);
  std::size_t published(const Publisher& p) const;
  Result<FetchAnswer> answer(const FetchRequest& request, PollingFigures& figures);
  void record(FakeSink& sink, std::size_t i, PollingFigures& figures);

  std::map<std::string, Publisher> publishers_;
  double days_;
  Instant now_;
};

}  // namespace newsd
