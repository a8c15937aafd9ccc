#include "feeds/extract/date_tokens.h"

#include "feeds/article/timestamp.h"
#include "feeds/text/month_names.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

struct Named {
  std::string_view name;
  int value;
};

constexpr auto kWeekdays = std::to_array<std::string_view>(
    {"monday",    "tuesday",   "wednesday",  "thursday",   "friday",      "saturday", "sunday",    "mon",
     "tue",       "tues",      "wed",        "thu",        "thurs",       "fri",      "sat",       "sun",
     "montag",    "dienstag",  "mittwoch",   "donnerstag", "freitag",     "samstag",  "sonnabend", "sonntag",
     "lundi",     "mardi",     "mercredi",   "jeudi",      "vendredi",    "samedi",   "dimanche",  "lunes",
     "martes",    "miércoles", "jueves",     "viernes",    "sábado",      "domingo",  "lunedì",    "martedì",
     "mercoledì", "giovedì",   "venerdì",    "sabato",     "domenica",    "maandag",  "dinsdag",   "woensdag",
     "donderdag", "vrijdag",   "zaterdag",   "zondag",     "понедельник", "вторник",  "среда",     "четверг",
     "пятница",   "суббота",   "воскресенье"});

constexpr auto kPublished = std::to_array<std::string_view>(
    {"published", "posted", "veröffentlicht", "erschienen", "publié", "publiée", "publicado", "pubblicato",
     "gepubliceerd", "geplaatst", "опубликовано", "issued", "发布时间", "发表于"});
constexpr auto kUpdated =
    std::to_array<std::string_view>({"updated", "modified", "aktualisiert", "mis", "mise", "actualizado", "aggiornato",
                                     "atualizado", "bijgewerkt", "обновлено", "更新时间"});
constexpr auto kFillers = std::to_array<std::string_view>(
    {"on",    "at",      "le", "el", "am", "um", "uhr", "à",  "jour", "a",    "las",   "il",
     "alle",  "ore",     "em", "às", "de", "of", "the", "op", "om",   "last", "first", "date",
     "stand", "zuletzt", "th", "st", "nd", "rd", "в",   "г",  "года", "h"});

// Only names with one meaning among newsrooms: IST, CST or AST have several. Minutes from UTC.
constexpr auto kZones = std::to_array<Named>({{"gmt", 0},
                                              {"utc", 0},
                                              {"z", 0},
                                              {"cet", 60},
                                              {"cest", 120},
                                              {"mez", 60},
                                              {"mesz", 120},
                                              {"eet", 120},
                                              {"eest", 180},
                                              {"msk", 180},
                                              {"мск", 180},
                                              {"edt", -240},
                                              {"pdt", -420},
                                              {"pst", -480}});
/// Zones that are one in words but two in hours, or several: the time is dropped.
constexpr auto kVagueZones = std::to_array<std::string_view>(
    {"et",   "pt",   "ct",  "mt",  "est", "cst", "cdt", "mst",  "mdt", "ist", "bst",   "ast", "sgt",
     "aest", "aedt", "jst", "hkt", "wat", "wib", "eat", "sast", "gst", "pkt", "local", "time"});

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}
template <std::size_t N>
const Named* find_in(const std::array<Named, N>& list, std::string_view word) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Named& n) { return n.name == word; });
  return found == list.end() ? nullptr : &*found;
}

DateToken word_token(std::string_view word) {
  DateToken t;
  t.text = word;
  const auto as = [&t](DateWord kind, int value = 0) {
    t.kind = kind;
    t.value = value;
    return t;
  };
  if (const int month = month_by_name(word); month != 0) return as(DateWord::Month, month);
  if (is_in(kWeekdays, word)) return as(DateWord::Weekday);
  if (is_in(kPublished, word)) return as(DateWord::PublishedWord);
  if (is_in(kUpdated, word)) return as(DateWord::UpdatedWord);
  if (word == "pm" || word == "p.m") return as(DateWord::HalfDay, 12);
  if (word == "am" || word == "a.m") return as(DateWord::HalfDay, 0);
  if (const Named* zone = find_in(kZones, word)) return as(DateWord::Zone, zone->value);
  if (is_in(kVagueZones, word)) return as(DateWord::Zone, kVagueZone);
  if (is_in(kFillers, word)) return as(DateWord::Filler);
  return as(DateWord::Other);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "2024-05-03", "2024-05-03T10:15:00+02:00", also with a blank before the time: its length, 0 when none begins here.
std::size_t iso_length(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end < 40 &&
         (is_digit(text[end]) || std::string_view("-:t.+z").find(text[end]) != std::string_view::npos))
    ++end;
  for (; end >= 10; --end) {
    std::string iso(text.substr(0, end));
    std::replace(iso.begin(), iso.end(), 't', 'T');
    std::replace(iso.begin(), iso.end(), 'z', 'Z');
    if (iso[4] == '-' && when_from_iso(iso) && (end == text.size() || !is_digit(text[end]))) return end;
  }
  return 0;
}

}  // namespace

std::vector<DateToken> date_tokens(std::string_view folded) {
  std::vector<DateToken> out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    DateToken t;
    if (const std::size_t iso = is_digit(folded[at]) ? iso_length(folded.substr(at)) : 0; iso > 0) {
      at += iso;
      t.kind = DateWord::Iso;
      t.text = folded.substr(begin, iso);
    } else if (is_digit(folded[at])) {
      while (at < folded.size() && is_digit(folded[at]))
        t.value = std::min(t.value * 10 + (folded[at++] - '0'), 1'000'000);
      t.kind = DateWord::Number;
      t.digits = at - begin;
    } else {
      const char32_t c = next_character(folded, at);
      if (c == ' ') continue;
      if (is_word_character(c)) {
        while (at < folded.size()) {
          std::size_t next = at;
          const char32_t more = next_character(folded, next);
          const bool inner_stop =
              more == '.' && at - begin == 1 && next < folded.size() && folded[next] == 'm';  // a.m., p.m.
          if ((!is_word_character(more) && !inner_stop) || (more < 0x80 && is_digit(static_cast<char>(more)))) break;
          at = next;
        }
        t = word_token(folded.substr(begin, at - begin));
      } else {
        t.kind = DateWord::Mark;
        t.mark = c < 0x80 ? static_cast<char>(c) : '*';
      }
    }
    t.begin = begin;
    t.end = at;
    out.push_back(t);
  }
  return out;
}

}  // namespace newsd
