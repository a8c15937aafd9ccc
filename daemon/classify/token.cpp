#include "daemon/classify/token.h"

#include "daemon/classify/vocabulary.h"
#include "feeds/text/ascii.h"
#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"
#include "feeds/text/word_table.h"
#include "feeds/text/words.h"

#include <algorithm>

namespace newsd {
namespace {

/// Written with a stop that ends no sentence.
constexpr WordSet kAbbreviations({"adm",  "apr", "aug",   "ave",  "brig", "capt", "cf",   "co",  "col",    "corp",
                                  "cpl",  "dec", "dr",    "etc",  "feb",  "fri",  "gen",  "gov", "hon",    "inc",
                                  "jan",  "jr",  "jul",   "jun",  "lt",   "ltd",  "maj",  "mar", "messrs", "mon",
                                  "mr",   "mrs", "ms",    "no",   "nov",  "oct",  "prof", "rep", "reps",   "rev",
                                  "sat",  "sec", "sen",   "sens", "sep",  "sept", "sgt",  "sr",  "st",     "sun",
                                  "supt", "thu", "thurs", "tue",  "tues", "vs",   "wed"});
/// Of these, the ones before a name or a number: a capital behind them starts no sentence.
constexpr WordSet kBeforeNames({"adm", "brig", "capt",   "cf",   "col", "cpl", "dr",   "gen",  "gov", "hon",
                                "lt",  "maj",  "messrs", "mr",   "mrs", "ms",  "no",   "prof", "rep", "reps",
                                "rev", "sec",  "sen",    "sens", "sgt", "st",  "supt", "vs"});

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0xB4 || c == '`' || c == 0x2BC; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }
bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x3000;
}
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_upper(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x100 && c <= 0x17F && c % 2 == 0) ||
         (c >= 0x391 && c <= 0x3AB) || (c >= 0x400 && c <= 0x42F);
}
bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

class Tokeniser {
 public:
  Tokeniser(std::string_view text, const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    out_.text = text;
    out_.tokens.reserve(text.size() / 5 + 8);
    out_.folded_words.reserve(text.size() + 8);
  }

  TokenText run() {
    while (at_ < out_.text.size()) {
      const std::size_t begin = at_;
      const char32_t c = next_character(out_.text, at_);
      if (c == '\n') {
        end_sentence();
        paragraph_ += !out_.sentences.empty() && out_.sentences.back().paragraph == paragraph_;
      } else if (is_blank(c) || is_invisible(c)) {
        spaced_ |= is_blank(c);
        continue;
      } else if (is_digit(c)) {
        number(begin);
      } else if (is_word_character(c)) {
        word(begin, c);
      } else if (is_hyphen(c) && joins(begin)) {
        hyphened_ = true;
        continue;
      } else {
        mark(begin, c);
      }
      spaced_ = c == '\n';
      hyphened_ = false;
    }
    end_sentence();
    vocabulary_.find_all(out_);
    return std::move(out_);
  }

 private:
  char32_t peek(std::size_t at) const { return at < out_.text.size() ? next_character(out_.text, at) : 0; }

  /// A hyphen between two words.
  bool joins(std::size_t begin) const {
    return !spaced_ && !out_.tokens.empty() && out_.tokens.back().end == begin &&
           out_.tokens.back().kind != TokenKind::Mark && is_word_character(peek(at_));
  }

  Token& push(std::size_t begin, TokenKind kind) {
    if (begins_sentence_) {
      begins_sentence_ = false;
      out_.sentences.push_back({static_cast<std::uint32_t>(out_.tokens.size()), 0, paragraph_});
    }
    Token token;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(at_);
    token.kind = kind;
    token.spaced = spaced_;
    token.hyphened = hyphened_;
    token.sentence = static_cast<std::uint32_t>(out_.sentences.size() - 1);
    return out_.tokens.emplace_back(token);
  }

  void end_sentence() {
    if (begins_sentence_) return;
    out_.sentences.back().last = static_cast<std::uint32_t>(out_.tokens.size());
    begins_sentence_ = true;
  }

  void number(std::size_t begin) {
    while (at_ < out_.text.size()) {
      const char c = out_.text[at_];
      if (is_digit(static_cast<unsigned char>(c))) {
        ++at_;
      } else if ((c == ',' || c == '.') && is_digit(peek(at_ + 1))) {
        at_ += 2;
      } else {
        break;
      }
    }
    while (at_ < out_.text.size() && ((out_.text[at_] | 0x20) >= 'a') && ((out_.text[at_] | 0x20) <= 'z'))
      ++at_;  // 10th, 1990s
    Token& token = push(begin, TokenKind::Number);
    fold_word(out_.of(token), folded_);
    keep_folded(token);
  }

  void keep_folded(Token& token) {
    token.folded = static_cast<std::uint32_t>(out_.folded_words.size());
    token.folded_size = static_cast<std::uint8_t>(std::min<std::size_t>(folded_.size(), UINT8_MAX));
    out_.folded_words.append(folded_, 0, token.folded_size);
  }

  /// "U.S.", "a.m.", "J.P.": single letters, each with its stop.
  bool initials(std::size_t begin) {
    std::size_t at = begin;
    std::size_t letters = 0;
    while (at + 1 < out_.text.size() && out_.text[at + 1] == '.' && ((out_.text[at] | 0x20) >= 'a') &&
           ((out_.text[at] | 0x20) <= 'z')) {
      at += 2;
      ++letters;
    }
    if (letters < 2 || is_word_character(peek(at))) return false;
    at_ = at;
    return true;
  }

  void word(std::size_t begin, char32_t first) {
    bool upper = is_upper(first), lower = !upper, inner_upper = false;
    std::size_t letters = 1;
    const bool abbreviated = initials(begin);
    while (!abbreviated && !is_unspaced(first) && at_ < out_.text.size()) {
      // nearly all letters
      if (const auto byte = static_cast<unsigned char>(out_.text[at_]); byte < 0x80 && is_word_character(byte)) {
        const bool is_capital = byte >= 'A' && byte <= 'Z';
        inner_upper |= is_capital;
        lower |= !is_capital && !is_digit(byte);
        ++letters;
        ++at_;
        continue;
      }
      std::size_t behind = at_;
      const char32_t c = next_character(out_.text, behind);
      if (is_apostrophe(c)) {
        if (!goes_on_behind(behind)) break;
      } else if (!is_invisible(c) && (!is_word_character(c) || is_unspaced(c))) {
        break;
      } else {
        const bool is_capital = is_upper(c);
        inner_upper |= is_capital;
        lower |= !is_capital && !is_digit(c);
        ++letters;
      }
      at_ = behind;
    }
    Token& token = push(begin, TokenKind::Word);
    if (abbreviated) {
      token.letters = LetterCase::Upper;
      if (!upper) token.letters = LetterCase::Lower;
    } else {
      token.letters = !upper         ? (inner_upper ? LetterCase::Mixed : LetterCase::Lower)
                      : letters == 1 ? LetterCase::Capital
                      : !lower       ? LetterCase::Upper
                      : inner_upper  ? LetterCase::Mixed
                                     : LetterCase::Capital;
    }
    fold_word(out_.of(token), folded_);
    if (!abbreviated && at_ < out_.text.size() && out_.text[at_] == '.' && kAbbreviations.contains(folded_))
      take_stop(token);
    if (!abbreviated && letters == 1 && upper && at_ < out_.text.size() && out_.text[at_] == '.' && initial_goes_on())
      take_stop(token);
    keep_folded(token);
  }

  /// The stop of "Mr." belongs to it, unless a sentence ends there: "by the Co. Then".
  void take_stop(Token& token) {
    std::size_t behind = at_ + 1;
    while (behind < out_.text.size() && (out_.text[behind] == ' ')) ++behind;
    const bool ends = behind >= out_.text.size() || out_.text[behind] == '\n' ||
                      (is_upper(peek(behind)) && !kBeforeNames.contains(folded_));
    if (ends && folded_.size() > 1) return;
    token.end = static_cast<std::uint32_t>(++at_);
  }

  /// "George W. Bush": an initial behind a capitalised word or at the beginning, before another.
  bool initial_goes_on() const {
    return at_ + 2 < out_.text.size() && out_.text[at_ + 1] == ' ' && is_upper(peek(at_ + 2));
  }

  /// Whether an apostrophe is inside a word: letters behind it, that are not a possessive s alone.
  bool goes_on_behind(std::size_t behind) const {
    const char32_t c = peek(behind);
    if (!is_word_character(c) || is_digit(c)) return false;
    return !((c == 's' || c == 'S') && !is_word_character(peek(behind + 1)));
  }

  void mark(std::size_t begin, char32_t c) {
    if (is_apostrophe(c) && !spaced_ && !out_.tokens.empty() && out_.tokens.back().end == begin) {
      const char32_t s = peek(at_);
      if ((s == 's' || s == 'S') && out_.tokens.back().kind != TokenKind::Mark && !is_word_character(peek(at_ + 1))) {
        ++at_;
        push(begin, TokenKind::Possessive);
        return;
      }
    }
    if (c == '.') {
      while (at_ < out_.text.size() && out_.text[at_] == '.') ++at_;  // "..."
    }
    const bool ellipsis = c == 0x2026 || (c == '.' && at_ - begin > 1);
    push(begin, TokenKind::Mark).mark = ellipsis ? 0x2026 : c;
    if (ends_sentence(c)) close_sentence(ellipsis || c == '!' || c == '?');
  }

  /// Behind a stop: takes the closing quotes and brackets in, and ends the sentence unless the text goes on small.
  void close_sentence(bool weak) {
    std::size_t behind = at_;
    std::size_t closed = at_;
    while (behind < out_.text.size()) {
      std::size_t next = behind;
      const char32_t c = next_character(out_.text, next);
      if (c != ')' && c != ']' && !(is_quote_mark(c) && c != 0x201C && c != 0x2018)) break;
      behind = next;
      closed = behind;
    }
    if (behind < out_.text.size() && !is_blank(peek(behind)) && closed == at_) {
      if (!is_unspaced(peek(behind))) return;
    }
    while (behind < out_.text.size() && out_.text[behind] == ' ') ++behind;
    std::size_t after = behind;
    char32_t c = peek(after);
    while (c != 0 && is_quote_mark(c)) {
      next_character(out_.text, after);
      c = peek(after);
    }
    const bool small = is_word_character(c) && !is_upper(c) && !is_digit(c) && c < 0x2E80;
    if (small && (weak || closed > at_ || behind > at_)) return;
    while (at_ < closed) {
      const std::size_t begin = at_;
      spaced_ = false;
      const char32_t closing = next_character(out_.text, at_);
      push(begin, TokenKind::Mark).mark = closing;
    }
    end_sentence();
  }

  const Vocabulary& vocabulary_;
  TokenText out_;
  std::string folded_;
  std::size_t at_ = 0;
  std::uint32_t paragraph_ = 0;
  bool begins_sentence_ = true, spaced_ = true, hyphened_ = false;
};

}  // namespace

bool is_quote_mark(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case '`':
    case 0xB4:
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2039:
    case 0x203A:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F: return true;
    default: return false;
  }
}

void fold_word(std::string_view word, std::string& out) {
  unsigned char all_bits = 0;
  for (const char c : word) all_bits |= static_cast<unsigned char>(c);
  if (all_bits < 0x80) {
    out.clear();
    append_lower_ascii(out, word);
  } else {
    fold_for_matching(word, out);
  }
  while (out.size() > 1 && out.back() == '.') out.pop_back();
}

TokenText tokenise(std::string_view text, const Vocabulary& vocabulary) { return Tokeniser(text, vocabulary).run(); }

}  // namespace newsd
