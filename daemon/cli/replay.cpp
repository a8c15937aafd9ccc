#include "daemon/app/exit_status.h"
#include "daemon/app/preparation.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/event_printer.h"
#include "daemon/cli/expression_fault.h"
#include "daemon/cli/journal_walk.h"
#include "daemon/cli/position.h"
#include "daemon/cli/progress.h"
#include "daemon/cli/reprocess.h"
#include "daemon/stream/where.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

struct Arguments {
  std::string from, to, where, format, config, state_dir;
  std::vector<std::string> types;
  bool reprocess = false, quiet = false;
};

class Replay {
 public:
  /// where: null for all.
  Replay(const Arguments& arguments, const Config& config, const Where* where, JournalReader& reader, Console& console)
      : arguments_(arguments), config_(config), where_(where), reader_(reader), console_(console) {}

  int run(const From& from, const std::optional<From>& to, const TypeFilter& filter) {
    Stretch stretch;
    auto start = start_of(from, reader_);
    auto end = to ? start_of(*to, reader_) : Result<Sequence>(stretch.to);
    const auto oldest = reader_.oldest(), last = reader_.last();
    if (!start || !end || !oldest) return fail(!start ? start.error() : !end ? end.error() : oldest.error());
    if (!last) return fail(last.error());
    stretch = {*start, *end};
    first_ = std::max(start->value() + 1, oldest->value());
    const std::uint64_t until = std::min(end->value(), last->value());
    count_ = until >= first_ ? until + 1 - first_ : 0;
    if (std::holds_alternative<FromAfter>(from) && stretch.after.value() + 1 < oldest->value()) {
      console_.say(
          fmt::format("events {} to {} are no longer in the journal", stretch.after.value() + 1, oldest->value() - 1));
    }
    return arguments_.reprocess ? reprocess(stretch, filter) : print(stretch, filter);
  }

 private:
  int fail(const Error& error) {
    console_.say(error);
    return exit_status_of(error);
  }

  bool is_wanted(const Record& record, std::string_view line) const {
    return where_ == nullptr || where_->holds(EmittedEvent(record.sequence, record.type, std::string(line)));
  }

  /// How many events of the stretch are done; quiet where lines of data go to the same terminal.
  Progress progress(std::string what) const {
    return Progress(console_, std::move(what), count_, arguments_.quiet || console_.out_is_terminal());
  }
  std::uint64_t done_at(const Record& record) const { return record.sequence.value() + 1 - first_; }

  int print(const Stretch& stretch, const TypeFilter& filter) {
    EventPrinter printer(arguments_.format, console_);
    Progress shown = progress("replay");
    const auto walked = each_event(reader_, stretch, filter, [&](const Record& record, std::string_view line) {
      shown.at(done_at(record));
      if (is_wanted(record, line)) printer.print(line);
      return !console_.out().ended();
    });
    return walked ? static_cast<int>(kExitOk) : fail(walked.error());
  }

  int reprocess(const Stretch& stretch, const TypeFilter& filter) {
    const auto preparation = make_preparation(config_);
    if (!preparation) {
      console_.say(preparation.error());
      return kExitConfig;
    }
    auto learned = learned_until_now(config_, reader_);
    if (!learned) return fail(learned.error());
    Reprocessor reprocessor(config_, *preparation, *std::move(learned));
    std::size_t differ = 0;
    Progress shown = progress("read again");
    const auto walked = each_event(reader_, stretch, filter, [&](const Record& record, std::string_view line) {
      shown.at(done_at(record));
      if (record.type != EventType::ArticleNew && record.type != EventType::ArticleUpdated) return true;
      if (!is_wanted(record, line)) return true;
      if (const auto difference = reprocessor.difference(line)) {
        ++differ;
        console_.out().line(*difference);
      }
      return !console_.out().ended();
    });
    if (!walked) return fail(walked.error());
    console_.say(fmt::format("{} articles read again, {} would change; of {} the input is no longer there",
                             reprocessor.read_again(), differ, reprocessor.gone()));
    return kExitOk;
  }

  const Arguments& arguments_;
  const Config& config_;
  const Where* where_;
  JournalReader& reader_;
  Console& console_;
  std::uint64_t first_ = 1, count_ = 0;  ///< of the stretch, as far as the journal has it
};

int replay(const Arguments& arguments, Console& console) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto from = parse_position(arguments.from, now);
  const auto to = arguments.to.empty() ? std::nullopt : parse_position(arguments.to, now);
  if (!from || (!arguments.to.empty() && !to)) {
    console.say(fmt::format("{} must be {}; not \"{}\"", from ? "--to" : "--from", kPositionForms,
                            from ? arguments.to : arguments.from));
    return kExitUsage;
  }
  const auto filter = TypeFilter::parse(arguments.types);
  if (!filter) {
    console.say(filter.error());
    return kExitUsage;
  }
  WhereBook wheres;
  const auto where = wheres.compiled(arguments.where);
  if (!where) {
    say_fault(where.error(), "--where", arguments.where, console);
    return kExitUsage;
  }
  return with_journal(arguments.config, arguments.state_dir, console, [&](const Config& config, JournalReader& reader) {
    return Replay(arguments, config, where->get(), reader, console).run(*from, to, *filter);
  });
}

}  // namespace

Command replay_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "replay",
      .brief = "print events of the journal again, or what would change",
      .about =
          "Prints the events of a stretch of the journal again, the same bytes as the first time, with the daemon "
          "running or stopped. A sequence number "
          "means what comes after it: --from 40 --to 50 prints 41 to 50. --reprocess reads the inputs of these events "
          "again, where they still lie or "
          "in done/, and prints for each article that would be read or labelled differently today what would change.",
      .options = {{"--from",
                   "POSITION",
                   "after a sequence number, at a time, a while ago (10m), or earliest",
                   &a->from,
                   {},
                   Option::Completes::Nothing,
                   true},
                  {"--to", "POSITION", "up to and including a sequence number, or before a time; default: the end",
                   &a->to},
                  {"--type", "PATTERN", "only these events, such as newsd.article.*", &a->types},
                  {"--where", "RULE", "only events that meet it, such as 'country:UKR AND size > 2'", &a->where},
                  {"--format", "FORMAT", "encoding; default: text on a terminal, else cloudevents", &a->format,
                   encoding_names()},
                  {"--reprocess", "", "read the inputs again; print {sequence, subject, changed, before, after} lines",
                   &a->reprocess},
                  {"--quiet", "", "do not tell how far it is", &a->quiet},
                  journal_config_option(a->config),
                  state_dir_option(a->state_dir)},
      .examples = {{"newsd replay --from earliest > events.ndjson", "everything that is kept"},
                   {"newsd replay --from 2026-11-22 --to 2026-11-23 --type newsd.article.new",
                    "the new articles of a day (UTC)"},
                   {"newsd replay --from 7d --where 'topic:16000000 AND country:UKR'", "a week of one war"},
                   {"newsd replay --from 7d --reprocess | jq -r '.changed[]' | sort | uniq -c",
                    "what changed rules would change in a week's articles"}},
      .more = "man newsd, EVENTS; newsd tail -h follows the running daemon"};
  command.run = [a](Console& console) { return replay(*a, console); };
  return command;
}

}  // namespace newsd
