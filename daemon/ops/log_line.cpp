#include "daemon/ops/log_line.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace newsd {
namespace {

/// The length of the well-formed UTF-8 sequence at the start of s and its code point; 0 when there is none (RFC 3629,
/// table 3-7 of Unicode).
std::size_t decode(std::string_view s, char32_t& code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : (lead & 0xF0) == 0xE0       ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || s.size() < length) return 0;
  code = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  return overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : length;
}

/// Control characters of C0 and C1, line separators, and the marks that reorder text on a terminal (Unicode UAX 9).
bool obeyed_by_terminals(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_code(std::string& out, char32_t c) {
  switch (c) {
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  const auto number = static_cast<std::uint32_t>(c);
  if (number < 0x80) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", number);
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", number);
  }
}

bool reads_as_one_word(std::string_view text) {
  if (text.empty()) return false;
  for (const unsigned char c : text) {
    if (c <= ' ' || c >= 0x7F || c == '"' || c == '=' || c == '\\') return false;
  }
  return true;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text, true);
  out += '"';
}

void append_value(std::string& out, const LogField::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (reads_as_one_word(*text)) {
      out += *text;
    } else {
      append_quoted(out, *text);
    }
    return;
  }
  std::visit(
      [&](const auto& v) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(v)>, std::string_view>)
          fmt::format_to(std::back_inserter(out), "{}", v);
      },
      value);
}

void append_fields(std::string& out, std::span<const LogField> fields) {
  for (const LogField& field : fields) {
    out += ' ';
    out += field.key;
    out += '=';
    append_value(out, field.value);
  }
}

/// A JSON string; bytes that are no UTF-8 become U+FFFD, as JSON has no other way to write them.
void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    char32_t code = 0;
    const std::size_t length = decode(text, code);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    if (code == '"' || code == '\\') {
      out += '\\';
      out += static_cast<char>(code);
    } else if (obeyed_by_terminals(code)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(code));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

void append_json_value(std::string& out, const LogField::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return append_json_string(out, *text);
  if (const auto* number = std::get_if<double>(&value); number && !std::isfinite(*number)) {
    out += "null";
    return;
  }
  append_value(out, value);
}

void append_json(std::string& out, const LogEntry& entry) {
  fmt::format_to(std::back_inserter(out), R"({{"time":"{}","level":"{}","part":)", to_rfc3339(entry.time),
                 to_string(entry.level));
  append_json_string(out, entry.part);
  out += ",\"text\":";
  append_json_string(out, entry.text);
  for (const LogField& field : entry.fields) {
    out += ',';
    append_json_string(out, field.key);
    out += ':';
    append_json_value(out, field.value);
  }
  out += '}';
}

/// Priorities of syslog(3), as systemd reads them in front of a line.
int priority(LogLevel level) {
  switch (level) {
    case LogLevel::Error: return 3;
    case LogLevel::Warn: return 4;
    case LogLevel::Info: return 6;
    case LogLevel::Debug: return 7;
  }
  return 6;
}

std::string_view colour(LogLevel level) {
  switch (level) {
    case LogLevel::Error: return "\x1b[31m";
    case LogLevel::Warn: return "\x1b[33m";
    case LogLevel::Info: return "\x1b[32m";
    case LogLevel::Debug: return "\x1b[2m";
  }
  return "";
}

void append_words(std::string& out, const LogEntry& entry) {
  append_escaped(out, entry.part, false);
  out += ": ";
  append_escaped(out, entry.text, false);
  append_fields(out, entry.fields);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, bool quotes) {
  while (!text.empty()) {
    char32_t code = 0;
    const std::size_t length = decode(text, code);
    if (length == 0) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    if (quotes && (code == '"' || code == '\\')) {
      out += '\\';
      out += static_cast<char>(code);
    } else if (obeyed_by_terminals(code)) {
      append_code(out, code);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
}

void append_log_line(std::string& out, const LogEntry& entry, LogStyle style) {
  switch (style) {
    case LogStyle::Json: append_json(out, entry); break;
    case LogStyle::Journal:
      fmt::format_to(std::back_inserter(out), "<{}>", priority(entry.level));
      append_words(out, entry);
      break;
    case LogStyle::Terminal:
      fmt::format_to(std::back_inserter(out), "{} {}{:<5}\x1b[0m ", to_rfc3339(entry.time).substr(11, 12),
                     colour(entry.level), to_string(entry.level));
      append_words(out, entry);
      break;
    case LogStyle::Auto:
    case LogStyle::Plain:
      fmt::format_to(std::back_inserter(out), "{} level={} part=", to_rfc3339(entry.time), to_string(entry.level));
      append_value(out, entry.part);
      out += " msg=";
      append_quoted(out, entry.text);
      append_fields(out, entry.fields);
      break;
  }
  out += '\n';
}

}  // namespace newsd
