#include "daemon/classify/language_script.h"

#include "feeds/text/words.h"

#include <algorithm>
#include <array>

namespace newsd {

namespace {

struct Block {
  char32_t first, last;
  Script script;
};

/// Blocks.txt of Unicode 15, the letters' blocks; ascending.
constexpr std::array kBlocks = {Block{0x0041, 0x024F, Script::Latin},      Block{0x0250, 0x02FF, Script::Latin},
                                Block{0x0300, 0x036F, Script::None},       Block{0x0370, 0x03FF, Script::Greek},
                                Block{0x0400, 0x052F, Script::Cyrillic},   Block{0x0530, 0x058F, Script::Armenian},
                                Block{0x0590, 0x05FF, Script::Hebrew},     Block{0x0600, 0x06FF, Script::Arabic},
                                Block{0x0750, 0x077F, Script::Arabic},     Block{0x08A0, 0x08FF, Script::Arabic},
                                Block{0x0900, 0x097F, Script::Devanagari}, Block{0x0980, 0x09FF, Script::Bengali},
                                Block{0x0A00, 0x0A7F, Script::Gurmukhi},   Block{0x0A80, 0x0AFF, Script::Gujarati},
                                Block{0x0B00, 0x0B7F, Script::Oriya},      Block{0x0B80, 0x0BFF, Script::Tamil},
                                Block{0x0C00, 0x0C7F, Script::Telugu},     Block{0x0C80, 0x0CFF, Script::Kannada},
                                Block{0x0D00, 0x0D7F, Script::Malayalam},  Block{0x0D80, 0x0DFF, Script::Sinhala},
                                Block{0x0E00, 0x0E7F, Script::Thai},       Block{0x0E80, 0x0EFF, Script::Lao},
                                Block{0x0F00, 0x0FFF, Script::Tibetan},    Block{0x1000, 0x109F, Script::Myanmar},
                                Block{0x10A0, 0x10FF, Script::Georgian},   Block{0x1100, 0x11FF, Script::Hangul},
                                Block{0x1200, 0x139F, Script::Ethiopic},   Block{0x1780, 0x17FF, Script::Khmer},
                                Block{0x1C80, 0x1C8F, Script::Cyrillic},   Block{0x1C90, 0x1CBF, Script::Georgian},
                                Block{0x1D00, 0x1D7F, Script::Latin},      Block{0x1E00, 0x1EFF, Script::Latin},
                                Block{0x1F00, 0x1FFF, Script::Greek},      Block{0x2DE0, 0x2DFF, Script::Cyrillic},
                                Block{0x3040, 0x30FF, Script::Kana},       Block{0x3130, 0x318F, Script::Hangul},
                                Block{0x31F0, 0x31FF, Script::Kana},       Block{0x3400, 0x4DBF, Script::Han},
                                Block{0x4E00, 0x9FFF, Script::Han},        Block{0xA640, 0xA69F, Script::Cyrillic},
                                Block{0xA720, 0xA7FF, Script::Latin},      Block{0xA960, 0xA97F, Script::Hangul},
                                Block{0xAC00, 0xD7FF, Script::Hangul},     Block{0xF900, 0xFAFF, Script::Han},
                                Block{0xFB1D, 0xFB4F, Script::Hebrew},     Block{0xFB50, 0xFDFF, Script::Arabic},
                                Block{0xFE70, 0xFEFC, Script::Arabic},     Block{0x20000, 0x3FFFF, Script::Han}};

/// Digits in scripts that have their own; they count as word characters elsewhere.
bool is_digit(char32_t c) {
  if (c >= '0' && c <= '9') return true;
  constexpr std::array<char32_t, 16> kZeros = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                               0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0};
  return std::any_of(kZeros.begin(), kZeros.end(), [&](char32_t zero) { return c >= zero && c <= zero + 9; });
}

}  // namespace

Script script_of(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? Script::Latin : Script::None;
  if (!is_word_character(c) || is_digit(c)) return Script::None;
  const auto* block =
      std::lower_bound(kBlocks.begin(), kBlocks.end(), c, [](const Block& b, char32_t x) { return b.last < x; });
  return block != kBlocks.end() && c >= block->first ? block->script : Script::Other;
}

}  // namespace newsd
