// Rows to learn from or to be tested on, one JSON object a line → values. Pure, any thread.
#pragma once

#include "feeds/article/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

enum class RowsError { BadRow, TooFewRows };
std::string_view code_of(RowsError e);

/// id, source: "" when the row has none. labels: each once, in the order of the row.
struct LabelledRow {
  std::string id, title, text, source;
  std::vector<std::string> labels;
};

/// Lines {id?, title?, text?, source?, labels?}, a title or a text at least; other members are left aside. An Error's
/// `where` is file:line of the first line that is none.
Result<std::vector<LabelledRow>> read_labelled_rows(std::string_view ndjson, std::string_view file);

}  // namespace newsd
