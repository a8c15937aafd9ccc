// The keys of what tells others: outputs and the HTTP server.
#include "daemon/config/keys.h"
#include "daemon/config/member_key.h"
#include "daemon/config/values.h"

#include <array>

namespace newsd {

namespace {

using enum KeyKind;

}  // namespace

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
      key<&OutputConfig::certificate>(
          {.name = "certificate",
           .kind = Path,
           .doc = "tcp: PEM, the server's own first, then those that signed it; empty: without TLS"}),
      key<&OutputConfig::key>({.name = "key", .kind = Path, .doc = "tcp: of the certificate, PEM, not encrypted"}),
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
      key<&OutputConfig::handshake>(
          {.name = "handshake",
           .kind = Choice,
           .doc = "webhook: ask the receiver before sending: off, ask, or require that it agrees",
           .choices = {kNames<OutputConfig::Handshake>.begin(), kNames<OutputConfig::Handshake>.end()}}),
      key<&OutputConfig::origin>({.name = "origin",
                                  .kind = Text,
                                  .doc = "webhook: the name newsd asks under; empty: the host in the events' source",
                                  .refuse = refuse_origin}),
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
std::span<const Key<HttpConfig>> keys_of<HttpConfig>() {
  static const std::array keys{
      key<&HttpConfig::listen>({.name = "listen",
                                .kind = Text,
                                .doc = "\"127.0.0.1:7791\" or \"unix:/run/newsd-http.sock\"; empty: none",
                                .refuse = refuse_http_address}),
      key<&HttpConfig::token_file>({.name = "token_file",
                                    .kind = Path,
                                    .doc = "what a client must know; required when others can reach the address"}),
      key<&HttpConfig::certificate>(
          {.name = "certificate",
           .kind = Path,
           .doc = "PEM, the server's own first, then those that signed it; empty: HTTP without TLS"}),
      key<&HttpConfig::key>({.name = "key", .kind = Path, .doc = "of the certificate, PEM, not encrypted"}),
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
