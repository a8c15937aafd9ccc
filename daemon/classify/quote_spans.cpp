#include "daemon/classify/quotes.h"

#include <algorithm>

namespace newsd {
namespace {

bool is_double_open(char32_t c) { return c == 0x201C || c == 0x201E || c == 0xAB || c == 0x300C || c == 0x300E; }
bool is_double_close(char32_t c) { return c == 0x201D || c == 0xBB || c == 0x300D || c == 0x300F; }
bool is_single_close(char32_t c) { return c == 0x2019 || c == '\'' || c == 0xB4; }

class Marks {
 public:
  explicit Marks(const TokenText& text) : text_(text) {
    for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
      const char32_t c = text.tokens[i].mark;
      has_double_ |= c == '"' || is_double_open(c) || (c == '\'' && is_typed_twice(i));
    }
  }

  std::vector<QuoteSpan> run() {
    for (std::size_t s = 0; s < text_.sentences.size();) {
      const std::uint32_t first = text_.sentences[s].first;
      const std::uint32_t paragraph = text_.sentences[s].paragraph;
      while (s < text_.sentences.size() && text_.sentences[s].paragraph == paragraph) ++s;
      read_paragraph(first, text_.sentences[s - 1].last);
    }
    return std::move(spans_);
  }

 private:
  /// '' in place of ": what stands between single ones there is said within something said.
  bool is_typed_twice(std::uint32_t i) const {
    return i + 1 < text_.tokens.size() && text_.tokens[i + 1].mark == '\'' && !text_.tokens[i + 1].spaced;
  }
  /// id="123": a tag that was left in the text.
  bool is_attribute(std::uint32_t i, std::uint32_t begin) const {
    return i > begin && text_.tokens[i].mark == '"' && text_.tokens[i - 1].mark == '=' && !text_.tokens[i].spaced;
  }
  bool opens_word(std::uint32_t i, std::uint32_t end) const {
    return i + 1 < end && !text_.tokens[i + 1].spaced && text_.tokens[i + 1].kind != TokenKind::Possessive;
  }
  bool behind_space(std::uint32_t i, std::uint32_t begin) const {
    const char32_t before = i > begin ? text_.tokens[i - 1].mark : 0;
    return i == begin || text_.tokens[i].spaced || before == '(' || before == 0x2014 || before == 0x2013 ||
           before == '[' || before == '-';
  }

  bool ends_words(std::uint32_t i, std::uint32_t begin, std::uint32_t end) const {
    return !behind_space(i, begin) && (!opens_word(i, end) || text_.tokens[i + 1].kind == TokenKind::Mark);
  }

  /// What a mark does: 2 opens double, 1 opens single, −2, −1 close, 0 nothing.
  int role(std::uint32_t i, std::uint32_t begin, std::uint32_t end, int open) const {
    const Token& t = text_.tokens[i];
    if (t.kind != TokenKind::Mark) return 0;
    const char32_t c = t.mark;
    if (c == '"') {
      if (open == 2)
        return behind_space(i, begin) && opens_word(i, end) && i != begin && !text_.tokens[i - 1].mark ? 2 : -2;
      return opens_word(i, end) || i == begin ? 2 : 0;
    }
    // the last mark of „…“ and »…«, and a “ typed where a ” belongs
    if ((c == 0x201C || c == 0xAB) && ends_words(i, begin, end)) return open == 2 ? -2 : 0;
    if (is_double_open(c)) return 2;
    if (is_double_close(c)) return open == 2 ? -2 : behind_space(i, begin) && opens_word(i, end) ? 2 : 0;
    if (open == 2) return 0;
    if (c == 0x2018) return opens_word(i, end) || i + 1 == end ? 1 : open == 1 ? -1 : 0;
    if (c == '\'' && open == 0 && !has_double_)
      return behind_space(i, begin) && opens_word(i, end) && closes_later(i, end) ? 1 : 0;
    if (is_single_close(c) && open == 1) return is_plural_possessive(i, end) ? 0 : -1;
    return 0;
  }

  /// A straight ' opens only what a straight ' closes in the same paragraph; '90s is no quotation.
  bool closes_later(std::uint32_t i, std::uint32_t end) const {
    if (text_.tokens[i + 1].kind == TokenKind::Number) return false;
    const std::uint32_t stop = std::min<std::uint32_t>(end, i + 80);
    for (std::uint32_t j = i + 2; j < stop; ++j)
      if (text_.tokens[j].mark == '\'' && !text_.tokens[j].spaced &&
          (j + 1 == end || text_.tokens[j + 1].spaced || text_.tokens[j + 1].mark != 0))
        return true;
    return false;
  }

  /// "all countries’ sovereignty": behind an s, a small letter follows, and the quotation closes later.
  bool is_plural_possessive(std::uint32_t i, std::uint32_t end) const {
    const Token& before = text_.tokens[i - 1];
    if (!before.is_word() || text_.tokens[i].spaced) return false;
    const char last = text_.text[before.end - 1];
    if (last != 's' || i + 1 >= end || !text_.tokens[i + 1].spaced || text_.tokens[i + 1].letters != LetterCase::Lower)
      return false;
    for (std::uint32_t j = i + 1; j < end; ++j) {
      if (text_.tokens[j].mark == 0x2018) return false;
      if (is_single_close(text_.tokens[j].mark) && !text_.tokens[j].spaced) return true;
    }
    return false;
  }

  void read_paragraph(std::uint32_t begin, std::uint32_t end) {
    int open = 0;
    std::uint32_t from = begin;
    bool continues = false;
    if (dangling_) {  // the mark stands at the end of the paragraph before
      open = dangling_;
      continues = true;
      dangling_ = 0;
    }
    for (std::uint32_t i = begin; i < end; ++i) {
      if (open == 0 && is_attribute(i, begin)) {
        do ++i;
        while (i < end && text_.tokens[i].mark != '"');
        continue;
      }
      const int what = role(i, begin, end, open);
      if (what > 0) {
        if (what == 1 && i + 1 == end) {
          dangling_ = 1;
          continue;
        }
        if (open != 0 && open == what) {  // never closed: what came before is no quotation
          from = i;
          continues = false;
          continue;
        }
        if (open != 0) continue;  // within another
        open = what;
        from = i;
        continues = i == begin && unclosed_;
      } else if (what < 0 && open == -what) {
        if (i > from + 1) spans_.push_back({from, i, continues, true});
        open = 0;
        continues = false;
      }
    }
    unclosed_ = false;
    if (open == 0 || end <= from + 1) return;
    // an opening mark alone: the quotation goes on in the next paragraph, or its end was forgotten
    const bool goes_on = end < text_.tokens.size() && is_opening(end);
    if (goes_on || open == 2) spans_.push_back({from, end - 1, continues, false});
    unclosed_ = goes_on;
  }

  bool is_opening(std::uint32_t i) const {
    const char32_t c = text_.tokens[i].mark;
    return is_double_open(c) || c == '"' || c == 0x2018;
  }

  const TokenText& text_;
  std::vector<QuoteSpan> spans_;
  bool has_double_ = false;
  int dangling_ = 0;
  bool unclosed_ = false;
};

}  // namespace

std::vector<QuoteSpan> quote_spans(const TokenText& text) { return Marks(text).run(); }

}  // namespace newsd
