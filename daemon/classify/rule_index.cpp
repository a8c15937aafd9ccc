#include "daemon/classify/rule_compiled.h"
#include "feeds/text/fold.h"

#include <algorithm>
#include <limits>

namespace newsd {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
/// Between the last word of a text and the first of the next: nothing is near over it.
constexpr std::uint32_t kGap = kFarthestNear + kLongestRulePhrase + 1;

bool looks_in(RuleField wanted, RuleField field) { return wanted == RuleField::Any || wanted == field; }

/// Whether the words stand one behind the other somewhere in the name; the last may be a beginning.
bool holds_words(std::string_view name, const std::vector<std::string>& words, bool is_prefix) {
  WordStream stream;
  stream.assign(name);
  const auto matches_at = [&](std::size_t begin) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = stream.word(begin + i);
      const bool is_last = i + 1 == words.size();
      if (is_last && is_prefix ? !word.starts_with(words[i]) : word != words[i]) return false;
    }
    return true;
  };
  for (std::size_t begin = 0; begin + words.size() <= stream.words.size(); ++begin)
    if (matches_at(begin)) return true;
  return false;
}

}  // namespace

bool is_code_field(RuleField field) {
  return field == RuleField::Language || field == RuleField::Country || field == RuleField::Topic ||
         field == RuleField::Story || field == RuleField::Type || field == RuleField::Rule;
}

std::string fact_key(RuleField field, std::string_view code) {
  return static_cast<char>('A' + static_cast<int>(field)) + fold_for_matching(code);
}

RuleIndex::RuleIndex(const RuleSubject& subject, const RuleSet::Compiled& compiled)
    : subject_(subject),
      compiled_(compiled),
      texts_{Text{RuleField::Headline, subject.headline, {}, 0}, Text{RuleField::Summary, subject.summary, {}, 0},
             Text{RuleField::Body, subject.body, {}, 0}} {
  for (Text& text : texts_) read(text);
  read_codes();
  std::sort(found_.begin(), found_.end());
  for (const auto& [number, position] : found_) {
    if (numbers_.empty() || numbers_.back() != number) {
      numbers_.push_back(number);
      begins_.push_back(static_cast<std::uint32_t>(positions_.size()));
    }
    positions_.push_back(position);
  }
  begins_.push_back(static_cast<std::uint32_t>(positions_.size()));
}

void RuleIndex::read(Text& text) {
  if (compiled_.words.numbers.empty() && compiled_.beginnings.numbers.empty()) return;  // nobody asks for words
  text.base = static_cast<std::uint32_t>(word_at_.size());
  text.stream.assign(text.text);
  for (std::size_t i = 0; i < text.stream.words.size(); ++i) {
    const std::string_view word = text.stream.word(i);
    const auto position = static_cast<std::uint32_t>(word_at_.size());
    const std::uint32_t number = compiled_.words.find(word);
    word_at_.push_back(number);
    if (number != kNone) found_.emplace_back(number, position);
    for (const std::size_t length : compiled_.beginning_lengths) {
      if (length > word.size()) break;
      const std::uint32_t beginning = compiled_.beginnings.find(word.substr(0, length));
      if (beginning != kNone) found_.emplace_back(beginning, position);
    }
  }
  word_at_.resize(word_at_.size() + kGap, kNone);
}

void RuleIndex::add_code(RuleField field, std::string_view code) {
  if (code.empty()) return;
  const std::uint32_t number = compiled_.facts.find(fact_key(field, code));
  if (number != kNone) found_.emplace_back(number, 0);
}

void RuleIndex::read_codes() {
  if (compiled_.facts.numbers.empty()) return;
  for (std::size_t end = subject_.language.size(); end != std::string_view::npos;
       end = end == 0 ? std::string_view::npos : subject_.language.rfind('-', end - 1))
    add_code(RuleField::Language, subject_.language.substr(0, end));
  for (const std::string_view country : subject_.countries) add_code(RuleField::Country, country);
  for (const std::string_view topic : subject_.topics) add_code(RuleField::Topic, topic);
  add_code(RuleField::Story, subject_.story);
  add_code(RuleField::Type, subject_.type);
  for (const std::string_view rule : subject_.rules) add_code(RuleField::Rule, rule);
}

std::span<const std::uint32_t> RuleIndex::positions(std::uint32_t number) const {
  const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), number);
  if (at == numbers_.end() || *at != number) return {};
  const auto i = static_cast<std::size_t>(at - numbers_.begin());
  return std::span(positions_).subspan(begins_[i], begins_[i + 1] - begins_[i]);
}

const RuleIndex::Text& RuleIndex::text_at(std::uint32_t position) const {
  return position < texts_[1].base ? texts_[0] : position < texts_[2].base ? texts_[1] : texts_[2];
}

bool RuleIndex::phrase_at(const CompiledNode& node, std::uint32_t first) const {
  for (std::size_t i = 0; i < node.words.size(); ++i) {
    if (i == node.rarest) continue;
    const auto position = static_cast<std::uint32_t>(first + i);
    if (position >= word_at_.size()) return false;
    if (node.is_prefix && i + 1 == node.words.size()) {
      const auto all = positions(node.words[i]);
      if (!std::binary_search(all.begin(), all.end(), position)) return false;
    } else if (word_at_[position] != node.words[i]) {
      return false;
    }
  }
  return true;
}

std::vector<RuleIndex::Hit> RuleIndex::hits(const CompiledNode& node) const {
  std::vector<Hit> hits;
  std::size_t in_text = 0;
  RuleField last = RuleField::Any;
  for (const std::uint32_t position : positions(node.words[node.rarest])) {
    const RuleField field = text_at(position).field;
    if (field != last) in_text = 0;
    last = field;
    if (position < node.rarest || in_text == kMostRuleHits || !looks_in(node.field, field)) continue;
    const auto first = static_cast<std::uint32_t>(position - node.rarest);
    if (!phrase_at(node, first)) continue;
    hits.push_back({first, static_cast<std::uint32_t>(first + node.words.size() - 1)});
    ++in_text;
  }
  return hits;
}

void RuleIndex::report(const CompiledNode& node, const std::vector<Hit>& hits, RuleMatch& match) const {
  match.score += node.weight * static_cast<double>(std::min(hits.size(), kMostCounted));
  for (const Hit& hit : hits) {
    const Text& text = text_at(hit.first);
    match.spans.push_back(
        {text.field, text.stream.words[hit.first - text.base].begin, text.stream.words[hit.last - text.base].end});
  }
}

/// Each side's terms keep the hits that have one of the other side near.
bool RuleIndex::near_holds(const CompiledNode& node, RuleMatch& match) const {
  using Terms = std::vector<std::pair<const CompiledNode*, std::vector<Hit>>>;
  std::array<Terms, 2> sides;
  for (std::size_t side = 0; side < 2; ++side) {
    const CompiledNode& child = node.children[side];
    if (child.kind == RuleNode::Kind::Words) sides[side].emplace_back(&child, hits(child));
    for (const CompiledNode& term : child.children) sides[side].emplace_back(&term, hits(term));
  }
  const auto is_near = [&](const Hit& a, const Hit& b) {
    return a.last < b.first ? b.first - a.last <= node.distance : b.last < a.first && a.first - b.last <= node.distance;
  };
  bool found = false;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const auto& [term, all] : sides[side]) {
      std::vector<Hit> kept;
      for (const Hit& hit : all) {
        const bool has_near = std::any_of(sides[1 - side].begin(), sides[1 - side].end(), [&](const auto& other) {
          return std::any_of(other.second.begin(), other.second.end(), [&](const Hit& h) { return is_near(hit, h); });
        });
        if (has_near) kept.push_back(hit);
      }
      found |= !kept.empty();
      report(*term, kept, match);
    }
  }
  return found;
}

bool RuleIndex::regex_holds(const CompiledNode& node, RuleMatch& match) const {
  std::size_t found = 0;
  for (const Text& text : texts_) {
    if (!looks_in(node.field, text.field)) continue;
    std::size_t at = 0;
    for (std::size_t in_text = 0; in_text < kMostRuleHits && at <= text.text.size(); ++in_text) {
      re2::StringPiece hit;
      const re2::StringPiece whole(text.text.data(), text.text.size());
      if (!node.regex->Match(whole, at, whole.size(), RE2::UNANCHORED, &hit, 1)) break;
      const auto begin = static_cast<std::size_t>(hit.data() - whole.data());
      at = begin + std::max<std::size_t>(hit.size(), 1);
      if (hit.empty()) continue;
      ++found;
      match.spans.push_back(
          {text.field, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + hit.size())});
    }
  }
  match.score += node.weight * static_cast<double>(std::min(found, kMostCounted));
  return found > 0;
}

bool RuleIndex::fact_holds(const CompiledNode& node) const {
  if (!node.words.empty()) return !positions(node.words.front()).empty();
  const auto begins = [&](std::string_view code) { return fold_for_matching(code).starts_with(node.text); };
  const auto holds = [&](std::string_view name) { return holds_words(name, node.names, node.is_prefix); };
  switch (node.field) {
    case RuleField::Language: return begins(subject_.language);
    case RuleField::Story: return begins(subject_.story);
    case RuleField::Type: return begins(subject_.type);
    case RuleField::Country: return std::any_of(subject_.countries.begin(), subject_.countries.end(), begins);
    case RuleField::Topic: return std::any_of(subject_.topics.begin(), subject_.topics.end(), begins);
    case RuleField::Rule: return std::any_of(subject_.rules.begin(), subject_.rules.end(), begins);
    case RuleField::Person: return std::any_of(subject_.persons.begin(), subject_.persons.end(), holds);
    case RuleField::Organisation:
      return std::any_of(subject_.organisations.begin(), subject_.organisations.end(), holds);
    case RuleField::Source: return std::any_of(subject_.sources.begin(), subject_.sources.end(), holds);
    case RuleField::Any:
    case RuleField::Headline:
    case RuleField::Summary:
    case RuleField::Body: break;
  }
  return false;
}

/// What the event has no number for is neither more nor less nor the same.
bool RuleIndex::number_holds(const CompiledNode& node) const {
  const std::optional<double>& number = subject_.numbers[static_cast<std::size_t>(node.number)];
  if (!number) return false;
  switch (node.comparison) {
    case RuleComparison::Less: return *number < node.operand;
    case RuleComparison::AtMost: return *number <= node.operand;
    case RuleComparison::Equal: return *number == node.operand;
    case RuleComparison::AtLeast: return *number >= node.operand;
    case RuleComparison::More: return *number > node.operand;
  }
  return false;
}

bool RuleIndex::holds(const CompiledNode& node, RuleMatch& match) const {
  const double score = match.score;
  const std::size_t spans = match.spans.size();
  bool is = false;
  switch (node.kind) {
    case RuleNode::Kind::And:
      is = std::all_of(node.children.begin(), node.children.end(), [&](const auto& c) { return holds(c, match); });
      break;
    case RuleNode::Kind::Or:
      for (const CompiledNode& child : node.children) is |= holds(child, match);
      break;
    case RuleNode::Kind::Not: {
      RuleMatch ignored;
      is = !holds(node.children.front(), ignored);
      break;
    }
    case RuleNode::Kind::Near: is = near_holds(node, match); break;
    case RuleNode::Kind::Regex: is = regex_holds(node, match); break;
    case RuleNode::Kind::Fact:
      is = fact_holds(node);
      if (is) match.score += node.weight;
      break;
    case RuleNode::Kind::Number:
      is = number_holds(node);
      if (is) match.score += node.weight;
      break;
    case RuleNode::Kind::Words: {
      const auto found = hits(node);
      is = !found.empty();
      report(node, found, match);
      break;
    }
  }
  if (!is) {  // a branch that does not hold leaves nothing behind
    match.score = score;
    match.spans.resize(spans);
  }
  return is;
}

}  // namespace newsd
