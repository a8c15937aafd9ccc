#include "daemon/config/keys.h"

#include "daemon/config/quantity.h"
#include "daemon/config/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>

namespace newsd {
namespace {

// The values of members that are enumerations, in the order of the enumeration.
template <class E>
constexpr std::array<std::string_view, 0> kNames{};
template <>
constexpr std::array<std::string_view, 3> kNames<DropConfig::Done>{"move", "delete", "keep"};
template <>
constexpr std::array<std::string_view, 5> kNames<OutputConfig::Kind>{"stdout", "file", "unix", "tcp", "webhook"};

template <>
constexpr std::array<std::string_view, 2> kNames<RuleConfig::Action>{"label", "reject"};

constexpr std::string_view kDetect = "auto";  // how Format::Unknown is written

template <class T>
KeyValue to_value(const T& member) {
  if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    return static_cast<std::uint64_t>(member.count());
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    return member.string();
  } else if constexpr (std::is_same_v<T, Format>) {
    return std::string(member == Format::Unknown ? kDetect : to_string(member));
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(kNames<T>[static_cast<std::size_t>(member)]);
  } else if constexpr (std::is_unsigned_v<T>) {
    return static_cast<std::uint64_t>(member);
  } else {
    return member;
  }
}

template <class T>
void from_value(const KeyValue& value, T& member) {
  if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    member = std::chrono::milliseconds(static_cast<std::int64_t>(std::get<std::uint64_t>(value)));
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    member = std::get<std::string>(value);
  } else if constexpr (std::is_same_v<T, Format>) {
    member = format_from_name(std::get<std::string>(value)).value_or(Format::Unknown);
  } else if constexpr (std::is_enum_v<T>) {
    const auto at = std::find(kNames<T>.begin(), kNames<T>.end(), std::get<std::string>(value));
    member = static_cast<T>(at - kNames<T>.begin());
  } else if constexpr (std::is_unsigned_v<T>) {
    member = static_cast<T>(std::get<std::uint64_t>(value));
  } else {
    member = std::get<T>(value);
  }
}

template <auto M>
struct Member;
template <class S, class T, T S::*M>
struct Member<M> {
  using Section = S;
  static KeyValue get(const S& section) { return to_value(section.*M); }
  static void set(S& section, const KeyValue& value) { from_value(value, section.*M); }
};

/// Ties the facts of a key to its member.
template <auto M>
constexpr auto key(KeyFacts facts) {
  return Key<typename Member<M>::Section>{std::move(facts), Member<M>::get, Member<M>::set};
}

using enum KeyKind;

constexpr std::uint64_t kKiB = 1 << 10, kMiB = 1 << 20, kGiB = 1 << 30, kTiB = 1ull << 40;
constexpr std::uint64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

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
      key<&FeedConfig::full_text>({.name = "full_text",
                                   .kind = KeyKind::Flag,
                                   .doc = "fetch the linked page of an entry without text (no effect yet)",
                                   .most = 1}),
      key<&FeedConfig::credentials_file>(
          {.name = "credentials_file",
           .kind = Path,
           .doc = "one line, \"user:password\" or \"Bearer …\", sent to this feed's own server only"}),
  };
  return keys;
}

template <>
std::span<const Key<OutputConfig>> keys_of<OutputConfig>() {
  static const std::array keys{
      key<&OutputConfig::kind>({.name = "kind",
                                .kind = Choice,
                                .doc = "stdout, file (rotated), unix or tcp (sockets), webhook",
                                .choices = {kNames<OutputConfig::Kind>.begin(), kNames<OutputConfig::Kind>.end()},
                                .not_offered = {"nats", "kafka"},
                                .required = true}),
      key<&OutputConfig::name>(
          {.name = "name",
           .kind = Text,
           .doc = "its name in the log and in the journal's cursors; empty: kind and path, address or server"}),
      key<&OutputConfig::path>({.name = "path", .kind = Path, .doc = "of file and unix"}),
      key<&OutputConfig::listen>({.name = "listen",
                                  .kind = Text,
                                  .doc = "tcp: an address and port, such as \"127.0.0.1:7790\"",
                                  .refuse = refuse_listen_address}),
      key<&OutputConfig::token_file>(
          {.name = "token_file", .kind = Path, .doc = "tcp: holds what clients must say; a must beyond this machine"}),
      key<&OutputConfig::format>({.name = "format",
                                  .kind = Choice,
                                  .doc = "cloudevents, ninjs, flat or text",
                                  .choices = {"cloudevents", "ninjs", "flat", "text"}}),
      key<&OutputConfig::types>({.name = "types",
                                 .kind = Words,
                                 .doc = "which events, such as \"newsd.article.*\"; empty: all",
                                 .refuse = refuse_event_pattern}),
      key<&OutputConfig::where>({.name = "where",
                                 .kind = Text,
                                 .doc = "which of them: a rule such as 'language == \"en\" AND size > 2'; empty: all",
                                 .refuse = refuse_where}),
      key<&OutputConfig::rotate_size>(
          {.name = "rotate_size", .kind = Size, .doc = "file: a larger one is rotated; 0: never", .most = kTiB}),
      key<&OutputConfig::rotate_keep>(
          {.name = "rotate_keep", .kind = Number, .doc = "file: rotated files kept", .most = 10'000}),
      key<&OutputConfig::socket_mode>(
          {.name = "mode", .kind = Mode, .doc = "unix: permissions of the socket", .most = 0777}),
      key<&OutputConfig::max_clients>({.name = "max_clients",
                                       .kind = Number,
                                       .doc = "unix, tcp: more are turned away",
                                       .least = 1,
                                       .most = 65'536}),
      key<&OutputConfig::write_timeout>({.name = "write_timeout",
                                         .kind = Duration,
                                         .doc = "unix, tcp: a client that takes nothing for so long is let go",
                                         .least = 100,
                                         .most = kDay}),
      key<&OutputConfig::url>(
          {.name = "url", .kind = Text, .doc = "webhook: where events are posted", .refuse = refuse_hook}),
      key<&OutputConfig::secret_file>(
          {.name = "secret_file",
           .kind = Path,
           .doc = "webhook: holds what requests are signed with, \"whsec_…\" or any text; empty: unsigned"}),
      key<&OutputConfig::credentials_file>(
          {.name = "credentials_file", .kind = Path, .doc = "webhook: one line, \"user:password\" or \"Bearer …\""}),
      key<&OutputConfig::batch>({.name = "batch",
                                 .kind = Number,
                                 .doc = "webhook: events in a request; 1: one, not in an array",
                                 .least = 1,
                                 .most = 512}),
      key<&OutputConfig::batch_bytes>({.name = "batch_bytes",
                                       .kind = Size,
                                       .doc = "webhook: of them; one alone may be larger",
                                       .least = kKiB,
                                       .most = 16 * kMiB}),
      key<&OutputConfig::timeout>(
          {.name = "timeout", .kind = Duration, .doc = "webhook: of a request", .least = 100, .most = kHour}),
      key<&OutputConfig::attempts>({.name = "attempts",
                                    .kind = Number,
                                    .doc = "webhook: an event refused so often goes to the dead letters",
                                    .least = 1,
                                    .most = 1000}),
      key<&OutputConfig::retry_first>({.name = "retry_first",
                                       .kind = Duration,
                                       .doc = "webhook: wait after a failure, doubled each time",
                                       .least = 1,
                                       .most = kHour}),
      key<&OutputConfig::retry_most>({.name = "retry_most",
                                      .kind = Duration,
                                      .doc = "webhook: the longest of these waits; Retry-After may ask for more",
                                      .least = 1,
                                      .most = kDay}),
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
std::span<const Key<HttpConfig>> keys_of<HttpConfig>() {
  static const std::array keys{
      key<&HttpConfig::listen>({.name = "listen",
                                .kind = Text,
                                .doc = "\"127.0.0.1:7791\" or \"unix:/run/newsd-http.sock\"; empty: none",
                                .refuse = refuse_http_address}),
      key<&HttpConfig::token_file>({.name = "token_file",
                                    .kind = Path,
                                    .doc = "what a client must know; required when others can reach the address"}),
      key<&HttpConfig::hosts>({.name = "hosts",
                               .kind = Words,
                               .doc = "names it may be called by, beside localhost and numeric addresses",
                               .refuse = refuse_host}),
      key<&HttpConfig::socket_mode>(
          {.name = "mode", .kind = Mode, .doc = "permissions of a unix socket", .most = 0777}),
      key<&HttpConfig::max_clients>(
          {.name = "max_clients", .kind = Number, .doc = "more are turned away", .least = 1, .most = 65'536}),
      key<&HttpConfig::max_rate>({.name = "max_rate",
                                  .kind = Number,
                                  .doc = "requests a second of one connection",
                                  .least = 1,
                                  .most = 1'000'000}),
      key<&HttpConfig::push>(
          {.name = "push", .kind = KeyKind::Flag, .doc = "take articles that are sent (POST /articles)", .most = 1}),
      key<&HttpConfig::max_receiving>({.name = "max_receiving",
                                       .kind = Size,
                                       .doc = "of articles being sent at one time; one of limits.max_bytes always fits",
                                       .least = kKiB,
                                       .most = kTiB}),
      key<&HttpConfig::write_timeout>({.name = "write_timeout",
                                       .kind = Duration,
                                       .doc = "a client that takes nothing for so long is let go",
                                       .least = 100,
                                       .most = kDay}),
  };
  return keys;
}

}  // namespace newsd
