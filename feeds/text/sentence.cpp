#include "feeds/text/sentence.h"

#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

/// Words with a stop that go on, in the languages of the phrase lists; without the stop, in the case they are written.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"Mr",  "Mrs",  "Ms",  "Dr",  "Prof", "St",   "Gen", "Sen",  "Rep", "Gov",    "Lt",  "Col",  "Sgt",  "Capt", "Maj",
     "Rev", "Hon",  "Jr",  "Sr",  "No",   "Nos",  "vs",  "etc",  "Inc", "Ltd",    "Co",  "Corp", "Jan",  "Feb",  "Mar",
     "Apr", "Jun",  "Jul", "Aug", "Sep",  "Sept", "Oct", "Nov",  "Dec", "approx", "Nr",  "Hr",   "Fr",   "bzw",  "ca",
     "usw", "Str",  "Abs", "Bd",  "Mio",  "Mrd",  "Sra", "Ud",   "Uds", "Dott",   "Sig", "Mme",  "Mlle", "art",  "pp",
     "dhr", "mevr", "dr",  "ir",  "г",    "гг",   "млн", "млрд", "тыс", "руб",    "им",  "ул",   "т",    "д",    "св"});

bool is_stop(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E ||
         c == 0x061F || c == 0x06D4 || c == 0x0964;
}
/// These end a sentence whatever follows.
bool is_wide_stop(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0x0964; }

bool is_closing(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '*':
    case 0x2019:
    case 0x201D:
    case 0x2018:
    case 0x201C:
    case 0x201E:
    case 0x201A:
    case 0x00BB:
    case 0x00AB:
    case 0x203A:
    case 0x2039:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x300B:
    case 0x3011:
    case 0x00B4: return true;
    default: return false;
  }
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x3000;
}

bool is_small(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3AC && c <= 0x3CE) ||
         (c >= 0x430 && c <= 0x45F);
}

/// The last character of `text`, which is cut before it.
char32_t take_last(std::string_view& text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  std::size_t at = begin;
  const char32_t c = next_character(text, at);
  text = text.substr(0, begin);
  return c;
}

/// Whether the word in front of a full stop says that the sentence goes on behind it.
bool is_abbreviated(std::string_view before_stop) {
  std::size_t begin = before_stop.size();
  while (begin > 0 && before_stop.size() - begin < 32) {
    std::string_view head = before_stop.substr(0, begin);
    const char32_t c = take_last(head);
    if (!is_word_character(c)) break;
    begin = head.size();
  }
  const std::string_view word = before_stop.substr(begin);
  if (count_characters(word) == 1 && !(word[0] >= '0' && word[0] <= '9')) return true;  // an initial, "U.S.", "z.B."
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

/// What follows a stop at `at`: the sentence's end (behind closing quotes), or npos when it goes on.
std::size_t sentence_end(std::string_view text, std::size_t stop, std::size_t at, char32_t stop_character) {
  std::size_t end = at;
  while (at < text.size()) {
    const char32_t c = next_character(text, at);
    if (!is_stop(c) && !is_closing(c)) {
      at = end;
      break;
    }
    end = at;
  }
  if (end == text.size() || is_wide_stop(stop_character)) return end;
  std::size_t next = end;
  if (!is_space(next_character(text, next))) return std::string_view::npos;
  while (next < text.size()) {
    std::size_t behind = next;
    const char32_t c = next_character(text, behind);
    if (!is_space(c)) {
      if (is_small(c)) return std::string_view::npos;
      break;
    }
    next = behind;
  }
  if (stop_character != '.') return end;
  const bool ordinal = stop > 0 && text[stop - 1] >= '0' && text[stop - 1] <= '9' && stop >= 2 &&
                       (text[stop - 2] == ' ' || stop < 3 || text[stop - 3] == ' ');
  return ordinal || is_abbreviated(text.substr(0, stop)) ? std::string_view::npos : end;
}

std::string_view cut_at_word(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  const std::string_view head = shortened(text, max_bytes);
  const auto space = head.find_last_of(' ');
  return trimmed(space == std::string_view::npos || space < max_bytes / 2 ? head : head.substr(0, space));
}

}  // namespace

bool ends_sentence(std::string_view line) {
  for (int looked_through = 0; !line.empty() && looked_through < 8; ++looked_through) {
    const char32_t c = take_last(line);
    if (is_stop(c)) return true;
    if (!is_closing(c) && !is_space(c)) return false;
  }
  return false;
}

std::string_view first_sentence(std::string_view paragraph, std::size_t max_bytes) {
  paragraph = trimmed(paragraph);
  for (std::size_t at = 0; at < std::min(paragraph.size(), max_bytes);) {
    const std::size_t stop = at;
    const char32_t c = next_character(paragraph, at);
    if (!is_stop(c)) continue;
    const std::size_t end = sentence_end(paragraph, stop, at, c);
    if (end != std::string_view::npos) return cut_at_word(paragraph.substr(0, end), max_bytes);
  }
  return cut_at_word(paragraph, max_bytes);
}

}  // namespace newsd
