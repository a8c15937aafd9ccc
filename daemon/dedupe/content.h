// The text of an article as placing compares it: normalised words → one key, and hashes of its fields. Pure, any
// thread.
#pragma once

#include "daemon/dedupe/place.h"
#include "daemon/dedupe/word_scan.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Fewer words than this say too little to be the same text by themselves: headline and summary must agree too.
inline constexpr std::size_t kFewWords = 8;

/// The paragraph without the dateline it begins with ("KYIV, Oct 28 (Reuters) - "), which agencies change with every
/// transmission.
std::string_view without_dateline(std::string_view paragraph);
/// The paragraph without what stands before the news: sentences that only say who wrote it and when it was published
/// ("By Ann Example, AFP. Published 9:22 GMT."), and the dateline.
std::string_view without_opening(std::string_view paragraph);
/// Whether the paragraph is furniture that changes by itself: a counter ("1,204 views"), an age ("5 minutes ago"), a
/// time stamp ("Updated 10:15 GMT").
bool is_counter(std::string_view paragraph);
/// Whether the paragraph is nothing but a byline ("By Ann Example").
bool is_byline(std::string_view paragraph);

/// What of a body is compared: no bylines before the text, no dateline, no counters. Offsets count in `text`, where
/// every paragraph ends with a line feed.
struct ComparedBody {
  std::string text;
  std::vector<ScannedWord> words;
  std::vector<std::uint32_t> paragraphs;  ///< the index of each one's first word
};
ComparedBody compared_body(const Article& article);

/// The key two articles of the same text share: over the words of the body, without dateline and byline; over headline,
/// summary and body when the body has fewer than kFewWords. Zero when there are no words at all.
Key128 content_key(const Article& article, const ComparedBody& body);

FieldHashes field_hashes(const Article& article);

}  // namespace newsd
