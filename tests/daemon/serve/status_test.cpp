#include "daemon/serve/status.h"

#include "daemon/event/json_walk.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace newsd;

namespace {

DaemonStatus sample() {
  DaemonStatus status;
  status.version = "0.1";
  status.source = "newsd://host/main";
  status.started = *parse_rfc3339("2026-11-22T06:00:00Z");
  status.now = *parse_rfc3339("2026-11-22T06:00:10Z");
  status.is_ready = true;
  status.counts.inputs = 10;
  status.counts.done = 6;
  status.counts.quarantined = 1;
  status.counts.in_flight = 3;
  status.counts.articles_new = 5;
  status.counts.duplicates[static_cast<std::size_t>(DuplicateKind::Near)] = 2;
  status.oldest_time = *parse_rfc3339("2026-11-22T05:00:10Z");
  LatencyHistogram took;
  for (const int ms : {1, 3, 3, 90'000}) took.observe(std::chrono::milliseconds(ms));
  status.stages = {{"read", took.counts()}};
  status.latency = took.counts();
  status.counts.in_flight_bytes = 4711;
  status.standings = {{"ok", 3}, {"failing", 1}};
  status.pages_waiting = 7;
  status.learning = {2, 15};
  status.last = Sequence(41);
  status.oldest = Sequence(2);
  status.outputs = {{"unix:/run/\"odd\\name\"", Sequence(40), 1},
                    {"webhook:https://hooks.example", Sequence(35), 6, "the receiver answered 503", 3, 2}};
  status.consumers = {{"indexer", Sequence(30), 11}};
  return status;
}

}  // namespace

TEST_CASE("status is JSON that says how far everybody is") {
  std::map<std::string, std::string> leaves;
  REQUIRE(walk_json(status_json(sample()), [&](const JsonLeaf& leaf) { leaves[std::string(leaf.path)] = leaf.text; }));
  CHECK(leaves["inputs.taken"] == "10");
  CHECK(leaves["inputs.unaccounted"] == "0");
  CHECK(leaves["sources.feedStates.failing"] == "1");
  CHECK(leaves["sources.pagesWaiting"] == "7");
  CHECK(leaves["inputs.inFlightBytes"] == "4711");
  CHECK(leaves["journal.last"] == "00000000000000000041");
  CHECK(leaves["outputs.0.lag"] == "1");
  CHECK_FALSE(leaves.contains("outputs.0.trouble"));
  CHECK(leaves["outputs.1.trouble"] == "the receiver answered 503");
  CHECK(leaves["outputs.1.failures"] == "3");
  CHECK(leaves["outputs.1.deadLetters"] == "2");
  CHECK(leaves["consumers.0.name"] == "indexer");
  CHECK(leaves["ready"] == "true");
  CHECK(leaves["duplicates.near"] == "2");
  CHECK(leaves["times.bounds.3"] == "0.001");
  CHECK(leaves["times.latency.counts.3"] == "1");
  CHECK(leaves["times.latency.counts.5"] == "2");
  CHECK(leaves["times.latency.counts.16"] == "1");
  CHECK_FALSE(leaves.contains("times.bounds.16"));
  CHECK(leaves["times.stages.read.seconds"] == "90.007");
}

TEST_CASE("inputs that nobody accounts for show, whichever way") {
  DaemonStatus status = sample();
  CHECK(unaccounted(status.counts) == 0);
  status.counts.inputs = 12;
  CHECK(unaccounted(status.counts) == 2);
  CHECK(metrics_text(status).find("newsd_inputs_unaccounted 2\n") != std::string::npos);
  status.counts.inputs = 9;
  CHECK(metrics_text(status).find("newsd_inputs_unaccounted -1\n") != std::string::npos);
}

TEST_CASE("a histogram counts up to each bound, and everything in the last bucket") {
  const std::string text = metrics_text(sample());
  const auto has = [&](const std::string& line) {
    CAPTURE(line);
    CHECK(text.find("\n" + line + "\n") != std::string::npos);
  };
  has("newsd_stage_seconds_bucket{stage=\"read\",le=\"0.0005\"} 0");
  has("newsd_stage_seconds_bucket{stage=\"read\",le=\"0.001\"} 1");
  has("newsd_stage_seconds_bucket{stage=\"read\",le=\"0.005\"} 3");
  has("newsd_stage_seconds_bucket{stage=\"read\",le=\"60.0\"} 3");
  has("newsd_stage_seconds_bucket{stage=\"read\",le=\"+Inf\"} 4");
  has("newsd_stage_seconds_count{stage=\"read\"} 4");
  has("newsd_stage_seconds_sum{stage=\"read\"} 90.007");
  has("newsd_latency_seconds_bucket{le=\"+Inf\"} 4");
  has("newsd_latency_seconds_count 4");
}

TEST_CASE("queues, feeds, what waits for its page and what was learned are metrics") {
  const std::string text = metrics_text(sample());
  for (const char* sample : {"\nnewsd_queue_bytes 4711\n", "\nnewsd_feeds{state=\"ok\"} 3\n",
                             "\nnewsd_feeds{state=\"failing\"} 1\n", "\nnewsd_feeds{state=\"gone\"} 0\n"})
    CHECK(text.find(sample) != std::string::npos);
  for (const char* sample :
       {"\nnewsd_feed_pages_waiting 7\n", "\nnewsd_learned_sources 2\n", "\nnewsd_learned_lines 15\n"})
    CHECK(text.find(sample) != std::string::npos);
}

TEST_CASE("metrics are OpenMetrics: each family has type and help before its samples, and the end is told") {
  const std::string text = metrics_text(sample());
  CHECK(text.ends_with("# EOF\n"));
  std::istringstream lines(text);
  std::set<std::string> families;
  std::string family, type;
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    if (line == "# EOF") break;
    std::istringstream words(line);
    std::string mark, keyword, name;
    if (line.starts_with("# TYPE ")) {
      words >> mark >> keyword >> family >> type;
      CHECK(families.insert(family).second);
      continue;
    }
    if (line.starts_with("# HELP ")) {
      words >> mark >> keyword >> name;
      CHECK(name == family);
      continue;
    }
    std::string suffix = type == "counter" ? "_total" : type == "info" ? "_info" : "";
    if (type == "histogram") {
      suffix = line.substr(family.size(), line.find_first_of("{ ") - family.size());
      CHECK((suffix == "_bucket" || suffix == "_count" || suffix == "_sum"));
    }
    CHECK(line.starts_with(family + suffix));
    const char after = line[(family + suffix).size()];
    CHECK((after == ' ' || after == '{'));
  }
  CHECK(families.contains("newsd_inputs_unaccounted"));
  CHECK(text.find("newsd_duplicates_total{kind=\"near\"} 2\n") != std::string::npos);
  CHECK(text.find("newsd_journal_age_seconds 3600\n") != std::string::npos);
  CHECK(text.find("newsd_articles_total{outcome=\"new\"} 5\n") != std::string::npos);
  CHECK(text.find("newsd_output_lag_events{output=\"unix:/run/\\\"odd\\\\name\\\"\"} 1\n") != std::string::npos);
}
