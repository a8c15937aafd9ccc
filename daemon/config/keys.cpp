#include "daemon/config/keys.h"

#include "daemon/config/member_key.h"
#include "daemon/config/quantity.h"
#include "daemon/config/values.h"

#include <fmt/format.h>

#include <array>

namespace newsd {
namespace {

using enum KeyKind;

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names{kDetect};
  for (auto f = static_cast<int>(Format::Text); f <= static_cast<int>(Format::Warc); ++f) {
    names.push_back(to_string(static_cast<Format>(f)));
  }
  names.push_back("article-ndjson");
  return names;
}

}  // namespace

template <>
std::span<const Key<Config>> keys_of<Config>() {
  static const std::array keys{
      key<&Config::state_dir>({.name = "state_dir",
                               .kind = Path,
                               .doc = "the journal; one daemon at a time (it is locked)",
                               .required = true}),
      key<&Config::instance>({.name = "instance",
                              .kind = Text,
                              .doc = "the last part of every event's source",
                              .refuse = refuse_instance}),
      key<&Config::topics_dir>(
          {.name = "topics_dir", .kind = Path, .doc = "rule packs for topics; empty: the built-in ones"}),
      key<&Config::topics_model>({.name = "topics_model",
                                  .kind = Path,
                                  .doc = "a model of `newsd train topics` that adds to the rules; empty: none"}),
      key<&Config::lexicon_dir>(
          {.name = "lexicon_dir",
           .kind = Path,
           .doc = "names and words of one's own, as in conf/lexicon; empty: the built-in ones alone"}),
      key<&Config::names_model>(
          {.name = "names_model", .kind = Path, .doc = "a model of `newsd train names`; empty: the built-in one"}),
      key<&Config::language_model>({.name = "language_model",
                                    .kind = Path,
                                    .doc = "a model of `newsd train language`; empty: the built-in one"}),
  };
  return keys;
}

template <>
std::span<const Key<DropConfig>> keys_of<DropConfig>() {
  static const std::array keys{
      key<&DropConfig::path>(
          {.name = "path", .kind = Path, .doc = "the directory; done/ and failed/ lie in it", .required = true}),
      key<&DropConfig::name>({.name = "name", .kind = Text, .doc = "the input's name in events; empty: the path"}),
      key<&DropConfig::done>({.name = "done",
                              .kind = Choice,
                              .doc = "what becomes of a file whose events are durable: move (to done/), delete, keep",
                              .choices = {kNames<DropConfig::Done>.begin(), kNames<DropConfig::Done>.end()}}),
      key<&DropConfig::settle>({.name = "settle",
                                .kind = Duration,
                                .doc = "for writers that do not rename: how long a file must lie still",
                                .most = kHour}),
      key<&DropConfig::format>({.name = "format",
                                .kind = Choice,
                                .doc = "what the files are; auto: looked at one by one",
                                .choices = format_names()}),
  };
  return keys;
}

template <>
std::span<const Key<FeedConfig>> keys_of<FeedConfig>() {
  static const std::array keys{
      key<&FeedConfig::url>(
          {.name = "url", .kind = Text, .doc = "its address, http or https", .refuse = refuse_url, .required = true}),
      key<&FeedConfig::name>({.name = "name", .kind = Text, .doc = "the input's name in events; empty: the address"}),
      key<&FeedConfig::interval>({.name = "interval",
                                  .kind = Duration,
                                  .doc = "between two polls; 0s: as often as the feed publishes asks for",
                                  .most = 30 * kDay}),
      key<&FeedConfig::full_text>(
          {.name = "full_text",
           .kind = KeyKind::Flag,
           .doc =
               "of an entry with a part of the text or none, fetch the page it links to and tell both as one article",
           .most = 1}),
      key<&FeedConfig::credentials_file>(
          {.name = "credentials_file",
           .kind = Path,
           .doc = "one line, \"user:password\" or \"Bearer …\", sent to this feed's own server only"}),
  };
  return keys;
}

template <>
std::span<const Key<RuleConfig>> keys_of<RuleConfig>() {
  static const std::array keys{
      key<&RuleConfig::id>(
          {.name = "id", .kind = Text, .doc = "its name in events", .refuse = refuse_rule_id, .required = true}),
      key<&RuleConfig::match>({.name = "match",
                               .kind = Text,
                               .doc = "what to look for: AND OR NOT, \"phrases\", NEAR/n, field:, beginning*, /regex/",
                               .refuse = refuse_rule,
                               .required = true}),
      key<&RuleConfig::action>({.name = "action",
                                .kind = Choice,
                                .doc = "label, or reject: an article that matches is refused",
                                .choices = {kNames<RuleConfig::Action>.begin(), kNames<RuleConfig::Action>.end()}}),
      key<&RuleConfig::threshold>({.name = "threshold",
                                   .kind = Number,
                                   .doc = "the least score: occurrences times weights (word^2), at most 5 a term",
                                   .most = 1'000'000}),
  };
  return keys;
}

template <>
std::span<const Key<JournalConfig>> keys_of<JournalConfig>() {
  static const std::array keys{
      key<&JournalConfig::commit_window>(
          {.name = "commit_window", .kind = Duration, .doc = "how long a commit waits for company", .most = kSecond}),
      key<&JournalConfig::retain>(
          {.name = "retain", .kind = Duration, .doc = "older events leave", .least = kSecond, .most = 36'500 * kDay}),
      key<&JournalConfig::max_size>({.name = "max_size",
                                     .kind = Size,
                                     .doc = "beyond it the oldest events leave",
                                     .least = kMiB,
                                     .most = 1024 * kTiB}),
  };
  return keys;
}

template <>
std::span<const Key<DedupeConfig>> keys_of<DedupeConfig>() {
  static const std::array keys{
      key<&DedupeConfig::window>({.name = "window",
                                  .kind = Duration,
                                  .doc = "how far back an article is compared with others",
                                  .least = kMinute,
                                  .most = 3650 * kDay,
                                  .shapes_content = true}),
      key<&DedupeConfig::remember>({.name = "remember",
                                    .kind = Duration,
                                    .doc = "how long an article not seen again is known",
                                    .least = kMinute,
                                    .most = 3650 * kDay,
                                    .shapes_content = true}),
      key<&DedupeConfig::min_jaccard>({.name = "min_jaccard",
                                       .kind = Number,
                                       .doc = "percent two texts must share to be copies, or",
                                       .least = 1,
                                       .most = 100,
                                       .shapes_content = true}),
      key<&DedupeConfig::min_containment>({.name = "min_containment",
                                           .kind = Number,
                                           .doc = "percent of one that must stand in the other",
                                           .least = 1,
                                           .most = 100,
                                           .shapes_content = true}),
      key<&DedupeConfig::max_memory>({.name = "max_memory",
                                      .kind = Size,
                                      .doc = "of the texts compared with; 0: no limit; beyond it the oldest leave",
                                      .most = 64 * kTiB,
                                      .shapes_content = true}),
  };
  return keys;
}

template <>
std::span<const Key<PipelineConfig>> keys_of<PipelineConfig>() {
  static const std::array keys{
      key<&PipelineConfig::workers>(
          {.name = "workers", .kind = Number, .doc = "threads that read and label; 0: one a processor", .most = 1024}),
      key<&PipelineConfig::queue_bytes>({.name = "queue_bytes",
                                         .kind = Size,
                                         .doc = "of inputs taken and not yet durable",
                                         .least = kMiB,
                                         .most = kTiB}),
      key<&PipelineConfig::queue_inputs>(
          {.name = "queue_inputs", .kind = Number, .doc = "the same in number", .least = 1, .most = 1'000'000}),
      key<&PipelineConfig::tail_bytes>({.name = "tail_bytes",
                                        .kind = Size,
                                        .doc = "of recent events kept in memory for consumers",
                                        .least = 64 * kKiB,
                                        .most = 64 * kGiB}),
  };
  return keys;
}

template <>
std::span<const Key<ReadLimits>> keys_of<ReadLimits>() {
  static const std::array keys{
      key<&ReadLimits::max_bytes>({.name = "max_bytes",
                                   .kind = Size,
                                   .doc = "of one input; a larger one is quarantined",
                                   .least = kKiB,
                                   .most = kGiB,
                                   .shapes_content = true}),
      key<&ReadLimits::max_lines>({.name = "max_lines",
                                   .kind = Number,
                                   .doc = "of one text",
                                   .least = 1,
                                   .most = 100'000'000,
                                   .shapes_content = true}),
      key<&ReadLimits::max_line_bytes>({.name = "max_line_bytes",
                                        .kind = Size,
                                        .doc = "a longer line is cut there",
                                        .least = 256,
                                        .most = kGiB,
                                        .shapes_content = true}),
      key<&ReadLimits::max_articles>({.name = "max_articles",
                                      .kind = Number,
                                      .doc = "in one input",
                                      .least = 1,
                                      .most = 100'000'000,
                                      .shapes_content = true}),
      key<&ReadLimits::max_json_depth>({.name = "max_json_depth",
                                        .kind = Number,
                                        .doc = "of objects and arrays in one another",
                                        .least = 4,
                                        .most = 1000,
                                        .shapes_content = true}),
      key<&ReadLimits::max_text_bytes>({.name = "max_text_bytes",
                                        .kind = Size,
                                        .doc = "of one article; a longer one is cut at a paragraph",
                                        .least = kKiB,
                                        .most = kGiB,
                                        .shapes_content = true}),
      key<&ReadLimits::min_words>({.name = "min_words",
                                   .kind = Number,
                                   .doc = "an article with fewer is refused",
                                   .most = 1'000'000,
                                   .shapes_content = true}),
  };
  return keys;
}

template <>
std::span<const Key<LearningConfig>> keys_of<LearningConfig>() {
  static const std::array keys{
      key<&LearningConfig::enabled>({.name = "enabled",
                                     .kind = KeyKind::Flag,
                                     .doc = "leave out lines that a source puts into all its articles",
                                     .shapes_content = true}),
      key<&LearningConfig::articles>({.name = "articles",
                                      .kind = Number,
                                      .doc = "distinct ones that must share a line before it is left out",
                                      .least = 3,
                                      .most = 100,
                                      .shapes_content = true}),
      key<&LearningConfig::sources>({.name = "sources",
                                     .kind = Number,
                                     .doc = "remembered; the one that brought nothing new for longest leaves first",
                                     .least = 1,
                                     .most = 1'000'000,
                                     .shapes_content = true}),
      key<&LearningConfig::lines>({.name = "lines",
                                   .kind = Number,
                                   .doc = "remembered of each source",
                                   .least = 1,
                                   .most = 100'000,
                                   .shapes_content = true}),
      key<&LearningConfig::forget>({.name = "forget",
                                    .kind = Number,
                                    .doc = "articles of a source without a line until that is forgotten",
                                    .least = 3,
                                    .most = 1'000'000,
                                    .shapes_content = true}),
  };
  return keys;
}

template <>
std::span<const Key<LogConfig>> keys_of<LogConfig>() {
  static const std::array keys{
      key<&LogConfig::level>({.name = "level",
                              .kind = Choice,
                              .doc = "error, warn, info or debug",
                              .choices = {"error", "warn", "info", "debug"}}),
      key<&LogConfig::format>({.name = "format",
                               .kind = Choice,
                               .doc = "text, json, or auto: text with priorities for the systemd journal",
                               .choices = {"auto", "text", "json"}}),
  };
  return keys;
}

template <>
std::span<const Key<FetchConfig>> keys_of<FetchConfig>() {
  static const std::array keys{
      key<&FetchConfig::user_agent>(
          {.name = "user_agent", .kind = Text, .doc = "must say who polls", .refuse = refuse_user_agent}),
      key<&FetchConfig::allow_private>({.name = "allow_private",
                                        .kind = Words,
                                        .doc = "address ranges that may be fetched although they are not public",
                                        .refuse = refuse_cidr}),
      key<&FetchConfig::min_interval>({.name = "min_interval",
                                       .kind = Duration,
                                       .doc = "nobody is polled faster, whatever a hint says",
                                       .least = kSecond,
                                       .most = 30 * kDay}),
      key<&FetchConfig::max_interval>({.name = "max_interval",
                                       .kind = Duration,
                                       .doc = "a feed without an interval of its own is polled at least so often",
                                       .least = kMinute,
                                       .most = 30 * kDay}),
      key<&FetchConfig::per_host>(
          {.name = "per_host", .kind = Number, .doc = "requests to one host at a time", .least = 1, .most = 64}),
      key<&FetchConfig::at_once>(
          {.name = "at_once", .kind = Number, .doc = "requests altogether", .least = 1, .most = 1024}),
      key<&FetchConfig::max_body>(
          {.name = "max_body", .kind = Size, .doc = "of one answer, decoded", .least = kKiB, .most = kGiB}),
      key<&FetchConfig::max_ratio>({.name = "max_ratio",
                                    .kind = Number,
                                    .doc = "an answer may unpack to so many times what was sent",
                                    .least = 2,
                                    .most = 100'000}),
      key<&FetchConfig::max_redirects>(
          {.name = "max_redirects", .kind = Number, .doc = "one after another", .most = 50}),
      key<&FetchConfig::max_sitemaps>({.name = "max_sitemaps",
                                       .kind = Number,
                                       .doc = "of a sitemap index: so many of its latest are polled; 0: no index is",
                                       .most = 1000}),
      key<&FetchConfig::page_interval>(
          {.name = "page_interval",
           .kind = Duration,
           .doc = "of pages that entries link to: between an answer of a host and its next request",
           .most = kHour}),
      key<&FetchConfig::page_patience>({.name = "page_patience",
                                        .kind = Duration,
                                        .doc = "so long an entry waits for its page; then it is told without",
                                        .most = 30 * kDay}),
      key<&FetchConfig::max_pages>({.name = "max_pages",
                                    .kind = Number,
                                    .doc = "so many entries may wait for their pages; others are told without",
                                    .least = 1,
                                    .most = 1'000'000}),
      key<&FetchConfig::timeout>(
          {.name = "timeout", .kind = Duration, .doc = "of a whole request", .least = 100, .most = kHour}),
      key<&FetchConfig::connect_timeout>(
          {.name = "connect_timeout", .kind = Duration, .doc = "of its beginning", .least = 100, .most = kHour}),
      key<&FetchConfig::proxy>({.name = "proxy",
                                .kind = Text,
                                .doc = "\"http://host:port\" or \"socks5h://host:port\"; empty: none, whatever the "
                                       "environment says"}),
  };
  return keys;
}

template <>
std::span<const Key<WebSubConfig>> keys_of<WebSubConfig>() {
  static const std::array keys{
      key<&WebSubConfig::public_url>({.name = "public_url",
                                      .kind = Text,
                                      .doc = "how hubs reach the HTTP server: https://news.example; empty: no WebSub",
                                      .refuse = refuse_public_url}),
      key<&WebSubConfig::lease>({.name = "lease",
                                 .kind = Duration,
                                 .doc = "how long a subscription is asked for; it is renewed in time",
                                 .least = kHour,
                                 .most = 30 * kDay}),
      key<&WebSubConfig::backup_poll>({.name = "backup_poll",
                                       .kind = Duration,
                                       .doc = "between two polls of a feed that is pushed",
                                       .least = kMinute,
                                       .most = 30 * kDay}),
      key<&WebSubConfig::max_content>(
          {.name = "max_content", .kind = Size, .doc = "of what a hub sends at once", .least = kKiB, .most = kGiB}),
  };
  return keys;
}

}  // namespace newsd
