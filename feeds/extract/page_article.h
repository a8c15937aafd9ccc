// An HTML page → one Article: headline, body, authors, dates, pictures and what was left out, each with how it was
// found. Pure, any thread, linear. All text in it is the page's, white space squeezed; nothing is added or rewritten.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/learn.h"
#include "feeds/extract/page_body.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace newsd {

/// What is known of the source of a page, which its address names or, without one, its origin.
struct PageMemory {
  const Origin* origin = nullptr;  ///< set when something is known
  Learned learned;
};

/// html: well-formed UTF-8. url: of the page, if known. The article has no paragraphs when the page shows no text at
/// all. A page that rather lists articles than is one is flagged Listing. Line ranges count the page's own lines.
Article page_article(std::string_view html, const std::optional<Url>& url, std::size_t max_body_bytes,
                     const PageMemory& memory = {});

/// The article together with what it was taken from.
struct PageReading {
  Article article;
  PageBlocks page;
  PageBody body;               ///< a role for each block
  std::uint32_t headline = 0;  ///< node of the h1 the headline was taken from; 0: of none
};
PageReading page_reading(std::string_view html, const std::optional<Url>& url, std::size_t max_body_bytes,
                         const PageMemory& memory = {});

}  // namespace newsd
