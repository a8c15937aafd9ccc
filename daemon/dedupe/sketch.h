// sketch_of(): an article → what placing compares of it when nothing is equal: sampled shingles of its text, its
// numbers in their context, names, weighty words. Workers make it; placing reads nothing else of the text. Pure, any
// thread.
#pragma once

#include "feeds/article/article.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct ComparedBody;

/// Of the hashes that only tell places within two texts from each other.
inline constexpr unsigned kContextBits = 24, kPlacedNameBits = 16;

/// A number where it stands: context is a hash of the words before and after it, text the number as written, without
/// thousands' separators and at most 11 bytes ("9.5", "342000"; number words as digits), zero-padded.
struct Number {
  std::uint32_t context = 0;
  std::array<char, 12> text{};
  std::string_view value() const { return {text.data()}; }
  auto operator<=>(const Number&) const = default;
};

/// A name where it stands: context is a hash of the words before and after it, name one of its own words.
struct PlacedName {
  std::uint32_t context = 0, name = 0;
  auto operator<=>(const PlacedName&) const = default;
};

/// A word of the text that may weigh: not a number, not a stop word. count: how often, at most 255.
struct Term {
  std::uint32_t word = 0;
  std::uint8_t count = 1;
  bool operator==(const Term&) const = default;
};

/// Hashes are those of folded words (word_scan.h).
/// shingles: a bounded FracMinHash (Irber 2022) over all runs of kShingleWords words: the hashes below `limit`,
/// ascending, where `limit` is set so that all are kept of a short text, every eighth of a long one, never more than
/// kMostShingles. What two sketches share below the smaller limit estimates what the texts share, containment included.
struct Sketch {
  std::vector<std::uint32_t> shingles;
  std::uint32_t limit = 0;               ///< 0: no sketch (too short a text)
  std::uint32_t words = 0;               ///< of the body
  std::vector<Number> numbers;           ///< ascending, at most kMostNumbers
  std::vector<std::uint32_t> names;      ///< words written with a capital inside sentences; ascending
  std::vector<PlacedName> placed_names;  ///< ascending; those of the lowest contexts, at most kMostPlacedNames
  std::vector<Term> terms;               ///< of the body, ascending by word, at most kMostTerms
  std::vector<std::uint32_t> title;      ///< words of the headline, ascending
  std::uint32_t host = 0;                ///< of the URL; 0: unknown
  std::uint32_t source = 0;              ///< who says it: publisher or host; 0: unknown
  std::uint32_t series = 0;              ///< the headline with numbers, months and days masked, and the source
  std::optional<Instant> published;      ///< when the article gives it to the day or better
  bool operator==(const Sketch&) const = default;
  bool empty() const { return limit == 0; }
};

inline constexpr std::size_t kShingleWords = 4;
inline constexpr std::size_t kFewShingles = 64, kMostShingles = 256;  ///< kept of a text, when it has so many
inline constexpr std::uint32_t kOneIn = 8;                            ///< of a text between the two
inline constexpr std::size_t kLeastWords = 20;                        ///< a shorter text has no shingles
inline constexpr std::size_t kMostNumbers = 24, kMostNames = 48, kMostPlacedNames = 24, kMostTerms = 128,
                             kMostTitleWords = 16;

/// Where in the text its shingles and numbers stand, to show them as evidence. Not kept.
struct SketchText {
  std::string text;                       ///< the body the offsets count in
  std::vector<std::uint32_t> shingle_at;  ///< of the words' first, beside Sketch::shingles
  std::vector<std::uint32_t> number_at;   ///< beside Sketch::numbers
  bool operator==(const SketchText&) const = default;
};

struct Sketched {
  Sketch sketch;
  SketchText text;
};
/// body: compared_body(article) (content.h).
Sketched sketch_of(const Article& article, ComparedBody body);

/// The words of a shingle as they stand in the text.
std::string shingle_words(const SketchText& text, std::size_t shingle);
/// The number with up to three words on either side.
std::string number_words(const SketchText& text, std::size_t number);

/// The sketch as bytes, and back; nothing when the bytes are no sketch. The journal keeps them.
std::string bytes_of(const Sketch& sketch);
std::optional<Sketch> sketch_from(std::string_view bytes);

}  // namespace newsd
