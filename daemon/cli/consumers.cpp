#include "daemon/app/exit_status.h"
#include "daemon/cli/ask_daemon.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/position.h"
#include "daemon/event/json_text.h"
#include "daemon/ops/clock.h"
#include "feeds/format/json.h"

#include <fmt/format.h>

namespace newsd {
namespace {

struct Arguments {
  std::string action, name, position, config;
};

int fail(const Error& error, Console& console) {
  console.say(error);
  if (error.is(AskError::Permission)) return kExitPermission;
  return error.is(AskError::NotFound) || error.is(AskError::Refused) ? kExitUsage : kExitUnavailable;
}

/// One consumer as the daemon tells it: in columns on a terminal, else as it came.
void print(const JsonValue& consumer, Console& console) {
  const std::string name = text_at(consumer, "name"), position = text_at(consumer, "position"),
                    lag = text_at(consumer, "lag");
  if (console.out_is_terminal()) {
    console.out().line(fmt::format("{:<24} {:>12} behind  at {}", name, lag, position));
  } else {
    JsonText json;
    json.begin_object().member("name", name).member("position", position).key("lag").raw(lag).end_object();
    console.out().line(json.take());
  }
}

Result<Question> question_of(const Arguments& arguments, Instant now) {
  Question question;
  question.path = "/consumers";
  if (arguments.action == "list") return question;
  question.path += "/" + arguments.name;
  question.method = "DELETE";
  if (arguments.action == "rm") return question;
  question.method = "POST";
  const auto from = parse_position(arguments.position, now);
  if (!from)
    return Error(StreamError::BadRequest,
                 fmt::format("the position must be {}; not \"{}\"", kPositionForms, arguments.position));
  question.body = JsonText().begin_object().member("from", position_text(*from)).end_object().take();
  return question;
}

int consumers(const Arguments& arguments, Console& console) {
  const std::size_t wanted = arguments.action == "list" ? 0 : arguments.action == "rm" ? 1 : 2;
  const std::size_t given = (arguments.name.empty() ? 0 : 1) + (arguments.position.empty() ? 0 : 1);
  if (given != wanted) {
    console.say(wanted == 0   ? "list takes no name"
                : wanted == 1 ? "which consumer? rm takes its name"
                              : "seek takes a consumer's name and a position");
    return kExitUsage;
  }
  // it goes into a path: what is no name is refused here, in the words of the daemon
  if (const auto fits = check_consumer_name(arguments.name); wanted > 0 && !fits) {
    console.say(fits.error());
    return kExitUsage;
  }
  const auto question = question_of(arguments, system_now());
  if (!question) {
    console.say(question.error());
    return kExitUsage;
  }
  const auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return kExitConfig;
  if (config->http.listen.empty()) {
    console.say("the configuration has no HTTP server to ask: listen in [http] makes one");
    return kExitConfig;
  }
  const auto answer = ask_daemon(config->http, *question);
  if (!answer) return fail(answer.error(), console);
  const auto told = parse_json(*answer);
  if (!told || !told->is_object())
    return fail(Error(AskError::Broken, "what answers here is not newsd", config->http.listen), console);
  if (wanted > 0) {
    print(*told, console);
    return kExitOk;
  }
  const JsonValue* list = told->find("consumers");
  const auto* all = list == nullptr ? nullptr : list->as_array();
  if (all != nullptr)
    for (const JsonValue& consumer : *all) print(consumer, console);
  return kExitOk;
}

}  // namespace

Command consumers_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "consumers",
      .brief = "list, forget or move named consumers",
      .about =
          "A consumer that gives a name has a place in the stream that is kept for it: up to where it acknowledged. "
          "list says where each stands and how far it is behind; rm forgets one, which frees its place; seek moves "
          "one, back or forth, for when it connects again. All ask the running daemon ([http] of the configuration).",
      .options = {{"ACTION", "", "what to do", &a->action, {"list", "rm", "seek"}, Option::Completes::Nothing, true},
                  {"NAME", "", "rm, seek: the consumer", &a->name},
                  {"POSITION", "", "seek: where it is to go on", &a->position},
                  {"-c,--config",
                   "FILE",
                   "the configuration that says where the daemon listens",
                   &a->config,
                   {},
                   Option::Completes::Files}},
      .examples = {{"newsd consumers list", "who is behind"},
                   {"newsd consumers seek indexer 2h", "let it have the last two hours again"},
                   {"newsd consumers rm indexer", "it begins anew, or never comes again"}},
      .more = "man newsd, HTTP and POSITIONS"};
  command.run = [a](Console& console) { return consumers(*a, console); };
  return command;
}

}  // namespace newsd
