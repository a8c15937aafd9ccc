#include "daemon/serve/status.h"

#include "daemon/event/json_text.h"
#include "daemon/serve/feed_standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iterator>

namespace newsd {
namespace {

void write_count(JsonText& json, std::string_view key, std::uint64_t count) { json.key(key).integer(count); }

void write_readers(JsonText& json, std::string_view key, const std::vector<ReaderStatus>& readers) {
  json.key(key).begin_array();
  for (const ReaderStatus& reader : readers) {
    json.begin_object().member("name", reader.name).member("position", digits_of(reader.position));
    json.key("lag").integer(reader.lag).member_if("trouble", reader.trouble);
    if (reader.failures > 0) json.key("failures").integer(reader.failures);
    if (reader.dead_letters > 0) json.key("deadLetters").integer(reader.dead_letters);
    json.end_object();
  }
  json.end_array();
}

void write_hubs(JsonText& json, const HubCounts& hubs) {
  json.key("webSub").begin_object();
  write_count(json, "active", hubs.active);
  write_count(json, "asked", hubs.asked);
  write_count(json, "refused", hubs.refused);
  write_count(json, "leaving", hubs.leaving);
  write_count(json, "taken", hubs.taken);
  write_count(json, "forged", hubs.forged);
  write_count(json, "turnedAway", hubs.turned_away);
  write_count(json, "missed", hubs.missed);
  json.end_object();
}

/// How often something took how long: so many times more than the bound before and up to this one; the last has none.
void write_histogram(JsonText& json, std::string_view key, const LatencyCounts& counts) {
  json.key(key).begin_object().key("seconds").decimal(std::chrono::duration<double>(counts.sum).count());
  json.key("counts").begin_array();
  for (const std::uint64_t count : counts.buckets) json.integer(count);
  json.end_array().end_object();
}

void write_times(JsonText& json, const DaemonStatus& status) {
  json.key("times").begin_object().key("bounds").begin_array();
  for (const LatencyBound& bound : kLatencyBounds) json.raw(bound.seconds);
  json.end_array();
  write_histogram(json, "latency", status.latency);
  json.key("stages").begin_object();
  for (const auto& [stage, counts] : status.stages) write_histogram(json, stage, counts);
  json.end_object().end_object();
}

/// What stands between the quotes of a label.
std::string label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

double seconds(Instant t) { return static_cast<double>(t.time_since_epoch().count()) / 1000; }

/// Writes families one after the other, each with its type and its help before its samples.
class Metrics {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    suffix_ = type == "counter" ? "_total" : type == "info" ? "_info" : "";
    fmt::format_to(std::back_inserter(text_), "# TYPE {} {}\n# HELP {} {}\n", name, type, name, help);
  }
  template <class Number>
  void sample(Number value, std::string_view labels = {}) {
    const std::string_view open = labels.empty() ? "" : "{", close = labels.empty() ? "" : "}";
    fmt::format_to(std::back_inserter(text_), "{}{}{}{}{} {}\n", name_, suffix_, open, labels, close, value);
  }
  void gauge(std::string_view name, std::string_view help, std::uint64_t value) {
    family(name, "gauge", help);
    sample(value);
  }
  /// figure: what is told of each reader, a number.
  template <class Figure>
  void readers(std::string_view name, std::string_view type, std::string_view help, std::string_view key,
               const std::vector<ReaderStatus>& readers, Figure figure) {
    family(name, type, help);
    for (const ReaderStatus& reader : readers)
      sample(std::invoke(figure, reader), fmt::format("{}=\"{}\"", key, label(reader.name)));
  }
  /// One series of a histogram's family. labels: those beside `le`.
  void histogram(const LatencyCounts& counts, std::string_view labels = {}) {
    const auto out = std::back_inserter(text_);
    const std::string_view comma = labels.empty() ? "" : ",";
    std::uint64_t up_to = 0;
    for (std::size_t i = 0; i < counts.buckets.size(); ++i) {
      up_to += counts.buckets[i];
      const std::string_view bound = i < kLatencyBounds.size() ? kLatencyBounds[i].seconds : "+Inf";
      fmt::format_to(out, "{}_bucket{{{}{}le=\"{}\"}} {}\n", name_, labels, comma, bound, up_to);
    }
    const std::string braced = labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
    fmt::format_to(out, "{}_count{} {}\n", name_, braced, up_to);
    fmt::format_to(out, "{}_sum{} {}\n", name_, braced, std::chrono::duration<double>(counts.sum).count());
  }
  std::string take() { return std::move(text_) + "# EOF\n"; }

 private:
  std::string_view name_, suffix_;
  std::string text_;
};

void write_times(Metrics& metrics, const DaemonStatus& status) {
  metrics.family("newsd_stage_seconds", "histogram",
                 "Time of an input until a worker takes it (wait) and while it is read and labelled (read), of a batch "
                 "while it is placed (place) and until it is durable (record).");
  for (const auto& [stage, counts] : status.stages) metrics.histogram(counts, fmt::format("stage=\"{}\"", stage));
  metrics.family("newsd_latency_seconds", "histogram", "From the receipt of an input until outputs have its event.");
  metrics.histogram(status.latency);
}

void write_outputs(Metrics& metrics, const std::vector<ReaderStatus>& outputs) {
  metrics.readers("newsd_output_lag_events", "gauge",
                  "Events recorded and not yet handed on, of several clients the slowest's.", "output", outputs,
                  &ReaderStatus::lag);
  metrics.readers("newsd_output_waiting", "gauge", "1 while an output cannot go on.", "output", outputs,
                  [](const ReaderStatus& output) { return output.trouble.empty() ? 0 : 1; });
  metrics.readers("newsd_output_failures", "counter", "Requests of a webhook that were not taken.", "output", outputs,
                  &ReaderStatus::failures);
  metrics.readers("newsd_output_dead_letters", "counter", "Events that a webhook's receiver refused for good.",
                  "output", outputs, &ReaderStatus::dead_letters);
}

void write_inputs(Metrics& metrics, const PipelineCounts& counts) {
  metrics.family("newsd_inputs", "counter", "Inputs taken from sources since the journal's beginning.");
  metrics.sample(counts.inputs);
  metrics.family("newsd_input_outcomes", "counter", "What became of inputs since the journal's beginning.");
  metrics.sample(counts.done, "outcome=\"done\"");
  metrics.sample(counts.quarantined, "outcome=\"quarantined\"");
  metrics.gauge("newsd_inputs_in_flight", "Inputs taken whose events are not durable yet.", counts.in_flight);
  metrics.gauge("newsd_queue_bytes", "Of those inputs, with what each costs beside.", counts.in_flight_bytes);
  metrics.family("newsd_inputs_unaccounted", "gauge", "Inputs less outcomes less those in flight: must be 0.");
  metrics.sample(unaccounted(counts));
  metrics.family("newsd_articles", "counter",
                 "Articles since the journal's beginning, by what they were recognised as.");
  metrics.sample(counts.articles_new, "outcome=\"new\"");
  metrics.sample(counts.updated, "outcome=\"updated\"");
  metrics.sample(counts.duplicate, "outcome=\"duplicate\"");
  metrics.sample(counts.rejected, "outcome=\"rejected\"");
  metrics.sample(counts.withdrawn, "outcome=\"withdrawn\"");
  metrics.family("newsd_duplicates", "counter", "Duplicates by what they were recognised by.");
  for (std::size_t kind = 0; kind < counts.duplicates.size(); ++kind)
    metrics.sample(counts.duplicates[kind], fmt::format("kind=\"{}\"", to_string(static_cast<DuplicateKind>(kind))));
  metrics.family("newsd_feed_entries_unchanged", "counter", "Entries that feeds showed again as they were.");
  metrics.sample(counts.unchanged);
  metrics.family("newsd_events", "counter", "Events recorded.");
  metrics.sample(counts.events);
}

void write_feeds(Metrics& metrics, const std::map<std::string_view, std::size_t>& standings) {
  metrics.family("newsd_feeds", "gauge", "Feeds by how they stand.");
  for (const std::string_view standing : kStandings) {
    const auto found = standings.find(standing);
    metrics.sample(found == standings.end() ? 0 : found->second, fmt::format("state=\"{}\"", standing));
  }
}

void write_hubs(Metrics& metrics, const HubCounts& hubs) {
  metrics.family("newsd_websub_subscriptions", "gauge", "Subscriptions at hubs by how they stand.");
  metrics.sample(hubs.active, "state=\"active\"");
  metrics.sample(hubs.asked, "state=\"asked\"");
  metrics.sample(hubs.refused, "state=\"refused\"");
  metrics.sample(hubs.leaving, "state=\"leaving\"");
  metrics.family("newsd_websub_contents", "counter",
                 "What hubs sent: taken, forged (not signed by the hub), turned away for want of room.");
  metrics.sample(hubs.taken, "outcome=\"taken\"");
  metrics.sample(hubs.forged, "outcome=\"forged\"");
  metrics.sample(hubs.turned_away, "outcome=\"turned_away\"");
  metrics.family("newsd_websub_missed", "counter", "Polls that found what a hub had left out.");
  metrics.sample(hubs.missed);
}

}  // namespace

std::int64_t unaccounted(const PipelineCounts& counts) {
  return static_cast<std::int64_t>(counts.inputs) -
         static_cast<std::int64_t>(counts.done + counts.quarantined + counts.in_flight);
}

std::string status_json(const DaemonStatus& status) {
  const PipelineCounts& counts = status.counts;
  JsonText json;
  json.begin_object().member("version", status.version).member("source", status.source);
  json.member("started", to_rfc3339(status.started)).member("now", to_rfc3339(status.now));
  json.key("ready").boolean(status.is_ready).key("diskFull").boolean(status.is_disk_full);
  write_count(json, "workers", status.workers);
  json.key("sources").begin_object();
  write_count(json, "drops", status.drops);
  write_count(json, "feeds", status.feeds);
  json.key("feedStates").begin_object();
  for (const auto& [standing, count] : status.standings) write_count(json, standing, count);
  json.end_object();
  write_count(json, "pagesWaiting", status.pages_waiting);
  write_hubs(json, status.hubs);
  json.end_object().key("inputs").begin_object();
  write_count(json, "taken", counts.inputs);
  write_count(json, "done", counts.done);
  write_count(json, "quarantined", counts.quarantined);
  write_count(json, "inFlight", counts.in_flight);
  write_count(json, "inFlightBytes", counts.in_flight_bytes);
  json.key("unaccounted").raw(fmt::to_string(unaccounted(counts))).end_object().key("articles").begin_object();
  write_count(json, "new", counts.articles_new);
  write_count(json, "updated", counts.updated);
  write_count(json, "duplicate", counts.duplicate);
  write_count(json, "rejected", counts.rejected);
  write_count(json, "withdrawn", counts.withdrawn);
  write_count(json, "unchanged", counts.unchanged);
  json.end_object().key("duplicates").begin_object();
  for (std::size_t kind = 0; kind < counts.duplicates.size(); ++kind)
    write_count(json, to_string(static_cast<DuplicateKind>(kind)), counts.duplicates[kind]);
  json.end_object();
  write_count(json, "events", counts.events);
  json.key("journal").begin_object().member("last", digits_of(status.last)).member("oldest", digits_of(status.oldest));
  write_count(json, "bytes", status.journal_bytes);
  json.end_object();
  write_times(json, status);
  write_readers(json, "outputs", status.outputs);
  write_readers(json, "consumers", status.consumers);
  json.key("http").begin_object();
  write_count(json, "clients", status.http_clients);
  return json.end_object().end_object().take();
}

std::string metrics_text(const DaemonStatus& status) {
  Metrics metrics;
  metrics.family("newsd_build", "info", "The program.");
  metrics.sample(1, fmt::format("version=\"{}\"", label(status.version)));
  metrics.family("newsd_start_time_seconds", "gauge", "When this daemon started, since 1970.");
  metrics.sample(seconds(status.started));
  metrics.gauge("newsd_ready", "1 while news is taken in.", status.is_ready ? 1 : 0);
  metrics.gauge("newsd_disk_full", "1 while newsd waits for room on the disk.", status.is_disk_full ? 1 : 0);
  write_inputs(metrics, status.counts);
  write_feeds(metrics, status.standings);
  metrics.gauge("newsd_feed_pages_waiting", "Entries of feeds whose page has not come.", status.pages_waiting);
  write_hubs(metrics, status.hubs);
  write_times(metrics, status);
  metrics.gauge("newsd_placing_texts_left_early", "Texts that left the window early for want of memory.",
                status.placing.left_early);
  metrics.gauge("newsd_placing_bytes", "What placing keeps in memory of texts and stories.",
                status.placing.text_bytes + status.placing.story_bytes);
  metrics.gauge("newsd_placing_spilled_bytes", "What placing keeps of them on the disk.", status.placing.spilled_bytes);
  metrics.gauge("newsd_learned_sources", "Sources of articles of which something is remembered.",
                status.learning.sources);
  metrics.gauge("newsd_learned_lines", "Lines that sources put into all their articles, and that are left out.",
                status.learning.lines);
  metrics.gauge("newsd_journal_last_sequence", "The last event's sequence.", status.last.value());
  metrics.gauge("newsd_journal_oldest_sequence", "The oldest event's sequence that is still kept.",
                status.oldest.value());
  metrics.gauge("newsd_journal_bytes", "The journal on the disk.", status.journal_bytes);
  metrics.family("newsd_journal_age_seconds", "gauge", "Since the oldest event that is still kept became durable.");
  metrics.sample(status.oldest_time ? std::max(seconds(status.now) - seconds(*status.oldest_time), 0.0) : 0.0);
  metrics.gauge("newsd_tail_bytes", "Recent events kept in memory.", status.tail_bytes);
  write_outputs(metrics, status.outputs);
  metrics.readers("newsd_consumer_lag_events", "gauge", "Events recorded and not yet acknowledged.", "consumer",
                  status.consumers, &ReaderStatus::lag);
  metrics.gauge("newsd_http_clients", "Connections to the HTTP server.", status.http_clients);
  return metrics.take();
}

}  // namespace newsd
