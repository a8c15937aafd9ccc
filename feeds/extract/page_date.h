// When a page's article was published and updated: where dates stand on pages, and which of several counts. Pure, any
// thread.
#pragma once

#include "feeds/extract/page_blocks.h"
#include "feeds/extract/page_facts.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace newsd {

struct PageDate {
  std::optional<When> when;
  std::string_view how;  ///< "json-ld", "meta", "itemprop", "time", "class", "text", "url"
  int confidence = 0;
};
struct PageDates {
  PageDate published, updated;
};

struct PageDatePlace {
  std::uint32_t headline = 0;            ///< node of the headline; 0: unknown
  std::uint32_t body = 0, body_end = 0;  ///< first node of the body, one behind its last
  std::string_view url;                  ///< of the page, may be empty
  bool month_first = false;              ///< 3/4/2024 is 4 March here
};

PageDates page_dates(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, const PageDatePlace& place);

/// The first whole date in a text, in whatever form: ISO 8601, RFC 822, "12. Mai 2024", "May 12, 2024", "12/05/2024",
/// "2024年5月12日". With its time only when a zone stands there.
std::optional<When> find_date(std::string_view text, bool month_first);

}  // namespace newsd
