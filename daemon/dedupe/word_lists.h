// Small closed sets of words, by the hash scan_words() gives them: stop words, the calendar, number words. Constant
// data, any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace newsd {

/// Words that say nothing about what a text is about, in the larger European languages. It only spares the word
/// frequencies, which find the rest, a bad start.
bool is_stop_word(std::uint64_t hash);
/// Days and months, English, German, French, Spanish; their abbreviations.
bool is_calendar_word(std::uint64_t hash);
/// "12" for "twelve" and "dozen"; empty when the word is none. English.
std::string_view number_of_word(std::uint64_t hash);

/// The hashes of words that are in much of the news whatever it is about: countries, peoples, capitals, offices.
/// English.
const std::vector<std::uint64_t>& common_news_words();

}  // namespace newsd
