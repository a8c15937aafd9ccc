// Small closed sets of words, by the hash scan_words() gives them: stop words, the calendar, number words. Constant
// data, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// Hashes of words, in an open table that is at most a quarter full.
class ListedWords {
 public:
  explicit ListedWords(std::string_view words);
  bool contains(std::uint64_t hash) const {
    const std::uint64_t* const slots = slots_.data();
    for (std::size_t at = hash % kSlots;; at = (at + 1) % kSlots) {
      if (slots[at] == hash) return true;
      if (slots[at] == 0) return false;
    }
  }

 private:
  static constexpr std::size_t kSlots = 2048;
  std::array<std::uint64_t, kSlots> slots_{};
};

/// Words that say nothing about what a text is about, in the larger European languages. It only spares the word
/// frequencies, which find the rest, a bad start.
const ListedWords& stop_words();
/// Days and months, English, German, French, Spanish; their abbreviations.
bool is_calendar_word(std::uint64_t hash);

/// What numbers are called. English.
class NumberWords {
 public:
  NumberWords();
  /// "12" for "twelve" and "dozen"; empty when the word is none.
  std::string_view find(std::uint64_t hash) const {
    const auto* const slots = slots_.data();
    std::size_t at = hash % kSlots;
    while (slots[at].first != hash && slots[at].first != 0) at = (at + 1) % kSlots;
    return slots[at].second;
  }

 private:
  static constexpr std::size_t kSlots = 512;
  std::array<std::pair<std::uint64_t, std::string_view>, kSlots> slots_{};
};
const NumberWords& number_words();

/// The hashes of words that are in much of the news whatever it is about: countries, peoples, capitals, offices.
/// English.
const std::vector<std::uint64_t>& common_news_words();

}  // namespace newsd
