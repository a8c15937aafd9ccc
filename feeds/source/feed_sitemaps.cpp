// FeedIntake's share in sitemap indexes: the sitemaps that an index lists are polled like feeds, for as long as it
// lists them.
#include "feeds/source/feed_intake.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

constexpr auto kUnlistedKept = std::chrono::days(30);  // what is known of a sitemap that is listed no more

}  // namespace

FeedSubscription FeedIntake::sitemap_subscription(const Feed& index, const std::string& url) {
  FeedSubscription sitemap = index.subscription;
  sitemap.url = url;
  if (sitemap.name.empty()) sitemap.name = index.subscription.url;
  if (origin_of(url) != origin_of(index.subscription.url)) sitemap.authorization.clear();
  return sitemap;
}

void FeedIntake::follow_index(const FeedPtr& index) {
  if (index->state.sitemaps.empty() && index->sitemaps.empty()) return;
  const Instant now = options_.clock();
  const std::string& listing = index->subscription.url;
  std::set<std::string> listed;
  for (const PolledSitemap& sitemap : index->state.sitemaps) {
    const auto known = feeds_.find(sitemap.url);
    if (known != feeds_.end() && known->second->state.index != listing) continue;  // subscribed to by itself
    listed.insert(sitemap.url);
    add(sitemap_subscription(*index, sitemap.url), now);
    const FeedPtr& feed = feeds_.at(sitemap.url);
    feed->state.index = listing;
    const bool is_changed = sitemap.updated && *sitemap.updated > feed->state.last_success;
    if (!is_changed || feed->in_flight || feed->waiting || feed->state.gone || options_.once) continue;
    const Instant soonest = std::max({now, feed->state.last_poll + feed->rules.min_interval, feed->state.away_until});
    if (feed->state.failures == 0 && soonest < feed->due) put(feed, soonest);
  }
  for (const std::string& url : index->sitemaps) {
    if (!listed.contains(url)) drop(url);
  }
  index->sitemaps = std::move(listed);
  forget_unlisted(now);
}

/// Polls it no more; what is known of it is remembered.
void FeedIntake::drop(const std::string& url) {
  const auto found = feeds_.find(url);
  if (found == feeds_.end()) return;
  const FeedPtr feed = found->second;
  feed->subscribed = false;
  take_out(feed);
  drop_pushes(*feed, true);
  remembered_[url] = {url, feed->state, *feed->shown};
  feeds_.erase(found);
}

void FeedIntake::forget_unlisted(Instant now) {
  std::vector<std::string> old;
  for (const auto& [url, feed] : remembered_) {
    if (!feed.state.index.empty() && now - feed.state.last_poll > kUnlistedKept) old.push_back(url);
  }
  for (const std::string& url : old) {
    FeedUpdate update;
    update.feed = url;
    update.leaves = true;
    save(std::move(update), false);
    remembered_.erase(url);
  }
}

}  // namespace newsd
