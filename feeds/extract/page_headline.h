// A page's headline, out of what its h1, JSON-LD, meta elements and title element say. Pure, any thread.
#pragma once

#include "feeds/extract/page_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

struct PageHeadline {
  std::string text;      ///< empty when the page gives none
  std::string_view how;  ///< "h1", "json-ld", "meta", "og:title", "twitter:title", "title"
  int confidence = 0;
  std::uint32_t node = 0;  ///< the h1 that says it; 0: none
};

/// The candidate most others agree with; h1 wins ties, for the others carry the site's name or were written for search
/// engines. host: of the page's address, may be empty. before: the first node of the body; an h1 behind it is none.
PageHeadline page_headline(const HtmlTree& tree, const PageFacts& facts, std::string_view host, std::uint32_t before);

/// A title without the site's name: "Storm hits coast | The Example" → "Storm hits coast". site: as the page says it.
std::string without_site(std::string_view title, std::string_view site, std::string_view host);

}  // namespace newsd
