// Which script a letter belongs to, as far as languages are told apart by it. Pure, any thread.
#pragma once

#include <cstdint>

namespace newsd {

/// Kana counts apart from Han: it is what Japanese has and Chinese has not. Other: letters of scripts that are not
/// here.
enum class Script : std::uint8_t {
  None,
  Latin,
  Greek,
  Cyrillic,
  Armenian,
  Hebrew,
  Arabic,
  Devanagari,
  Bengali,
  Gurmukhi,
  Gujarati,
  Oriya,
  Tamil,
  Telugu,
  Kannada,
  Malayalam,
  Sinhala,
  Thai,
  Lao,
  Tibetan,
  Myanmar,
  Georgian,
  Hangul,
  Ethiopic,
  Khmer,
  Kana,
  Han,
  Other
};
inline constexpr std::size_t kScripts = static_cast<std::size_t>(Script::Other) + 1;

/// None: no letter (a digit, a mark of punctuation, a symbol).
Script script_of(char32_t c);

}  // namespace newsd
