#include "daemon/classify/labelled_rows.h"

#include "feeds/format/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace newsd {

namespace {

/// A string, or a number as it was written.
std::string text_of(const JsonValue& row, std::string_view name) {
  const JsonValue* value = row.find(name);
  if (value == nullptr) return {};
  if (const std::string* text = value->as_string()) return *text;
  if (const std::string* digits = value->as_number()) return *digits;
  return {};
}

}  // namespace

std::string_view code_of(RowsError e) {
  switch (e) {
    case RowsError::BadRow: return "bad-row";
    case RowsError::TooFewRows: return "too-few-rows";
  }
  return "bad-row";
}

Result<std::vector<LabelledRow>> read_labelled_rows(std::string_view ndjson, std::string_view file) {
  std::vector<LabelledRow> rows;
  std::size_t number = 0;
  for (std::size_t at = 0; at < ndjson.size();) {
    const std::size_t end = std::min(ndjson.find('\n', at), ndjson.size());
    const std::string_view line = ndjson.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto wrong = [&](std::string_view what) {
      return Error(RowsError::BadRow, std::string(what), fmt::format("{}:{}", file, number));
    };
    const auto json = parse_json(line);
    if (!json) return wrong(json.error().message());
    if (!json->is_object()) return wrong("a row is a JSON object");
    LabelledRow row{
        text_of(*json, "id"), text_of(*json, "title"), text_of(*json, "text"), text_of(*json, "source"), {}};
    if (row.title.empty() && row.text.empty()) return wrong("a row has a title or a text");
    if (const JsonValue* labels = json->find("labels"); labels != nullptr && !labels->is_null()) {
      if (labels->as_array() == nullptr) return wrong("labels stand in a list of strings");
      for (const JsonValue& label : *labels->as_array()) {
        const std::string* name = label.as_string();
        if (name == nullptr || name->empty()) return wrong("a label is a string that is not empty");
        if (std::find(row.labels.begin(), row.labels.end(), *name) == row.labels.end()) row.labels.push_back(*name);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace newsd
