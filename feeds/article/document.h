// A Document: bytes as they came in, and where they came from. Sources make it, read() consumes it. Plain values.
#pragma once

#include "feeds/article/ids.h"
#include "feeds/article/timestamp.h"
#include "feeds/article/url.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// What a document was recognised as. The names printed (to_string) are those of events (`origin.format`) and of
/// --input-format.
enum class Format {
  Unknown,
  Text,
  Html,
  Rss,
  Atom,
  Rdf,
  JsonFeed,
  Ninjs,
  ArticleNdjson,
  Nitf,
  NewsMlG2,
  NewsMl1,
  Eml,
  Warc,
  Sitemap
};
/// "text", "html", …; ArticleNdjson is "ndjson" in events.
std::string_view to_string(Format f);
/// Accepts the names above and "article-ndjson".
std::optional<Format> format_from_name(std::string_view name);

enum class OriginKind { Drop, Feed, Page, Stdin, Http, Mail, Warc };
std::string_view to_string(OriginKind k);

enum class CharsetSource { Bom, Header, Declared, ValidUtf8, Detected, Fallback };
std::string_view to_string(CharsetSource s);

/// Which character set a document was read in. used, declared: lower-case IANA names; replaced: characters that could
/// not be read (now U+FFFD).
struct Charset {
  std::string used;
  std::string declared;
  CharsetSource how = CharsetSource::ValidUtf8;
  std::uint32_t replaced = 0;
  bool operator==(const Charset&) const = default;
};

/// Where a document came from. input: the configured input's name; uri: a file URI or URL; name: path relative to the
/// input, its identity there; member: which part of the document an article is ("3" for line 3 of an NDJSON file),
/// empty for the whole.
struct Origin {
  OriginKind kind = OriginKind::Drop;
  std::string input;
  std::string uri;
  std::string name;
  std::string member;
  Instant received_at;
  std::uint64_t bytes = 0;
  Sha256 sha256;
  Format format = Format::Unknown;
  std::optional<Charset> charset;
  bool operator==(const Origin&) const = default;
};

/// Bytes to be read. forced: the format asked for by the user, Unknown to detect it. declared_charset: from a transport
/// header, may be empty. url: where the bytes came from, after redirects; content_location, content_language: header
/// values of that response, may be empty. first_line: the number of the first line in the whole input, when this
/// document is a piece of a longer stream.
struct Document {
  std::string bytes;
  Origin origin;
  Format forced = Format::Unknown;
  std::string declared_charset;
  std::optional<Url> url;
  std::string content_location, content_language;
  std::uint32_t first_line = 1;
};

}  // namespace newsd
