#include "daemon/app/app.h"
#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"

namespace newsd {
namespace {

struct Arguments {
  std::string config, input_format, format, state_dir;
  std::vector<std::string> drops, feeds;
  std::optional<unsigned> workers;
  bool read_stdin = false, once = false;
};

int run(const Arguments& arguments, Console& console) {
  if (arguments.workers && *arguments.workers > 1024) {
    console.say("--workers must be 0 to 1024");
    return kExitUsage;
  }
  RunOptions options;
  options.input_format = format_from_name(arguments.input_format).value_or(Format::Unknown);
  options.once = arguments.once;
  options.read_stdin = arguments.read_stdin;
  options.config_file = config_file_of(arguments.config);
  auto& overrides = options.overrides;
  overrides.drops.assign(arguments.drops.begin(), arguments.drops.end());
  overrides.feeds = arguments.feeds;
  overrides.input_format = options.input_format;
  overrides.format = arguments.format;
  overrides.stdout_format = console.out_is_terminal() ? "text" : "cloudevents";
  overrides.workers = arguments.workers;
  overrides.state_dir = arguments.state_dir;

  auto config = configured(options.config_file, overrides, console);
  if (!config) return kExitConfig;
  if (overrides.state_dir.empty() && options.config_file.empty())
    overrides.state_dir = config->state_dir;  // a reload stays there
  if (config->drops.empty() && config->feeds.empty() && !options.read_stdin) {
    console.say(
        "there is nothing to read: no [[drop]] or [[feed]] in the configuration, no --drop, no --feed, no --stdin");
    if (options.once) return kExitUsage;
  }
  options.config = std::move(*config);
  return run_daemon(std::move(options));
}

}  // namespace

Command run_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "run",
      .brief = "the daemon: take news in, keep events, hand them out",
      .about =
          "Runs newsd in the foreground until SIGTERM or Ctrl-C: reads the files dropped in its directories, polls its "
          "feeds, keeps their events in the journal and "
          "writes them to its outputs. Events go to stdout when an output of that kind is configured or none is; the "
          "log goes to stderr. SIGHUP "
          "reloads the configuration, SIGUSR1 reopens output files. The options take the configuration's place for a "
          "trial run.",
      .options = {{"-c,--config",
                   "FILE",
                   "the configuration; default: /etc/newsd/newsd.toml, a user's own first",
                   &a->config,
                   {},
                   Option::Completes::Files},
                  {"--drop",
                   "DIR",
                   "watch this directory instead of the configured ones",
                   &a->drops,
                   {},
                   Option::Completes::Folders},
                  {"--feed", "URL", "poll this feed instead of the configured ones", &a->feeds},
                  {"--stdin", "", "read stdin to its end, as one input", &a->read_stdin},
                  {"--input-format", "FORMAT", "what stdin and the files of --drop are, instead of looking",
                   &a->input_format, input_format_names()},
                  {"--format", "FORMAT", "write events to stdout in this encoding", &a->format, encoding_names()},
                  {"--once", "", "take what is there, poll each feed once, emit everything, end", &a->once},
                  {"--workers", "N", "threads that read and label; 0: one a processor", &a->workers},
                  {"--state-dir", "DIR", "where the journal is", &a->state_dir, {}, Option::Completes::Folders}},
      .examples = {{"newsd run --once --feed https://news.example/rss", "what a feed holds now, as events"},
                   {"newsd run --drop ./in", "watch ./in; events on stdout, and the journal in the state directory"},
                   {"newsd run -c newsd.toml --once > events.ndjson",
                    "take what lies in the configured directories, then end"},
                   {"cat wire.ndjson | newsd run --stdin --input-format article-ndjson --once",
                    "one article a line on stdin"}},
      .more = "man newsd; /etc/newsd/newsd.toml shows every key; newsd check -h"};
  command.run = [a](Console& console) { return run(*a, console); };
  return command;
}

}  // namespace newsd
