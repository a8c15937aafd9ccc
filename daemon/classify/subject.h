// The subject of a verb of speech: which words of a sentence say who speaks. Tokens in, stretches of tokens out; the
// base of SpeakerReader alone. Each question looks at one sentence at most. Pure; any thread.
#pragma once

#include "daemon/classify/cast.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/quotes.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace newsd {

/// The words of a subject, tokens [first, last].
struct Subject {
  std::uint32_t first = 0, last = 0;
};

class SubjectReader {
 public:
  /// spans: what stands in quotation marks says nothing about who speaks.
  SubjectReader(const TokenText& text, const std::vector<QuoteSpan>& spans, const Cast& cast, const Lexicon& lexicon);

 protected:
  bool is(std::size_t i, WordClass c) const {
    return i < text_.tokens.size() && text_.tokens[i].kind != TokenKind::Mark && lexicon_.is(text_.tokens[i].word, c);
  }
  bool is_cue(std::size_t i) const {
    return is(i, WordClass::Cue) && !(is(i, WordClass::Title) && !is(i, WordClass::Speech));
  }
  std::uint32_t paragraph_of(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].paragraph; }
  std::uint32_t sentence_end(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].last; }
  std::uint32_t sentence_begin(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].first; }

  bool is_subject_start(std::uint32_t t) const;
  /// The noun phrase from `first`, before `end`: up to a comma, a verb or a clause.
  Subject forward(std::uint32_t first, std::uint32_t end) const;
  /// The subject of the verb at `verb`, backwards.
  std::optional<Subject> subject_before(std::uint32_t verb) const;

  const TokenText& text_;
  const Cast& cast_;
  const Lexicon& lexicon_;
  std::vector<char> quoted_;  ///< a token each

 private:
  bool is_time_word(std::uint32_t t) const;
  bool is_adverb(std::uint32_t t) const;
};

}  // namespace newsd
