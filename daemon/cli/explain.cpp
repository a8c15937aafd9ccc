#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/explain_file.h"

#include <fmt/format.h>

#include <filesystem>

namespace newsd {
namespace {

struct Arguments {
  std::string subject, input_format, url;
};

bool names_a_file(const std::string& subject) {
  std::error_code none;
  return subject == "-" || std::filesystem::exists(subject, none);
}

int explain_subject(const Arguments& arguments, Console& console) {
  if (names_a_file(arguments.subject)) {
    return explain_file({.name = arguments.subject,
                         .url = arguments.url,
                         .forced = format_from_name(arguments.input_format).value_or(Format::Unknown)},
                        console);
  }
  console.say(fmt::format("there is no file {}", arguments.subject));
  return kExitBadInput;
}

}  // namespace

Command explain_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "explain",
      .brief = "why a text or page was read as it was",
      .about =
          "Prints every line of a text and every block of a page in its order: whether it was kept, as what, and what "
          "the others were taken for; with the rule that decided and the score for (> 0) or against its being part of "
          "a body. In colour on a terminal, else one JSON object a line.",
      .options =
          {{"FILE", "", "the file; \"-\" is stdin", &a->subject, {}, Option::Completes::Files, true},
           {"--input-format", "FORMAT", "what the file is, instead of looking", &a->input_format, {"text", "html"}},
           {"--url", "URL", "the address the file came from", &a->url}},
      .examples = {{"newsd explain page.html", "the blocks kept and removed, and why"},
                   {"newsd explain dump.txt | jq -r 'select(.part == \"removed\") | [.rule, .text] | @tsv'",
                    "the lines that were left out, by rule"}},
      .more = "man newsd, explain; newsd parse --as text"};
  command.run = [a](Console& console) { return explain_subject(*a, console); };
  return command;
}

}  // namespace newsd
