#include "daemon/classify/user_rules.h"

#include "daemon/classify/label.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <utility>

namespace newsd {

Result<UserRules> UserRules::compile(std::vector<UserRule> rules) {
  std::vector<RuleText> texts;
  std::string all;
  for (const UserRule& rule : rules) {
    texts.push_back(rule.text);
    all += fmt::format("{}:{}{}:{}{} {}\n", rule.id.size(), rule.id, rule.text.match.size(), rule.text.match,
                       rule.text.threshold, rule.rejects);
  }
  auto set = RuleSet::compile(texts);
  if (!set) return set.error();
  UserRules compiled;
  compiled.rules_ = std::move(rules);
  compiled.set_ = std::move(*set);
  compiled.version_ = "rules-" + sha256(all).to_hex().substr(0, 8);
  return compiled;
}

std::vector<RuleLabel> UserRules::labels_of(const Article& article, const Labels& labels) const {
  const std::string body = article.body();
  std::vector<RuleLabel> out;
  for (const RuleMatch& match : set_.matches(rule_subject_of(article, labels, body))) {
    const UserRule& rule = rules_[match.rule];
    RuleLabel label{rule.id, match.score, {}, rule.rejects};
    for (const RuleSpan& span : match.spans)
      if (span.field == RuleField::Body) label.spans.push_back({span.begin, span.end});
    out.push_back(std::move(label));
  }
  return out;
}

RuleSubject rule_subject_of(const Article& article, const Labels& labels, std::string_view body) {
  RuleSubject subject;
  subject.headline = article.headline;
  subject.summary = article.summary;
  subject.body = body;
  subject.language = labels.language.code;
  for (const CountryLabel& country : labels.countries) subject.countries.push_back(country.code);
  for (const TopicLabel& topic : labels.topics) subject.topics.push_back(topic.code);
  for (const EntityLabel& entity : labels.entities) {
    if (entity.kind == EntityKind::Person) subject.persons.push_back(entity.name);
    if (entity.kind == EntityKind::Organisation) subject.organisations.push_back(entity.name);
  }
  for (const std::string* source : {&article.publisher, &article.credit})
    if (!source->empty()) subject.sources.push_back(*source);
  if (article.url) subject.sources.push_back(article.url->host());
  return subject;
}

}  // namespace newsd
