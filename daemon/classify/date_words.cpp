#include "daemon/classify/date_words.h"

#include <array>
#include <utility>

namespace newsd {
namespace {

template <class V, std::size_t N>
V look_up(const std::array<std::pair<std::string_view, V>, N>& table, std::string_view word, V none) {
  for (const auto& [name, value] : table)
    if (name == word) return value;
  return none;
}

using Numbered = std::pair<std::string_view, int>;

}  // namespace

DateOpening opening(std::string_view word) {
  using Opening = std::pair<std::string_view, DateOpening>;
  static constexpr std::array kOpenings = std::to_array<Opening>({
      {"the", DateOpening::Article},
      {"a", DateOpening::Count},
      {"an", DateOpening::Count},
      {"few", DateOpening::Count},
      {"several", DateOpening::Count},
      {"today", DateOpening::Deictic},
      {"tonight", DateOpening::Deictic},
      {"yesterday", DateOpening::Deictic},
      {"tomorrow", DateOpening::Deictic},
      {"past", DateOpening::Step},
      {"previous", DateOpening::Step},
      {"next", DateOpening::Step},
      {"coming", DateOpening::Step},
      {"upcoming", DateOpening::Step},
      {"following", DateOpening::Step},
      {"this", DateOpening::Step},
      {"current", DateOpening::Step},
      {"final", DateOpening::Ordinal},
      {"early", DateOpening::Part},
      {"late", DateOpening::Part},
      {"mid", DateOpening::Part},
      {"earlier", DateOpening::Part},
      {"later", DateOpening::Part},
      {"beginning", DateOpening::Part},
      {"start", DateOpening::Part},
      {"middle", DateOpening::Part},
      {"end", DateOpening::Part},
      {"close", DateOpening::Part},
      {"rest", DateOpening::Part},
      {"remainder", DateOpening::Part},
      {"in", DateOpening::Lead},
      {"within", DateOpening::Lead},
      {"for", DateOpening::Lead},
      {"from", DateOpening::Range},
      {"between", DateOpening::Range},
      {"week", DateOpening::Week},
      {"q1", DateOpening::Quarter},
      {"q2", DateOpening::Quarter},
      {"q3", DateOpening::Quarter},
      {"q4", DateOpening::Quarter},
      {"h1", DateOpening::Quarter},
      {"h2", DateOpening::Quarter},
      {"christmas", DateOpening::Holiday},
      {"easter", DateOpening::Holiday},
      {"thanksgiving", DateOpening::Holiday},
      {"halloween", DateOpening::Holiday},
      {"labor", DateOpening::Holiday},
      {"new", DateOpening::Holiday},
      {"good", DateOpening::Holiday},
      {"boxing", DateOpening::Holiday},
      {"valentine", DateOpening::Holiday},
      {"veterans", DateOpening::Holiday},
      {"juneteenth", DateOpening::Holiday},
      {"black", DateOpening::Holiday},
      {"ash", DateOpening::Holiday},
      {"pentecost", DateOpening::Holiday},
      {"palm", DateOpening::Holiday},
  });
  if (word.empty() || word.size() > 12) return DateOpening::None;
  for (const auto& [name, what] : kOpenings)
    if (name == word) return what;
  if (word == "last") return DateOpening::Step;
  if (month_named(word) != 0) return DateOpening::Month;
  if (weekday_named(word) != 0) return DateOpening::Weekday;
  if (!season_named(word).empty()) return DateOpening::Season;
  if (ordinal(word) != 0) return DateOpening::Ordinal;
  if (cardinal(word) != 0) return DateOpening::Count;
  return decade_named(word) != 0 ? DateOpening::Decade : DateOpening::None;
}

unsigned month_named(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                               "may",       "june",     "july",     "august",
                                                               "september", "october",  "november", "december"};
  if (word.size() < 3) return 0;
  if (word == "sept") return 9;
  for (unsigned m = 0; m < 12; ++m)
    if (kMonths[m] == word || (word.size() == 3 && kMonths[m].starts_with(word))) return m + 1;
  return 0;
}

unsigned weekday_named(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                            "friday", "saturday", "sunday"};
  if (word.size() < 3) return 0;
  for (unsigned d = 0; d < 7; ++d)
    if (kDays[d] == word || (word.size() <= 5 && kDays[d].starts_with(word))) return d + 1;
  return 0;
}

int cardinal(std::string_view word) {
  static constexpr std::array<Numbered, 28> kNumbers = {
      {{"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},       {"six", 6},
       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},    {"twelve", 12},
       {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
       {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},     {"sixty", 60},
       {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"hundred", 100}}};
  return look_up(kNumbers, word, 0);
}

int ordinal(std::string_view word) {
  static constexpr std::array<Numbered, 21> kNumbers = {
      {{"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
       {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
       {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
       {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
       {"thirtieth", 30}}};
  return look_up(kNumbers, word, 0);
}

int decade_named(std::string_view word) {
  static constexpr std::array<Numbered, 8> kDecades = {{{"twenties", 20},
                                                        {"thirties", 30},
                                                        {"forties", 40},
                                                        {"fifties", 50},
                                                        {"sixties", 60},
                                                        {"seventies", 70},
                                                        {"eighties", 80},
                                                        {"nineties", 90}}};
  return look_up(kDecades, word, 0);
}

std::string_view season_named(std::string_view word) {
  using Season = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Season, 5> kSeasons = {
      {{"spring", "SP"}, {"summer", "SU"}, {"autumn", "FA"}, {"fall", "FA"}, {"winter", "WI"}}};
  return look_up(kSeasons, word, std::string_view());
}

std::optional<DatePrecision> unit_named(std::string_view word) {
  if (word.empty() || std::string_view("dwfmqy").find(word.front()) == std::string_view::npos) return std::nullopt;
  if (word.size() > 3 && word.ends_with('s')) word.remove_suffix(1);
  using Unit = std::pair<std::string_view, DatePrecision>;
  static constexpr std::array<Unit, 7> kUnits = {{{"day", DatePrecision::Day},
                                                  {"week", DatePrecision::Week},
                                                  {"fortnight", DatePrecision::Week},
                                                  {"month", DatePrecision::Month},
                                                  {"quarter", DatePrecision::Quarter},
                                                  {"year", DatePrecision::Year},
                                                  {"decade", DatePrecision::Decade}}};
  for (const auto& [name, unit] : kUnits)
    if (name == word) return unit;
  return std::nullopt;
}

}  // namespace newsd
