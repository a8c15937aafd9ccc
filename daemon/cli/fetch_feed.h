// One fetch for a command, with the configured rules: an address → what is there, as a feed if it is one. Waits for it.
#pragma once

#include "daemon/config/config.h"
#include "feeds/extract/read.h"
#include "feeds/fetch/fetcher.h"

#include <string>
#include <vector>

namespace newsd {

struct FetchedFeed {
  FetchAnswer answer;
  Result<Reading> reading;
};

/// An error when nothing came; the reading is one only of an answer with status 200.
Result<FetchedFeed> fetch_feed(const std::string& url, const Config& config, const std::string& authorization = {});

/// The feeds that a page names, in its order; none when what came is no page.
std::vector<std::string> feeds_named(const FetchAnswer& answer);

}  // namespace newsd
