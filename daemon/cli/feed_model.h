// A feed document → the normalized feed model that `newsd parse --as feed` prints: JSON text. Pure, any thread; what a
// feed does not say is left out.
#pragma once

#include "daemon/event/json_text.h"
#include "feeds/format/parse_feed.h"

namespace newsd {

/// The "doc" of a line: a feed, an OPML list, the feeds a page names, or a sitemap index.
void append_feed_model(JsonText& json, const FeedDocument& document);

}  // namespace newsd
