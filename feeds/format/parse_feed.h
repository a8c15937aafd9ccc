// parse_feed(): bytes and the context they were served with → a Feed, or what else they are that names feeds: a feed
// list (OPML), a page, a sitemap index. Recovers from what is malformed and says so. Pure, any thread. It makes no
// articles and follows no link.
#pragma once

#include "feeds/article/result.h"
#include "feeds/format/feed.h"
#include "feeds/format/find_feeds.h"
#include "feeds/format/opml.h"
#include "feeds/format/sitemap.h"

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

namespace newsd {

/// Codes: "empty", "too-large", "not-a-feed", "malformed-feed" (a feed by its beginning, and nothing of it can be
/// read).
enum class FeedError { Empty, TooLarge, NotAFeed, Malformed };
std::string_view code_of(FeedError e);

/// How the bytes were served: URL after redirects and header values of the final response, verbatim; empty: unknown.
struct FeedContext {
  std::string_view url;
  std::string_view content_type;
  std::string_view content_location;
  std::string_view content_language;
};

struct FeedLimits {
  std::size_t max_bytes = 16 << 20;   ///< of the document
  std::size_t max_depth = 200;        ///< of elements in one another
  std::size_t max_nodes = 5'000'000;  ///< elements in all
  std::size_t max_attributes = 200;   ///< of one element; the others are left out
  std::size_t max_entries = 100'000;  ///< the others are left out, and the feed is flagged truncated
  std::size_t max_json_depth = 64;
  bool operator==(const FeedLimits&) const = default;
};

/// A document that is no feed and names some. Which list is filled says its format.
struct FeedList {
  FeedFormat format = FeedFormat::Opml;
  Charset charset;
  bool malformed = false;
  std::string malformed_reason;
  std::vector<OpmlFeed> outlines;       ///< Opml
  std::vector<FoundFeed> found;         ///< Html
  std::vector<ListedSitemap> sitemaps;  ///< SitemapIndex
  bool operator==(const FeedList&) const = default;
};

/// A feed or sitemap; anything else is NotAFeed, with a word for what it is.
Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context = {}, const FeedLimits& limits = {});

using FeedDocument = std::variant<Feed, FeedList>;
Result<FeedDocument> parse_feed_document(std::string_view bytes, const FeedContext& context = {},
                                         const FeedLimits& limits = {});

}  // namespace newsd
