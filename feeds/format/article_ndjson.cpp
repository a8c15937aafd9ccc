#include "feeds/format/article_ndjson.h"

#include "feeds/text/lines.h"

#include <algorithm>

namespace newsd {
namespace {

std::string line_name(std::uint32_t line) { return "line " + std::to_string(line); }

/// Takes the members of an object out as fields of a row; what has another type is noted.
class Fields {
 public:
  Fields(const JsonValue& object, ArticleRow& row) : object_(object), row_(row) {}

  void text(const char* name, std::string& to) {
    const JsonValue* value = present(name);
    if (value == nullptr) return;
    if (const std::string* string = value->as_string()) {
      to = *string;
    } else {
      row_.odd.emplace_back(name);
    }
  }
  void text_or_number(const char* name, std::string& to) {
    const JsonValue* value = present(name);
    if (value != nullptr && value->as_number() != nullptr) {
      to = *value->as_number();
    } else {
      text(name, to);
    }
  }
  void names(const char* name, std::vector<std::string>& to) {
    const JsonValue* value = present(name);
    if (value == nullptr) return;
    bool odd = false;
    if (const auto* several = value->as_array()) {
      for (const JsonValue& one : *several) odd |= !put_name(one, to);
    } else {
      odd = !put_name(*value, to);
    }
    if (odd) row_.odd.emplace_back(name);
  }

 private:
  const JsonValue* present(const char* name) const {
    const JsonValue* value = object_.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }
  static bool put_name(const JsonValue& value, std::vector<std::string>& to) {
    const JsonValue* inner = value.find("name");
    const std::string* name = inner != nullptr ? inner->as_string() : value.as_string();
    if (name == nullptr) return false;
    if (!trimmed(*name).empty()) to.emplace_back(trimmed(*name));
    return true;
  }

  const JsonValue& object_;
  ArticleRow& row_;
};

}  // namespace

std::string_view code_of(RowError e) {
  switch (e) {
    case RowError::NoObject: return "malformed-json";
    case RowError::NoArticle: return "no-article";
    case RowError::TooLong: return "too-large";
  }
  return "malformed-json";
}

bool is_article_row(const JsonValue& value) {
  for (const char* name : {"title", "text", "html"}) {
    const JsonValue* member = value.find(name);
    if (member != nullptr && member->as_string() != nullptr) return true;
  }
  return false;
}

std::variant<ArticleRow, BadRow> read_article_row(std::string_view json, std::uint32_t line,
                                                  const NdjsonLimits& limits) {
  if (json.size() > limits.max_line_bytes) {
    return BadRow{line,
                  {},
                  {RowError::TooLong, "the line is longer than " + std::to_string(limits.max_line_bytes) + " bytes",
                   line_name(line)}};
  }
  auto parsed = parse_json(json, limits.json);
  if (parsed.has_error()) {
    Error reason = parsed.error();
    reason.where = line_name(line) + ", " + reason.where;
    return BadRow{line, {}, std::move(reason)};
  }
  const JsonValue& object = *parsed;
  if (!object.is_object()) {
    return BadRow{line, {}, {RowError::NoObject, "the line is JSON, but no object", line_name(line)}};
  }
  ArticleRow row;
  row.line = line;
  Fields fields(object, row);
  fields.text_or_number("id", row.id);
  if (!is_article_row(object)) {
    return BadRow{line, row.id, {RowError::NoArticle, "the object has no title, text or html", line_name(line)}};
  }
  fields.text("url", row.url);
  fields.text("title", row.title);
  fields.text("text", row.text);
  fields.text("html", row.html);
  fields.text("published", row.published);
  fields.text("updated", row.updated);
  fields.text("language", row.language);
  fields.names("author", row.authors);
  std::vector<std::string> sources;
  fields.names("source", sources);
  if (!sources.empty()) row.source = std::move(sources.front());
  return row;
}

ArticleRows read_article_ndjson(std::string_view text, const NdjsonLimits& limits) {
  ArticleRows out;
  std::uint32_t number = limits.first_line;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (trimmed(line).empty()) continue;
    if (out.rows.size() == limits.max_rows) {
      out.truncated = true;
      break;
    }
    out.rows.push_back(read_article_row(line, number, limits));
  }
  return out;
}

}  // namespace newsd
