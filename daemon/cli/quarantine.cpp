#include "feeds/source/quarantine.h"
#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/shown_text.h"
#include "daemon/serve/quarantined.h"
#include "feeds/article/timestamp.h"
#include "feeds/source/file_identity.h"

#include <fmt/format.h>

#include <algorithm>

namespace newsd {
namespace {

struct Arguments {
  std::string action, config;
  std::vector<std::string> names;
  bool all = false;
};

/// The drop directory a file lies in, and the file.
struct Place {
  const DropConfig* drop;
  Quarantined file;
};

class Keeper {
 public:
  Keeper(const Arguments& arguments, const Config& config, Console& console)
      : arguments_(arguments), config_(config), console_(console) {}

  int run() {
    for (const DropConfig& drop : config_.drops) look_into(drop);
    if (status_ != kExitOk) return status_;
    for (const std::string& name : arguments_.names) {
      const bool is_there =
          std::any_of(places_.begin(), places_.end(), [&](const Place& place) { return is_called(place.file, name); });
      if (is_there) continue;
      console_.say(fmt::format("{}: nothing of that name is in quarantine", name));
      status_ = kExitUsage;
    }
    if (status_ != kExitOk) return status_;
    for (const Place& place : places_) {
      const bool is_meant =
          arguments_.names.empty() || std::any_of(arguments_.names.begin(), arguments_.names.end(),
                                                  [&](const std::string& name) { return is_called(place.file, name); });
      if (is_meant) act_on(place);
    }
    return status_;
  }

 private:
  void look_into(const DropConfig& drop) {
    auto files = Quarantine(drop.path).list();
    if (!files) return fail(files.error());
    for (Quarantined& file : *files) places_.push_back({&drop, std::move(file)});
  }

  void fail(const Error& error) {
    console_.say(error);
    if (status_ == kExitOk) status_ = error.is(QuarantineError::Permission) ? kExitPermission : kExitIo;
  }

  void act_on(const Place& place) {
    if (arguments_.action == "list") return print(place);
    if (arguments_.action == "show") return show(place);
    const Quarantine quarantine(place.drop->path);
    if (arguments_.action == "rm") {
      if (const auto removed = quarantine.remove(place.file.name); !removed) return fail(removed.error());
      return console_.say(fmt::format("{}: deleted", readable_name(place.file.name)));
    }
    const auto back = quarantine.put_back(place.file.name);
    if (!back) return fail(back.error());
    console_.say(fmt::format("{}: put back into {} as {}", readable_name(place.file.name), place.drop->path.string(),
                             readable_name(*back)));
  }

  void print(const Place& place) {
    if (!console_.out_is_terminal()) return print_json(place);
    const QuarantineReason reason = reason_of(place.file);
    const Palette palette = palette_of(console_);
    console_.out().line(fmt::format("{}{}{}  {:>10}  {}{}{}  {}{}{}", palette.dim, to_rfc3339(place.file.since),
                                    palette.reset, place.file.bytes, palette.bold,
                                    shown(readable_name(place.file.name)), palette.reset, palette.red,
                                    reason.code.empty() ? "no reason" : shown(reason.code), palette.reset));
  }

  void print_json(const Place& place) {
    JsonText json;
    write_quarantined(json, place.file, place.drop->name);
    console_.out().line(json.take());
  }

  void show(const Place& place) {
    const QuarantineReason reason = reason_of(place.file);
    if (!console_.out_is_terminal()) {
      if (reason.code.empty()) return print_json(place);
      return console_.out().line(place.file.reason);
    }
    const auto row = [&](std::string_view what, std::string_view text) {
      if (!text.empty()) console_.out().line(fmt::format("{:<8}{}", what, shown(text)));
    };
    row("file", (place.drop->path / "failed" / readable_name(place.file.name)).string());
    row("bytes", fmt::to_string(place.file.bytes));
    row("since", to_rfc3339(place.file.since));
    row("reason", reason.code.empty() ? "there is no reason file" : reason.code);
    row("", reason.text);
    row("where", reason.where);
  }

  const Arguments& arguments_;
  const Config& config_;
  Console& console_;
  std::vector<Place> places_;
  int status_ = kExitOk;
};

int quarantine(const Arguments& arguments, Console& console) {
  const bool is_list = arguments.action == "list";
  if (!is_list && arguments.names.empty() == !arguments.all) {
    console.say(fmt::format("{} takes names as `newsd quarantine list` shows them, or --all", arguments.action));
    return kExitUsage;
  }
  const auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return kExitConfig;
  return Keeper(arguments, *config, console).run();
}

}  // namespace

Command quarantine_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "quarantine",
      .brief = "what could not be read, why, and reading it again",
      .about =
          "A file that cannot be read goes to failed/ in its drop directory, with the reason beside it. list shows "
          "what lies there, oldest first; show says why; retry puts files back, to be read again like new ones, say "
          "after a limit was raised; rm deletes them with their reasons. The daemon may run or not.",
      .options =
          {{"ACTION", "", "what to do", &a->action, {"list", "show", "retry", "rm"}, Option::Completes::Nothing, true},
           {"NAME", "", "the files, by their names", &a->names},
           {"--all", "", "show, retry, rm: every one", &a->all},
           {"-c,--config",
            "FILE",
            "the configuration that names the drop directories",
            &a->config,
            {},
            Option::Completes::Files}},
      .examples = {{"newsd quarantine list", "what failed"},
                   {"newsd quarantine show wire-17.txt", "why"},
                   {"newsd quarantine retry --all", "once what was wrong is mended"},
                   {"newsd quarantine list | jq -r 'select(.reason.code == \"binary\").name'", "in a pipe: NDJSON"}},
      .more = "man newsd, DROP DIRECTORIES"};
  command.run = [a](Console& console) { return quarantine(*a, console); };
  return command;
}

}  // namespace newsd
