// What rules are compiled to, and the index of one article's words that they are asked against. Behind rule_set.h.
#pragma once

#include "daemon/classify/rule_set.h"
#include "daemon/classify/word_stream.h"

#include <re2/re2.h>

#include <array>
#include <functional>
#include <optional>
#include <unordered_map>

namespace newsd {

inline constexpr std::int64_t kRuleRegexMemory = 1 << 20;

struct CompiledNode {
  RuleNode::Kind kind = RuleNode::Kind::And;
  RuleField field = RuleField::Any;
  bool is_prefix = false;
  unsigned distance = 0;
  double weight = 1;
  std::vector<std::uint32_t> words;  ///< Words: numbers; Fact: of a whole code, one
  std::size_t rarest = 0;            ///< which of the words
  std::string text;                  ///< Fact
  std::vector<std::string> names;    ///< Words, Fact: folded
  std::shared_ptr<const RE2> regex;
  RuleNumber number = RuleNumber::Score;
  RuleComparison comparison = RuleComparison::Equal;
  double operand = 0;
  std::vector<CompiledNode> children;
};

struct CompiledRule {
  CompiledNode root;
  double threshold = 0;
};

/// Texts and their numbers; found by string_view. Nothing depends on its order.
struct RuleVocabulary {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers;

  std::uint32_t find(std::string_view text) const {
    const auto at = numbers.find(text);
    return at == numbers.end() ? UINT32_MAX : at->second;
  }
};

/// Words, beginnings of words and codes share one row of numbers.
struct RuleSet::Compiled {
  std::vector<CompiledRule> rules;
  RuleVocabulary words, beginnings, facts;
  std::vector<std::size_t> beginning_lengths;       ///< in bytes, ascending, each once
  std::vector<std::vector<std::uint32_t>> waiting;  ///< by number: the rules that wait for it
  std::vector<std::uint32_t> always;                ///< rules that wait for nothing
};

/// Fields that hold codes: compared whole. The others hold names: compared by their words.
bool is_code_field(RuleField field);
/// How a code is found in RuleSet::Compiled::facts.
std::string fact_key(RuleField field, std::string_view code);

/// One subject's words and codes by number; views of the subject.
class RuleIndex {
 public:
  RuleIndex(const RuleSubject& subject, const RuleSet::Compiled& compiled);

  /// Numbers that occur, ascending, each once.
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }
  /// Whether the node holds; if so, what its terms found and score is added to the match.
  bool holds(const CompiledNode& node, RuleMatch& match) const;

 private:
  static constexpr std::size_t kTexts = 3;
  struct Text {
    RuleField field;
    std::string_view text;
    WordStream stream;
    std::uint32_t base = 0;  ///< the position of its first word
  };
  /// Positions of words, both ends included.
  struct Hit {
    std::uint32_t first, last;
    bool operator==(const Hit&) const = default;
  };

  void read(Text& text);
  void read_codes();
  void add_code(RuleField field, std::string_view code);
  std::span<const std::uint32_t> positions(std::uint32_t number) const;
  const Text& text_at(std::uint32_t position) const;
  std::vector<Hit> hits(const CompiledNode& node) const;
  bool phrase_at(const CompiledNode& node, std::uint32_t first) const;
  void report(const CompiledNode& node, const std::vector<Hit>& hits, RuleMatch& match) const;
  bool near_holds(const CompiledNode& node, RuleMatch& match) const;
  bool regex_holds(const CompiledNode& node, RuleMatch& match) const;
  bool fact_holds(const CompiledNode& node) const;
  bool number_holds(const CompiledNode& node) const;

  const RuleSubject& subject_;
  const RuleSet::Compiled& compiled_;
  std::array<Text, kTexts> texts_;
  std::vector<std::uint32_t> word_at_;                          ///< number of the whole word, by position
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found_;  ///< number, position; ascending
  std::vector<std::uint32_t> numbers_, begins_, positions_;
};

}  // namespace newsd
