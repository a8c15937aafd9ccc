// The rules of an installation, [[rule]], compiled, and what they say of an article. Immutable, any thread.
#pragma once

#include "daemon/classify/facts.h"
#include "daemon/classify/rule_set.h"
#include "feeds/article/article.h"

#include <string>
#include <vector>

namespace newsd {

struct Labels;

/// One [[rule]]. rejects: an article that it matches is refused instead of labelled.
struct UserRule {
  std::string id;
  RuleText text;
  bool rejects = false;
};

/// A rule that an article meets. spans: of what its terms found in the body.
struct RuleLabel {
  std::string id;
  double score = 0;
  std::vector<Span> spans;
  bool rejects = false;
  bool operator==(const RuleLabel&) const = default;
};

class UserRules {
 public:
  static Result<UserRules> compile(std::vector<UserRule> rules);

  std::size_t size() const { return rules_.size(); }
  const UserRule& at(std::size_t i) const { return rules_[i]; }
  const RuleSet& set() const { return set_; }
  /// In the order of the rules. labels: language, topics, countries and entities are asked of.
  std::vector<RuleLabel> labels_of(const Article& article, const Labels& labels) const;
  /// "rules-" and eight hexadecimal digits over the rules.
  const std::string& version() const { return version_; }

 private:
  std::vector<UserRule> rules_;
  RuleSet set_;
  std::string version_;
};

/// What rules are asked of. Views of the article, the labels and the body, Article::body().
RuleSubject rule_subject_of(const Article& article, const Labels& labels, std::string_view body);

}  // namespace newsd
