#include "daemon/cli/feed_exchange.h"

#include "daemon/config/values.h"
#include "feeds/article/url.h"
#include "feeds/text/controls.h"
#include "feeds/text/utf8.h"

#include <set>

namespace newsd {
namespace {

constexpr std::size_t kLongestName = 200;

std::string spelled_the_same(const std::string& url) {
  const auto parsed = Url::parse(url);
  return parsed ? parsed->canonical() : url;
}

/// A name that fits on one line, or none.
std::string name_of(const std::string& title) { return on_one_line(shortened(title, kLongestName)); }

}  // namespace

FeedImport import_feeds(const std::vector<OpmlFeed>& listed, const std::vector<FeedConfig>& subscribed) {
  std::set<std::string> addresses, names;
  for (const FeedConfig& feed : subscribed) {
    addresses.insert(spelled_the_same(feed.url));
    names.insert(feed.name);
  }
  FeedImport done;
  for (const OpmlFeed& wanted : listed) {
    if (const std::string why = refuse_url(wanted.url); !why.empty()) {
      done.refused.push_back("the address " + why);
      continue;
    }
    if (!addresses.insert(spelled_the_same(wanted.url)).second) {
      ++done.known;
      continue;
    }
    FeedConfig feed;
    feed.url = wanted.url;
    // an export gives a feed without a name its address for a title
    if (std::string name = name_of(wanted.title); !name.empty() && name != wanted.url && names.insert(name).second)
      feed.name = std::move(name);
    done.added.push_back(std::move(feed));
  }
  return done;
}

std::string export_feeds(const std::vector<FeedConfig>& feeds) {
  std::vector<OpmlFeed> list;
  list.reserve(feeds.size());
  for (const FeedConfig& feed : feeds) list.push_back({feed.url, feed.name, {}, {}});
  return write_opml(list, "Feeds of newsd");
}

}  // namespace newsd
