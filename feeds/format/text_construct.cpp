#include "feeds/format/text_construct.h"

#include "feeds/format/markup.h"
#include "feeds/text/entities.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace newsd {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_name(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (char c : text) {
    if (is_space(c) || c == '=') continue;
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFFFFU;
    if (++count % 4 != 1) out += static_cast<char>(bits >> (count % 4 == 2 ? 4 : count % 4 == 3 ? 2 : 0) & 0xFFU);
  }
  return out;
}

/// A name of HTML 4's references, or a number.
bool is_reference(std::string_view text) {
  std::string decoded;
  append_decoded(decoded, text);
  return decoded != text;
}

/// Text of no said type is HTML when all its tags and references are HTML's and it has at least one that ends
/// something.
bool looks_like_html(std::string_view text) {
  bool found = false;
  for (auto at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    if (text[at] == '&') {
      const auto end = text.substr(at, 32).find(';');
      if (end == std::string_view::npos || end < 2) continue;
      const auto name = text.substr(at + 1, end - 1);
      const bool plausible = std::all_of(name.begin(), name.end(), [](char c) { return is_name(c) || c == '#'; });
      if (!plausible) continue;
      if (!is_reference(text.substr(at, end + 1))) return false;
      found = true;
      continue;
    }
    const bool closing = at + 1 < text.size() && text[at + 1] == '/';
    const std::size_t begin = at + 1 + closing;
    std::size_t end = begin;
    while (end < text.size() && end - begin < 32 && is_name(text[end])) ++end;
    if (end == begin) continue;
    if (!is_html_element(lowered(text.substr(begin, end - begin)))) return false;
    found |= closing && end < text.size() && text[end] == '>';
  }
  return found;
}

// C1 controls as windows-1252 reads their numbers; 0: it has none there
constexpr std::array<char32_t, 32> kWindows1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// Markup of nothing but short links may grow by the base in each: as much as this is honest.
constexpr std::size_t kMostGrowth = 8;

/// Attributes that hold one address (HTML 4.01's and HTML5's).
bool holds_address(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"href", "src", "action", "background", "cite", "longdesc", "poster", "data", "codebase", "usemap", "profile"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// Copies markup, and resolves what the attributes of its tags point to.
class MarkupResolver {
 public:
  MarkupResolver(std::string_view html, std::string_view base)
      : html_(html), base_(base), most_(kMostGrowth * html.size() + (64 << 10)) {}

  std::string run() {
    for (auto tag = html_.find('<'); tag != std::string_view::npos; tag = html_.find('<', at_)) {
      if (html_.substr(tag).starts_with("<!--")) {
        const auto end = html_.find("-->", tag);
        at_ = end == std::string_view::npos ? html_.size() : end;
        continue;
      }
      at_ = tag + 1;
      if (at_ < html_.size() && is_name(html_[at_])) attributes();
    }
    out_ += html_.substr(copied_);
    return std::move(out_);
  }

 private:
  void skip_space() {
    while (at_ < html_.size() && is_space(html_[at_])) ++at_;
  }
  void attributes() {
    while (at_ < html_.size() && is_name(html_[at_])) ++at_;
    while (at_ < html_.size() && html_[at_] != '>' && html_[at_] != '<') {
      const std::size_t begin = at_;
      while (at_ < html_.size() && !is_space(html_[at_]) &&
             std::string_view("=></").find(html_[at_]) == std::string_view::npos)
        ++at_;
      const std::string name = lowered(html_.substr(begin, std::min<std::size_t>(at_ - begin, 32)));
      skip_space();
      if (at_ < html_.size() && html_[at_] == '=') {
        ++at_;
        skip_space();
        value(holds_address(name));
      } else if (at_ == begin) {
        ++at_;
      }
    }
  }
  void value(bool address) {
    if (at_ >= html_.size()) return;
    const char quote = html_[at_] == '"' || html_[at_] == '\'' ? html_[at_] : '\0';
    const std::size_t begin = at_ + (quote != '\0');
    std::size_t end = begin;
    if (quote != '\0') {
      end = std::min(html_.find(quote, begin), html_.size());
      at_ = std::min(end + 1, html_.size());
    } else {
      while (end < html_.size() && !is_space(html_[end]) && html_[end] != '>') ++end;
      at_ = end;
    }
    if (address) resolve(begin, end);
  }
  void resolve(std::size_t begin, std::size_t end) {
    const std::string_view reference = html_.substr(begin, end - begin);
    if (!uri_scheme(trimmed(reference)).empty() || out_.size() > most_) return;
    out_ += html_.substr(copied_, begin - copied_);
    out_ += resolve_reference(base_, reference);
    copied_ = end;
  }

  std::string_view html_, base_;
  std::size_t most_;  ///< bytes of output beyond which addresses stay relative
  std::string out_;
  std::size_t at_ = 0, copied_ = 0;
};

/// &#128; … &#159; mean windows-1252's characters to browsers, and nothing to anybody else: they are given their
/// numbers
/// ("&#146;" → "&#x2019;").
std::string without_c1_references(std::string text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kLength = 6;
  std::size_t copied = 0;
  std::string out;
  for (auto at = text.find("&#1"); at != std::string::npos; at = text.find("&#1", at + 1)) {
    const std::string_view reference = std::string_view(text).substr(at, kLength);
    if (reference.size() < kLength || reference.back() != ';') continue;
    const unsigned number =
        100U + static_cast<unsigned>(reference[3] - '0') * 10U + static_cast<unsigned>(reference[4] - '0');
    if (number < 128 || number > 159 || kWindows1252[number - 128] == 0) continue;
    out.append(text, copied, at - copied).append("&#x");
    const auto character = static_cast<std::uint32_t>(kWindows1252[number - 128]);
    for (int shift = 12; shift >= 0; shift -= 4) {
      if (character >> shift != 0) out += kHex[character >> shift & 15U];
    }
    out += ';';
    copied = at + kLength;
  }
  if (copied == 0) return text;
  return out.append(text, copied);
}

}  // namespace

std::string text_type(std::string_view written) {
  std::string type = lowered(trimmed(written));
  if (type == "text" || type == "plain") return "text/plain";
  if (type == "html") return "text/html";
  if (type == "xhtml") return "application/xhtml+xml";
  return type;
}

bool is_base64(std::string_view mode, std::string_view type) {
  if (lowered(mode) == "base64") return true;
  return !type.starts_with("text/") && !type.ends_with("+xml") && !type.ends_with("/xml");
}

std::string without_double_encoding(std::string text) {
  // the twice-encoded lead byte of a character beyond ASCII: U+00C2 … U+00F4
  if (text.find('\xC3') == std::string::npos) return text;
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c > 0xFF) return text;
    bytes += static_cast<char>(c);
  }
  return is_valid_utf8(bytes) ? bytes : text;
}

std::string without_c1(std::string text) {
  const auto first = text.find('\xC2');
  if (first == std::string::npos) return text;
  std::string out = text.substr(0, first);
  for (std::size_t at = first; at < text.size(); ++at) {
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    if (text[at] == '\xC2' && next >= 0x80 && next < 0xA0 && kWindows1252[next - 0x80] != 0) {
      append_utf8(out, kWindows1252[next - 0x80]);
      ++at;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string resolved_markup(std::string_view html, std::string_view base) {
  if (base.empty()) return std::string(html);
  return MarkupResolver(html, base).run();
}

void finish_text(FeedText& text, bool base64, bool guess_markup) {
  const std::string_view clean = trimmed(text.value);
  if (clean.size() != text.value.size()) text.value = std::string(clean);
  if (base64) {
    // what is no text stays as it was sent
    if (auto decoded = from_base64(text.value); decoded && is_valid_utf8(*decoded)) text.value = std::move(*decoded);
  }
  if (guess_markup && text.type == "text/plain" && looks_like_html(text.value)) text.type = "text/html";
  const bool markup = text.type == "text/html" || text.type == "application/xhtml+xml";
  if (markup && !text.base.empty() && text.value.find('<') != std::string::npos)
    text.value = resolved_markup(text.value, text.base);
  if (markup) text.value = without_c1_references(std::move(text.value));
  text.value = without_c1(without_double_encoding(std::move(text.value)));
}

}  // namespace newsd
