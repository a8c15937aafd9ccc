// A Feed → the articles its entries are, and the facts its poller needs. Pure, any thread. Nothing is invented: an
// entry without a date has none, and the feed's title is a publisher only where the feed itself says so.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/read.h"
#include "feeds/format/feed.h"

namespace newsd {

/// Appends one item an entry to reading.items, in the feed's order, and sets reading.feed. An entry that holds no text
/// to speak of (limits.min_words) is refused and keeps its guid.
void append_feed_articles(Reading& reading, Feed feed, const ReadLimits& limits);

/// What the feed says of itself, its scheduling hints read: values that mean nothing are left out.
FeedFacts facts_of(const Feed& feed);

}  // namespace newsd
