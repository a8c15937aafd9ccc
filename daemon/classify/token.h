// Text → tokens, sentences and paragraphs: what all stages that read sentences work on. Well-formed UTF-8 in, byte
// offsets into it out. Pure, linear in the text; any thread. It does not segment Chinese or Thai into words: there each
// character is one.
#pragma once

#include "daemon/classify/facts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class Vocabulary;

/// Possessive: the ’s behind a name. Mark: punctuation, one character.
enum class TokenKind : std::uint8_t { Word, Number, Possessive, Mark };
/// Of the letters: "war", "War", "WAR" (two or more), "McCain".
enum class LetterCase : std::uint8_t { None, Lower, Capital, Upper, Mixed };

inline constexpr std::uint32_t kNoWord = UINT32_MAX;

struct Token {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t word = kNoWord;  ///< of the vocabulary; kNoWord: not in it
  std::uint32_t sentence = 0;
  char32_t mark = 0;  ///< of a Mark
  TokenKind kind = TokenKind::Word;
  LetterCase letters = LetterCase::None;
  bool hyphened = false;         ///< a hyphen and no space stands between the token before and this one
  bool spaced = true;            ///< white space stands before it
  std::uint8_t folded_size = 0;  ///< of its folded word; 0 of marks
  std::uint32_t folded = 0;      ///< where that begins in TokenText::folded_words
  bool is_word() const { return kind == TokenKind::Word; }
  bool is_capital() const {
    return letters == LetterCase::Capital || letters == LetterCase::Upper || letters == LetterCase::Mixed;
  }
};

/// Tokens [first, last).
struct Sentence {
  std::uint32_t first = 0, last = 0;
  std::uint32_t paragraph = 0;
};

struct TokenText {
  std::string_view text;  ///< the caller's
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::string folded_words;  ///< one behind the other: each is asked for by several stages

  /// As fold_word() folds it, the first 255 bytes; empty for marks, a possessive, and behind the last token.
  std::string_view folded(std::size_t token) const {
    if (token >= tokens.size()) return {};
    return std::string_view(folded_words).substr(tokens[token].folded, tokens[token].folded_size);
  }
  std::string_view of(const Token& token) const { return text.substr(token.begin, token.end - token.begin); }
  std::string_view of(std::size_t token) const { return of(tokens[token]); }
  /// From the first token's begin to the last one's end, both included.
  std::string_view of(std::size_t first, std::size_t last) const {
    return text.substr(tokens[first].begin, tokens[last].end - tokens[first].begin);
  }
  bool is_mark(std::size_t token, char32_t mark) const { return token < tokens.size() && tokens[token].mark == mark; }
};

/// Folds a word as the vocabulary holds it: lower case, ’ as ', "U.S." as "u.s".
void fold_word(std::string_view word, std::string& out);

/// text must outlive the result. Paragraphs are separated by line feeds.
TokenText tokenise(std::string_view text, const Vocabulary& vocabulary);

/// Whether a mark can open or close a quotation, whatever its direction; ' ´ ` ‘ ’ among them.
bool is_quote_mark(char32_t c);

}  // namespace newsd
