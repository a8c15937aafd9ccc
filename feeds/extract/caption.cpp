#include "feeds/extract/caption.h"

#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace newsd {
namespace {

constexpr std::size_t kLongestCredit = 160, kLongestNames = 80;
/// Bytes at a line's front in which a lead ends, and at its end in which a credit begins.
constexpr std::size_t kLeadBytes = 64, kCreditBytes = 70;

/// Words by their first byte: which of them a text begins with is asked at every word of a line.
template <std::size_t N>
class Beginnings {
 public:
  consteval explicit Beginnings(const std::array<std::string_view, N>& words) : words_(words) {
    for (std::size_t i = N; i-- > 0;) {
      std::uint8_t& head = head_[static_cast<unsigned char>(words_[i].front())];
      next_[i] = head;
      head = static_cast<std::uint8_t>(i + 1);
    }
  }

  /// The first of them, in the order of the list, that the text begins with and `accepts` takes; empty for none.
  template <class Accepts>
  std::string_view find(std::string_view text, Accepts accepts) const {
    if (text.empty()) return {};
    for (std::size_t i = head_[static_cast<unsigned char>(text.front())]; i != 0; i = next_[i - 1]) {
      const std::string_view word = words_[i - 1];
      if (text.starts_with(word) && accepts(word)) return word;
    }
    return {};
  }
  bool any_begins(std::string_view text) const {
    return !find(text, [](std::string_view) { return true; }).empty();
  }

 private:
  static_assert(N < 0xFF);
  std::array<std::string_view, N> words_;
  std::array<std::uint8_t, 256> head_{};  ///< a word's number and one; 0: none
  std::array<std::uint8_t, N> next_{};
};

/// What stands in front of a credit, folded; the longer first.
constexpr Beginnings kLeads(std::to_array<std::string_view>({"file photo by",
                                                             "file photo:",
                                                             "file photo",
                                                             "photo credit:",
                                                             "photo courtesy of",
                                                             "photograph by",
                                                             "photograph:",
                                                             "photos by",
                                                             "photos:",
                                                             "photo by",
                                                             "photo:",
                                                             "photo/",
                                                             "image credit:",
                                                             "image by",
                                                             "image:",
                                                             "picture:",
                                                             "picture by",
                                                             "pictures:",
                                                             "credit:",
                                                             "credits:",
                                                             "file:",
                                                             "file",
                                                             "screenshot:",
                                                             "illustration by",
                                                             "illustration:",
                                                             "video by",
                                                             "courtesy of",
                                                             "courtesy:",
                                                             "archivfoto:",
                                                             "symbolfoto:",
                                                             "foto von",
                                                             "fotos:",
                                                             "foto:",
                                                             "foto ©",
                                                             "bild:",
                                                             "bilder:",
                                                             "bildquelle:",
                                                             "photo d'archives",
                                                             "crédit photo",
                                                             "crédit:",
                                                             "crédits:",
                                                             "imagen:",
                                                             "crédito:",
                                                             "immagine:",
                                                             "imagem:",
                                                             "reprodução/",
                                                             "divulgação/",
                                                             "beeld:",
                                                             "beeld",
                                                             "фото:",
                                                             "фото",
                                                             "图:",
                                                             "图：",
                                                             "图片来源:",
                                                             "图片来源：",
                                                             "摄影:",
                                                             "写真:",
                                                             "写真：",
                                                             "©"}));

/// Agencies and picture desks: a bracket that names one is a credit.
constexpr auto kAgencies = std::to_array<std::string_view>({"afp",         "ap photo",     "reuters",
                                                            "getty",       "getty images", "epa",
                                                            "dpa",         "ansa",         "efe",
                                                            "tass",        "xinhua",       "sputnik",
                                                            "anadolu",     "bloomberg",    "shutterstock",
                                                            "istock",      "alamy",        "picture alliance",
                                                            "keystone",    "apa",          "belga",
                                                            "lusa",        "pa wire",      "pa images",
                                                            "zuma",        "imago",        "via getty images",
                                                            "via ap",      "via reuters",  "тасс",
                                                            "риа новости", "新华社",       "视觉中国"});

/// Words that stand in captions only, folded.
constexpr Beginnings kMarks(std::to_array<std::string_view>({"(l)",
                                                             "(r)",
                                                             "(c)",
                                                             "(left)",
                                                             "(right)",
                                                             "(centre)",
                                                             "(center)",
                                                             "(l-r)",
                                                             "(from left)",
                                                             "in this photo",
                                                             "in this image",
                                                             "in this picture",
                                                             "in this file photo",
                                                             "in this handout",
                                                             "in this undated",
                                                             "in this screengrab",
                                                             "file image",
                                                             "pictured left",
                                                             "pictured right",
                                                             "pictured above",
                                                             "is pictured",
                                                             "are pictured",
                                                             "stock image",
                                                             "representational image",
                                                             "handout photo",
                                                             "im bild",
                                                             "auf dem bild",
                                                             "auf dem foto",
                                                             "auf diesem foto",
                                                             "symbolbild",
                                                             "archivbild",
                                                             "sur cette photo",
                                                             "photo d'illustration",
                                                             "en la imagen",
                                                             "en la foto",
                                                             "foto de archivo",
                                                             "nella foto",
                                                             "na foto",
                                                             "na imagem",
                                                             "op de foto",
                                                             "на фото",
                                                             "на снимке",
                                                             "资料图",
                                                             "图为",
                                                             "資料写真"}));

/// What descriptions of pictures begin with, folded. A sentence may begin so as well.
constexpr Beginnings kDepictions(std::to_array<std::string_view>(
    {"a still from",    "a still photo",   "still from",     "a photo of",       "photo of",      "a photograph of",
     "a picture of",    "an image of",     "image of",       "a screenshot of",  "screenshot of", "a view of",
     "an aerial view",  "aerial view of",  "a portrait of",  "portrait of",      "a map showing", "a map of",
     "an illustration", "illustration of", "clockwise from", "from left",        "blick auf",     "ein blick auf",
     "vue de",          "vue aérienne",    "vista aérea",    "vista general de", "luchtfoto"}));

/// What stands between a caption and its credit, as written.
constexpr Beginnings kCredits(std::to_array<std::string_view>({" Credit: ", " Photo: ", " Photograph: ", " Foto: ",
                                                               " Bildrechte: ", " Bild: ", " © ",
                                                               " Image: ", ", photo: ", ", foto: "}));

/// Whether the text, which begins with the lead, has a word's end behind it.
bool ends_word(std::string_view folded, std::string_view lead) {
  std::size_t last = lead.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(lead[last]) & 0xC0) == 0x80) --last;
  if (folded.size() == lead.size() || !is_word_character(next_character(lead, last))) return true;
  std::size_t behind = lead.size();
  return !is_word_character(next_character(folded, behind));
}

bool names_agency(std::string_view folded) {
  return std::any_of(kAgencies.begin(), kAgencies.end(), [&](std::string_view agency) {
    for (std::size_t at = folded.find(agency); at != std::string_view::npos; at = folded.find(agency, at + 1)) {
      const bool free_before =
          at == 0 || !((folded[at - 1] >= 'a' && folded[at - 1] <= 'z') || (folded[at - 1] & 0x80) != 0);
      const std::size_t end = at + agency.size();
      const bool free_behind =
          end == folded.size() || !((folded[end] >= 'a' && folded[end] <= 'z') || (folded[end] & 0x80) != 0);
      if (free_before && free_behind) return true;
    }
    return false;
  });
}

/// The words behind the lead, in the line's own writing. Folding can change lengths, so the lead is counted off in
/// words and signs of the original.
std::optional<std::string> without_lead(std::string_view text) {
  const std::string folded = fold_for_matching(shortened(text, kLeadBytes));
  const std::string_view lead = kLeads.find(folded, [&](std::string_view word) { return ends_word(folded, word); });
  if (lead.empty()) return std::nullopt;
  for (std::size_t at = 0; at <= text.size();) {
    if (fold_for_matching(text.substr(0, at)) == lead) {
      std::string_view name = trimmed(text.substr(at));
      while (!name.empty() && (name.front() == ':' || name.front() == '/' || name.front() == '-'))
        name = trimmed(name.substr(1));
      return std::string(name);
    }
    if (at == text.size() || at > 2 * lead.size() + 8) break;
    next_character(text, at);
  }
  return std::nullopt;
}

/// "Ann Poe/Harbour Pictures/Reuters"
bool is_names_and_agency(std::string_view line) {
  const auto slash = line.rfind('/');
  if (slash == std::string_view::npos || line.size() > kLongestNames || ends_sentence(line)) return false;
  const std::string last = fold_for_matching(trimmed(line.substr(slash + 1)));
  return count_words(last) <= 3 && names_agency(last);
}

/// The last pair of brackets when the line ends with it, at most a stop behind.
std::optional<std::pair<std::size_t, std::size_t>> closing_bracket(std::string_view line) {
  std::string_view end = trimmed(line);
  while (end.ends_with('.')) end = trimmed(end.substr(0, end.size() - 1));
  if (!end.ends_with(')') && !end.ends_with(']')) return std::nullopt;
  const char opening = end.ends_with(')') ? '(' : '[';
  const auto begin = end.rfind(opening);
  if (begin == std::string_view::npos) return std::nullopt;
  return std::pair(begin, end.size());
}

}  // namespace

PictureCredit picture_credit(std::string_view line) {
  if (const auto bracket = closing_bracket(line)) {
    const auto [begin, end] = *bracket;
    const std::string_view inside = trimmed(line.substr(begin + 1, end - begin - 2));
    if (!inside.empty() && inside.size() <= kLongestCredit) {
      if (auto name = without_lead(inside); name && !name->empty()) return {begin, end, *name};
      if (names_agency(fold_for_matching(inside)) && count_words(inside) <= 8) return {begin, end, std::string(inside)};
    }
  }
  if (line.size() > kLongestCredit) return {};
  auto name = without_lead(line);
  if (name && (name->empty() || count_words(*name) > 10)) name.reset();
  if (!name && is_names_and_agency(line)) name = trimmed(line);
  if (!name || count_words(line) > 14) return {};
  return {0, line.size(), std::move(*name)};
}

bool is_credit_line(std::string_view line) {
  const PictureCredit credit = picture_credit(line);
  return !credit.name.empty() && credit.begin == 0;
}

bool has_caption_marks(std::string_view line, std::string_view folded) {
  if (!picture_credit(line).name.empty()) return true;
  const auto depicts = [&](std::string_view words) { return ends_word(folded, words); };
  if (!kDepictions.find(folded, depicts).empty() && !ends_sentence(line)) return true;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const bool free_before = at == 0 || folded[at - 1] == ' ' || (folded[at] & 0x80) != 0;
    if (free_before && kMarks.any_begins(folded.substr(at))) return true;
  }
  return false;
}

bool ends_with_credit(std::string_view line, std::size_t length) {
  if (length > 200) return false;
  for (std::size_t at = line.size() < kCreditBytes ? 0 : line.size() - kCreditBytes + 1; at < line.size(); ++at) {
    const bool begins = line[at] == ' ' || line[at] == ',';
    if (begins && kCredits.any_begins(line.substr(at))) return true;
  }
  return false;
}

Picture picture_from(const std::vector<std::string_view>& lines) {
  Picture out;
  std::vector<std::string_view> captions;
  for (std::string_view line : lines) {
    const PictureCredit credit = picture_credit(line);
    if (!credit.name.empty()) out.credit = credit.name;
    if (credit.name.empty() || credit.begin > 0) captions.push_back(line);
  }
  if (captions.empty()) return out;
  out.caption = captions.back();
  if (captions.size() > 1) {
    const std::string_view alt = captions.front();
    const PictureCredit credit = picture_credit(alt);
    out.alt = credit.name.empty() ? alt : trimmed(alt.substr(0, credit.begin));
  }
  return out;
}

}  // namespace newsd
