#include "feeds/extract/author_note.h"

#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"
#include "feeds/text/word_table.h"
#include "feeds/text/words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace newsd {
namespace {

/// What a word is to such a line.
enum class Part : std::uint8_t { Other, Is, Office, Former };

// To add a language, add its words.
constexpr WordTable kParts(std::to_array<std::pair<std::string_view, Part>>({
    {"is", Part::Is},
    {"ist", Part::Is},
    {"est", Part::Is},
    {"es", Part::Is},
    {"è", Part::Is},
    {"é", Part::Is},
    {"reporter", Part::Office},
    {"editor", Part::Office},
    {"editor-in-chief", Part::Office},
    {"writer", Part::Office},
    {"journalist", Part::Office},
    {"columnist", Part::Office},
    {"correspondent", Part::Office},
    {"contributor", Part::Office},
    {"producer", Part::Office},
    {"critic", Part::Office},
    {"blogger", Part::Office},
    {"freelancer", Part::Office},
    {"redakteur", Part::Office},
    {"redakteurin", Part::Office},
    {"journalistin", Part::Office},
    {"korrespondent", Part::Office},
    {"korrespondentin", Part::Office},
    {"volontär", Part::Office},
    {"volontärin", Part::Office},
    {"journaliste", Part::Office},
    {"rédacteur", Part::Office},
    {"rédactrice", Part::Office},
    {"periodista", Part::Office},
    {"redactor", Part::Office},
    {"redactora", Part::Office},
    {"corresponsal", Part::Office},
    {"giornalista", Part::Office},
    {"jornalista", Part::Office},
    {"repórter", Part::Office},
    {"redacteur", Part::Office},
    {"verslaggever", Part::Office},
    {"former", Part::Former},
    {"ehemaliger", Part::Former},
    {"ehemalige", Part::Former},
    {"ancien", Part::Former},
    {"ancienne", Part::Former},
    {"ex", Part::Former},
    {"late", Part::Former},
}));

constexpr std::size_t kFewestNames = 2, kMostNames = 4, kWordsToOffice = 8, kLongestWord = 40;

/// The line's next word; empty at its end or at a mark that ends the part of a sentence.
std::string_view next_word(std::string_view line, std::size_t& at) {
  while (at < line.size() && line[at] == ' ') ++at;
  const std::size_t begin = at;
  while (at < line.size()) {
    const std::size_t here = at;
    const char32_t c = next_character(line, at);
    if (is_word_character(c) || c == '-' || c == '\'' || c == 0x2019) continue;
    if (c == '.' && here - begin <= 2) continue;  // an initial
    at = here;
    break;
  }
  return line.substr(begin, at - begin);
}

bool could_be_name(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return word.size() <= kLongestWord && ((first >= 'A' && first <= 'Z') || first >= 0x80);
}

Part part_of(std::string_view word, std::string& folded) {
  if (word.size() > kLongestWord) return Part::Other;
  fold_for_matching(word, folded);
  return kParts.find(folded, Part::Other);
}

}  // namespace

bool is_author_note(std::string_view line) {
  std::string folded;
  std::size_t at = 0, names = 0;
  for (;; ++names) {
    const std::string_view word = next_word(line, at);
    if (word.empty()) return false;
    if (names >= kFewestNames && part_of(word, folded) == Part::Is) break;
    if (names == kMostNames || !could_be_name(word)) return false;
  }
  for (std::size_t i = 0; i < kWordsToOffice; ++i) {
    const std::string_view word = next_word(line, at);
    if (word.empty()) return false;
    const Part part = part_of(word, folded);
    if (part == Part::Former) return false;
    if (part == Part::Office) return true;
  }
  return false;
}

}  // namespace newsd
