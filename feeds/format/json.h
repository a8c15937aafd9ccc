// A small bounded JSON reader: text → JsonValue. Pure, any thread. It is for documents that come in; events are written
// elsewhere.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

enum class JsonError { Malformed, TooDeep, TooLarge };
/// All are "malformed-json": to whoever sends them the difference is in the words.
std::string_view code_of(JsonError e);

/// A value as it was read. Numbers keep their digits, so that ids of any length survive.
class JsonValue {
 public:
  enum class Kind { Null, Bool, Number, String, Array, Object };

  JsonValue() = default;
  static JsonValue boolean(bool b) { return {Kind::Bool, b ? "true" : "false"}; }
  static JsonValue number(std::string digits) { return {Kind::Number, std::move(digits)}; }
  static JsonValue string(std::string text) { return {Kind::String, std::move(text)}; }
  static JsonValue array(std::vector<JsonValue> values);
  /// One name for each value, in the order of the text.
  static JsonValue object(std::vector<std::string> names, std::vector<JsonValue> values);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::Null; }
  bool is_object() const { return kind_ == Kind::Object; }
  const std::string* as_string() const { return kind_ == Kind::String ? &text_ : nullptr; }
  std::optional<bool> as_bool() const { return kind_ == Kind::Bool ? std::optional(text_ == "true") : std::nullopt; }
  /// The digits of a number as they were written.
  const std::string* as_number() const { return kind_ == Kind::Number ? &text_ : nullptr; }
  const std::vector<JsonValue>* as_array() const { return kind_ == Kind::Array ? &values_ : nullptr; }
  /// The finite number it is.
  std::optional<double> as_double() const;
  /// The member of an object; of several with one name the last, as most readers do. Null when there is none, or this
  /// is no object.
  const JsonValue* find(std::string_view name) const;

 private:
  JsonValue(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}

  Kind kind_ = Kind::Null;
  std::string text_;
  std::vector<std::string> names_;
  std::vector<JsonValue> values_;
};

struct JsonLimits {
  std::size_t max_depth = 64;
  std::size_t max_values = 1'000'000;
};

/// One JSON value with nothing but white space around it; RFC 8259 to the letter, invalid UTF-8 and lone surrogates
/// refused. The error's `where` is "column N" (bytes from 1). Memory and time are linear, depth is no recursion.
Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace newsd
