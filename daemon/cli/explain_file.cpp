#include "daemon/cli/explain_file.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/input_file.h"
#include "daemon/cli/shown_text.h"
#include "daemon/config/config.h"
#include "daemon/event/json_text.h"

#include <fmt/format.h>

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
  const auto opened = open_input(input, limits.max_bytes, file.forced, console.in());
  const auto explanation = opened.refused ? Result<Explanation>(*opened.refused) : explain(opened.document, limits);
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
