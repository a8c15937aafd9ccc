#include "feeds/extract/phrases.h"

#include "feeds/extract/phrase_lists.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <bitset>
#include <unordered_map>
#include <vector>

namespace newsd {
namespace {

/// Folded text has no capitals.
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The first word of what stands at `at`: a run of word characters, or one character of a script without spaces, or one
/// sign.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_ascii_letter(text[end])) ++end;
  if (end > at && (end == text.size() || static_cast<unsigned char>(text[end]) < 0x80))
    return text.substr(at, end - at);
  end = at;
  const char32_t first = next_character(text, end);
  if (is_unspaced(first) || !is_word_character(first)) return text.substr(at, end - at);
  while (end < text.size()) {
    std::size_t next = end;
    const char32_t c = next_character(text, next);
    if (!is_word_character(c) || is_unspaced(c)) break;
    end = next;
  }
  return text.substr(at, end - at);
}

/// Whether a word may end between these places of the text.
bool is_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  std::size_t before = at - 1, behind = at;
  while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
  const char32_t left = next_character(text, before), right = next_character(text, behind);
  return !is_word_character(left) || !is_word_character(right) || is_unspaced(left) || is_unspaced(right);
}

/// The phrases by their first word: a line asks once a word, however many phrases there are, and only for the few that
/// may stand inside a line.
class PhraseTable {
 public:
  PhraseTable() {
    for (const Phrase& phrase : phrase_list()) {
      const std::string_view word = word_at(phrase.text, 0);
      leading_[word].push_back(&phrase);
      longest_ = std::max(longest_, phrase.max_words);
      if (phrase.match != PhraseMatch::Anywhere) continue;
      longest_with_ = std::max(longest_with_, phrase.max_words);
      inside_[word].push_back(&phrase);
      inside_begins_[beginning(phrase.text, 0)] = true;
    }
  }

  const Phrase* find(std::string_view line, std::size_t words) const {
    if (line.empty() || words > longest_) return nullptr;
    std::string_view word = word_at(line, 0);
    const Phrase* best = better(leading_, word, line, 0, words, nullptr);
    if (words > longest_with_) return best;
    for (std::size_t at = word.size(); at < line.size(); at += word.size()) {
      word = word_at(line, at);
      if (inside_begins_[beginning(line, at)]) best = better(inside_, word, line, at, words, best);
    }
    return best;
  }

 private:
  using ByWord = std::unordered_map<std::string_view, std::vector<const Phrase*>>;

  /// The first two bytes: most words of a line are no phrase's first word, and this says so at once.
  static std::size_t beginning(std::string_view text, std::size_t at) {
    const std::size_t first = static_cast<unsigned char>(text[at]);
    const std::size_t second = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    return first << 8 | second;
  }
  static bool stands_at(const Phrase& phrase, std::string_view line, std::size_t at) {
    if (!line.substr(at).starts_with(phrase.text)) return false;
    if (phrase.match == PhraseMatch::Whole) return line.size() == phrase.text.size();
    return is_boundary(line, at + phrase.text.size());
  }
  static bool is_better(const Phrase& a, const Phrase& b) {
    return a.match != b.match ? a.match < b.match : a.text.size() > b.text.size();
  }
  static const Phrase* better(const ByWord& table, std::string_view word, std::string_view line, std::size_t at,
                              std::size_t words, const Phrase* best) {
    const auto found = table.find(word);
    if (found == table.end()) return best;
    for (const Phrase* phrase : found->second) {
      if (words > phrase->max_words || !stands_at(*phrase, line, at)) continue;
      if (best == nullptr || is_better(*phrase, *best)) best = phrase;
    }
    return best;
  }

  ByWord leading_, inside_;
  std::bitset<65536> inside_begins_;
  std::size_t longest_ = 0, longest_with_ = 0;  ///< words of a line that is, or has inside, a phrase
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string phrase_form(std::string_view folded) {
  constexpr std::string_view kMarks = " \t.:;,!*|-_/\\<>+=~^\"'";
  const auto first = folded.find_first_not_of(kMarks);
  if (first == std::string_view::npos) return {};
  folded = folded.substr(first, folded.find_last_not_of(kMarks) - first + 1);
  std::string out;
  out.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    if (!is_digit(folded[at])) {
      const std::size_t begin = at;
      while (at < folded.size() && !is_digit(folded[at])) ++at;
      out += folded.substr(begin, at - begin);
      continue;
    }
    while (at < folded.size() && (is_digit(folded[at]) || ((folded[at] == '.' || folded[at] == ',') &&
                                                           at + 1 < folded.size() && is_digit(folded[at + 1]))))
      ++at;
    out += '#';
  }
  return out;
}

const Phrase* find_phrase(std::string_view phrase_form, std::size_t words) {
  static const PhraseTable table;
  return table.find(phrase_form, words);
}

}  // namespace newsd
