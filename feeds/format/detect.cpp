#include "feeds/format/detect.h"

#include "feeds/format/article_ndjson.h"
#include "feeds/format/json.h"
#include "feeds/format/json_feed.h"
#include "feeds/format/markup.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  std::size_t at;
  std::string_view what;
};
constexpr auto kMagics = std::to_array<Magic>({
    {"\x1F\x8B"sv, 0, "a gzip archive"},
    {"\x28\xB5\x2F\xFD"sv, 0, "a zstd archive"},
    {"\xFD"
     "7zXZ\0"sv,
     0, "an xz archive"},
    {"BZh"sv, 0, "a bzip2 archive"},
    {"PK\x03\x04"sv, 0, "a zip archive"},
    {"PK\x05\x06"sv, 0, "an empty zip archive"},
    {"7z\xBC\xAF\x27\x1C"sv, 0, "a 7z archive"},
    {"Rar!\x1A\x07"sv, 0, "a rar archive"},
    {"ustar"sv, 257, "a tar archive"},
    {"%PDF-"sv, 0, "a PDF document"},
    {"{\\rtf"sv, 0, "an RTF document"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, 0, "an old office document"},
    {"\x89PNG\r\n\x1A\n"sv, 0, "a PNG picture"},
    {"\xFF\xD8\xFF"sv, 0, "a JPEG picture"},
    {"GIF87a"sv, 0, "a GIF picture"},
    {"GIF89a"sv, 0, "a GIF picture"},
    {"\x7F"
     "ELF"sv,
     0, "a program"},
    {"SQLite format 3\0"sv, 0, "an SQLite database"},
});

constexpr std::string_view kPlainText = "plain text";
/// An object on one line is tried as a row; a longer first line than this is one anyway, good or bad.
constexpr std::size_t kProbeBytes = 1 << 20;

bool has_suffix(std::string_view name, std::string_view suffix) {
  if (name.size() < suffix.size()) return false;
  return std::equal(suffix.begin(), suffix.end(), name.end() - static_cast<std::ptrdiff_t>(suffix.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b); });
}

std::string_view first_line(std::string_view text) { return text.substr(0, std::min(text.find('\n'), text.size())); }

/// What stands behind the bracket at the front.
char next_token(std::string_view text) {
  const auto at = text.find_first_not_of(" \t\r\n", 1);
  return at == std::string_view::npos ? '\0' : text[at];
}

bool has_string(const JsonValue& object, std::string_view name, std::string_view part) {
  const JsonValue* value = object.find(name);
  return value != nullptr && value->as_string() != nullptr && value->as_string()->find(part) != std::string::npos;
}

Detected by_object(const JsonValue& object) {
  if (is_json_feed(object)) return {Format::JsonFeed, "a JSON feed"};
  if (is_article_row(object)) return {Format::ArticleNdjson, "article NDJSON"};
  const bool ninjs = has_string(object, "uri", "") &&
                     (object.find("headlines") || object.find("bodies") || object.find("headline") ||
                      object.find("body_text") || object.find("body_xhtml") || object.find("versioncreated"));
  if (ninjs) return {Format::Ninjs, "ninjs"};
  return {Format::ArticleNdjson, "JSON"};  // rows that say what is wrong with them
}

/// text begins with {
std::optional<Detected> sniff_object(std::string_view text) {
  const char token = next_token(text);
  if (token != '"' && token != '}') return std::nullopt;
  const std::string_view line = first_line(text);
  if (line.size() <= kProbeBytes) {
    if (const auto object = parse_json(line); object.has_value()) return by_object(*object);
  }
  // one object over many lines: known as what it is when it can be read whole
  if (text.size() <= kProbeBytes) {
    if (const auto object = parse_json(text); object.has_value()) return by_object(*object);
  }
  return Detected{Format::ArticleNdjson, "article NDJSON"};
}

/// text begins with [ : an array, or words in brackets ("[Update] …", "[21 March]").
std::optional<Detected> sniff_array(std::string_view text) {
  const char token = next_token(text);
  const bool certain = token == '[' || token == '{';
  if (certain ||
      (std::string_view("]\"-0123456789tfn").find(token) != std::string_view::npos && parse_json(text).has_value())) {
    return Detected{Format::Unknown, "a JSON array"};
  }
  return std::nullopt;
}

bool is_header_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < 0x7F; });
}

/// A message as mail carries it: at least three header lines on end, one that only mail has among them.
bool is_mail(std::string_view text) {
  static constexpr auto kOnlyMail =
      std::to_array<std::string_view>({"return-path:", "received:", "message-id:", "mime-version:", "delivered-to:",
                                       "dkim-signature:", "content-transfer-encoding:", "x-mailer:"});
  const Lines head = split_lines(text.substr(0, 8192), 1, 40);
  std::size_t headers = 0;
  bool only_mail = false;
  for (const Line& line : head.lines) {
    if (headers == 0 && line.text.starts_with("From ")) continue;  // an mbox
    if (headers > 0 && (line.text.starts_with(' ') || line.text.starts_with('\t'))) continue;
    if (!is_header_line(line.text)) break;
    ++headers;
    std::string name(line.text.substr(0, line.text.find(':') + 1));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    only_mail |= std::find(kOnlyMail.begin(), kOnlyMail.end(), name) != kOnlyMail.end();
  }
  return headers >= 3 && only_mail;
}

}  // namespace

std::optional<std::string_view> container_kind(std::string_view bytes) {
  for (const Magic& magic : kMagics) {
    if (bytes.size() < magic.at || !bytes.substr(magic.at).starts_with(magic.bytes)) continue;
    // "BZh" alone could begin a word
    if (magic.bytes == "BZh" && bytes.substr(4, 6) != "1AY&SY" && bytes.substr(4, 6) != "\x17\x72\x45\x38\x50\x90")
      continue;
    return magic.what;
  }
  return std::nullopt;
}

Detected detect_format(std::string_view text, std::string_view name) {
  const std::string_view start = trimmed(text);
  // before markup: rows may be full of tags
  if (start.starts_with('{')) {
    if (const auto object = sniff_object(start)) return *object;
  } else if (start.starts_with('[')) {
    if (const auto array = sniff_array(start)) return *array;
  }
  if (const auto markup = sniff_markup(start)) return {markup->format, markup->what};
  if (start.starts_with("WARC/")) return {Format::Warc, "a WARC file"};
  if (is_mail(start)) return {Format::Eml, "a mail message"};
  const bool named_rows = has_suffix(name, ".ndjson") || has_suffix(name, ".jsonl");
  if (named_rows && (start.starts_with('{') || start.find("\n{") != std::string_view::npos))
    return {Format::ArticleNdjson, "article NDJSON"};
  return {Format::Text, kPlainText};
}

std::string_view describe(Format f) {
  switch (f) {
    case Format::Unknown: return "an unknown format";
    case Format::Text: return kPlainText;
    case Format::Html: return "an HTML page";
    case Format::Rss: return "an RSS feed";
    case Format::Atom: return "an Atom feed";
    case Format::Rdf: return "an RDF feed";
    case Format::JsonFeed: return "a JSON feed";
    case Format::Ninjs: return "ninjs";
    case Format::ArticleNdjson: return "article NDJSON";
    case Format::Nitf: return "an NITF document";
    case Format::NewsMlG2: return "a NewsML-G2 document";
    case Format::NewsMl1: return "a NewsML 1 document";
    case Format::Eml: return "a mail message";
    case Format::Warc: return "a WARC file";
    case Format::Sitemap: return "a sitemap";
  }
  return "an unknown format";
}

}  // namespace newsd
