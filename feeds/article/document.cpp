#include "feeds/article/document.h"

#include <array>
#include <utility>

namespace newsd {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 15> kFormats{{
    {Format::Unknown, "unknown"},
    {Format::Text, "text"},
    {Format::Html, "html"},
    {Format::Rss, "rss"},
    {Format::Atom, "atom"},
    {Format::Rdf, "rdf"},
    {Format::JsonFeed, "jsonfeed"},
    {Format::Ninjs, "ninjs"},
    {Format::ArticleNdjson, "ndjson"},
    {Format::Nitf, "nitf"},
    {Format::NewsMlG2, "newsml-g2"},
    {Format::NewsMl1, "newsml-1"},
    {Format::Eml, "eml"},
    {Format::Warc, "warc"},
    {Format::Sitemap, "sitemap"},
}};

}  // namespace

std::string_view to_string(Format f) {
  for (const auto& [format, name] : kFormats) {
    if (format == f) return name;
  }
  return "unknown";
}

std::optional<Format> format_from_name(std::string_view name) {
  if (name == "article-ndjson") return Format::ArticleNdjson;
  for (const auto& [format, known] : kFormats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::string_view to_string(OriginKind k) {
  switch (k) {
    case OriginKind::Drop: return "drop";
    case OriginKind::Feed: return "feed";
    case OriginKind::Page: return "page";
    case OriginKind::Stdin: return "stdin";
    case OriginKind::Http: return "http";
    case OriginKind::Mail: return "mail";
    case OriginKind::Warc: return "warc";
  }
  return "drop";
}

std::string_view to_string(CharsetSource s) {
  switch (s) {
    case CharsetSource::Bom: return "bom";
    case CharsetSource::Header: return "header";
    case CharsetSource::Declared: return "declared";
    case CharsetSource::ValidUtf8: return "valid-utf8";
    case CharsetSource::Detected: return "detected";
    case CharsetSource::Fallback: return "fallback";
  }
  return "fallback";
}

}  // namespace newsd
