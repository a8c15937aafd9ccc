#include "feeds/format/parse_feed.h"

#include "feeds/format/feed_builder.h"
#include "feeds/format/feed_text.h"
#include "feeds/format/json_feed.h"
#include "feeds/format/markup.h"
#include "feeds/format/opml_builder.h"
#include "feeds/format/xml_repair.h"
#include "feeds/text/gunzip.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace newsd {
namespace {

/// A document being read: its text, and what was found out about it on the way.
struct Input {
  std::string_view text;
  Charset charset;
  std::string base, language;
  bool netscape_type = false;
  bool malformed = false;
  std::string reason;

  void blame(std::string why) {
    malformed = true;
    if (reason.empty()) reason = std::move(why);
  }
};

/// The document as the answer, with what was found out about the input it was read from.
template <class Document>
Result<FeedDocument> with_facts(Document&& document, Input& input) {
  document.charset = std::move(input.charset);
  document.malformed = input.malformed;
  document.malformed_reason = std::move(input.reason);
  return Result<FeedDocument>(std::forward<Document>(document));
}

/// The media type of a Content-Type, in lower case.
std::string lowered_type(std::string_view content_type) {
  std::string type(trimmed(content_type.substr(0, content_type.find(';'))));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return type;
}

/// Parses with a builder, and once more over repaired text when the first attempt met what is no XML. `make`: a builder
/// on the heap, as it is large; `size`: how much one read; the better reading wins.
template <class MakeBuilder, class Size>
auto parse_twice(Input& input, const FeedLimits& limits, MakeBuilder make, Size size) {
  const XmlLimits bounds{limits.max_depth, limits.max_nodes, limits.max_attributes};
  auto builder = make();
  const XmlOutcome first = parse_xml(input.text, *builder, bounds);
  if (!first.fault) return builder;
  input.blame(*first.fault);
  if (!first.broken) return builder;
  auto second = make();
  parse_xml(repaired_xml(input.text, limits.max_depth), *second, bounds);
  return size(*second) >= size(*builder) ? std::move(second) : std::move(builder);
}

Result<FeedDocument> read_syndication(Input& input, const FeedLimits& limits) {
  const auto builder = parse_twice(
      input, limits,
      [&] {
        return std::make_unique<FeedBuilder>(input.base, input.language, input.netscape_type, limits.max_entries);
      },
      [](const FeedBuilder& b) { return b.entry_count(); });
  return with_facts(builder->take(), input);
}

Result<FeedDocument> read_sitemap(Input& input, const FeedLimits& limits) {
  const auto builder = parse_twice(
      input, limits, [&] { return std::make_unique<SitemapBuilder>(input.base, limits.max_entries); },
      [](const SitemapBuilder& b) { return b.size(); });
  if (!builder->is_index()) return with_facts(builder->take_feed(), input);
  FeedList list;
  list.format = FeedFormat::SitemapIndex;
  list.sitemaps = builder->take_index();
  return with_facts(std::move(list), input);
}

Result<FeedDocument> read_outlines(Input& input, const FeedLimits& limits) {
  const auto builder = parse_twice(
      input, limits, [&] { return std::make_unique<OpmlBuilder>(input.base, limits.max_entries); },
      [](const OpmlBuilder& b) { return b.size(); });
  FeedList list;
  list.format = FeedFormat::Opml;
  list.outlines = builder->take();
  return with_facts(std::move(list), input);
}

Result<FeedDocument> read_page(Input& input) {
  FeedList list;
  list.format = FeedFormat::Html;
  list.found = find_feeds(input.text, input.base);
  return with_facts(std::move(list), input);
}

Result<FeedDocument> read_json(Input& input, const FeedLimits& limits) {
  const auto value = parse_json(input.text, {limits.max_json_depth, limits.max_nodes});
  if (!value)
    return Error{FeedError::Malformed, "this JSON cannot be read: " + value.error().text, value.error().where};
  if (!is_json_feed(*value)) return Error{FeedError::NotAFeed, "this is JSON, but no JSON Feed"};
  return with_facts(read_json_feed(*value, input.base, limits.max_entries), input);
}

enum class Root { Syndication, Sitemap, Outlines, Page, Other };

Root root_of(std::string_view name) {
  if (name == "rss" || name == "feed" || name == "rdf" || name == "channel" || name == "entry")
    return Root::Syndication;
  if (name == "urlset" || name == "sitemapindex") return Root::Sitemap;
  if (name == "opml" || name == "outlinedocument") return Root::Outlines;
  return Root::Other;
}

/// Where a feed begins behind text that does not belong to it; npos: nowhere near.
std::size_t find_root(std::string_view text) {
  constexpr std::size_t kJunkBytes = 64 << 10;
  const std::string_view head = text.substr(0, kJunkBytes);
  for (auto at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    if (root_of(start_tag_name(text.substr(at))) != Root::Other) return at;
  }
  return std::string_view::npos;
}

Result<FeedDocument> read_markup(Input& input, const FeedLimits& limits) {
  const ReadableXml readable = readable_xml(input.text);
  const std::string_view whole = input.text;
  input.text = readable.of(whole);
  input.netscape_type = readable.netscape_type;
  if (readable.faulty) input.blame("something stands before the XML, or NUL characters in it");
  Root root = root_of(root_name(input.text));
  const auto markup = root == Root::Other ? sniff_markup(trimmed(whole)) : std::nullopt;
  const bool page = markup && markup->format == Format::Html;
  if (root == Root::Other && page) {
    input.text = whole;
    root = Root::Page;
  } else if (root == Root::Other) {
    const std::size_t at = find_root(input.text);
    if (at == std::string_view::npos)
      return Error{FeedError::NotAFeed, "this is " + std::string(markup ? markup->what : "plain text") + ", no feed"};
    input.blame("something stands before the feed");
    input.text.remove_prefix(at);
    root = root_of(root_name(input.text));
  }
  switch (root) {
    case Root::Syndication: return read_syndication(input, limits);
    case Root::Sitemap: return read_sitemap(input, limits);
    case Root::Outlines: return read_outlines(input, limits);
    case Root::Page:
    case Root::Other: break;
  }
  return read_page(input);
}

}  // namespace

std::string_view code_of(FeedError e) {
  switch (e) {
    case FeedError::Empty: return "empty";
    case FeedError::TooLarge: return "too-large";
    case FeedError::NotAFeed: return "not-a-feed";
    case FeedError::Malformed: return "malformed-feed";
  }
  return "not-a-feed";
}

Result<FeedDocument> parse_feed_document(std::string_view bytes, const FeedContext& context, const FeedLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Error{FeedError::TooLarge,
                 std::to_string(bytes.size()) + " bytes, more than the limit of " + std::to_string(limits.max_bytes)};
  }
  std::string unpacked;
  if (is_gzip(bytes)) {  // sitemaps often are, whatever the transport says
    auto inside = gunzip(bytes, limits.max_bytes);
    if (!inside) {
      const bool large = inside.error().is(GunzipError::TooLarge);
      return Error{large ? FeedError::TooLarge : FeedError::Malformed, inside.error().text};
    }
    unpacked = std::move(*inside);
    bytes = unpacked;
  }
  DecodedFeed decoded = decode_feed(bytes, context.content_type);
  const std::string_view start = trimmed(decoded.text);
  if (start.empty()) return Error{FeedError::Empty, "there is nothing in it"};
  Input input;
  input.text = decoded.text;
  input.charset = std::move(decoded.charset);
  if (!decoded.fault.empty()) input.blame(std::move(decoded.fault));
  input.base = context.url;
  if (!context.content_location.empty() && !is_script_uri(context.content_location))
    input.base = resolve_reference(context.url, context.content_location);
  if (lowered_type(context.content_type) == "text/plain") input.blame("served as text/plain");
  input.language = trimmed(context.content_language);
  if (start.starts_with('{')) {
    input.text = start;
    return read_json(input, limits);
  }
  if (start.find('<') == std::string_view::npos) {
    auto sitemap = read_sitemap_text(start, limits.max_entries);
    if (!sitemap) return Error{FeedError::NotAFeed, "this is plain text, no feed"};
    return with_facts(std::move(*sitemap), input);
  }
  return read_markup(input, limits);
}

Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context, const FeedLimits& limits) {
  auto document = parse_feed_document(bytes, context, limits);
  if (!document) return document.error();
  if (auto* feed = std::get_if<Feed>(&*document)) return std::move(*feed);
  switch (std::get<FeedList>(*document).format) {
    case FeedFormat::Opml: return Error{FeedError::NotAFeed, "this is an OPML feed list, no feed"};
    case FeedFormat::SitemapIndex: return Error{FeedError::NotAFeed, "this is a sitemap index, no feed"};
    default: return Error{FeedError::NotAFeed, "this is an HTML page, no feed"};
  }
}

}  // namespace newsd
