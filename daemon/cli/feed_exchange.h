// `newsd feeds import` and `export`: the list of feeds, and OPML, in which other readers exchange theirs. The caller
// keeps the list; nothing is fetched here.
#pragma once

#include "daemon/config/config.h"
#include "feeds/format/opml.h"

#include <string>
#include <vector>

namespace newsd {

/// What an import comes to.
struct FeedImport {
  std::vector<FeedConfig> added;     ///< in the order of the list
  std::size_t known = 0;             ///< subscribed to already, or named twice in the list
  std::vector<std::string> refused;  ///< of each address that newsd does not poll, why
};

/// listed: what is to be subscribed to beside `subscribed`. Two addresses are the same feed when only their spelling
/// differs; a title that another feed has for a name already is left out, since names are used once.
FeedImport import_feeds(const std::vector<OpmlFeed>& listed, const std::vector<FeedConfig>& subscribed);

/// An OPML document of the feeds, by their names.
std::string export_feeds(const std::vector<FeedConfig>& feeds);

}  // namespace newsd
