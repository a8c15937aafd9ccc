#include "feeds/extract/line_features.h"

#include "feeds/extract/caption.h"
#include "feeds/extract/date_line.h"
#include "feeds/text/digest.h"
#include "feeds/text/fold.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <unordered_map>

namespace newsd {
namespace {

/// Longer lines hold no set phrase that would speak against them; they are compared by their bytes.
constexpr std::size_t kFoldedBytes = 400, kCaptionSentence = 160, kDatedWords = 12;

bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
         (c >= 0x400 && c <= 0x42F) || (c >= 0x100 && c <= 0x17E && c % 2 == 0);
}
bool is_small(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3AC && c <= 0x3CE) ||
         (c >= 0x430 && c <= 0x45F);
}
bool is_separator(char32_t c) { return c == 0x2022 || c == 0xB7 || c == 0x25CF; }

/// Counts characters, one after the other.
class Counter {
 public:
  explicit Counter(LineFeatures& f) : f_(f) {}

  /// ASCII is nearly all there is: it takes the short way.
  void ascii(char c) {
    ++f_.length;
    const bool capital = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    if (capital || digit || (c >= 'a' && c <= 'z')) {
      f_.digits += digit;
      letter(capital);
    } else if (c != '\'' && c != '-') {
      f_.separators += c == '|';
      inside_word_ = false;
    }
  }
  void other(char32_t c) {
    ++f_.length;
    if (is_unspaced(c)) {
      ++unspaced_;
      ++f_.words;
      inside_word_ = false;
    } else if (is_word_character(c)) {
      letter(is_capital(c));
    } else if (c != 0x2019) {
      f_.separators += is_separator(c);
      inside_word_ = false;
    }
  }
  void done() {
    f_.length += 2 * unspaced_;
    f_.unspaced = unspaced_ * 6 > f_.length;
  }

 private:
  void letter(bool capital) {
    if (!inside_word_) {
      ++f_.words;
      f_.capitals += capital;
    }
    inside_word_ = true;
  }

  LineFeatures& f_;
  bool inside_word_ = false;
  std::size_t unspaced_ = 0;
};

void count(std::string_view text, LineFeatures& f) {
  Counter counter(f);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      counter.ascii(text[at++]);
    } else {
      counter.other(next_character(text, at));
    }
  }
  counter.done();
  std::size_t first = 0;
  if (!text.empty()) f.begins_small = is_small(next_character(text, first));
}

void look_at_end(std::string_view text, LineFeatures& f) {
  f.ends_sentence = ends_sentence(text);
  f.ends_open = text.ends_with(':') || text.ends_with(';') || text.ends_with(',') || text.ends_with("：") ||
                text.ends_with("；") || text.ends_with("，");
}

}  // namespace

std::vector<LineFeatures> line_features(const std::vector<TextUnit>& units) {
  std::vector<LineFeatures> out(units.size());
  std::unordered_map<std::uint64_t, std::size_t> seen;
  seen.reserve(units.size());
  std::string folded;
  for (std::size_t i = 0; i < units.size(); ++i) {
    LineFeatures& f = out[i];
    const std::string_view text = units[i].text;
    count(text, f);
    look_at_end(text, f);
    if (text.size() <= kFoldedBytes) {
      fold_for_matching(text, folded);
      f.phrase = find_phrase(phrase_form(folded), f.words);
      f.key = key128(folded).low;
    } else {
      f.key = key128(text).low;
    }
    // captions that are sentences are short ones
    if (text.size() > kFoldedBytes || (f.ends_sentence && f.length > kCaptionSentence)) folded.clear();
    f.caption_marks = has_caption_marks(text, folded);
    f.credit_line = f.caption_marks && is_credit_line(text);
    f.dated = f.digits > 0 && !f.ends_sentence && f.words <= kDatedWords && is_dated(text);
    f.occurrence = seen[f.key]++;
  }
  for (LineFeatures& f : out) f.occurrences = seen[f.key];
  return out;
}

bool is_long_sentence(const LineFeatures& f) { return f.ends_sentence && f.length >= 80 && f.phrase == nullptr; }

}  // namespace newsd
