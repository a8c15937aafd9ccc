#include "daemon/app/exit_status.h"
#include "daemon/app/feed_polling.h"
#include "daemon/app/stream_source.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/shown_text.h"
#include "daemon/emit/dead_letter_round.h"
#include "daemon/emit/delivery.h"
#include "daemon/emit/webhook_request.h"
#include "daemon/event/encoding.h"
#include "daemon/ops/clock.h"

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>

#include <charconv>
#include <fstream>
#include <map>

namespace newsd {
namespace {

struct Arguments {
  std::string action, output, config, state_dir;
};

int exit_status_for(const Error& error) {
  if (error.is(StreamError::InUse)) return kExitTryAgain;
  return error.is(StreamError::CannotCreate) ? kExitCannotCreate : kExitIo;
}

int list(const Arguments& arguments, const std::filesystem::path& file, Console& console) {
  std::ifstream in(file, std::ios::binary);
  const Palette palette = palette_of(console);
  for (std::string line; std::getline(in, line) && !console.out().ended();) {
    const auto letter = parse_dead_letter(line);
    if (!letter || (!arguments.output.empty() && letter->output != arguments.output)) continue;
    if (!console.out_is_terminal()) {
      console.out().line(line);
      continue;
    }
    console.out().line(fmt::format("{}{}{}  {}{}{}  {}  {}{}{} {}", palette.dim, shown(letter->time), palette.reset,
                                   palette.bold, shown(letter->output), palette.reset, shown(letter->sequence),
                                   palette.red, shown(letter->code), palette.reset, shown(letter->detail)));
  }
  return kExitOk;
}

/// Where letters of one output go.
struct Receiver {
  OutputConfig config;
  std::string authorization, key;
  std::string away;  ///< why nothing more is sent to it now; empty: it takes what comes
};
using Receivers = std::map<std::string, Receiver>;  // by the outputs' names

Result<Receivers> receivers_of(const Config& config) {
  Receivers all;
  for (const OutputConfig& output : config.outputs) {
    if (output.kind != OutputConfig::Kind::Webhook) continue;
    auto key = signing_key_of(output);
    if (!key) return key.error();
    Receiver receiver{output, {}, *std::move(key), {}};
    if (!output.credentials_file.empty()) {
      auto authorization = authorization_of(output.credentials_file);
      if (!authorization) return authorization.error();
      receiver.authorization = *std::move(authorization);
    }
    all.emplace(output.name, std::move(receiver));
  }
  return all;
}

/// Sends letters one by one, each as the output would send its event alone: a receiver knows what it has by the id.
class Sender {
 public:
  explicit Sender(const Config& config)
      : source_(stream_source(config.instance)), fetcher_(io_, fetch_options(config.fetch)) {}

  /// Whether it was taken. One that was refused says so from now on; a receiver that takes nothing now is away.
  bool send(DeadLetter& letter, Receiver& to) {
    const std::vector<SharedLine> lines = {std::make_shared<const std::string>(letter.event)};
    const Encoding* encoding = encoding_named(letter.is_json ? to.config.format : "text");
    const std::string place = fmt::format("{0}#{1}-{1}", source_, number_of(letter.sequence));
    FetchRequest request = webhook_request(to.config, to.authorization, to.key,
                                           webhook_message(lines, *encoding, to.config.batch > 1, place), system_now());
    const Result<FetchAnswer> answer = posted(std::move(request));
    const Delivered what = answer ? delivered_of(answer->status) : Delivered::Later;
    if (what == Delivered::Taken) return true;
    if (what != Delivered::Refused) {
      to.away = answer ? fmt::format("the receiver answered {}", answer->status) : answer.error().message();
      return false;
    }
    letter.time = to_rfc3339(system_now());
    letter.code = fmt::format("http-{}", answer->status);
    letter.detail = answer->body;
    ++letter.attempts;
    return false;
  }

 private:
  static std::uint64_t number_of(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }

  Result<FetchAnswer> posted(FetchRequest request) {
    std::optional<Result<FetchAnswer>> came;
    fetcher_.fetch(std::move(request), [&](Result<FetchAnswer> answer) {
      came = std::move(answer);
      io_.stop();
    });
    io_.restart();
    io_.run();
    return *std::move(came);
  }

  const std::string source_;
  boost::asio::io_context io_;
  CurlFetcher fetcher_;
};

struct Tally {
  std::size_t sent = 0, refused = 0, kept = 0;
};

/// Deals with one line: sent, or put back.
Result<void> deal_with(const std::string& line, const std::string& output, Receivers& receivers, Sender& sender,
                       DeadLetterRound& round, Tally& tally) {
  auto letter = parse_dead_letter(line);
  const auto to = letter ? receivers.find(letter->output) : receivers.end();
  if (to == receivers.end() || !to->second.away.empty() || (!output.empty() && letter->output != output)) {
    ++tally.kept;
    return round.keep(line);
  }
  if (sender.send(*letter, to->second)) {
    ++tally.sent;
    return {};
  }
  ++(to->second.away.empty() ? tally.refused : tally.kept);
  return round.keep(dead_letter_line(*letter));
}

int resend(const Arguments& arguments, const Config& config, const std::filesystem::path& file, Console& console) {
  auto receivers = receivers_of(config);
  if (!receivers) {
    console.say(receivers.error());
    return kExitConfig;
  }
  Sender sender(config);
  Tally tally;
  for (bool has_more = true; has_more;) {
    auto round = DeadLetterRound::begin(file);
    if (round && !*round) break;
    Result<void> done = round ? Result<void>() : Result<void>(round.error());
    while (done) {
      const auto line = (*round)->next();
      if (!line) break;
      done = deal_with(*line, arguments.output, *receivers, sender, **round, tally);
    }
    if (done) done = (*round)->finish();
    if (!done) {
      console.say(done.error());
      return exit_status_for(done.error());
    }
    has_more = (*round)->is_resumed();
  }
  console.say(fmt::format("{} sent, {} refused again, {} kept", tally.sent, tally.refused, tally.kept));
  bool is_away = false;
  for (const auto& [name, receiver] : *receivers) {
    if (receiver.away.empty()) continue;
    console.say(fmt::format("{}: {}: nothing more was sent to it", name, receiver.away));
    is_away = true;
  }
  if (is_away) return kExitUnavailable;
  return tally.refused > 0 ? kExitBadInput : kExitOk;
}

int dead_letters(const Arguments& arguments, Console& console) {
  Overrides overrides;
  overrides.state_dir = arguments.state_dir;
  const auto config = configured(config_file_of(arguments.config), overrides, console);
  if (!config) return kExitConfig;
  const std::filesystem::path file = config->state_dir / kDeadLettersName;
  return arguments.action == "list" ? list(arguments, file, console) : resend(arguments, *config, file, console);
}

}  // namespace

Command dead_letters_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "dead-letters",
      .brief = "what webhooks' receivers refused, and sending it again",
      .about =
          "An event that a webhook's receiver refuses for good is kept as a dead letter. list shows them, with the "
          "reason; resend posts them once more, as their output is configured now: what is taken is forgotten, what is "
          "refused stays, and a receiver that takes nothing at the moment is left alone. The daemon may run or not.",
      .options = {{"ACTION", "", "what to do", &a->action, {"list", "resend"}, Option::Completes::Nothing, true},
                  {"--output", "NAME", "of this output only", &a->output},
                  {"-c,--config",
                   "FILE",
                   "the configuration that names the state directory and the outputs",
                   &a->config,
                   {},
                   Option::Completes::Files},
                  state_dir_option(a->state_dir)},
      .examples = {{"newsd dead-letters list", "what was refused, and why"},
                   {"newsd dead-letters resend --output hook", "once the receiver is mended"},
                   {"newsd dead-letters list | jq -r .event.id", "in a pipe: NDJSON"}},
      .more = "man newsd, WEBHOOKS"};
  command.run = [a](Console& console) { return dead_letters(*a, console); };
  return command;
}

}  // namespace newsd
