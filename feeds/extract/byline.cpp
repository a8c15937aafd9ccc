#include "feeds/extract/byline.h"

#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr auto kLeads = std::to_array<std::string_view>(
    {"by",      "by:",      "von",     "par",      "por",     "di",       "door",       "af",       "av",
     "text:",   "text von", "autor:",  "autorin:", "author:", "authors:", "written by", "story by", "auteur:",
     "autore:", "автор:",   "авторы:", "текст:",   "作者:",   "作者：",   "记者",       "文/"});
constexpr auto kParticles = std::to_array<std::string_view>(
    {"de", "van", "von", "der", "den", "del", "della", "di", "da",  "dos", "das", "do", "la",
     "le", "el",  "al",  "bin", "ibn", "ten", "ter",   "zu", "zur", "du",  "af",  "y",  "e"});
constexpr auto kJoints = std::to_array<std::string_view>(
    {" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " и ", " & ", "、", ";"});
constexpr auto kOffices = std::to_array<std::string_view>(
    {"editor",      "correspondent", "reporter", "writer",       "staff",       "chief",         "journalist",
     "bureau",      "agency",        "agencies", "desk",         "redakteur",   "redaktion",     "korrespondent",
     "journaliste", "correspondant", "redactor", "corresponsal", "giornalista", "корреспондент", "редактор"});

constexpr std::size_t kMostNames = 6, kLongestLine = 240;

bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x3AB) ||
         (c >= 0x400 && c <= 0x42F) || (c >= 0x100 && c <= 0x17E) || is_unspaced(c);
}

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!(text = trimmed(text)).empty()) {
    const auto end = std::min(text.find(' '), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool is_office(std::string_view part) {
  const std::string folded = fold_for_matching(part);
  const auto words = split_words(folded);
  return std::any_of(words.begin(), words.end(), [](std::string_view w) { return is_in(kOffices, w); });
}

bool is_name(std::string_view part) {
  const auto words = split_words(part);
  if (words.empty() || words.size() > 5) return false;
  bool capital = false;
  for (std::string_view word : words) {
    if (std::any_of(word.begin(), word.end(),
                    [](char c) { return (c >= '0' && c <= '9') || c == '@' || c == '/' || c == '|' || c == ':'; }))
      return false;
    std::size_t at = 0;
    if (is_capital(next_character(word, at))) {
      capital = true;
    } else if (!is_in(kParticles, word)) {
      return false;
    }
  }
  return capital;
}

/// The line behind its "By"; empty when it begins with none.
std::string_view behind_lead(std::string_view line) {
  const std::string folded = fold_for_matching(shortened(line, 64));
  std::string_view found;
  for (std::string_view lead : kLeads) {
    const bool closed = lead.ends_with(':') || lead.ends_with('/') || (lead.back() & 0x80) != 0;
    if (folded.starts_with(lead) && lead.size() > found.size() &&
        (closed || (folded.size() > lead.size() && folded[lead.size()] == ' ')))
      found = lead;
  }
  // the leads fold to as many bytes as they are written with, in either case
  return found.empty() || found.size() >= line.size() ? std::string_view() : trimmed(line.substr(found.size()));
}

std::vector<std::string_view> split_names(std::string_view text) {
  std::vector<std::string_view> parts{text};
  const auto cut = [&parts](std::string_view joint) {
    std::vector<std::string_view> out;
    for (std::string_view part : parts) {
      for (std::size_t at = part.find(joint); at != std::string_view::npos; at = part.find(joint)) {
        out.push_back(part.substr(0, at));
        part.remove_prefix(at + joint.size());
      }
      out.push_back(part);
    }
    parts = std::move(out);
  };
  for (std::string_view joint : kJoints) cut(joint);
  cut(",");
  return parts;
}

}  // namespace

std::optional<Byline> read_byline(std::string_view line) {
  line = trimmed(line);
  if (line.size() > kLongestLine || line.ends_with('.') || line.ends_with('?') || line.ends_with('!'))
    return std::nullopt;
  const std::string_view names = behind_lead(line);
  if (names.empty()) return std::nullopt;
  Byline out;
  for (std::string_view part : split_names(names)) {
    part = trimmed(part);
    if (part.empty()) continue;
    if (!out.names.empty() && is_office(part)) continue;
    if (!is_name(part) || out.names.size() == kMostNames) return std::nullopt;
    out.names.emplace_back(part);
  }
  if (out.names.empty()) return std::nullopt;
  out.raw = line;
  return out;
}

}  // namespace newsd
