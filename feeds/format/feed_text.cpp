#include "feeds/format/feed_text.h"

#include "feeds/text/charset_names.h"

#include <algorithm>

namespace newsd {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// What an XML declaration calls the encoding; empty: it does not, or the bytes are not written in ASCII's.
std::string declared_encoding(std::string_view bytes) {
  constexpr std::size_t kHeadBytes = 512;
  std::string_view head = bytes.substr(0, kHeadBytes);
  const auto begin = head.find("<?xml");
  if (begin == std::string_view::npos) return {};
  head = head.substr(begin, head.find("?>", begin) - begin);
  const auto name = head.find("encoding");
  if (name == std::string_view::npos) return {};
  const auto quote = head.find_first_of("\"'", name);
  if (quote == std::string_view::npos) return {};
  const auto end = head.find(head[quote], quote + 1);
  return end == std::string_view::npos ? std::string() : lowered(head.substr(quote + 1, end - quote - 1));
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

/// Of a set that was told by the looks of the bytes: the name of the older, smaller one where it has them all. GB 2312
/// is gb18030's pairs with both bytes from A1, TIS-620 is windows-874 without its quotes and its no-break space.
std::string narrowest_name(const std::string& used, std::string_view bytes) {
  const auto byte_at = [&](std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; };
  if (used == "gb18030") {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (byte_at(at) < 0x80) continue;
      if (byte_at(at) < 0xA1 || byte_at(at) > 0xF7 || byte_at(at + 1) < 0xA1 || byte_at(at + 1) == 0xFF) return used;
      ++at;
    }
    return "gb2312";
  }
  const auto beyond_tis = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) <= 0xA0;
  };
  if (used == "windows-874" && std::none_of(bytes.begin(), bytes.end(), beyond_tis)) return "tis-620";
  return used;
}

/// The name to show for a set: as it was declared where that says the same of these bytes.
std::string shown_name(const Charset& charset, std::string_view text, const std::string& label) {
  const CharsetName* named = find_charset(label);
  if (named == nullptr || charset.how == CharsetSource::Bom || named->unit != 1) return charset.used;
  const bool used = named->name == charset.used || is_ascii(text);
  if (!used) return charset.used;
  // its superset windows-1252 is read for ISO-8859-1; the name is right as long as none of the superset's own is there
  const bool latin = label == "iso-8859-1" || label == "us-ascii" || label == "iso8859-1" || label == "latin1";
  return latin ? label : std::string(named->name);
}

}  // namespace

std::string charset_parameter(std::string_view content_type) {
  const std::string text = lowered(content_type);
  for (auto at = text.find(';'); at != std::string::npos; at = text.find(';', at + 1)) {
    auto begin = text.find_first_not_of(" \t", at + 1);
    if (begin == std::string::npos || text.compare(begin, 7, "charset") != 0) continue;
    begin = text.find_first_not_of(" \t", begin + 7);
    if (begin == std::string::npos || text[begin] != '=') continue;
    begin = text.find_first_not_of(" \t\"'", begin + 1);
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_first_of("; \t\"'", begin) - begin);
  }
  return {};
}

DecodedFeed decode_feed(std::string_view bytes, std::string_view content_type) {
  const std::string in_header = charset_parameter(content_type), in_document = declared_encoding(bytes);
  const bool header_known = find_charset(in_header) != nullptr;
  std::string label = header_known ? in_header : in_document;
  Decoded decoded = decode(bytes, label, header_known ? CharsetSource::Header : CharsetSource::Declared);
  if (decoded.charset.replaced > 0 && header_known && find_charset(in_document) != nullptr) {
    Decoded other = decode(bytes, in_document, CharsetSource::Declared);
    if (other.charset.replaced < decoded.charset.replaced) {
      decoded = std::move(other);
      label = in_document;
    }
  }
  DecodedFeed out;
  if (decoded.charset.replaced > 0) {
    out.fault = std::to_string(decoded.charset.replaced) + " characters that are no " + decoded.charset.used;
  } else if (decoded.charset.how == CharsetSource::Fallback ||
             (decoded.charset.how == CharsetSource::Detected && !decoded.charset.used.starts_with("utf-"))) {
    out.fault = "written in " + decoded.charset.used + " by its looks, and it does not say so";
  } else if (const CharsetName* named = find_charset(in_document);
             named != nullptr && named->name != decoded.charset.used && !is_ascii(decoded.text)) {
    out.fault = "declared as " + in_document + ", but written in " + decoded.charset.used;
  }
  decoded.charset.used = decoded.charset.how == CharsetSource::Detected
                             ? narrowest_name(decoded.charset.used, bytes)
                             : shown_name(decoded.charset, decoded.text, label);
  out.text = std::move(decoded.text);
  out.charset = std::move(decoded.charset);
  return out;
}

}  // namespace newsd
