#include "daemon/stream/request.h"

#include "daemon/classify/rule_expression.h"
#include "daemon/event/encoding.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

namespace newsd {
namespace {

using ClientLine = std::variant<Request, Acknowledgement>;

Error bad(std::string text) { return Error(StreamError::BadRequest, std::move(text)); }

/// A member's value: all that a request may hold. Numbers are kept as written.
struct Value {
  enum class Kind { Text, Number, Texts, Other } kind = Kind::Other;
  std::string text;
  std::vector<std::string> texts;
};
using Members = std::map<std::string, Value, std::less<>>;

/// SAX handler that takes a flat object of texts, numbers and arrays of texts; it stops at anything else at the top,
/// and marks other values as such.
class FlatObject : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, FlatObject> {
 public:
  bool Default() { return value(Value::Kind::Other, {}); }
  bool String(const char* text, rapidjson::SizeType size, bool) { return value(Value::Kind::Text, {text, size}); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return value(Value::Kind::Number, {text, size}); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ > 1) return true;
    key_.assign(text, size);
    twice_ = twice_ || members.contains(key_);
    return true;
  }
  bool StartObject() { return open(Value::Kind::Other); }
  bool EndObject(rapidjson::SizeType) { return --depth_, true; }
  bool StartArray() { return depth_ > 0 && open(Value::Kind::Texts); }
  bool EndArray(rapidjson::SizeType) { return --depth_, true; }

  bool key_given_twice() const { return twice_; }
  Members members;

 private:
  bool open(Value::Kind kind) {
    if (depth_ == 1) members[key_].kind = kind;
    if (depth_ > 1) members[key_].kind = Value::Kind::Other;
    ++depth_;
    return true;
  }
  bool value(Value::Kind kind, std::string_view text) {
    if (depth_ == 0) return false;
    Value& member = members[key_];
    if (depth_ == 1) {
      member.kind = kind;
      member.text = text;
    } else if (depth_ == 2 && member.kind == Value::Kind::Texts && kind == Value::Kind::Text) {
      member.texts.emplace_back(text);
    } else {
      member.kind = Value::Kind::Other;
    }
    return true;
  }

  std::string key_;
  int depth_ = 0;
  bool twice_ = false;
};

Result<Members> read_members(std::string_view line) {
  if (line.find('\0') != std::string_view::npos)
    return bad("not JSON: a NUL byte");  // the reader would take it for the end
  rapidjson::MemoryStream stream(line.data(), line.size());
  rapidjson::Reader reader;
  FlatObject object;
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, object);
  if (parsed.Code() == rapidjson::kParseErrorTermination) return bad("a request is one JSON object");
  if (parsed.IsError()) return bad("not JSON, at byte " + std::to_string(parsed.Offset() + 1));
  if (object.key_given_twice()) return bad("a key is given twice");
  return std::move(object.members);
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.size() > 20) return std::nullopt;
  return number;
}

bool only_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<Sequence> sequence_in(const Value& value, const char* key) {
  if (value.kind == Value::Kind::Text || value.kind == Value::Kind::Number)
    if (only_digits(value.text))
      if (std::optional<std::uint64_t> number = whole_number(value.text)) return Sequence(*number);
  return bad(std::string(key) + " is a sequence: a whole number or its digits");
}

Result<From> from_in(const Value& value) {
  if (value.kind == Value::Kind::Text) {
    if (value.text == "earliest") return From(FromEarliest{});
    if (value.text == "latest") return From(FromLatest{});
    if (std::optional<Instant> time = parse_rfc3339(value.text)) return From(FromTime{*time});
  }
  Result<Sequence> after = sequence_in(value, "from");
  if (after) return From(FromAfter{*after});
  return bad("from is \"earliest\", \"latest\", a sequence, or a time like \"2026-11-22T03:45:10Z\"");
}

Result<std::uint64_t> number_in(const Value& value, const char* key, std::uint64_t most) {
  std::optional<std::uint64_t> number;
  if (value.kind == Value::Kind::Number) number = whole_number(value.text);
  if (number && *number <= most) return *number;
  return bad(std::string(key) + " is a whole number up to " + std::to_string(most));
}

bool is_name(std::string_view name) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits);
}

/// Puts one member into the request.
Result<void> take(Request& request, std::string_view key, const Value& value) {
  if (key == "from") {
    Result<From> from = from_in(value);
    if (!from) return from.error();
    request.from = *from;
  } else if (key == "last") {
    Result<std::uint64_t> events = number_in(value, "last", kLastEvents);
    if (!events) return events.error();
    request.from = FromLast{*events};
  } else if (key == "types") {
    if (value.kind != Value::Kind::Texts) return bad("types is an array of event types like \"newsd.article.*\"");
    Result<TypeFilter> types = TypeFilter::parse(value.texts);
    if (!types) return types.error();
    request.types = *types;
  } else if (key == "name") {
    if (auto fits = check_consumer_name(value.kind == Value::Kind::Text ? value.text : std::string()); !fits)
      return fits;
    request.name = value.text;
  } else if (key == "format") {
    if (value.kind != Value::Kind::Text) return bad("format is a text");
    if (encoding_named(value.text) == nullptr)
      return Error(StreamError::UnknownFormat, "no format is named \"" + value.text.substr(0, 100) + "\"");
    request.format = value.text;
  } else if (key == "heartbeat") {
    Result<std::uint64_t> seconds = number_in(value, "heartbeat", 3600);
    if (!seconds) return seconds.error();
    if (*seconds == 0) return bad("heartbeat is at least 1 second");
    request.heartbeat = std::chrono::seconds(*seconds);
  } else if (key == "token") {
    if (value.kind != Value::Kind::Text) return bad("token is a text");
    request.token = value.text;
  } else if (key == "where") {
    if (value.kind != Value::Kind::Text) return bad("where is a text");
    if (auto parsed = parse_rule_expression(value.text, RuleScope::Event); !parsed) return parsed.error();
    request.where = value.text;
  } else {
    return Error(StreamError::UnknownKey,
                 "unknown key \"" + std::string(key.substr(0, 100)) +
                     "\"; a request may have from, types, where, name, last, format, heartbeat, token");
  }
  return {};
}

}  // namespace

Result<void> check_consumer_name(std::string_view name) {
  if (is_name(name)) return {};
  return bad("name is up to 64 letters, digits, dots, underscores and hyphens");
}

Result<ClientLine> parse_client_line(std::string_view line) {
  if (line.size() > kRequestBytes) return Error(StreamError::RequestTooLong, "a line has at most 64 KiB");
  Result<Members> members = read_members(line);
  if (!members) return members.error();
  if (auto ack = members->find("ack"); ack != members->end()) {
    if (members->size() > 1) return bad("an acknowledgement has no other key than ack");
    Result<Sequence> sequence = sequence_in(ack->second, "ack");
    if (!sequence) return sequence.error();
    return ClientLine(Acknowledgement{*sequence});
  }
  if (members->contains("from") && members->contains("last")) return bad("from and last exclude each other");
  Request request;
  for (const auto& [key, value] : *members)
    if (Result<void> taken = take(request, key, value); !taken) return taken.error();
  return ClientLine(std::move(request));
}

}  // namespace newsd
