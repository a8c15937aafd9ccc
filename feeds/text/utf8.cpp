#include "feeds/text/utf8.h"

#include "feeds/text/eight_bytes.h"

namespace newsd {
namespace {

unsigned byte_at(std::string_view s, std::size_t at) { return static_cast<unsigned char>(s[at]); }

/// What begins at a byte: a well-formed character of `length` bytes, or the `length` bytes of an ill-formed one's
/// maximal subpart.
struct Sequence {
  std::size_t length = 1;
  bool valid = false;
};

/// The second byte's range depends on the first (Unicode table 3-7); the others are 80–BF.
Sequence sequence_at(std::string_view s, std::size_t at) {
  const unsigned lead = byte_at(s, at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < wanted; ++i) {
    if (at + i >= s.size() || byte_at(s, at + i) < low || byte_at(s, at + i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {wanted, true};
}

}  // namespace

std::size_t ascii_end(std::string_view text, std::size_t at) {
  while (at + EightBytes::kSize <= text.size() && EightBytes::at(text.data() + at).are_ascii()) at += EightBytes::kSize;
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

bool is_valid_utf8(std::string_view bytes) {
  const auto continues = [&](std::size_t at) { return (byte_at(bytes, at) & 0xC0) == 0x80; };
  for (std::size_t at = ascii_end(bytes, 0); at < bytes.size();) {
    const unsigned lead = byte_at(bytes, at);
    // most characters beyond ASCII are these, and any second byte that continues is right for them
    if (lead >= 0xC2 && lead <= 0xDF && at + 1 < bytes.size() && continues(at + 1)) {
      at += 2;
    } else if (lead >= 0xE1 && lead <= 0xEC && at + 2 < bytes.size() && continues(at + 1) && continues(at + 2)) {
      at += 3;
    } else {
      const Sequence next = sequence_at(bytes, at);
      if (!next.valid) return false;
      at += next.length;
    }
    if (at < bytes.size() && byte_at(bytes, at) < 0x80) at = ascii_end(bytes, at);
  }
  return true;
}

RepairedUtf8 repair_utf8(std::string_view bytes) {
  RepairedUtf8 out;
  out.text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    if (const std::size_t end = ascii_end(bytes, at); end > at) {
      out.text.append(bytes, at, end - at);
      at = end;
      continue;
    }
    const Sequence next = sequence_at(bytes, at);
    if (next.valid) {
      out.text.append(bytes, at, next.length);
      ++out.multibyte;
    } else {
      append_utf8(out.text, kReplacementCharacter);
      ++out.replaced;
    }
    at += next.length;
  }
  return out;
}

char32_t next_long_character(std::string_view text, std::size_t& at) {
  const unsigned lead = byte_at(text, at);
  const Sequence next = sequence_at(text, at);
  if (!next.valid) {  // the caller broke the contract: still move on, never read beyond the end
    at += next.length;
    return kReplacementCharacter;
  }
  char32_t c = lead & (0xFFU >> (next.length + 1));
  for (std::size_t i = 1; i < next.length; ++i) c = c << 6 | (byte_at(text, at + i) & 0x3F);
  at += next.length;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacementCharacter;
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0, at = 0;
  for (; at + EightBytes::kSize <= text.size(); at += EightBytes::kSize)
    count += EightBytes::at(text.data() + at).characters();
  for (; at < text.size(); ++at) count += (byte_at(text, at) & 0xC0) != 0x80;
  return count;
}

std::string_view shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (byte_at(text, max_bytes) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace newsd
