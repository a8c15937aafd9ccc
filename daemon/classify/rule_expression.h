// The language of [[rule]] match and of `where`: text → a tree, or an error that points at a column. Pure, any thread.
// What a tree means is rule_set.h's part. Bounded: kMostRuleBytes, kMostRuleNodes, kDeepestRule.
//
//   expression = all { "OR" all }                  all = one { [ "AND" ] one }
//   one        = "NOT" one | near                  near = operand [ "NEAR/n" operand ]
//   operand    = term | [ field ":" ] "(" expression ")"
//   term       = [ field ( ":" | "==" | "!=" ) ] value [ "^" weight ]
//   value      = word | beginning* | "several words" | /regular expression/ | /…/i
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
  Type
};
bool is_text_field(RuleField field);

struct RuleNode {
  enum class Kind : std::uint8_t { And, Or, Not, Near, Words, Fact, Regex } kind = Kind::And;
  RuleField field = RuleField::Any;  ///< of Words, Fact and Regex
  bool is_prefix = false;            ///< Words, Fact: the last word is the beginning of one
  bool ignores_case = false;         ///< Regex
  unsigned distance = 0;             ///< Near: at most so many words from one to the other
  double weight = 1;                 ///< what a hit adds to the score
  std::vector<std::string> words;    ///< Words: folded, at least one. Fact: of a name
  std::string text;                  ///< Fact: folded, as written. Regex: the pattern
  std::size_t column = 1;            ///< where it stands, in bytes from 1
  std::vector<RuleNode> children;    ///< Not: one, Near: two, And and Or: two or more
};

/// What a rule may ask for: a story and a type are only known of events, not of articles that are not yet placed.
enum class RuleScope { Article, Event };

enum class RuleError { Syntax, TooLarge, BadRegex };
std::string_view code_of(RuleError e);

inline constexpr std::size_t kMostRuleBytes = 16 << 10, kMostRuleNodes = 1000, kDeepestRule = 32;
inline constexpr std::size_t kLongestRulePhrase = 20;  ///< words
inline constexpr unsigned kFarthestNear = 100;

/// An Error's `where` is "column N", its text says what was expected there.
Result<RuleNode> parse_rule_expression(std::string_view text, RuleScope scope = RuleScope::Article);

}  // namespace newsd
