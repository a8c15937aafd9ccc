#include "feeds/extract/sitemap_index.h"

#include "feeds/format/parse_feed.h"
#include "feeds/text/gunzip.h"

#include <algorithm>
#include <set>

namespace newsd {
namespace {

/// Declarations and comments in front of the root element take less.
constexpr std::size_t kHeadBytes = 16 << 10;

/// "news.example:8080"; the port only where it is none of http's and https's own.
std::string site_of(const Url& url) {
  const std::string canonical = url.canonical();
  const auto start = canonical.find("//") + 2;
  return canonical.substr(start, canonical.find_first_of("/?#", start) - start);
}

bool is_newer(const PolledSitemap& a, const PolledSitemap& b) {
  if (!a.updated || !b.updated) return a.updated.has_value() && !b.updated.has_value();
  return *a.updated > *b.updated;
}

/// What is refused as a feed may be long, and is not read a second time unless its beginning names the root element.
bool may_be_index(std::string_view bytes) {
  return is_gzip(bytes) || bytes.substr(0, kHeadBytes).find("sitemapindex") != std::string_view::npos;
}

}  // namespace

std::optional<SitemapIndex> read_sitemap_index(const Document& document, std::size_t most, const ReadLimits& limits) {
  if (!may_be_index(document.bytes)) return std::nullopt;
  const std::string url = document.url ? document.url->str() : std::string();
  FeedLimits bounds;
  bounds.max_bytes = limits.max_bytes;
  bounds.max_entries = limits.max_articles;
  const auto parsed = parse_feed_document(document.bytes, {url, "", document.content_location, ""}, bounds);
  const auto* list = parsed ? std::get_if<FeedList>(&*parsed) : nullptr;
  if (list == nullptr || list->format != FeedFormat::SitemapIndex || !document.url) return std::nullopt;

  SitemapIndex index;
  std::set<std::string> seen;
  const std::string site = site_of(*document.url);
  for (const ListedSitemap& listed : list->sitemaps) {
    const auto address = Url::parse(listed.url);
    if (!address || !seen.insert(address->canonical()).second) continue;
    if (site_of(*address) != site) {
      ++index.foreign;
      continue;
    }
    index.chosen.push_back({address->str(), listed.updated.at});
  }
  std::stable_sort(index.chosen.begin(), index.chosen.end(), is_newer);
  if (index.chosen.size() > most) {
    index.more = index.chosen.size() - most;
    index.chosen.resize(most);
  }
  return index;
}

}  // namespace newsd
