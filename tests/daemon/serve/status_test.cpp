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
  CHECK(leaves["journal.last"] == "00000000000000000041");
  CHECK(leaves["outputs.0.lag"] == "1");
  CHECK_FALSE(leaves.contains("outputs.0.trouble"));
  CHECK(leaves["outputs.1.trouble"] == "the receiver answered 503");
  CHECK(leaves["outputs.1.failures"] == "3");
  CHECK(leaves["outputs.1.deadLetters"] == "2");
  CHECK(leaves["consumers.0.name"] == "indexer");
  CHECK(leaves["ready"] == "true");
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
    const std::string suffix = type == "counter" ? "_total" : type == "info" ? "_info" : "";
    CHECK(line.starts_with(family + suffix));
    const char after = line[(family + suffix).size()];
    CHECK((after == ' ' || after == '{'));
  }
  CHECK(families.contains("newsd_inputs_unaccounted"));
  CHECK(text.find("newsd_articles_total{outcome=\"new\"} 5\n") != std::string::npos);
  CHECK(text.find("newsd_output_lag_events{output=\"unix:/run/\\\"odd\\\\name\\\"\"} 1\n") != std::string::npos);
}
