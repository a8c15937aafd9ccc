#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/event_printer.h"
#include "daemon/cli/expression_fault.h"
#include "daemon/cli/position.h"
#include "daemon/cli/tail_client.h"
#include "daemon/cli/tail_request.h"
#include "daemon/event/json_walk.h"

#include <fmt/format.h>

namespace newsd {
namespace {

struct Arguments {
  TailWish wish;
  std::string config, socket, format;
};

/// The socket of the running daemon; says what is wrong and sets the status when there is none.
std::filesystem::path socket_of(const Arguments& arguments, Console& console, int& status) {
  if (!arguments.socket.empty()) return arguments.socket;
  status = kExitConfig;
  const auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return {};
  for (const auto& output : config->outputs) {
    if (output.kind == OutputConfig::Kind::Unix) return output.path;
  }
  console.say("the configuration has no [[output]] of kind \"unix\" to follow; --socket PATH names one");
  return {};
}

/// Prints what comes until the stream or the user ends it.
class Follower {
 public:
  Follower(TailClient client, const std::string& format, Console& console)
      : client_(std::move(client)), printer_(format, console), console_(console) {}

  int run() {
    while (true) {
      const auto came = client_.wait(console_.out().fd());
      if (!came) return fail(came.error());
      while (const auto line = client_.line()) {
        if (!take(*line)) return kExitUnavailable;
      }
      console_.out().flush();
      if (console_.out().ended() || *came == TailClient::Came::OutputGone) return kExitOk;
      if (*came == TailClient::Came::Signal) return goodbye();
      if (*came == TailClient::Came::End) {
        console_.say("the daemon ended the stream");
        goodbye();
        return kExitUnavailable;
      }
    }
  }

 private:
  int fail(const Error& error) {
    console_.say(error);
    return error.is(TailError::Permission) ? kExitPermission : kExitUnavailable;
  }

  /// Where somebody who wants to go on goes on.
  int goodbye() {
    if (!last_.empty()) console_.say(fmt::format("up to {}; `newsd tail --since {}` goes on from there", last_, last_));
    return kExitOk;
  }

  /// False when the line is the daemon's refusal to go on. Lines without a sequence are no events.
  bool take(std::string_view line) {
    if (line.starts_with("{\"error\"")) {
      std::string words;
      walk_json(line, [&](const JsonLeaf& leaf) {
        if (leaf.path == "error.text") words = leaf.text;
      });
      console_.say(fmt::format("the daemon says: {}", words.empty() ? line : std::string_view(words)));
      return false;
    }
    const auto sequence = sequence_in(line);
    if (sequence.empty()) return true;
    last_ = sequence;
    printer_.print(line);
    return true;
  }

  TailClient client_;
  EventPrinter printer_;
  Console& console_;
  std::string last_;
};

int tail(const Arguments& arguments, Console& console) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto request = tail_request(arguments.wish, now);
  if (!request) {
    say_fault(request.error(), "--where", arguments.wish.where, console);
    return kExitUsage;
  }
  int status = kExitOk;
  const auto socket = socket_of(arguments, console, status);
  if (socket.empty()) return status;
  const TailSignals signals;
  auto client = TailClient::connect(socket);
  if (client) {
    if (auto sent = client->send(*request); sent)
      return Follower(std::move(*client), arguments.format, console).run();
    else
      client = sent.error();
  }
  console.say(client.error());
  if (client.error().is(TailError::NoDaemon)) console.say("`newsd replay` reads the journal without a daemon");
  return client.error().is(TailError::Permission) ? kExitPermission : kExitUnavailable;
}

}  // namespace

Command tail_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "tail",
      .brief = "follow the events of the running daemon",
      .about =
          "Connects to the unix socket of the running daemon, prints its last ten events and then every event as it "
          "becomes durable, until Ctrl-C. "
          "A sequence number means what comes after it, so the last number seen is where to go on.",
      .options =
          {{"-n,--last", "N", "begin with the last N events; 0: only what is new", &a->wish.last},
           {"--since", "POSITION", "begin after a sequence number, or at a time, or a while ago (10m)", &a->wish.since},
           {"--type", "PATTERN", "only these events, such as newsd.article.*", &a->wish.types},
           {"--where", "RULE", "only events that meet it, such as 'country:UKR AND size > 2'", &a->wish.where},
           {"--format", "FORMAT", "encoding; default: text on a terminal, else cloudevents", &a->format,
            encoding_names()},
           {"-c,--config", "FILE", "the configuration that names the socket", &a->config, {}, Option::Completes::Files},
           {"--socket", "PATH", "the socket, instead", &a->socket, {}, Option::Completes::Files}},
      .examples = {{"newsd tail", "what is going on"},
                   {"newsd tail --since 10m --type 'newsd.article.*' --format ninjs",
                    "articles of the last ten minutes and from now on, as bare ninjs items"},
                   {"newsd tail --where 'topic:16000000 AND NOT language:en'",
                    "conflict, war and peace, told elsewhere"},
                   {"newsd tail -n 0 | jq -r .type", "a pipe gets one JSON object a line"}},
      .more = "man newsd, EVENTS and RULES; newsd replay -h reads the past without a daemon"};
  command.run = [a](Console& console) { return tail(*a, console); };
  return command;
}

}  // namespace newsd
