#include "daemon/cli/explain_file.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/input_file.h"
#include "daemon/cli/learned_until_now.h"
#include "daemon/cli/shown_text.h"
#include "daemon/config/config.h"
#include "daemon/event/json_text.h"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

namespace newsd {
namespace {

/// Kept text is left in the terminal's own colour, what is the article's besides its body is coloured, what was removed
/// recedes.
std::string_view colour_of(LineRole role, const Palette& palette) {
  switch (role) {
    case LineRole::Headline: return palette.bold;
    case LineRole::Standfirst: return palette.cyan;
    case LineRole::Byline:
    case LineRole::Published: return palette.yellow;
    case LineRole::Caption: return palette.blue;
    case LineRole::Removed: return palette.red;
    case LineRole::Body: return palette.green;
  }
  return palette.reset;
}

/// The drop directory that the file lies in or went through, by the name its articles bear; empty: none.
std::string drop_of(const std::string& file, const Config& config) {
  namespace fs = std::filesystem;
  std::error_code failed;
  fs::path directory = fs::weakly_canonical(file, failed).parent_path();
  if (failed) return {};
  if (directory.filename() == "done" || directory.filename() == "failed") directory = directory.parent_path();
  for (const DropConfig& drop : config.drops) {
    if (fs::weakly_canonical(drop.path, failed) == directory) return drop.name;
  }
  return {};
}

struct LearnedOfFile {
  LearnedUntilNow all;
  std::string input;  ///< the drop directory it is of; empty: of none
};

int read_learned(const ExplainedFile& file, Console& console, LearnedOfFile& learned) {
  if (file.config.empty() && file.state_dir.empty()) return kExitOk;
  return with_journal(file.config, file.state_dir, console, [&](const Config& config, JournalReader& journal) -> int {
    auto all = learned_until_now(config, journal);
    if (!all) {
      console.say(all.error());
      return exit_status_of(all.error());
    }
    learned = {*std::move(all), drop_of(file.name, config)};
    return kExitOk;
  });
}

}  // namespace

std::string text_of(const Explanation& explanation, std::string_view name, const Palette& palette) {
  std::string out;
  const auto add = std::back_inserter(out);
  fmt::format_to(add, "{}{}  {}, {} bytes{}\n\n", palette.dim, shown(name), to_string(explanation.origin.format),
                 explanation.origin.bytes, palette.reset);
  for (const ExplainedPart& part : explanation.parts) {
    const bool removed = part.role == LineRole::Removed;
    fmt::format_to(add, "{}{:>7}{} {}{} {:<13}{} {}{:>6.2f}  {:<18}{} {}{}{}\n", palette.dim, shown(part.lines),
                   palette.reset, colour_of(part.role, palette), removed ? '-' : '+',
                   removed ? to_string(part.kind) : to_string(part.role), palette.reset, palette.dim, part.score,
                   part.rule, palette.reset, removed ? palette.dim : std::string_view(), shown(part.text),
                   removed ? palette.reset : std::string_view());
  }
  return out;
}

std::string lines_of(const Explanation& explanation, std::string_view name) {
  JsonText json;
  for (const ExplainedPart& part : explanation.parts) {
    json.begin_object().member("file", name);
    json.key("lines").begin_array().integer(part.lines.first).integer(part.lines.last).end_array();
    json.member("part", to_string(part.role));
    if (part.role == LineRole::Removed) json.member("kind", to_string(part.kind));
    json.member("rule", part.rule).key("score").decimal(part.score);
    if (part.learned_from > 0) json.key("learnedFrom").integer(part.learned_from);
    json.member("text", part.text).end_object().next_line();
  }
  return json.take();
}

int explain_file(const ExplainedFile& file, Console& console) {
  InputFile input{.name = file.name};
  if (!file.url.empty()) {
    const auto url = Url::parse(file.url);
    if (!url) {
      console.say(url.error());
      return kExitUsage;
    }
    input.url = *url;
  }
  const ReadLimits limits = Config().limits;
  LearnedOfFile learned;
  if (const int failed = read_learned(file, console, learned); failed != kExitOk) return failed;
  auto opened = open_input(input, limits.max_bytes, file.forced, console.in());
  if (!learned.input.empty()) opened.document.origin.input = learned.input;
  const auto explanation =
      opened.refused ? Result<Explanation>(*opened.refused) : explain(opened.document, limits, learned.all.learned());
  if (!explanation) {
    console.say(opened.refused ? explanation.error().message()
                               : fmt::format("{}: {}", file.name, explanation.error().message()));
    return kExitBadInput;
  }
  console.out().write(console.out_is_terminal() ? text_of(*explanation, file.name, palette_of(console))
                                                : lines_of(*explanation, file.name));
  return kExitOk;
}

}  // namespace newsd
