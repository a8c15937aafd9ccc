#include "daemon/classify/date_words.h"

#include "feeds/text/word_table.h"

#include <array>
#include <utility>

namespace newsd {
namespace {

using Numbered = std::pair<std::string_view, int>;

constexpr WordTable kMonths(std::to_array<Numbered>({
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
    {"jan", 1},     {"feb", 2},      {"mar", 3},       {"apr", 4},      {"jun", 6},       {"jul", 7},
    {"aug", 8},     {"sep", 9},      {"sept", 9},      {"oct", 10},     {"nov", 11},      {"dec", 12},
}));

constexpr WordTable kWeekdays(std::to_array<Numbered>({
    {"monday", 1},
    {"tuesday", 2},
    {"wednesday", 3},
    {"thursday", 4},
    {"friday", 5},
    {"saturday", 6},
    {"sunday", 7},
    {"mon", 1},
    {"tue", 2},
    {"tues", 2},
    {"wed", 3},
    {"thu", 4},
    {"thur", 4},
    {"thurs", 4},
    {"fri", 5},
    {"sat", 6},
    {"sun", 7},
}));

constexpr WordTable kCardinals(std::to_array<Numbered>({
    {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},      {"five", 5},       {"six", 6},
    {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},      {"eleven", 11},    {"twelve", 12},
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},  {"seventeen", 17}, {"eighteen", 18},
    {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},    {"fifty", 50},     {"sixty", 60},
    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"hundred", 100},
}));

constexpr WordTable kOrdinals(std::to_array<Numbered>({
    {"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
    {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
    {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
    {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30},
}));

constexpr WordTable kDecades(std::to_array<Numbered>({
    {"twenties", 20},
    {"thirties", 30},
    {"forties", 40},
    {"fifties", 50},
    {"sixties", 60},
    {"seventies", 70},
    {"eighties", 80},
    {"nineties", 90},
}));

using Season = std::pair<std::string_view, std::string_view>;
constexpr WordTable kSeasons(std::to_array<Season>({
    {"spring", "SP"},
    {"summer", "SU"},
    {"autumn", "FA"},
    {"fall", "FA"},
    {"winter", "WI"},
}));

using Unit = std::pair<std::string_view, std::optional<DatePrecision>>;
constexpr WordTable kUnits(std::to_array<Unit>({
    {"day", DatePrecision::Day},
    {"week", DatePrecision::Week},
    {"fortnight", DatePrecision::Week},
    {"month", DatePrecision::Month},
    {"quarter", DatePrecision::Quarter},
    {"year", DatePrecision::Year},
    {"decade", DatePrecision::Decade},
}));

using Opening = std::pair<std::string_view, DateOpening>;
constexpr auto kFurtherOpenings = std::to_array<Opening>({
    {"the", DateOpening::Article},       {"a", DateOpening::Count},
    {"an", DateOpening::Count},          {"few", DateOpening::Count},
    {"several", DateOpening::Count},     {"today", DateOpening::Deictic},
    {"tonight", DateOpening::Deictic},   {"yesterday", DateOpening::Deictic},
    {"tomorrow", DateOpening::Deictic},  {"past", DateOpening::Step},
    {"last", DateOpening::Step},         {"previous", DateOpening::Step},
    {"next", DateOpening::Step},         {"coming", DateOpening::Step},
    {"upcoming", DateOpening::Step},     {"following", DateOpening::Step},
    {"this", DateOpening::Step},         {"current", DateOpening::Step},
    {"final", DateOpening::Ordinal},     {"early", DateOpening::Part},
    {"late", DateOpening::Part},         {"mid", DateOpening::Part},
    {"earlier", DateOpening::Part},      {"later", DateOpening::Part},
    {"beginning", DateOpening::Part},    {"start", DateOpening::Part},
    {"middle", DateOpening::Part},       {"end", DateOpening::Part},
    {"close", DateOpening::Part},        {"rest", DateOpening::Part},
    {"remainder", DateOpening::Part},    {"in", DateOpening::Lead},
    {"within", DateOpening::Lead},       {"for", DateOpening::Lead},
    {"from", DateOpening::Range},        {"between", DateOpening::Range},
    {"week", DateOpening::Week},         {"q1", DateOpening::Quarter},
    {"q2", DateOpening::Quarter},        {"q3", DateOpening::Quarter},
    {"q4", DateOpening::Quarter},        {"h1", DateOpening::Quarter},
    {"h2", DateOpening::Quarter},        {"christmas", DateOpening::Holiday},
    {"easter", DateOpening::Holiday},    {"thanksgiving", DateOpening::Holiday},
    {"halloween", DateOpening::Holiday}, {"labor", DateOpening::Holiday},
    {"new", DateOpening::Holiday},       {"good", DateOpening::Holiday},
    {"boxing", DateOpening::Holiday},    {"valentine", DateOpening::Holiday},
    {"veterans", DateOpening::Holiday},  {"juneteenth", DateOpening::Holiday},
    {"black", DateOpening::Holiday},     {"ash", DateOpening::Holiday},
    {"pentecost", DateOpening::Holiday}, {"palm", DateOpening::Holiday},
});

/// All words that can begin a date. Asked of every word of a text; nearly none is here.
constexpr WordTable kOpenings([] {
  constexpr std::size_t kAll = kFurtherOpenings.size() + kMonths.entries().size() + kWeekdays.entries().size() +
                               kSeasons.entries().size() + kOrdinals.entries().size() + kCardinals.entries().size() +
                               kDecades.entries().size();
  std::array<Opening, kAll> all{};
  std::size_t n = 0;
  for (const Opening& opening : kFurtherOpenings) all[n++] = opening;
  const auto add = [&](const auto& table, DateOpening what) {
    for (const auto& entry : table.entries()) all[n++] = {entry.first, what};
  };
  add(kMonths, DateOpening::Month);
  add(kWeekdays, DateOpening::Weekday);
  add(kSeasons, DateOpening::Season);
  add(kOrdinals, DateOpening::Ordinal);
  add(kCardinals, DateOpening::Count);
  add(kDecades, DateOpening::Decade);
  return all;
}());

}  // namespace

DateOpening opening(std::string_view word) { return kOpenings.find(word, DateOpening::None); }
unsigned month_named(std::string_view word) { return static_cast<unsigned>(kMonths.find(word, 0)); }
unsigned weekday_named(std::string_view word) { return static_cast<unsigned>(kWeekdays.find(word, 0)); }
int cardinal(std::string_view word) { return kCardinals.find(word, 0); }
int ordinal(std::string_view word) { return kOrdinals.find(word, 0); }
int decade_named(std::string_view word) { return kDecades.find(word, 0); }
std::string_view season_named(std::string_view word) { return kSeasons.find(word, {}); }

std::optional<DatePrecision> unit_named(std::string_view word) {
  if (word.size() > 3 && word.ends_with('s')) word.remove_suffix(1);
  return kUnits.find(word, std::nullopt);
}

}  // namespace newsd
