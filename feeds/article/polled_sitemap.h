// PolledSitemap: one of the sitemaps that a sitemap index names and that is polled for it. Plain value.
#pragma once

#include "feeds/article/timestamp.h"

#include <optional>
#include <string>

namespace newsd {

struct PolledSitemap {
  std::string url;                 ///< absolute, http or https
  std::optional<Instant> updated;  ///< its lastmod, as far as it can be read
  bool operator==(const PolledSitemap&) const = default;
};

}  // namespace newsd
