// Article NDJSON: one JSON object a line with any of id, url, title, text, html, published, updated, author, source,
// language. Lines → rows and what is wrong with the others. Pure, any thread. It takes the values as they are:
// feeds/extract makes articles of them.
#pragma once

#include "feeds/article/result.h"
#include "feeds/format/json.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace newsd {

enum class RowError { NoObject, NoArticle, TooLong };
/// "malformed-json" for NoObject, "no-article", "too-large".
std::string_view code_of(RowError e);

struct ArticleRow {
  std::uint32_t line = 1;
  std::string id;  ///< a string or a number, verbatim
  std::string url, title, text, html, published, updated, language;
  std::vector<std::string> authors;  ///< of "author": a string, {"name": …}, or an array of these
  std::string source;                ///< a string or {"name": …}
  std::vector<std::string> odd;      ///< names of fields whose value is of another type and was left aside
};

/// A line that is no row. `where` of the reason is "line N" or "line N, column M".
struct BadRow {
  std::uint32_t line = 1;
  std::string id;  ///< when the line could be read so far
  Error reason;
};

struct ArticleRows {
  std::vector<std::variant<ArticleRow, BadRow>> rows;
  bool truncated = false;  ///< there are more lines than `max_rows`
};

struct NdjsonLimits {
  std::size_t max_rows = 100'000;
  std::size_t max_line_bytes = 16 << 20;
  JsonLimits json;
  std::uint32_t first_line = 1;
};

/// text: well-formed UTF-8. A line ends with LF (CR before it is white space): other line ends may stand inside JSON
/// strings. Blank lines are skipped.
ArticleRows read_article_ndjson(std::string_view text, const NdjsonLimits& limits = {});

/// One object, wherever it stood.
std::variant<ArticleRow, BadRow> read_article_row(std::string_view json, std::uint32_t line,
                                                  const NdjsonLimits& limits = {});

/// Whether a parsed object is an article row: it has a string title, text or html.
bool is_article_row(const JsonValue& value);

}  // namespace newsd
