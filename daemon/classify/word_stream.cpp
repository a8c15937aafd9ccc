#include "daemon/classify/word_stream.h"

#include "feeds/text/ascii.h"
#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

namespace newsd {

namespace {

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x00B4 || c == 0x02BC; }

/// Joins letters and shows nothing.
bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }

bool is_part_of_word(char32_t c) { return (is_word_character(c) || is_invisible(c)) && !is_unspaced(c); }

/// Whether a phrase may not reach over this mark. A full stop ends a sentence only behind a longer word: "U.S. Senate".
bool breaks(char32_t c, std::size_t length_before) {
  switch (c) {
    case '.': return length_before > 2;
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '|':
    case '\n':
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x3002:
    case 0xFF0C:
    case 0xFF01:
    case 0xFF1F: return true;
    default: return false;
  }
}

}  // namespace

void WordStream::assign(std::string_view text) {
  folded.clear();
  words.clear();
  std::string one;
  bool after_break = true, after_apostrophe = false;
  std::size_t length_before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t first = next_character(text, at);
    if (!is_word_character(first)) {
      after_apostrophe = is_apostrophe(first) && !words.empty() && words.back().end == begin;
      after_break |= breaks(first, length_before);
      continue;
    }
    bool is_ascii = first < 0x80;
    while (!is_unspaced(first) && at < text.size()) {
      std::size_t behind = at;
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        if (!is_word_character(byte)) break;
        ++at;
        continue;
      }
      if (!is_part_of_word(next_character(text, behind))) break;
      is_ascii = false;
      at = behind;
    }
    const std::string_view source = text.substr(begin, at - begin);
    length_before = source.size();
    if (after_apostrophe && (source == "s" || source == "S")) {
      after_apostrophe = false;
      continue;
    }
    after_apostrophe = false;
    const auto folded_begin = static_cast<std::uint32_t>(folded.size());
    if (is_ascii) {
      append_lower_ascii(folded, source);
    } else {
      fold_for_matching(source, one);
      folded += one;
    }
    if (folded.size() == folded_begin) continue;  // nothing but invisible characters
    words.push_back({folded_begin, static_cast<std::uint32_t>(folded.size()), static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(at), after_break});
    after_break = false;
  }
}

}  // namespace newsd
