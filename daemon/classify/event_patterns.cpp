#include "daemon/classify/event_patterns.h"

#include <algorithm>

namespace newsd {
namespace {

template <class F>
void each_part(std::string_view text, char separator, F f) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (const std::string_view part = text.substr(0, end); !part.empty()) f(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// The regular forms of a verb or noun, and some that are none: what is never written does no harm.
std::vector<std::string> regular_forms(const std::string& word) {
  const std::string_view w = word;
  std::vector<std::string> forms;
  const char last = w.back(), before = w.size() > 1 ? w[w.size() - 2] : 'a';
  const std::string shorter(w.substr(0, w.size() - 1));
  if (last == 'e') {
    forms = {word + "s", word + "d", shorter + "ing", word + "r", word + "rs"};
  } else if (last == 'y' && !is_vowel(before)) {
    forms = {shorter + "ies", shorter + "ied", word + "ing"};
  } else {
    const bool hisses = last == 's' || last == 'x' || last == 'z' || w.ends_with("sh") || w.ends_with("ch");
    forms = {word + (hisses ? "es" : "s"), word + "ed", word + "ing"};
    if (!is_vowel(last) && is_vowel(before) && last != 'w' && last != 'y') {
      forms.push_back(word + last + "ed");
      forms.push_back(word + last + "ing");
    }
  }
  return forms;
}

}  // namespace

void EventPatterns::add_irregular(std::string_view word, std::string_view forms) {
  irregular_.emplace_back(word, forms);
}

std::uint32_t EventPatterns::stem(std::string_view word, Vocabulary& words) {
  const auto at = std::lower_bound(stems_.begin(), stems_.end(), word,
                                   [](const auto& s, std::string_view w) { return s.first < w; });
  if (at != stems_.end() && at->first == word) return at->second;
  const auto number = static_cast<std::uint32_t>(beginning_.size());
  stems_.insert(at, {std::string(word), number});
  beginning_.emplace_back();
  const auto teach = [&](std::string_view form) {
    const std::uint32_t id = words.add(form);
    if (stems_of_.size() <= id) stems_of_.resize(id + 1);
    auto& known = stems_of_[id];
    if (std::find(known.begin(), known.end(), number) == known.end()) known.push_back(number);
  };
  std::string base(word);
  std::string folded;
  fold_word(base, folded);
  teach(folded);
  bool is_irregular = false;
  for (const auto& [name, forms] : irregular_) {
    if (name != word) continue;
    is_irregular = true;
    each_part(forms, ' ', teach);
  }
  if (!is_irregular && base.size() > 2)
    for (const std::string& form : regular_forms(folded)) teach(form);
  return number;
}

bool EventPatterns::add(std::string_view type, std::string_view cameo, std::string_view weight,
                        std::string_view patterns, Vocabulary& words) {
  if (weight.size() != 1 || weight[0] < '1' || weight[0] > '9') return false;
  bool good = true;
  each_part(patterns, ';', [&](std::string_view text) {
    EventPattern pattern{std::string(type), std::string(cameo), weight[0] - '0', {}};
    each_part(text, ' ', [&](std::string_view word) {
      std::vector<std::uint32_t>& stems = pattern.words.emplace_back();
      if (word == "*") return;
      each_part(word, '|', [&](std::string_view one) {
        // "cease-fire" is two tokens: its first stands for it
        stems.push_back(stem(one.substr(0, one.find('-')), words));
      });
    });
    if (pattern.words.empty()) return;
    if (pattern.words.front().empty() || pattern.words.back().empty()) good = false;
    for (const std::uint32_t first : pattern.words.front())
      beginning_[first].push_back(static_cast<std::uint32_t>(patterns_.size()));
    patterns_.push_back(std::move(pattern));
  });
  return good;
}

bool EventPatterns::is_form(std::uint32_t word, const std::vector<std::uint32_t>& stems) const {
  if (word >= stems_of_.size()) return false;
  const auto& of = stems_of_[word];
  return std::any_of(of.begin(), of.end(),
                     [&](std::uint32_t s) { return std::find(stems.begin(), stems.end(), s) != stems.end(); });
}

bool EventPatterns::matches(const TokenText& text, const Sentence& sentence, std::uint32_t pattern, std::uint32_t first,
                            std::uint32_t& last) const {
  const auto& words = patterns_[pattern].words;
  std::uint32_t at = first + 1;
  bool gap = false;
  for (std::size_t w = 1; w < words.size(); ++w) {
    if (words[w].empty()) {
      gap = true;
      continue;
    }
    // a quotation mark, an article or an adverb may always stand between
    const std::uint32_t reach = std::min(sentence.last, at + (gap ? kGap : 2));
    while (at < reach && !is_form(text.tokens[at].word, words[w])) {
      if (text.tokens[at].mark == ';') return false;
      ++at;
    }
    if (at >= reach) return false;
    ++at;
    gap = false;
  }
  last = at - 1;
  return true;
}

void EventPatterns::find(const TokenText& text, const Sentence& sentence, std::vector<PatternHit>& hits) const {
  for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
    const std::uint32_t word = text.tokens[t].word;
    if (word >= stems_of_.size()) continue;
    const std::size_t before = hits.size();
    for (const std::uint32_t stem : stems_of_[word]) {
      for (const std::uint32_t pattern : beginning_[stem]) {
        std::uint32_t last = t;
        if (!matches(text, sentence, pattern, t, last)) continue;
        int literal = 0;
        for (const auto& w : patterns_[pattern].words) literal += !w.empty();
        const PatternHit hit{pattern, t, last, patterns_[pattern].weight * 2 + literal - 1};
        const auto same =
            std::find_if(hits.begin() + static_cast<std::ptrdiff_t>(before), hits.end(),
                         [&](const PatternHit& h) { return patterns_[h.pattern].type == patterns_[pattern].type; });
        if (same == hits.end()) {
          hits.push_back(hit);
        } else if (hit.score > same->score) {
          *same = hit;
        }
      }
    }
  }
}

}  // namespace newsd
