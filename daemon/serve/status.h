// DaemonStatus: how the daemon is, as `/status` (JSON) and `/metrics` (OpenMetrics) tell it. Values gathered by the
// daemon on the I/O thread; writing them down is pure.
#pragma once

#include "daemon/pipeline/pipeline.h"
#include "feeds/source/feed_hubs.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// An output, or a named consumer of one: how far it has come.
struct ReaderStatus {
  std::string name;
  Sequence position;
  std::uint64_t lag = 0;           ///< events recorded and not yet handed on, or not acknowledged
  std::string trouble{};           ///< why it waits or has stopped; empty: it does not
  std::uint64_t failures = 0;      ///< requests of a webhook that were not taken
  std::uint64_t dead_letters = 0;  ///< events that its receiver refused for good
};

struct DaemonStatus {
  std::string version, source;
  Instant started, now;
  bool is_ready = false;      ///< takes news in
  bool is_disk_full = false;  ///< has stopped taking news in until there is room
  unsigned workers = 0;
  std::size_t drops = 0, feeds = 0;
  std::map<std::string_view, std::size_t> standings;  ///< how many feeds stand how (feed_standing.h)
  HubCounts hubs;
  std::size_t pages_waiting = 0;  ///< entries of feeds whose page has not come
  PipelineCounts counts;
  PlacerLoad placing;
  LearningLoad learning;
  std::vector<std::pair<std::string_view, LatencyCounts>> stages;  ///< of StageTimes
  LatencyCounts latency;                                           ///< StageTimes::whole
  Sequence last, oldest;                                           ///< of the journal
  std::optional<Instant> oldest_time;  ///< when the oldest event became durable; nothing: there is none
  std::uint64_t journal_bytes = 0;
  std::uint64_t tail_bytes = 0;  ///< of recent events in memory
  std::vector<ReaderStatus> outputs, consumers;
  std::size_t http_clients = 0;
};

/// Inputs that came in and are neither done, quarantined nor in flight: 0, or newsd has lost count.
std::int64_t unaccounted(const PipelineCounts& counts);

std::string status_json(const DaemonStatus& status);
/// OpenMetrics 1.0 text. Counters of inputs, articles, duplicates and events are the journal's and go on over restarts;
/// histograms and what is told of outputs count since the start.
std::string metrics_text(const DaemonStatus& status);
inline constexpr std::string_view kMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

}  // namespace newsd
