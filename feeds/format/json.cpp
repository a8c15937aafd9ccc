#include "feeds/format/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cassert>
#include <charconv>
#include <cmath>
#include <optional>

namespace newsd {
namespace {

// Without the first the parser recurses as deep as the input wants; without the second it lets broken UTF-8 through.
constexpr unsigned kFlags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

/// The UTF-16 unit that the escape at `at` names, a backslash; nothing when it is no \u escape.
std::optional<unsigned> unit_of_escape(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const char* end = text.data() + at + 6;
  const auto read = std::from_chars(text.data() + at + 2, end, unit, 16);
  return read.ec == std::errc() && read.ptr == end ? std::optional(unit) : std::nullopt;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/// The text with \ufffd for every escape that names only half of a surrogate pair (somebody cut an emoji in two), so
/// that everything stays in its column; nothing when there is none. RapidJSON refuses a first half alone, and takes a
/// second half alone for a character.
std::optional<std::string> without_half_pairs(std::string_view text) {
  std::optional<std::string> mended;
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    const auto unit = unit_of_escape(text, at);
    if (!unit) {
      at += 2;  // an escaped backslash begins nothing
    } else if (const auto next = is_high(*unit) ? unit_of_escape(text, at + 6) : std::nullopt; next && is_low(*next)) {
      at += 12;
    } else {
      if (is_high(*unit) || is_low(*unit)) {
        if (!mended) mended = text;
        mended->replace(at + 2, 4, "fffd");
      }
      at += 6;
    }
  }
  return mended;
}

/// Builds values from RapidJSON's events. A member function that returns false ends the parse.
class Builder {
 public:
  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  bool Null() { return put(JsonValue()); }
  bool Bool(bool b) { return put(JsonValue::boolean(b)); }
  bool RawNumber(const char* s, rapidjson::SizeType n, bool) { return put(JsonValue::number({s, n})); }
  bool String(const char* s, rapidjson::SizeType n, bool) { return put(JsonValue::string({s, n})); }
  bool Key(const char* s, rapidjson::SizeType n, bool) {
    open_.back().names.emplace_back(s, n);
    return true;
  }
  bool StartObject() { return open(true); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(false); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // numbers arrive as RawNumber
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  JsonValue take() { return std::move(root_); }
  std::optional<JsonError> broken() const { return broken_; }

 private:
  struct Open {
    bool object;
    std::vector<std::string> names;
    std::vector<JsonValue> values;
  };

  bool stop(JsonError e) {
    broken_ = e;
    return false;
  }
  bool open(bool object) {
    if (open_.size() >= limits_.max_depth) return stop(JsonError::TooDeep);
    open_.push_back({object, {}, {}});
    return true;
  }
  bool close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    return put(done.object ? JsonValue::object(std::move(done.names), std::move(done.values))
                           : JsonValue::array(std::move(done.values)));
  }
  bool put(JsonValue value) {
    if (++values_ > limits_.max_values) return stop(JsonError::TooLarge);
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().values.push_back(std::move(value));
    }
    return true;
  }

  const JsonLimits& limits_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
  JsonValue root_;
  std::optional<JsonError> broken_;
};

std::string words_of(JsonError e, const JsonLimits& limits, const char* parser_says) {
  switch (e) {
    case JsonError::TooDeep: return "JSON nested deeper than " + std::to_string(limits.max_depth) + " levels";
    case JsonError::TooLarge: return "JSON of more than " + std::to_string(limits.max_values) + " values";
    case JsonError::Malformed: break;
  }
  std::string says(parser_says);
  while (says.ends_with('.')) says.pop_back();
  return "malformed JSON: " + says;
}

}  // namespace

std::string_view code_of(JsonError) { return "malformed-json"; }

JsonValue JsonValue::array(std::vector<JsonValue> values) {
  JsonValue out(Kind::Array, {});
  out.values_ = std::move(values);
  return out;
}

JsonValue JsonValue::object(std::vector<std::string> names, std::vector<JsonValue> values) {
  assert(names.size() == values.size());
  JsonValue out(Kind::Object, {});
  out.names_ = std::move(names);
  out.values_ = std::move(values);
  return out;
}

std::optional<double> JsonValue::as_double() const {
  const std::string* digits = as_number();
  if (digits == nullptr) return std::nullopt;
  double value = 0;
  const char* end = digits->data() + digits->size();
  const auto read = std::from_chars(digits->data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

const JsonValue* JsonValue::find(std::string_view name) const {
  for (std::size_t i = names_.size(); i > 0; --i) {
    if (names_[i - 1] == name) return &values_[i - 1];
  }
  return nullptr;
}

Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits) {
  const std::optional<std::string> mended = without_half_pairs(text);
  if (mended) text = *mended;
  Builder builder(limits);
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, builder);
  // the stream ends for the parser at a zero byte too
  const bool whole = stream.Tell() >= text.size();
  if (!parsed.IsError() && whole) return builder.take();
  const JsonError kind = builder.broken().value_or(JsonError::Malformed);
  const char* says = parsed.IsError() ? rapidjson::GetParseError_En(parsed.Code()) : "a zero byte";
  return Error{kind, words_of(kind, limits, says),
               "column " + std::to_string((parsed.IsError() ? parsed.Offset() : stream.Tell()) + 1)};
}

}  // namespace newsd
