#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/journal_walk.h"

#include <fmt/format.h>

namespace newsd {
namespace {

struct Arguments {
  std::string action, config, state_dir;
};

int dump(JournalReader& reader, Console& console) {
  const auto walked = each_event(reader, {}, {}, [&](const Record&, std::string_view line) {
    console.out().line(line);
    return !console.out().ended();
  });
  if (walked) return kExitOk;
  console.say(walked.error());
  return exit_status_of(walked.error());
}

int check(JournalReader& reader, Console& console) {
  const auto found = reader.check();
  if (!found) {
    console.say(found.error());
    return exit_status_of(found.error());
  }
  for (const auto& sentence : *found) console.out().line(sentence);
  const auto oldest = reader.oldest(), last = reader.last();
  if (found->empty() && oldest && last) {
    console.say(last->value() < oldest->value()
                    ? std::string("the journal is in order: it holds no event")
                    : fmt::format("the journal is in order: events {} to {}", oldest->value(), last->value()));
  }
  return found->empty() ? kExitOk : kExitBadInput;
}

int journal(const Arguments& arguments, Console& console) {
  return with_journal(arguments.config, arguments.state_dir, console, [&](const Config&, JournalReader& reader) {
    return arguments.action == "dump" ? dump(reader, console) : check(reader, console);
  });
}

}  // namespace

Command journal_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "journal",
      .brief = "check or dump the store of events",
      .about =
          "dump prints all events of the journal in order, one JSON object a line. check looks at the whole database "
          "and at every event and prints "
          "what is amiss, one sentence a line; it exits with 65 when something is. Both only read, with the daemon "
          "running or stopped.",
      .options = {{"ACTION", "", "what to do", &a->action, {"check", "dump"}, Option::Completes::Nothing, true},
                  journal_config_option(a->config),
                  state_dir_option(a->state_dir)},
      .examples = {{"newsd journal dump | gzip > events.ndjson.gz", "a copy of everything"},
                   {"newsd journal check && echo sound", "after a crash of the machine"}},
      .more = "man newsd, FILES; newsd replay -h prints a part of the journal"};
  command.run = [a](Console& console) { return journal(*a, console); };
  return command;
}

}  // namespace newsd
