#include "feeds/extract/line_key.h"

#include "feeds/text/digest.h"
#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <cstddef>

namespace newsd {
namespace {

constexpr std::size_t kMostCharacters = 300, kMostBytes = 4 * kMostCharacters;
constexpr std::size_t kFewestWords = 4;

}  // namespace

std::uint64_t line_key(std::string_view line, std::string& room) {
  if (line.size() > kMostBytes || (line.size() > kMostCharacters && count_characters(line) > kMostCharacters)) return 0;
  if (count_words(line) < kFewestWords) return 0;
  fold_for_matching(line, room);
  return key128(room).low;
}

}  // namespace newsd
