#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/explain_article.h"
#include "daemon/cli/explain_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

namespace newsd {
namespace {

struct Arguments {
  std::string subject, input_format, url, config, state_dir;
};

bool names_a_file(const std::string& subject) {
  std::error_code none;
  return subject == "-" || std::filesystem::exists(subject, none);
}

std::optional<Uuid> article_id_of(std::string_view subject) {
  constexpr std::string_view kUrn = "urn:uuid:";
  if (subject.starts_with(kUrn)) subject.remove_prefix(kUrn.size());
  return Uuid::parse(subject);
}

int explain_subject(const Arguments& arguments, Console& console) {
  if (names_a_file(arguments.subject)) {
    return explain_file({.name = arguments.subject,
                         .url = arguments.url,
                         .forced = format_from_name(arguments.input_format).value_or(Format::Unknown),
                         .config = arguments.config,
                         .state_dir = arguments.state_dir},
                        console);
  }
  if (const auto id = article_id_of(arguments.subject))
    return explain_article({*id, arguments.config, arguments.state_dir}, console);
  console.say(fmt::format("there is no file {}, and it is no article's id: a UUID, alone or behind \"urn:uuid:\"",
                          arguments.subject));
  return kExitBadInput;
}

}  // namespace

Command explain_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "explain",
      .brief = "why a text or page was read, or an article placed, as it was",
      .about =
          "Of a file, prints every line of a text and every block of a page in its order: whether it was kept, as "
          "what, and what "
          "the others were taken for; with the rule that decided and the score for (> 0) or against its being part of "
          "a body. With -c or --state-dir also what the daemon has learned of the file's source: of the site, or of "
          "the "
          "drop directory that it lies in. Of an article, by its id, prints what the journal knows: what it was read "
          "from, the known article "
          "it is most "
          "like, with shares and words they have in common, its story and the next likeliest, and what its topics were "
          "told by. In colour on a terminal, else one JSON object a line; of an article, its events.",
      .options =
          {{"FILE|ID",
            "",
            "the file, \"-\" for stdin; or the article's id, a UUID",
            &a->subject,
            {},
            Option::Completes::Files,
            true},
           {"--input-format", "FORMAT", "what the file is, instead of looking", &a->input_format, {"text", "html"}},
           {"--url", "URL", "the address the file came from", &a->url},
           journal_config_option(a->config),
           state_dir_option(a->state_dir)},
      .examples = {{"newsd explain page.html", "the blocks kept and removed, and why"},
                   {"newsd explain dump.txt | jq -r 'select(.part == \"removed\") | [.rule, .text] | @tsv'",
                    "the lines that were left out, by rule"},
                   {"newsd explain -c /etc/newsd/newsd.toml inbox/done/dump.txt",
                    "the same, by what was learned of the texts in this drop directory"},
                   {"newsd explain 9c2abbd5-dd4f-55c8-bee5-933ead7699e4",
                    "why this article is new, or a copy of which"}},
      .more = "man newsd, explain; newsd parse --as text"};
  command.run = [a](Console& console) { return explain_subject(*a, console); };
  return command;
}

}  // namespace newsd
