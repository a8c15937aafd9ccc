#include "daemon/classify/rule_expression.h"

#include "daemon/classify/word_stream.h"
#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace newsd {

namespace {

struct FieldName {
  std::string_view name;
  RuleField field;
};
constexpr std::array kFields = {FieldName{"title", RuleField::Headline},
                                FieldName{"headline", RuleField::Headline},
                                FieldName{"summary", RuleField::Summary},
                                FieldName{"body", RuleField::Body},
                                FieldName{"text", RuleField::Any},
                                FieldName{"lang", RuleField::Language},
                                FieldName{"language", RuleField::Language},
                                FieldName{"country", RuleField::Country},
                                FieldName{"person", RuleField::Person},
                                FieldName{"org", RuleField::Organisation},
                                FieldName{"organisation", RuleField::Organisation},
                                FieldName{"source", RuleField::Source},
                                FieldName{"medtop", RuleField::Topic},
                                FieldName{"topic", RuleField::Topic},
                                FieldName{"story", RuleField::Story},
                                FieldName{"type", RuleField::Type},
                                FieldName{"rule", RuleField::Rule}};

struct NumberName {
  std::string_view name;
  RuleNumber number;
};
constexpr std::array<NumberName, kRuleNumbers> kNumbers = {{{"score", RuleNumber::Score},
                                                            {"similarity", RuleNumber::Similarity},
                                                            {"containment", RuleNumber::Containment},
                                                            {"size", RuleNumber::Size},
                                                            {"version", RuleNumber::Version},
                                                            {"tone", RuleNumber::Tone}}};

struct ComparisonName {
  std::string_view sign;
  RuleComparison comparison;
  bool is_denied;
};
/// Longer signs before those they begin with.
constexpr std::array<ComparisonName, 6> kComparisons = {{{"<=", RuleComparison::AtMost, false},
                                                         {">=", RuleComparison::AtLeast, false},
                                                         {"==", RuleComparison::Equal, false},
                                                         {"!=", RuleComparison::Equal, true},
                                                         {"<", RuleComparison::Less, false},
                                                         {">", RuleComparison::More, false}}};

bool is_event_field(RuleField field) {
  return field == RuleField::Story || field == RuleField::Type || field == RuleField::Rule;
}

constexpr std::int64_t kRegexMemory = 1 << 20;
constexpr const char* kOnlyOfEvents = "{} is only known when an event is made: use it in the `where` of an output";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ends_word(char c) { return is_space(c) || c == '(' || c == ')' || c == '"' || c == '^'; }
bool is_name_character(char c) { return c >= 'a' && c <= 'z'; }

/// Recursive descent; the depth is bounded, and so is the number of nodes.
class Parser {
 public:
  Parser(std::string_view text, RuleScope scope) : text_(text), scope_(scope) {}

  Result<RuleNode> parse() {
    skip_space();
    if (at_ == text_.size()) return fail(RuleError::Syntax, "a rule says what to look for; this one is empty");
    auto node = expression(RuleField::Any, 0);
    if (node && at_ < text_.size()) return fail(RuleError::Syntax, "this bracket closes nothing");
    return node;
  }

 private:
  using Parsed = Result<RuleNode>;

  Error fail(RuleError e, std::string what, std::optional<std::size_t> at = {}) const {
    return {e, std::move(what), fmt::format("column {}", at.value_or(at_) + 1)};
  }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool next_is(std::string_view keyword) const {
    return text_.substr(at_).starts_with(keyword) &&
           (at_ + keyword.size() == text_.size() || ends_word(text_[at_ + keyword.size()]));
  }
  bool take(std::string_view keyword) {
    if (!next_is(keyword)) return false;
    at_ += keyword.size();
    skip_space();
    return true;
  }
  bool at_end_of_group() const { return at_ == text_.size() || text_[at_] == ')'; }

  RuleNode joined(RuleNode::Kind kind, std::vector<RuleNode> children) {
    if (children.size() == 1) return std::move(children.front());
    RuleNode node;
    node.kind = kind;
    node.column = children.front().column;
    node.children = std::move(children);
    return node;
  }

  Parsed expression(RuleField field, std::size_t depth) {
    if (depth > kDeepestRule)
      return fail(RuleError::TooLarge, fmt::format("brackets go at most {} deep", kDeepestRule));
    std::vector<RuleNode> children;
    do {
      auto child = all_of(field, depth);
      if (!child) return child;
      children.push_back(std::move(*child));
    } while (take("OR"));
    return joined(RuleNode::Kind::Or, std::move(children));
  }

  Parsed all_of(RuleField field, std::size_t depth) {
    std::vector<RuleNode> children;
    do {
      auto child = one(field, depth);
      if (!child) return child;
      children.push_back(std::move(*child));
      if (take("AND")) continue;
      if (text_.substr(at_).starts_with("NEAR/"))
        return fail(RuleError::Syntax, "NEAR stands between two sides: use brackets");
      if (at_end_of_group() || next_is("OR")) break;
    } while (true);
    return joined(RuleNode::Kind::And, std::move(children));
  }

  Parsed one(RuleField field, std::size_t depth) {
    const std::size_t begin = at_;
    if (!take("NOT")) return near(field, depth);
    if (depth > kDeepestRule) return fail(RuleError::TooLarge, fmt::format("NOT goes at most {} deep", kDeepestRule));
    auto child = one(field, depth + 1);
    if (!child) return child;
    RuleNode node;
    node.kind = RuleNode::Kind::Not;
    node.column = begin + 1;
    node.children.push_back(std::move(*child));
    return node;
  }

  static bool can_be_near(const RuleNode& node) {
    if (node.kind == RuleNode::Kind::Words) return true;
    return node.kind == RuleNode::Kind::Or &&
           std::all_of(node.children.begin(), node.children.end(),
                       [](const auto& c) { return c.kind == RuleNode::Kind::Words; });
  }

  Parsed near(RuleField field, std::size_t depth) {
    const std::size_t left_at = at_;
    auto left = operand(field, depth);
    constexpr std::string_view kNear = "NEAR/";
    if (!left || !text_.substr(at_).starts_with(kNear)) return left;
    const std::size_t begin = at_;
    at_ += kNear.size();
    RuleNode node;
    node.kind = RuleNode::Kind::Near;
    node.column = begin + 1;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), node.distance);
    if (error != std::errc() || node.distance == 0 || node.distance > kFarthestNear)
      return fail(RuleError::Syntax, fmt::format("NEAR/ is followed by a number of words, 1 to {}", kFarthestNear));
    at_ = static_cast<std::size_t>(end - text_.data());
    skip_space();
    const std::size_t right_at = at_;
    auto right = operand(field, depth);
    if (!right) return right;
    for (const auto& [side, at] : {std::pair{&*left, left_at}, std::pair{&*right, right_at}}) {
      if (!can_be_near(*side))
        return fail(RuleError::Syntax, "a side of NEAR is words, a phrase, or several of them with OR in brackets", at);
    }
    node.children.push_back(std::move(*left));
    node.children.push_back(std::move(*right));
    return node;
  }

  /// "name >= 5": a comparison of a number of the event. Nothing is taken when there is none.
  Result<std::optional<RuleNode>> number() {
    std::size_t end = at_;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    std::size_t behind = end;
    while (behind < text_.size() && is_space(text_[behind])) ++behind;
    const auto* sign = std::find_if(kComparisons.begin(), kComparisons.end(),
                                    [&](const ComparisonName& c) { return text_.substr(behind).starts_with(c.sign); });
    const auto* known =
        std::find_if(kNumbers.begin(), kNumbers.end(), [&](const NumberName& n) { return n.name == name; });
    const bool orders = sign != kComparisons.end() && sign->comparison != RuleComparison::Equal;
    if (name.empty() || sign == kComparisons.end() || (known == kNumbers.end() && !orders))
      return std::optional<RuleNode>();
    if (known == kNumbers.end())
      return fail(RuleError::Syntax,
                  fmt::format("{} is no number: score, similarity, containment, size, version, tone are", name));
    if (scope_ == RuleScope::Article) return fail(RuleError::Syntax, fmt::format(kOnlyOfEvents, name));
    if (++nodes_ > kMostRuleNodes)
      return fail(RuleError::TooLarge, fmt::format("a rule has at most {} terms", kMostRuleNodes));
    RuleNode node;
    node.kind = RuleNode::Kind::Number;
    node.column = at_ + 1;
    node.number = known->number;
    node.comparison = sign->comparison;
    at_ = behind + sign->sign.size();
    skip_space();
    const auto [stop, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), node.operand, std::chars_format::fixed);
    const auto after = static_cast<std::size_t>(stop - text_.data());
    if (error != std::errc() || !std::isfinite(node.operand) || (after < text_.size() && !ends_word(text_[after])))
      return fail(RuleError::Syntax, fmt::format("{} is compared with a number such as 5 or 0.8", name));
    at_ = after;
    skip_space();
    return std::optional(sign->is_denied ? denied(std::move(node)) : std::move(node));
  }

  static RuleNode denied(RuleNode node) {
    RuleNode no;
    no.kind = RuleNode::Kind::Not;
    no.column = node.column;
    no.children.push_back(std::move(node));
    return no;
  }

  /// "field:", "field ==", "field !=": the field, and whether it is denied. Nothing is taken when there is none.
  Result<std::optional<std::pair<RuleField, bool>>> field_name() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    std::size_t behind = end;
    while (behind < text_.size() && is_space(text_[behind])) ++behind;
    const std::string_view rest = text_.substr(behind);
    const bool is_equal = rest.starts_with("=="), is_unequal = rest.starts_with("!=");
    const bool is_colon = end > begin && text_.substr(end).starts_with(":");
    if (end == begin || (!is_equal && !is_unequal && !is_colon)) return std::optional<std::pair<RuleField, bool>>();
    const std::string_view name = text_.substr(begin, end - begin);
    const auto* known =
        std::find_if(kFields.begin(), kFields.end(), [&](const FieldName& f) { return f.name == name; });
    if (known == kFields.end())
      return fail(RuleError::Syntax, fmt::format("there is no field \"{}\": title, summary, body, lang, country, "
                                                 "person, org, source, medtop, story, type, rule",
                                                 name));
    if (scope_ == RuleScope::Article && is_event_field(known->field))
      return fail(RuleError::Syntax, fmt::format(kOnlyOfEvents, name));
    at_ = is_colon ? end + 1 : behind + 2;
    skip_space();
    return std::optional(std::pair{known->field, is_unequal && !is_colon});
  }

  Parsed operand(RuleField field, std::size_t depth) {
    const std::size_t begin = at_;
    if (at_end_of_group()) return fail(RuleError::Syntax, "a word, a phrase or a bracket is missing here");
    for (const std::string_view keyword : {"AND", "OR", "NOT"})
      if (next_is(keyword))
        return fail(RuleError::Syntax, fmt::format("{} stands where a word is expected; as a word it is written \"{}\"",
                                                   keyword, keyword));
    auto numeric = number();
    if (!numeric) return numeric.error();
    if (*numeric) return *std::move(*numeric);
    const auto named = field_name();
    if (!named) return named.error();
    if (*named) field = (*named)->first;
    Parsed node = at_ < text_.size() && text_[at_] == '(' ? group(field, depth) : term(field, begin);
    if (!node || !*named || !(*named)->second) return node;
    node->column = begin + 1;
    return denied(std::move(*node));
  }

  Parsed group(RuleField field, std::size_t depth) {
    const std::size_t begin = at_++;
    skip_space();
    auto inner = expression(field, depth + 1);
    if (!inner) return inner;
    if (at_ == text_.size()) return fail(RuleError::Syntax, "this bracket is never closed", begin);
    ++at_;
    skip_space();
    return inner;
  }

  Parsed term(RuleField field, std::size_t begin) {
    if (++nodes_ > kMostRuleNodes)
      return fail(RuleError::TooLarge, fmt::format("a rule has at most {} terms", kMostRuleNodes));
    if (at_end_of_group()) return fail(RuleError::Syntax, "a value is missing here");
    RuleNode node;
    node.column = begin + 1;
    node.field = field;
    std::optional<Error> error;
    if (text_[at_] == '"')
      error = phrase(node);
    else if (text_[at_] == '/')
      error = regex(node);
    else
      error = word(node);
    if (!error) error = weight(node);
    if (error) return *error;
    skip_space();
    return node;
  }

  std::optional<Error> phrase(RuleNode& node) {
    const std::size_t begin = at_++;
    const std::size_t end = text_.find('"', at_);
    if (end == std::string_view::npos) return fail(RuleError::Syntax, "this quotation mark is never closed", begin);
    std::string_view value = text_.substr(at_, end - at_);
    at_ = end + 1;
    return set_value(node, value, begin);
  }

  std::optional<Error> word(RuleNode& node) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
    return set_value(node, text_.substr(begin, at_ - begin), begin);
  }

  std::optional<Error> set_value(RuleNode& node, std::string_view value, std::size_t begin) {
    node.is_prefix = value.ends_with('*');
    if (node.is_prefix) value.remove_suffix(1);
    if (const std::size_t star = value.find('*'); star != std::string_view::npos)
      return fail(RuleError::Syntax, "a * stands at the end of a word only", begin + star);
    WordStream stream;
    stream.assign(value);
    for (std::size_t i = 0; i < stream.words.size(); ++i) node.words.emplace_back(stream.word(i));
    if (node.words.empty()) return fail(RuleError::Syntax, "there is no word in this", begin);
    if (node.words.size() > kLongestRulePhrase)
      return fail(RuleError::TooLarge, fmt::format("a phrase has at most {} words", kLongestRulePhrase), begin);
    node.kind = is_text_field(node.field) ? RuleNode::Kind::Words : RuleNode::Kind::Fact;
    if (node.kind == RuleNode::Kind::Fact) {
      constexpr std::string_view kScheme = "medtop:";
      if (node.field == RuleField::Topic && value.starts_with(kScheme)) value.remove_prefix(kScheme.size());
      node.text = fold_for_matching(value);
    }
    return std::nullopt;
  }

  std::optional<Error> regex(RuleNode& node) {
    const std::size_t begin = at_++;
    if (!is_text_field(node.field))
      return fail(RuleError::Syntax, "a regular expression looks in texts only: title, summary, body", begin);
    for (; at_ < text_.size() && text_[at_] != '/'; ++at_) {
      const bool is_escaped_slash = text_.substr(at_).starts_with("\\/");
      if (!is_escaped_slash && text_[at_] == '\\' && at_ + 1 < text_.size()) node.text += text_[at_++];
      if (is_escaped_slash) ++at_;
      node.text += text_[at_];
    }
    if (at_ == text_.size()) return fail(RuleError::Syntax, "this regular expression has no second /", begin);
    ++at_;
    if (at_ < text_.size() && text_[at_] == 'i') {
      node.ignores_case = true;
      ++at_;
    }
    node.kind = RuleNode::Kind::Regex;
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(kRegexMemory);
    const RE2 compiled(node.text, options);
    if (!compiled.ok()) return fail(RuleError::BadRegex, compiled.error(), begin + 1);
    if (node.text.empty() || RE2::FullMatch("", compiled))
      return fail(RuleError::BadRegex, "this regular expression matches nothing at all, everywhere", begin);
    return std::nullopt;
  }

  std::optional<Error> weight(RuleNode& node) {
    if (at_ == text_.size() || text_[at_] != '^') return std::nullopt;
    const std::size_t begin = at_++;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), node.weight, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(node.weight) || node.weight <= 0 || node.weight > 1000)
      return fail(RuleError::Syntax, "^ is followed by a weight, above 0 and at most 1000", begin);
    at_ = static_cast<std::size_t>(end - text_.data());
    if (at_ < text_.size() && !ends_word(text_[at_]))
      return fail(RuleError::Syntax, "a space is missing behind the weight");
    return std::nullopt;
  }

  std::string_view text_;
  RuleScope scope_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
};

}  // namespace

bool is_text_field(RuleField field) {
  return field == RuleField::Any || field == RuleField::Headline || field == RuleField::Summary ||
         field == RuleField::Body;
}

std::string_view code_of(RuleError e) {
  switch (e) {
    case RuleError::Syntax: return "rule-syntax";
    case RuleError::TooLarge: return "rule-too-large";
    case RuleError::BadRegex: return "rule-bad-regex";
  }
  return "rule-syntax";
}

Result<RuleNode> parse_rule_expression(std::string_view text, RuleScope scope) {
  if (text.size() > kMostRuleBytes)
    return Error(RuleError::TooLarge, fmt::format("a rule has at most {} bytes", kMostRuleBytes),
                 fmt::format("column {}", kMostRuleBytes + 1));
  if (!is_valid_utf8(text)) return Error(RuleError::Syntax, "a rule is written in UTF-8", "column 1");
  return Parser(text, scope).parse();
}

}  // namespace newsd
