// OPML, the format in which readers exchange lists of feeds: text → outlines that name a feed, and back. Pure, any
// thread, bounded by the limits of feeds.
#pragma once

#include "feeds/article/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// One subscription. folder: the titles of the outlines around it, joined by "/"; home_page: its htmlUrl.
struct OpmlFeed {
  std::string url, title, folder, home_page;
  bool operator==(const OpmlFeed&) const = default;
};

/// The subscriptions of an OPML document in its order; broken ones are read as far as they go. An error ("not-a-feed")
/// when the bytes are no OPML at all.
Result<std::vector<OpmlFeed>> read_opml(std::string_view bytes);

/// An OPML 2.0 document of these feeds; those of one folder stand in one outline, folders in the order of their first
/// feed.
std::string write_opml(const std::vector<OpmlFeed>& feeds, std::string_view title);

}  // namespace newsd
