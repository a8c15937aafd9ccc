// Which feeds a page names (autodiscovery): HTML → addresses. Pure, any thread, linear; tags are scanned, no tree is
// built. It fetches nothing and does not guess addresses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// url: resolved against <base href> and the page's address; title, type: as the page says, may be empty.
struct FoundFeed {
  std::string url, title, type;
  bool operator==(const FoundFeed&) const = default;
};

/// The <link>s with rel "alternate" (or "feed") among their tokens and a feed's type, in the page's order, each URL
/// once. html: UTF-8, however malformed; base: the page's address, may be empty.
std::vector<FoundFeed> find_feeds(std::string_view html, std::string_view base);

}  // namespace newsd
