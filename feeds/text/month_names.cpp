#include "feeds/text/month_names.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

struct Named {
  std::string_view name;
  int month;
};

constexpr auto kMonths = std::to_array<Named>({
    {"january", 1},    {"february", 2}, {"march", 3},      {"april", 4},      {"may", 5},       {"june", 6},
    {"july", 7},       {"august", 8},   {"september", 9},  {"october", 10},   {"november", 11}, {"december", 12},
    {"jan", 1},        {"feb", 2},      {"mar", 3},        {"apr", 4},        {"jun", 6},       {"jul", 7},
    {"aug", 8},        {"sep", 9},      {"sept", 9},       {"oct", 10},       {"nov", 11},      {"dec", 12},
    {"januar", 1},     {"jänner", 1},   {"februar", 2},    {"märz", 3},       {"mai", 5},       {"juni", 6},
    {"juli", 7},       {"oktober", 10}, {"dezember", 12},  {"okt", 10},       {"dez", 12},      {"janvier", 1},
    {"février", 2},    {"mars", 3},     {"avril", 4},      {"juin", 6},       {"juillet", 7},   {"août", 8},
    {"septembre", 9},  {"octobre", 10}, {"novembre", 11},  {"décembre", 12},  {"enero", 1},     {"febrero", 2},
    {"marzo", 3},      {"abril", 4},    {"mayo", 5},       {"junio", 6},      {"julio", 7},     {"agosto", 8},
    {"septiembre", 9}, {"octubre", 10}, {"noviembre", 11}, {"diciembre", 12}, {"gennaio", 1},   {"febbraio", 2},
    {"aprile", 4},     {"maggio", 5},   {"giugno", 6},     {"luglio", 7},     {"settembre", 9}, {"ottobre", 10},
    {"dicembre", 12},  {"janeiro", 1},  {"fevereiro", 2},  {"março", 3},      {"maio", 5},      {"junho", 6},
    {"julho", 7},      {"setembro", 9}, {"outubro", 10},   {"novembro", 11},  {"dezembro", 12}, {"januari", 1},
    {"februari", 2},   {"maart", 3},    {"mei", 5},        {"augustus", 8},   {"января", 1},    {"февраля", 2},
    {"марта", 3},      {"апреля", 4},   {"мая", 5},        {"июня", 6},       {"июля", 7},      {"августа", 8},
    {"сентября", 9},   {"октября", 10}, {"ноября", 11},    {"декабря", 12},
});

constexpr auto kInDateFields = std::to_array<Named>({
    {"jän", 1},      {"mär", 3},      {"mrz", 3},           {"janv", 1},       {"jan", 1},        {"fev", 2},
    {"fév", 2},      {"févr", 2},     {"fevr", 2},          {"fevrier", 2},    {"avr", 4},        {"juil", 7},
    {"jui", 7},      {"aou", 8},      {"aoû", 8},           {"aout", 8},       {"déc", 12},       {"decembre", 12},
    {"ene", 1},      {"abr", 4},      {"may", 5},           {"ago", 8},        {"set", 9},        {"dic", 12},
    {"gen", 1},      {"mag", 5},      {"giu", 6},           {"lug", 7},        {"ott", 10},       {"out", 10},
    {"mrt", 3},      {"maa", 3},      {"maj", 5},           {"december", 12},  {"januára", 1},    {"stycznia", 1},
    {"lutego", 2},   {"marca", 3},    {"kwietnia", 4},      {"maja", 5},       {"czerwca", 6},    {"lipca", 7},
    {"sierpnia", 8}, {"września", 9}, {"października", 10}, {"listopada", 11}, {"grudnia", 12},   {"sty", 1},
    {"lut", 2},      {"kwi", 4},      {"cze", 6},           {"lip", 7},        {"sie", 8},        {"wrz", 9},
    {"paź", 10},     {"lis", 11},     {"gru", 12},          {"янв", 1},        {"фев", 2},        {"мар", 3},
    {"апр", 4},      {"май", 5},      {"июн", 6},           {"июл", 7},        {"авг", 8},        {"сен", 9},
    {"сент", 9},     {"окт", 10},     {"ноя", 11},          {"нояб", 11},      {"дек", 12},       {"január", 1},
    {"februári", 2}, {"február", 2},  {"március", 3},       {"máricius", 3},   {"április", 4},    {"április", 4},
    {"május", 5},    {"június", 6},   {"július", 7},        {"augusztus", 8},  {"szeptember", 9}, {"október", 10},
    {"ocak", 1},     {"şubat", 2},    {"mart", 3},          {"nisan", 4},      {"mayıs", 5},      {"haziran", 6},
    {"temmuz", 7},   {"ağustos", 8},  {"eylül", 9},         {"ekim", 10},      {"kasım", 11},     {"aralık", 12},
    {"ιαν", 1},      {"φεβ", 2},      {"μάρ", 3},           {"μαρ", 3},        {"μάώ", 3},        {"μαώ", 3},
    {"απρ", 4},      {"μάι", 5},      {"μαϊ", 5},           {"μαι", 5},        {"ιούν", 6},       {"ιον", 6},
    {"ιούλ", 7},     {"ιολ", 7},      {"αύγ", 8},           {"αυγ", 8},        {"σεπ", 9},        {"οκτ", 10},
    {"νοέ", 11},     {"νοε", 11},     {"δεκ", 12},
});

template <std::size_t N>
int find_in(const std::array<Named, N>& names, std::string_view word) {
  if (word.empty()) return 0;
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const Named& n) { return n.name.front() == word.front() && n.name == word; });
  return found == names.end() ? 0 : found->month;
}

}  // namespace

int month_by_name(std::string_view word) { return find_in(kMonths, word); }

int month_in_date_field(std::string_view word) {
  const int month = find_in(kMonths, word);
  return month != 0 ? month : find_in(kInDateFields, word);
}

}  // namespace newsd
