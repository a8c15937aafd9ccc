#include "daemon/app/exit_status.h"
#include "daemon/cli/ask_daemon.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/status_text.h"

#include <chrono>
#include <thread>

namespace newsd {
namespace {

constexpr auto kEvery = std::chrono::seconds(2);
constexpr std::string_view kClear = "\x1b[H\x1b[2J";

struct Arguments {
  std::string config;
  bool watches = false, json = false;
};

int fail(const Error& error, Console& console) {
  console.say(error);
  return error.is(AskError::Permission) ? kExitPermission : kExitUnavailable;
}

int status(const Arguments& arguments, Console& console) {
  const auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return kExitConfig;
  if (config->http.listen.empty()) {
    console.say("the configuration has no HTTP server to ask: listen in [http] makes one");
    return kExitConfig;
  }
  const Palette palette = palette_of(console);
  std::string before;
  for (;;) {
    const auto now = ask_daemon(config->http, {.path = "/status"});
    if (!now) return fail(now.error(), console);
    const auto text = arguments.json ? std::optional(*now) : status_text(*now, before, palette);
    if (!text) return fail(Error(AskError::Broken, "what answers here is not newsd", config->http.listen), console);
    if (arguments.watches && console.out_is_terminal() && !arguments.json) console.out().write(kClear);
    console.out().write(*text);
    console.out().flush();
    if (!arguments.watches || console.out().ended()) return kExitOk;
    before = *now;
    std::this_thread::sleep_for(kEvery);
  }
}

}  // namespace

Command status_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "status",
      .brief = "how the running daemon is",
      .about =
          "Asks the HTTP server of the running daemon ([http] of the configuration) how it is: what came in and what "
          "became of it, the journal, and how far outputs and consumers are behind.",
      .options = {{"-w,--watch", "", "again every two seconds, until Ctrl-C", &a->watches},
                  {"--json", "", "as the daemon says it: one line of JSON", &a->json},
                  {"-c,--config",
                   "FILE",
                   "the configuration that says where it listens",
                   &a->config,
                   {},
                   Option::Completes::Files}},
      .examples = {{"newsd status --watch", "beside work on it"},
                   {"newsd status --json | jq .inputs.unaccounted", "0, or newsd has lost count"}},
      .more = "man newsd, HTTP"};
  command.run = [a](Console& console) { return status(*a, console); };
  return command;
}

}  // namespace newsd
