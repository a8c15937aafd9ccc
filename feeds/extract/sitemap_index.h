// A sitemap index as something to poll: document → which of the sitemaps it names are polled. Pure, any thread. It asks
// for none of them.
#pragma once

#include "feeds/article/polled_sitemap.h"
#include "feeds/extract/read.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace newsd {

struct SitemapIndex {
  std::vector<PolledSitemap> chosen;  ///< each once
  std::size_t foreign = 0;            ///< on other hosts: an index speaks for its own site only (sitemaps.org)
  std::size_t more = 0;               ///< beyond the number that may be polled
};

/// Nothing when the document (packed with gzip or not) is no sitemap index. Chosen are `most` at most: those that
/// changed last, in this order, before those without a date in the order of the index.
std::optional<SitemapIndex> read_sitemap_index(const Document& document, std::size_t most,
                                               const ReadLimits& limits = {});

}  // namespace newsd
