#include "daemon/classify/rule_set.h"

#include "daemon/classify/rule_compiled.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

namespace newsd {

namespace {

/// How likely a text has the word, guessed: what everybody writes, and short words more than long ones. Only speed
/// depends on it.
double frequency(const std::string& word) {
  static constexpr std::array<std::string_view, 40> kEverywhere = {
      "a",    "about", "after", "all",   "also", "an",   "and", "as",   "at",   "be",    "but",  "by",  "for", "from",
      "has",  "have",  "he",    "in",    "is",   "it",   "its", "more", "new",  "not",   "of",   "on",  "one", "or",
      "said", "that",  "the",   "their", "they", "this", "to",  "was",  "were", "which", "will", "with"};
  if (std::binary_search(kEverywhere.begin(), kEverywhere.end(), word)) return 1;
  constexpr std::array<double, 8> kByLength = {1, 0.5, 0.4, 0.3, 0.15, 0.1, 0.06, 0.04};
  return word.size() < kByLength.size() ? kByLength[word.size()] : 0.3 / static_cast<double>(word.size());
}

/// Gives words, beginnings and codes their numbers and finds what each rule waits for.
class Compiler {
 public:
  explicit Compiler(RuleSet::Compiled& out) : out_(out) {}

  void add(const RuleNode& root, double threshold) {
    const auto rule = static_cast<std::uint32_t>(out_.rules.size());
    CompiledRule compiled{compiled_node(root), threshold};
    if (const auto anchors = anchors_of(compiled.root)) {
      for (const std::uint32_t word : anchors->words) out_.waiting[word].push_back(rule);
    } else {
      out_.always.push_back(rule);
    }
    out_.rules.push_back(std::move(compiled));
  }

 private:
  /// Words of which one must occur; the sum of their frequencies.
  struct Anchors {
    std::set<std::uint32_t> words;
    double frequency = 0;
  };

  std::uint32_t number_of(const std::string& text, RuleVocabulary& vocabulary, double frequency) {
    const auto next = static_cast<std::uint32_t>(out_.waiting.size());
    const auto [at, is_new] = vocabulary.numbers.try_emplace(text, next);
    if (is_new) {
      out_.waiting.emplace_back();
      frequencies_.push_back(frequency);
    }
    return at->second;
  }

  CompiledNode compiled_node(const RuleNode& node) {
    CompiledNode out;
    out.kind = node.kind;
    out.field = node.field;
    out.is_prefix = node.is_prefix;
    out.distance = node.distance;
    out.weight = node.weight;
    out.text = node.text;
    out.names = node.words;
    out.number = node.number;
    out.comparison = node.comparison;
    out.operand = node.operand;
    for (const RuleNode& child : node.children) out.children.push_back(compiled_node(child));
    if (node.kind == RuleNode::Kind::Words) {
      for (std::size_t i = 0; i < node.words.size(); ++i) {
        const bool is_beginning = node.is_prefix && i + 1 == node.words.size();
        out.words.push_back(is_beginning ? beginning(node.words[i])
                                         : number_of(node.words[i], out_.words, frequency(node.words[i])));
        if (frequencies_[out.words[i]] < frequencies_[out.words[out.rarest]]) out.rarest = i;
      }
    } else if (node.kind == RuleNode::Kind::Fact && is_code_field(node.field) && !node.is_prefix) {
      out.words.push_back(number_of(fact_key(node.field, node.text), out_.facts, 0.3));
    } else if (node.kind == RuleNode::Kind::Regex) {
      RE2::Options options(RE2::Quiet);
      options.set_max_mem(kRuleRegexMemory);
      options.set_case_sensitive(!node.ignores_case);
      out.regex = std::make_shared<const RE2>(node.text, options);
    }
    return out;
  }

  std::uint32_t beginning(const std::string& word) {
    auto& lengths = out_.beginning_lengths;
    const auto at = std::lower_bound(lengths.begin(), lengths.end(), word.size());
    if (at == lengths.end() || *at != word.size()) lengths.insert(at, word.size());
    return number_of(word, out_.beginnings, std::min(1.0, 3 * frequency(word)));
  }

  std::optional<Anchors> anchors_of(const CompiledNode& node) const {
    switch (node.kind) {
      case RuleNode::Kind::Words: return Anchors{{node.words[node.rarest]}, frequencies_[node.words[node.rarest]]};
      case RuleNode::Kind::Fact:
        if (node.words.empty()) return std::nullopt;
        return Anchors{{node.words.front()}, frequencies_[node.words.front()]};
      case RuleNode::Kind::And:
      case RuleNode::Kind::Near: {
        std::optional<Anchors> rarest;
        for (const CompiledNode& child : node.children) {
          auto anchors = anchors_of(child);
          if (anchors && (!rarest || anchors->frequency < rarest->frequency)) rarest = std::move(anchors);
        }
        return rarest;
      }
      case RuleNode::Kind::Or: {
        Anchors all;
        for (const CompiledNode& child : node.children) {
          const auto anchors = anchors_of(child);
          if (!anchors) return std::nullopt;
          all.words.insert(anchors->words.begin(), anchors->words.end());
          all.frequency += anchors->frequency;
        }
        return all;
      }
      case RuleNode::Kind::Not:
      case RuleNode::Kind::Regex:
      case RuleNode::Kind::Number: break;
    }
    return std::nullopt;
  }

  RuleSet::Compiled& out_;
  std::vector<double> frequencies_;
};

}  // namespace

RuleSet::RuleSet() : compiled_(std::make_unique<const Compiled>()) {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

std::size_t RuleSet::size() const { return compiled_->rules.size(); }

Result<RuleSet> RuleSet::compile(std::span<const RuleText> rules, RuleScope scope) {
  auto compiled = std::make_unique<Compiled>();
  Compiler compiler(*compiled);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto root = parse_rule_expression(rules[i].match, scope);
    if (!root) {
      Error error = root.error();
      if (rules.size() > 1) error.text = fmt::format("rule {}: {}", i + 1, error.text);
      return error;
    }
    compiler.add(*root, rules[i].threshold);
  }
  RuleSet set;
  set.compiled_ = std::move(compiled);
  return set;
}

std::vector<RuleMatch> RuleSet::matches(const RuleSubject& subject) const {
  if (compiled_->rules.empty()) return {};
  const RuleIndex index(subject, *compiled_);
  std::vector<std::uint32_t> candidates = compiled_->always;
  for (const std::uint32_t word : index.numbers())
    candidates.insert(candidates.end(), compiled_->waiting[word].begin(), compiled_->waiting[word].end());
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  std::vector<RuleMatch> matches;
  RuleMatch match;
  for (const std::uint32_t rule : candidates) {
    const CompiledRule& compiled = compiled_->rules[rule];
    match.rule = rule;
    match.score = 0;
    match.spans.clear();
    if (!index.holds(compiled.root, match) || match.score < compiled.threshold) continue;
    std::sort(match.spans.begin(), match.spans.end());
    match.spans.erase(std::unique(match.spans.begin(), match.spans.end()), match.spans.end());
    matches.push_back(match);
  }
  return matches;
}

}  // namespace newsd
