#include "feeds/format/feed.h"

namespace newsd {

std::string_view to_string(FeedFormat f) {
  switch (f) {
    case FeedFormat::Unknown: return "unknown";
    case FeedFormat::Rss: return "rss";
    case FeedFormat::Rss090: return "rss090";
    case FeedFormat::Rss091Netscape: return "rss091n";
    case FeedFormat::Rss091Userland: return "rss091u";
    case FeedFormat::Rss092: return "rss092";
    case FeedFormat::Rss093: return "rss093";
    case FeedFormat::Rss094: return "rss094";
    case FeedFormat::Rss10: return "rss10";
    case FeedFormat::Rss20: return "rss20";
    case FeedFormat::Atom: return "atom";
    case FeedFormat::Atom03: return "atom03";
    case FeedFormat::Atom10: return "atom10";
    case FeedFormat::Json10: return "json1";
    case FeedFormat::Json11: return "json11";
    case FeedFormat::Sitemap: return "sitemap";
    case FeedFormat::SitemapIndex: return "sitemap-index";
    case FeedFormat::Opml: return "opml";
    case FeedFormat::Html: return "html";
  }
  return "unknown";
}

}  // namespace newsd
