// The language of [[rule]] match and of `where`: text → a tree, or an error that points at a column. Pure, any thread.
// What a tree means is rule_set.h's part. Bounded: kMostRuleBytes, kMostRuleNodes, kDeepestRule.
//
//   expression = all { "OR" all }                  all = one { [ "AND" ] one }
//   one        = "NOT" one | near                  near = operand [ "NEAR/n" operand ]
//   operand    = term | number | [ field ":" ] "(" expression ")"
//   term       = [ field ( ":" | "==" | "!=" ) ] value [ "^" weight ]
//   value      = word | beginning* | "several words" | /regular expression/ | /…/i
//   number     = name ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) digits [ "." digits ]
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Where a value is looked for. Any: headline, summary or body.
enum class RuleField : std::uint8_t {
  Any,
  Headline,
  Summary,
  Body,
  Language,
  Country,
  Person,
  Organisation,
  Source,
  Topic,
  Story,
  Type,
  Rule
};
bool is_text_field(RuleField field);

/// What a number of an event can be asked of. Score: the highest of the [[rule]]s it meets. Similarity, Containment: to
/// the article it repeats or retells, 0 to 1. Size: articles of its story. Version: of the article. Tone: below 0 is
/// bad.
enum class RuleNumber : std::uint8_t { Score, Similarity, Containment, Size, Version, Tone };
inline constexpr std::size_t kRuleNumbers = 6;
enum class RuleComparison : std::uint8_t { Less, AtMost, Equal, AtLeast, More };

struct RuleNode {
  enum class Kind : std::uint8_t { And, Or, Not, Near, Words, Fact, Regex, Number } kind = Kind::And;
  RuleField field = RuleField::Any;                   ///< of Words, Fact and Regex
  bool is_prefix = false;                             ///< Words, Fact: the last word is the beginning of one
  bool ignores_case = false;                          ///< Regex
  unsigned distance = 0;                              ///< Near: at most so many words from one to the other
  double weight = 1;                                  ///< what a hit adds to the score
  std::vector<std::string> words;                     ///< Words: folded, at least one. Fact: of a name
  std::string text;                                   ///< Fact: folded, as written. Regex: the pattern
  RuleNumber number = RuleNumber::Score;              ///< Number
  RuleComparison comparison = RuleComparison::Equal;  ///< Number: how the event's stands to the operand
  double operand = 0;                                 ///< Number
  std::size_t column = 1;                             ///< where it stands, in bytes from 1
  std::vector<RuleNode> children;                     ///< Not: one, Near: two, And and Or: two or more
};

/// What a rule may ask for: a story, a type, rules that were met and numbers are only known of events, not of articles
/// that are not yet placed.
enum class RuleScope { Article, Event };

enum class RuleError { Syntax, TooLarge, BadRegex };
std::string_view code_of(RuleError e);

inline constexpr std::size_t kMostRuleBytes = 16 << 10, kMostRuleNodes = 1000, kDeepestRule = 32;
inline constexpr std::size_t kLongestRulePhrase = 20;  ///< words
inline constexpr unsigned kFarthestNear = 100;

/// An Error's `where` is "column N", its text says what was expected there.
Result<RuleNode> parse_rule_expression(std::string_view text, RuleScope scope = RuleScope::Article);

}  // namespace newsd
