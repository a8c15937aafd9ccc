#include "daemon/classify/phrase_matcher.h"

#include <algorithm>
#include <utility>

namespace newsd {

namespace {

constexpr std::uint32_t kRoot = 0;

/// " peace talks " for a phrase of whole words, " peace talk" for one that ends in the beginning of a word: the spaces
/// are the words' borders.
std::string pattern_of(const TopicPhrase& phrase) {
  std::string pattern = " ";
  for (const std::string& word : phrase.words) pattern += word + ' ';
  if (phrase.is_prefix) pattern.pop_back();
  return pattern;
}

}  // namespace

TopicPhrase TopicPhrase::parse(std::string_view text) {
  TopicPhrase phrase;
  phrase.is_prefix = text.ends_with('*');
  WordStream stream;
  stream.assign(text);
  for (std::size_t i = 0; i < stream.words.size(); ++i) phrase.words.emplace_back(stream.word(i));
  return phrase;
}

PhraseMatcher::PhraseMatcher(std::span<const TopicPhrase> phrases) {
  std::vector<std::string> patterns;
  patterns.reserve(phrases.size());
  for (const TopicPhrase& phrase : phrases) patterns.push_back(pattern_of(phrase));
  for (const std::string& pattern : patterns)
    for (const char c : pattern) class_of_[static_cast<unsigned char>(c)] = 1;
  for (auto& c : class_of_)
    if (c != 0) c = static_cast<std::uint8_t>(classes_++);

  outputs_.emplace_back();
  next_.assign(classes_, kNone);
  for (std::size_t i = 0; i < patterns.size(); ++i)
    insert(patterns[i], static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(phrases[i].words.size()));
  number_by_depth(fill_in());
}

void PhraseMatcher::insert(std::string_view pattern, std::uint32_t phrase, std::uint32_t words) {
  std::uint32_t state = kRoot;
  for (const char c : pattern) {
    const std::size_t edge = std::size_t{state} * classes_ + class_of_[static_cast<unsigned char>(c)];
    if (next_[edge] == kNone) {
      next_[edge] = static_cast<std::uint32_t>(outputs_.size());
      outputs_.emplace_back();
      next_.resize(next_.size() + classes_, kNone);
    }
    state = next_[edge];
  }
  outputs_[state] = {phrase, words, kNone};
}

/// Breadth first, so that the state of a node's longest proper suffix is complete before the node: its transitions fill
/// the node's gaps. Returns the states in that order.
std::vector<std::uint32_t> PhraseMatcher::fill_in() {
  std::vector<std::uint32_t> order{kRoot}, suffix(outputs_.size(), kRoot);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t state = order[i];
    for (std::uint32_t c = 0; c < classes_; ++c) {
      std::uint32_t& to = next_[std::size_t{state} * classes_ + c];
      const std::uint32_t beside = state == kRoot ? kRoot : next_[std::size_t{suffix[state]} * classes_ + c];
      if (to == kNone) {
        to = beside;
        continue;
      }
      suffix[to] = beside;
      outputs_[to].next = outputs_[beside].phrase != kNone ? beside : outputs_[beside].next;
      order.push_back(to);
    }
  }
  return order;
}

/// The few states near the root, where a text's words nearly always are, then lie side by side.
void PhraseMatcher::number_by_depth(const std::vector<std::uint32_t>& order) {
  if (order.size() <= kReports<std::uint16_t>) {
    put_in_order(order, narrow_);
    next_ = {};
  } else {
    std::vector<std::uint32_t> next;
    put_in_order(order, next);
    next_ = std::move(next);
  }
  std::vector<std::uint32_t> number(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  std::vector<Output> outputs;
  outputs.reserve(order.size());
  for (const std::uint32_t state : order) {
    outputs.push_back(outputs_[state]);
    if (outputs.back().next != kNone) outputs.back().next = number[outputs.back().next];
  }
  outputs_ = std::move(outputs);
}

template <class Cell>
void PhraseMatcher::put_in_order(const std::vector<std::uint32_t>& order, std::vector<Cell>& next) const {
  std::vector<Cell> number(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<Cell>(i);
  next.reserve(next_.size());
  for (const std::uint32_t state : order) {
    for (std::uint32_t c = 0; c < classes_; ++c) {
      const std::uint32_t to = next_[std::size_t{state} * classes_ + c];
      const bool reports = outputs_[to].phrase != kNone || outputs_[to].next != kNone;
      next.push_back(reports ? static_cast<Cell>(number[to] | kReports<Cell>) : number[to]);
    }
  }
}

void PhraseMatcher::find(const WordStream& stream, std::vector<PhraseHit>& matches) const {
  return narrow_.empty() ? find_in(next_, stream, matches) : find_in(narrow_, stream, matches);
}

template <class Cell>
void PhraseMatcher::find_in(const std::vector<Cell>& next, const WordStream& stream,
                            std::vector<PhraseHit>& matches) const {
  const auto step = [&](Cell state, char byte) {
    const std::size_t row = static_cast<Cell>(state & ~kReports<Cell>);
    return next[row * classes_ + class_of_[static_cast<unsigned char>(byte)]];
  };
  Cell state = step(kRoot, ' ');
  for (std::uint32_t i = 0; i < stream.words.size(); ++i) {
    if (stream.words[i].follows_break) state = step(kRoot, ' ');
    const auto report = [&] {
      const std::uint32_t here = static_cast<Cell>(state & ~kReports<Cell>);
      std::uint32_t at = outputs_[here].phrase != kNone ? here : outputs_[here].next;
      for (; at != kNone; at = outputs_[at].next)
        matches.push_back({outputs_[at].phrase, i + 1 - std::min(outputs_[at].words, i + 1), i});
    };
    for (const char c : stream.word(i)) {
      state = step(state, c);
      if (state == kRoot) break;  // phrases begin with a word: none begins within this one
      if ((state & kReports<Cell>) != 0) report();
    }
    state = step(state, ' ');
    if ((state & kReports<Cell>) != 0) report();
  }
}

}  // namespace newsd
