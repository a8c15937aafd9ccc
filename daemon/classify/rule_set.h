// Many rules, compiled → which of them an article or event meets, with scores and the places that did it. Each rule
// waits at its rarest words: only rules one of whose words occurs are looked at (the percolator's way); a rule that can
// be true without a certain word (NOT, a name, a regular expression alone) is looked at every time. Immutable after
// compiling; any thread. Time is linear in the text and in the rules looked at.
//
// Meaning. Words are compared as WordStream folds them; a phrase is words one behind the other in one field, whatever
// stands between them; NEAR/n: from the last word of one side to the first of the other are at most n steps, they do
// not overlap, and only such hits count. A fact is a code (language, country, topic, story, type, rule: the whole code;
// a language also without its region) or a name (person, organisation, source: its words, one behind the other). The
// score is, over the terms of the branches that hold and that no NOT stands before, weight times occurrences, at most
// kMostCounted.
#pragma once

#include "daemon/classify/rule_expression.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

inline constexpr std::size_t kMostCounted = 5;     ///< occurrences of a term that add to the score
inline constexpr std::size_t kMostRuleHits = 100;  ///< occurrences of a term that are looked at in a field

/// What rules are asked of: texts, well-formed UTF-8, and facts. Views of what the caller keeps.
struct RuleSubject {
  std::string_view headline, summary, body;
  std::string_view language, story, type;
  std::vector<std::string_view> countries, persons, organisations, sources, topics, rules;
  std::array<std::optional<double>, kRuleNumbers> numbers{};  ///< by RuleNumber; of events only
};

/// Bytes [begin, end) of a text field.
struct RuleSpan {
  RuleField field = RuleField::Body;
  std::uint32_t begin = 0, end = 0;
  auto operator<=>(const RuleSpan&) const = default;
};

struct RuleMatch {
  std::uint32_t rule = 0;  ///< in the order given
  double score = 0;
  std::vector<RuleSpan> spans;  ///< by field and place, each once
  bool operator==(const RuleMatch&) const = default;
};

struct RuleText {
  std::string match;
  double threshold = 0;  ///< the least score
};

class RuleSet {
 public:
  RuleSet();
  ~RuleSet();
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;

  /// The Error of the first rule that cannot be compiled: its number in the text, its column in `where`.
  static Result<RuleSet> compile(std::span<const RuleText> rules, RuleScope scope = RuleScope::Article);

  /// In the order of the rules.
  std::vector<RuleMatch> matches(const RuleSubject& subject) const;
  std::size_t size() const;

  struct Compiled;

 private:
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace newsd
