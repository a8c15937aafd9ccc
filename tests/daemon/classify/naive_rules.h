// What a rule means, said the obvious way: every term walks over every word. Slow; what the compiled rules are held
// against, and what random rules and subjects are made from.
#pragma once

#include "daemon/classify/linear_learner.h"
#include "daemon/classify/rule_set.h"
#include "daemon/classify/word_stream.h"
#include "feeds/text/fold.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class NaiveRules {
 public:
  explicit NaiveRules(const RuleSubject& subject) : subject_(subject) {
    for (const auto& [field, text] : texts()) {
      WordStream stream;
      stream.assign(text);
      streams_.emplace_back(field, std::move(stream));
    }
  }

  std::optional<RuleMatch> match(std::uint32_t number, const RuleNode& rule, double threshold) const {
    const Answer answer = ask(rule);
    if (!answer.holds || answer.score < threshold) return std::nullopt;
    RuleMatch match{number, answer.score, answer.spans};
    std::sort(match.spans.begin(), match.spans.end());
    match.spans.erase(std::unique(match.spans.begin(), match.spans.end()), match.spans.end());
    return match;
  }

 private:
  struct Answer {
    bool holds = false;
    double score = 0;
    std::vector<RuleSpan> spans;
  };
  /// Words [first, last] of a text.
  struct Hit {
    RuleField field;
    std::size_t first, last;
  };

  std::array<std::pair<RuleField, std::string_view>, 3> texts() const {
    return {{{RuleField::Headline, subject_.headline},
             {RuleField::Summary, subject_.summary},
             {RuleField::Body, subject_.body}}};
  }

  static bool words_at(const WordStream& stream, std::size_t at, const RuleNode& node) {
    if (at + node.words.size() > stream.words.size()) return false;
    for (std::size_t i = 0; i < node.words.size(); ++i) {
      const bool may_go_on = node.is_prefix && i + 1 == node.words.size();
      const auto word = stream.word(at + i);
      if (may_go_on ? word.substr(0, node.words[i].size()) != node.words[i] : word != node.words[i]) return false;
    }
    return true;
  }

  std::vector<Hit> hits(const RuleNode& node) const {
    std::vector<Hit> hits;
    for (const auto& [field, stream] : streams_) {
      if (node.field != RuleField::Any && node.field != field) continue;
      std::size_t found = 0;
      for (std::size_t at = 0; at < stream.words.size() && found < kMostRuleHits; ++at) {
        if (!words_at(stream, at, node)) continue;
        ++found;
        hits.push_back({field, at, at + node.words.size() - 1});
      }
    }
    return hits;
  }

  Answer answer_of(const RuleNode& node, const std::vector<Hit>& hits) const {
    Answer answer{!hits.empty(), node.weight * static_cast<double>(std::min(hits.size(), kMostCounted)), {}};
    for (const Hit& hit : hits)
      for (const auto& [field, stream] : streams_)
        if (field == hit.field)
          answer.spans.push_back({field, stream.words[hit.first].begin, stream.words[hit.last].end});
    return answer;
  }

  Answer near(const RuleNode& node) const {
    const auto terms_of = [](const RuleNode& side) {
      return side.kind == RuleNode::Kind::Words ? std::vector<RuleNode>{side} : side.children;
    };
    Answer answer;
    for (std::size_t side = 0; side < 2; ++side) {
      for (const RuleNode& term : terms_of(node.children[side])) {
        std::vector<Hit> kept;
        for (const Hit& a : hits(term)) {
          bool has_near = false;
          for (const RuleNode& other : terms_of(node.children[1 - side]))
            for (const Hit& b : hits(other)) {
              if (a.field != b.field) continue;
              has_near |= a.last < b.first && b.first - a.last <= node.distance;
              has_near |= b.last < a.first && a.first - b.last <= node.distance;
            }
          if (has_near) kept.push_back(a);
        }
        add(answer, answer_of(term, kept));
        answer.holds |= !kept.empty();
      }
    }
    return answer;
  }

  Answer regex(const RuleNode& node) const {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(!node.ignores_case);
    const RE2 expression(node.text, options);
    Answer answer;
    double found = 0;
    for (const auto& [field, text] : texts()) {
      if (node.field != RuleField::Any && node.field != field) continue;
      re2::StringPiece rest(text.data(), text.size()), hit;
      for (std::size_t tries = 0, at = 0; tries < kMostRuleHits && at <= text.size(); ++tries) {
        if (!expression.Match(rest, at, rest.size(), RE2::UNANCHORED, &hit, 1)) break;
        const auto begin = static_cast<std::size_t>(hit.data() - text.data());
        at = begin + std::max<std::size_t>(1, hit.size());
        if (hit.empty()) continue;
        ++found;
        answer.spans.push_back(
            {field, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + hit.size())});
      }
    }
    answer.holds = found > 0;
    answer.score = node.weight * std::min(found, static_cast<double>(kMostCounted));
    return answer;
  }

  bool is_code(const RuleNode& node, std::string_view code) const {
    const std::string folded = fold_for_matching(code);
    if (node.is_prefix) return folded.substr(0, node.text.size()) == node.text;
    return folded == node.text ||
           (node.field == RuleField::Language && folded.substr(0, node.text.size() + 1) == node.text + "-");
  }

  bool is_name(const RuleNode& node, std::string_view name) const {
    WordStream stream;
    stream.assign(name);
    for (std::size_t at = 0; at < stream.words.size(); ++at)
      if (words_at(stream, at, node)) return true;
    return false;
  }

  bool fact(const RuleNode& node) const {
    bool holds = false;
    switch (node.field) {
      case RuleField::Language: return is_code(node, subject_.language);
      case RuleField::Story: return is_code(node, subject_.story);
      case RuleField::Type: return is_code(node, subject_.type);
      case RuleField::Rule:
        for (const auto r : subject_.rules) holds |= is_code(node, r);
        return holds;
      case RuleField::Country:
        for (const auto c : subject_.countries) holds |= is_code(node, c);
        return holds;
      case RuleField::Topic:
        for (const auto t : subject_.topics) holds |= is_code(node, t);
        return holds;
      case RuleField::Person:
        for (const auto p : subject_.persons) holds |= is_name(node, p);
        return holds;
      case RuleField::Organisation:
        for (const auto o : subject_.organisations) holds |= is_name(node, o);
        return holds;
      default:
        for (const auto s : subject_.sources) holds |= is_name(node, s);
        return holds;
    }
  }

  static void add(Answer& to, const Answer& more) {
    to.score += more.score;
    to.spans.insert(to.spans.end(), more.spans.begin(), more.spans.end());
  }

  Answer ask(const RuleNode& node) const {
    Answer answer;
    switch (node.kind) {
      case RuleNode::Kind::Words: return answer_of(node, hits(node));
      case RuleNode::Kind::Regex: return regex(node);
      case RuleNode::Kind::Near: return near(node);
      case RuleNode::Kind::Fact: {
        const bool holds = fact(node);
        return {holds, holds ? node.weight : 0, {}};
      }
      case RuleNode::Kind::Number: {
        const auto& has = subject_.numbers[static_cast<std::size_t>(node.number)];
        const bool holds = has && (node.comparison == RuleComparison::Less      ? *has < node.operand
                                   : node.comparison == RuleComparison::AtMost  ? *has <= node.operand
                                   : node.comparison == RuleComparison::Equal   ? *has == node.operand
                                   : node.comparison == RuleComparison::AtLeast ? *has >= node.operand
                                                                                : *has > node.operand);
        return {holds, holds ? node.weight : 0, {}};
      }
      case RuleNode::Kind::Not: return {!ask(node.children[0]).holds, 0, {}};
      case RuleNode::Kind::And:
        answer.holds = true;
        for (const RuleNode& child : node.children) {
          const Answer one = ask(child);
          answer.holds &= one.holds;
          add(answer, one);
        }
        return answer.holds ? answer : Answer{};
      case RuleNode::Kind::Or:
        for (const RuleNode& child : node.children) {
          const Answer one = ask(child);
          if (!one.holds) continue;
          answer.holds = true;
          add(answer, one);
        }
        return answer;
    }
    return answer;
  }

  const RuleSubject& subject_;
  std::vector<std::pair<RuleField, WordStream>> streams_;
};

/// Random rules and subjects over one small vocabulary, so that they meet.
class RandomRules {
 public:
  explicit RandomRules(std::uint64_t seed) : random_(seed) {}

  std::string text(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += word() + (below(9) == 0 ? ". " : below(15) == 0 ? "-" : " ");
    return text;
  }

  std::string rule(unsigned depth = 0) {
    switch (below(depth > 3 ? 3 : 9)) {
      case 0:
      case 1: return term();
      case 2: return text_term() + weight();
      case 3: return rule(depth + 1) + " AND " + rule(depth + 1);
      case 4: return "(" + rule(depth + 1) + " OR " + rule(depth + 1) + ")";
      case 5: return rule(depth + 1) + " " + rule(depth + 1);
      case 6: return "NOT " + term();
      case 7: return side() + " NEAR/" + std::to_string(1 + below(6)) + " " + side();
      default: return "(" + rule(depth + 1) + ")";
    }
  }

  std::uint64_t below(std::uint64_t n) { return random_() % n; }

 private:
  std::string word() {
    static constexpr std::array<std::string_view, 24> kWords = {
        "peace",   "talks",      "war",      "Mira",      "ceasefire", "ceasefires", "the",      "of",
        "harbour", "Österreich", "minister", "ministers", "said",      "trade",      "peaces",   "Wang",
        "tram",    "a",          "U.S.",     "vote",      "voters",    "停火",       "Russia’s", "river"};
    return std::string(kWords[below(kWords.size())]);
  }
  std::string weight() { return below(3) == 0 ? "^" + std::to_string(1 + below(4)) + (below(2) == 0 ? ".5" : "") : ""; }
  std::string field() {
    static constexpr std::array<std::string_view, 6> kNames = {"", "", "", "title:", "summary:", "body:"};
    return std::string(kNames[below(kNames.size())]);
  }
  std::string text_term() {
    std::string value = word();
    if (below(4) == 0) value += " " + word();
    if (below(4) == 0) {
      value.resize(std::min<std::size_t>(value.size(), 2 + below(4)));
      while (!value.empty() && static_cast<unsigned char>(value.back()) >= 0x80)
        value.pop_back();  // no half characters
      value = value.empty() ? "pe*" : value + "*";
    }
    return field() + "\"" + value + "\"";
  }
  std::string side() { return below(3) == 0 ? "(" + text_term() + " OR " + text_term() + ")" : text_term(); }
  std::string term() {
    static constexpr std::array<std::string_view, 12> kFacts = {"lang:en",
                                                                "language == \"de\"",
                                                                "country:UKR",
                                                                "country != \"CHN\"",
                                                                "person:\"Wang Yi\"",
                                                                "person:Mi*",
                                                                "org:council",
                                                                "source:\"Evening Post\"",
                                                                "medtop:20000062",
                                                                "topic:2000*",
                                                                "/cease(fire|d)/i",
                                                                "body:/[Tt]alk/"};
    return below(3) == 0 ? std::string(kFacts[below(kFacts.size())]) : text_term() + weight();
  }

  SplitMix64 random_;
};

}  // namespace newsd
