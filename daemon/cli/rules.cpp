#include "daemon/app/exit_status.h"
#include "daemon/app/preparation.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/input_file.h"

#include <fmt/format.h>

#include <utility>

namespace newsd {
namespace {

struct Arguments {
  std::string action, config, match;
  std::vector<std::string> files;
};

/// Prints which rules an article meets, with what in it did that.
class RuleTrial {
 public:
  RuleTrial(const Preparation& preparation, const UserRules& rules, Console& console)
      : preparation_(preparation), rules_(rules), console_(console), palette_(palette_of(console)) {}

  void article(const std::string& file, const Article& article) {
    const Labels labels = label(article, *preparation_.resources, {preparation_.labelling.topic_model, nullptr});
    const std::string body = article.body();
    const RuleSubject subject = rule_subject_of(article, labels, body);
    console_.out().line(fmt::format("{}{}: {}{}", palette_.bold, file,
                                    article.headline.empty() ? article.title : article.headline, palette_.reset));
    const auto matches = rules_.set().matches(subject);
    if (matches.empty()) console_.out().line("  meets no rule");
    for (const RuleMatch& match : matches) rule(match, subject);
  }

 private:
  void rule(const RuleMatch& match, const RuleSubject& subject) {
    const UserRule& rule = rules_.at(match.rule);
    console_.out().line(fmt::format("  {}{}{}  score {}{}", palette_.green, rule.id, palette_.reset, match.score,
                                    rule.rejects ? "  (rejects)" : ""));
    for (const RuleSpan& span : match.spans) {
      const auto [name, text] = span.field == RuleField::Headline  ? std::pair("title", subject.headline)
                                : span.field == RuleField::Summary ? std::pair("summary", subject.summary)
                                                                   : std::pair("body", subject.body);
      console_.out().line(
          fmt::format("    {} {}-{}: {}", name, span.begin, span.end, text.substr(span.begin, span.end - span.begin)));
    }
  }

  const Preparation& preparation_;
  const UserRules& rules_;
  Console& console_;
  Palette palette_;
};

int test_rules(const Arguments& arguments, Console& console) {
  auto config = configured(config_file_of(arguments.config), {}, console);
  if (!config) return kExitConfig;
  if (!arguments.match.empty()) {
    if (const auto parsed = parse_rule_expression(arguments.match); !parsed) {
      console.say_place(fmt::format("{}: {}", parsed.error().where, parsed.error().text));
      return kExitUsage;
    }
    config->rules = {{"--match", arguments.match, RuleConfig::Action::Label, 0}};
  }
  if (config->rules.empty()) {
    console.say("the configuration has no [[rule]]; --match tries one");
    return kExitUsage;
  }
  const auto preparation = make_preparation(*config);
  if (!preparation) {
    console.say(preparation.error());
    return kExitConfig;
  }
  RuleTrial trial(**preparation, *(*preparation)->labelling.rules, console);
  int status = kExitOk;
  for (const std::string& name : arguments.files) {
    const auto opened = open_input({name, {}, {}}, (*preparation)->limits.max_bytes, Format::Unknown, console.in());
    const auto reading =
        opened.refused ? Result<Reading>(*opened.refused) : read(opened.document, (*preparation)->limits);
    if (!reading) {
      console.say(fmt::format("{}: {}", name, reading.error().text));
      status = kExitBadInput;
      continue;
    }
    for (const auto& item : reading->items)
      if (const auto* article = std::get_if<Article>(&item)) trial.article(name, *article);
  }
  return status;
}

}  // namespace

Command rules_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "rules",
      .brief = "try topics and filters of your own on articles",
      .about =
          "test: reads articles from files and prints which [[rule]] of the configuration each meets, with its score "
          "and the places that did it. --match tries a rule that is not in the configuration yet; an error points at "
          "its column.",
      .options =
          {{"ACTION", "", "what to do", &a->action, {"test"}, Option::Completes::Nothing, true},
           {"FILE", "", "articles; \"-\" is stdin", &a->files, {}, Option::Completes::Files, true},
           {"-c,--config", "FILE", "the configuration that holds the rules", &a->config, {}, Option::Completes::Files},
           {"--match", "RULE", "this rule instead", &a->match}},
      .examples = {{"newsd rules test article.txt", "which of your rules it meets"},
                   {"newsd rules test --match '\"peace talks\" NEAR/9 minister' *.txt", "a rule in the making"}},
      .more = "man newsd, RULES"};
  command.run = [a](Console& console) { return test_rules(*a, console); };
  return command;
}

}  // namespace newsd
