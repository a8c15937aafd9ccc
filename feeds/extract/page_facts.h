// What a page's head, markup and JSON-LD say of its article, gathered but not judged: tree → facts. Pure, any thread,
// linear.
#pragma once

#include "feeds/extract/json_ld.h"
#include "feeds/format/html_tree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A value and where it was found: "json-ld", "meta", "itemprop" …
struct FoundText {
  std::string text;
  std::string_view how;
};

struct PageFacts {
  LdFacts ld;
  std::string og_title, twitter_title, meta_title;  ///< meta_title: without a site's name, as a rule
  std::string title;                                ///< of the title element
  std::string description, og_description;
  std::string og_type, og_url, canonical, site_name, application, language, section;
  std::vector<FoundText> published, updated;  ///< dates as written, the most trusted first
  std::vector<FoundText> authors;             ///< as written: of meta elements and markup
  std::vector<std::string> images;            ///< og:image
  std::vector<std::uint32_t> headings;        ///< h1 elements
  std::vector<std::uint32_t> times;           ///< time elements with a datetime
  std::vector<std::uint32_t> bylines;         ///< elements marked as an author's: rel, itemprop, class
  bool metered = false;                       ///< article:content_tier says metered or locked
  bool amp = false;
};

PageFacts page_facts(const HtmlTree& tree);

}  // namespace newsd
