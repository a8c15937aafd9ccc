#include "daemon/event/json_text.h"

#include "feeds/text/eight_bytes.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace newsd {
namespace {

/// What string() need not look at: printable ASCII without quote and backslash, and what begins no character that is
/// escaped.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  for (std::size_t c = 0x80; c < 0x100; ++c) plain[c] = c != 0xC2 && c != 0xE2;
  return plain;
}();

/// Whether eight bytes are all printable ASCII without quote and backslash; DEL and what is beyond ASCII: no.
bool is_plain_word(const char* bytes) {
  const EightBytes eight = EightBytes::at(bytes);
  return eight.are_printable() && !eight.have('"') && !eight.have('\\');
}

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

void append_escape(std::string& out, unsigned code) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (code) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[code >> shift & 0xFU];
}

/// A character above ASCII that is not printed as it is: a C1 control, U+2028 or U+2029. code 0: none begins here.
struct Escaped {
  unsigned code = 0;
  std::size_t length = 1;
};

Escaped escaped_at(std::string_view text, std::size_t at) {
  const unsigned char c = byte_at(text, at);
  if (c == 0xC2 && byte_at(text, at + 1) < 0xA0) return {byte_at(text, at + 1), 2};
  if (c == 0xE2 && byte_at(text, at + 1) == 0x80 && (byte_at(text, at + 2) & 0xFE) == 0xA8) {
    return {0x2000U + byte_at(text, at + 2) - 0x80U, 3};
  }
  return {};
}

/// text: well-formed UTF-8 from `from` on; what is before it is plain.
void append_escaped(std::string& out, std::string_view text, std::size_t from) {
  std::size_t begin = 0;  // from here to `at` is to be copied as it is
  for (std::size_t at = from; at < text.size();) {
    while (at + 8 <= text.size() && is_plain_word(text.data() + at)) at += 8;
    while (at < text.size() && kPlain[byte_at(text, at)]) ++at;
    if (at == text.size()) break;
    const unsigned char c = byte_at(text, at);
    const Escaped escaped = c < 0x80 ? Escaped{c, 1} : escaped_at(text, at);
    if (escaped.code == 0 && c != 0) {
      ++at;
      continue;
    }
    out.append(text, begin, at - begin);
    append_escape(out, escaped.code);
    begin = at += escaped.length;
  }
  out.append(text, begin);
}

/// Where what is printed as it is, and needs no look at its encoding, ends.
std::size_t plain_ascii_end(std::string_view text) {
  std::size_t at = 0;
  while (at + 8 <= text.size() && is_plain_word(text.data() + at)) at += 8;
  while (at < text.size() && byte_at(text, at) < 0x80 && kPlain[byte_at(text, at)]) ++at;
  return at;
}

}  // namespace

void JsonText::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

JsonText& JsonText::open(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  out_ += bracket;
  comma_ = true;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  constexpr std::size_t kUsualName = 60;
  if (name.size() <= kUsualName && plain_ascii_end(name) == name.size()) {
    std::array<char, kUsualName + 4> piece;  // appended at once: an event is mostly names
    char* to = piece.data();
    if (comma_) *to++ = ',';
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to++ = ':';
    out_.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
  } else {
    string(name);
    out_ += ':';
  }
  comma_ = false;
  return *this;
}

JsonText& JsonText::string(std::string_view text) {
  separate();
  out_ += '"';
  const std::size_t plain = plain_ascii_end(text);
  if (plain == text.size()) {
    out_ += text;
  } else if (is_valid_utf8(text.substr(plain))) {
    append_escaped(out_, text, plain);
  } else {
    append_escaped(out_, repair_utf8(text).text, 0);
  }
  out_ += '"';
  return *this;
}

JsonText& JsonText::integer(std::uint64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

JsonText& JsonText::decimal(double value) {
  const double rounded = std::isfinite(value) ? std::round(value * 1000) / 1000 : 0;
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), rounded).ptr;
  return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

JsonText& JsonText::null() { return raw("null"); }

JsonText& JsonText::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonText& JsonText::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonText& JsonText::next_line() {
  out_ += '\n';
  comma_ = false;
  return *this;
}

}  // namespace newsd
