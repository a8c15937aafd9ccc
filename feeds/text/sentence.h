// Where sentences end, as far as titles and line rules need it. Pure, any thread. Not a segmenter of running text.
#pragma once

#include <cstddef>
#include <string_view>

namespace newsd {

/// Whether a line ends as a sentence does: with . ! ? … or their Chinese, Arabic and Devanagari forms; quotes, brackets
/// and spaces behind are looked through, also a stray opening quote that belongs to the next line.
bool ends_sentence(std::string_view line);

/// The first sentence of a paragraph, with the quotes and brackets that close it; the whole when it has no end inside.
/// A stop behind an initial, a number or a known abbreviation, or before a small letter, ends none. Longer than
/// `max_bytes` it is cut at a word's end.
std::string_view first_sentence(std::string_view paragraph, std::size_t max_bytes = 400);

}  // namespace newsd
