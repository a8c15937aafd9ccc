// read(): a Document's bytes → the articles in it. Detects the format, decodes the character set, parses, extracts.
// Pure: same bytes and the same knowledge of their source, same Reading; any thread. It does not place, label or
// remember anything.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/learn.h"

#include <cstddef>

namespace newsd {

/// Why a whole document cannot be read (an input.quarantined event). Codes: "empty", "binary", "too-large",
/// "unsupported-format", "malformed-json", …
enum class ReadError { Empty, Binary, TooLarge, UnsupportedFormat, MalformedJson, NoArticle };
std::string_view code_of(ReadError e);

/// Bounds on what one document may cost; configuration keys under [limits].
struct ReadLimits {
  std::size_t max_bytes = 16 << 20;      ///< of a document
  std::size_t max_lines = 200'000;       ///< of a text
  std::size_t max_line_bytes = 1 << 20;  ///< a longer line is cut there, flagged Truncated
  std::size_t max_articles = 100'000;    ///< in one document
  std::size_t max_json_depth = 64;
  std::size_t max_text_bytes =
      1 << 20;                ///< of one article's body; longer ones are cut at a paragraph and flagged Truncated
  std::size_t min_words = 1;  ///< an article with fewer words in headline and body together is refused
  bool operator==(const ReadLimits&) const = default;
};

/// learned: of pages, the element in which bodies of their source stand; lines are left out by learn().
Result<Reading> read(const Document& document, const ReadLimits& limits = {}, const Learned& learned = {});

}  // namespace newsd
