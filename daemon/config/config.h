// The configuration: TOML files → Config, all errors at once with file:line:column and the nearest name. The keys are
// one table (keys.cpp), from which parsing, errors, `check --show` and the test of conf/newsd.toml come. No daemon
// state; start-up and reload only.
#pragma once

#include "feeds/article/document.h"
#include "feeds/article/result.h"
#include "feeds/extract/read.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct DropConfig {
  std::filesystem::path path;
  std::string name;  ///< input name in events; default: the path
  enum class Done { Move, Delete, Keep } done = Done::Move;
  std::chrono::milliseconds settle{500};
  Format format = Format::Unknown;  ///< forced; Unknown: detect
  bool operator==(const DropConfig&) const = default;
};

struct FeedConfig {
  std::string url;
  std::string name;                       ///< input name in events; empty: the URL
  std::chrono::milliseconds interval{0};  ///< between polls; 0: adaptive
  bool full_text = false;                 ///< fetch the linked page when the entry has no body
  std::filesystem::path credentials_file;
  bool operator==(const FeedConfig&) const = default;
};

struct OutputConfig {
  enum class Kind { Stdout, File, Unix, Tcp, Webhook } kind = Kind::Stdout;
  std::string name;  ///< default: kind and path, address or server
  std::filesystem::path path;
  std::string listen;  ///< tcp: "127.0.0.1:7790" (listen_address.h)
  std::filesystem::path
      token_file;  ///< tcp: what clients must know; required when others than this machine can connect
  std::filesystem::path certificate;  ///< tcp: as HttpConfig::certificate
  std::filesystem::path key;          ///< tcp: of the certificate
  std::string format = "cloudevents";
  std::vector<std::string> types;        ///< names or patterns with a final "*"; empty: all
  std::string where;                     ///< a rule on events (daemon/classify/rule_expression.h); empty: all
  std::uint64_t rotate_size = 64 << 20;  ///< file: a larger file is rotated; 0: never
  unsigned rotate_keep = 5;              ///< file: rotated files kept
  std::uint32_t socket_mode = 0660;
  std::size_t max_clients = 256;
  std::chrono::milliseconds write_timeout =
      std::chrono::seconds(60);            ///< unix, tcp: a client that takes nothing for so long is let go
  std::string url;                         ///< webhook: where events are posted
  std::filesystem::path secret_file;       ///< webhook: what requests are signed with; empty: unsigned
  std::filesystem::path credentials_file;  ///< webhook: as FeedConfig::credentials_file
  /// webhook: whether the receiver is asked before it is sent anything (daemon/emit/webhook_handshake.h)
  enum class Handshake { Off, Ask, Require } handshake = Handshake::Off;
  std::string origin;                     ///< webhook: who asks; empty: the host in the events' source
  std::uint64_t batch = 1;                ///< webhook: events in a request; 1: one, not in an array
  std::uint64_t batch_bytes = 256 << 10;  ///< webhook: of them, unless one alone is larger
  std::chrono::milliseconds timeout = std::chrono::seconds(30);     ///< webhook: of a request
  unsigned attempts = 10;                                           ///< webhook: refusals that make a dead letter
  std::chrono::milliseconds retry_first = std::chrono::seconds(1);  ///< webhook: after a failure, doubled up to
  std::chrono::milliseconds retry_most = std::chrono::minutes(5);
  bool operator==(const OutputConfig&) const = default;
};

/// A user's topic or filter (daemon/classify/rule_expression.h).
struct RuleConfig {
  std::string id;
  std::string match;
  enum class Action { Label, Reject } action = Action::Label;
  std::uint64_t threshold = 0;  ///< the least score
  bool operator==(const RuleConfig&) const = default;
};

struct JournalConfig {
  std::chrono::milliseconds commit_window{5};
  std::chrono::milliseconds retain = std::chrono::days(14);
  std::uint64_t max_size = 20ull << 30;
  bool operator==(const JournalConfig&) const = default;
};

struct DedupeConfig {
  std::chrono::milliseconds window = std::chrono::hours(96);
  std::chrono::milliseconds remember = std::chrono::days(30);
  unsigned min_jaccard = 40;      ///< percent of likeness that makes a copy
  unsigned min_containment = 50;  ///< percent of one text that stands in the other: likewise
  std::uint64_t max_memory = 0;   ///< of the window; 0: no limit
  bool operator==(const DedupeConfig&) const = default;
};

/// What is learned of the sources of articles (feeds/extract/source_knowledge.h).
struct LearningConfig {
  bool enabled = true;
  std::uint64_t articles = 3;    ///< distinct ones that must agree
  std::uint64_t sources = 2000;  ///< remembered
  std::uint64_t lines = 400;     ///< remembered of each
  std::uint64_t forget = 200;    ///< articles of a source
  bool operator==(const LearningConfig&) const = default;
};

struct PipelineConfig {
  unsigned workers = 0;                  ///< 0: one a processor, at least one
  std::uint64_t queue_bytes = 64 << 20;  ///< of inputs taken and not yet durable
  std::uint64_t queue_inputs = 512;      ///< the same in number: each holds an open file
  std::uint64_t tail_bytes = 8 << 20;    ///< of recent events kept in memory for consumers
  bool operator==(const PipelineConfig&) const = default;
};

/// How feeds are fetched and how often.
struct FetchConfig {
  std::string user_agent = "newsd/0.1";
  std::vector<std::string> allow_private;  ///< CIDRs that may be fetched although they are not public
  std::chrono::milliseconds min_interval = std::chrono::minutes(5);
  std::chrono::milliseconds max_interval = std::chrono::hours(6);
  unsigned per_host = 2;
  unsigned at_once = 64;
  std::uint64_t max_body = 16 << 20;  ///< decoded
  unsigned max_ratio = 200;           ///< decoded to transferred
  unsigned max_redirects = 5;
  unsigned max_sitemaps = 20;                                         ///< polled of one sitemap index
  std::chrono::milliseconds page_interval = std::chrono::seconds(1);  ///< between two requests for pages of one host
  std::chrono::milliseconds page_patience = std::chrono::hours(6);    ///< how long an entry waits for its page
  unsigned max_pages = 10'000;                                        ///< entries waiting for pages at one time
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  std::string proxy;
  bool operator==(const FetchConfig&) const = default;
};

inline constexpr std::string_view kUnixPrefix = "unix:";  ///< of HttpConfig::listen

/// The HTTP server.
struct HttpConfig {
  std::string listen;                 ///< "127.0.0.1:7791" or "unix:/run/newsd-http.sock"; empty: none
  std::filesystem::path token_file;   ///< what clients must know; required when others than this machine can connect
  std::filesystem::path certificate;  ///< PEM, with those that signed it; empty: plain HTTP
  std::filesystem::path key;          ///< of the certificate, PEM
  std::vector<std::string> hosts;     ///< names it may be called by beside localhost and numeric addresses
  std::uint32_t socket_mode = 0660;
  std::size_t max_clients = 2048;
  unsigned max_rate = 1000;                ///< requests a second of one connection
  bool push = true;                        ///< takes articles (POST /articles)
  std::uint64_t max_receiving = 64 << 20;  ///< bytes of articles being sent at one time, by all clients
  std::chrono::milliseconds write_timeout =
      std::chrono::seconds(60);  ///< a client that takes nothing for so long is let go
  bool operator==(const HttpConfig&) const = default;
};

/// News that hubs push (WebSub), taken by the HTTP server.
struct WebSubConfig {
  std::string public_url;  ///< "https://news.example": how hubs reach the HTTP server; empty: no WebSub
  std::chrono::milliseconds lease = std::chrono::days(10);  ///< asked for
  std::chrono::milliseconds backup_poll = std::chrono::hours(6);
  std::uint64_t max_content = 4 << 20;
  bool operator==(const WebSubConfig&) const = default;
};

struct LogConfig {
  std::string level = "info";   ///< error, warn, info, debug
  std::string format = "auto";  ///< auto, text, json
  bool operator==(const LogConfig&) const = default;
};

struct Config {
  std::filesystem::path state_dir = "/var/lib/newsd";
  std::string instance = "main";
  std::vector<DropConfig> drops;
  std::vector<FeedConfig> feeds;
  std::vector<OutputConfig> outputs;
  std::vector<RuleConfig> rules;
  JournalConfig journal;
  DedupeConfig dedupe;
  PipelineConfig pipeline;
  ReadLimits limits;
  LearningConfig learning;
  LogConfig log;
  FetchConfig fetch;
  HttpConfig http;
  WebSubConfig websub;
  std::filesystem::path topics_dir;          ///< rule packs; empty: the embedded ones
  std::filesystem::path topics_model;        ///< of `newsd train topics`; empty: none
  std::filesystem::path lexicon_dir;         ///< lexicons beside and in place of the embedded ones; empty: none
  std::filesystem::path names_model;         ///< of `newsd train names`; empty: the embedded one
  std::filesystem::path language_model;      ///< of `newsd train language`; empty: the embedded one
  std::vector<std::filesystem::path> files;  ///< what it was read from, in order

  /// "sha256:…" over what can change an event's content (not over paths of outputs): data.newsd.pipeline.config.
  std::string fingerprint() const;
};

/// Codes: "syntax", "unknown-key", "wrong-type", "out-of-range", "unreadable", "conflict", "missing" (a key that a
/// table must have), "not-offered" (a part of newsd that this version does not have).
enum class ConfigError { Syntax, UnknownKey, WrongType, OutOfRange, Unreadable, Conflict, Missing, NotOffered };
std::string_view code_of(ConfigError e);

/// A configuration, or everything that is wrong with it, each error's `where` a file:line:column (of an unreadable
/// file: the file). Warnings are words.
struct LoadedConfig {
  Config config;
  std::vector<Error> errors;
  std::vector<std::string> warnings;
};

/// Reads the file and the *.toml of conf.d beside it in lexical order, later ones win; tables in arrays ([[drop]]) are
/// added up. An empty path: defaults.
LoadedConfig load_config(const std::filesystem::path& file);
/// The same from a text, as if it stood in `name`; conf.d is not read.
LoadedConfig parse_config(std::string_view text, const std::filesystem::path& name);
/// The feeds that are managed by command: [[feed]] tables in <state_dir>/feeds.toml, part of every configuration that
/// is loaded from files.
std::filesystem::path feed_list_file(const std::filesystem::path& state_dir);
/// That file alone; no file, no feeds.
LoadedConfig load_feed_list(const std::filesystem::path& state_dir);
/// The tables of these feeds as TOML, keys with their defaults left out.
std::string show_feeds(const std::vector<FeedConfig>& feeds);
/// Where `newsd run` looks when it is given no file: $XDG_CONFIG_HOME/newsd/newsd.toml for a user,
/// /etc/newsd/newsd.toml; empty when there is none.
std::filesystem::path default_config_file();
/// The configuration as TOML, every key with its value, in the order of the table.
std::string show_config(const Config& config);

}  // namespace newsd
