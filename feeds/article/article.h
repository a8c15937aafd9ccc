// An Article: what was read from a document, field by field, with how each was found and what was left out. Nothing in
// it is invented: a field that the input does not give is empty and named in `missing`. Plain values.
#pragma once

#include "feeds/article/document.h"
#include "feeds/article/feed_facts.h"
#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace newsd {

/// Lines of the decoded document, 1-based, both ends included.
struct LineRange {
  std::uint32_t first = 1, last = 1;
  bool operator==(const LineRange&) const = default;
};

/// What somebody else says of a field, and how that was found.
struct OtherValue {
  std::string how;
  std::string value;
  bool operator==(const OtherValue&) const = default;
};

/// How a field was found: a rule's name, where, and how sure (0–100). other: of an article that is told of twice, by a
/// feed and by the page it links to, what the one says that was not followed.
struct Provenance {
  std::string how;
  std::optional<LineRange> lines;
  int confidence = 0;
  std::optional<OtherValue> other = std::nullopt;
  bool operator==(const Provenance&) const = default;
};

enum class RemovedKind {
  Navigation,
  Caption,
  Credit,
  Advertisement,
  CommentForm,
  Related,
  Social,
  Widget,
  Cookie,
  Paywall,
  Repeat,
  Signature,
  Other
};
std::string_view to_string(RemovedKind k);

/// Lines that are not part of the body, and what they are. lines: {0, 0} where the format has none (entries of feeds);
/// text is as in the document, shortened to 300 bytes at a character's end; learned_from: so many distinct articles of
/// the source bore the line before, which is why it was left out; 0: this article alone showed it.
struct Removed {
  LineRange lines;
  RemovedKind kind = RemovedKind::Other;
  std::string text;
  std::uint32_t learned_from = 0;
  bool operator==(const Removed&) const = default;
};

/// A picture the article shows or showed. credit: the photographer or agency as written, without brackets.
struct Picture {
  std::string caption;
  std::string alt;
  std::string credit;
  std::string url;
  bool operator==(const Picture&) const = default;
};

enum class Flag { Paywalled, Partial, Liveblog, Listing, Malformed, MachineTranslated, Truncated };
std::string_view to_string(Flag f);

struct Article {
  std::string id;    ///< the source's own id, verbatim; empty: none
  std::string guid;  ///< of a feed entry
  std::optional<Url> url;
  std::string member;    ///< which part of the document this is (Origin::member)
  std::string headline;  ///< empty when the source has none: then title holds the first sentence of the body
  std::string title;
  std::string summary;                     ///< standfirst
  std::vector<std::string> paragraphs;     ///< the body
  std::vector<LineRange> paragraph_lines;  ///< of each paragraph; empty where the format has none
  std::uint64_t container = 0;             ///< of a page: which element the body stood in, as a key; 0: not known
  std::vector<std::uint64_t> left_out;     ///< of a page that is learned from: keys of lines around the body
  std::vector<std::string> authors;
  std::string byline;     ///< as written
  std::string publisher;  ///< only when the input says so
  std::string credit;     ///< agency credit ("Source: News Agencies" → "News Agencies")
  std::string language;   ///< declared BCP 47 tag; empty: none
  std::optional<When> published, updated;
  std::vector<Picture> pictures;
  std::vector<std::string> categories;       ///< the source's own words: sections, tags
  std::map<std::string, Provenance> fields;  ///< by the names of events.md: headline, title, description, body, byline,
                                             ///< infoSources, associations.photo-1 …
  std::vector<Removed> removed;              ///< in the order of their lines
  std::vector<std::string> missing;          ///< of headline, published, byline, url, publisher
  std::vector<Flag> flags;

  /// The paragraphs joined by a blank line: the body of the event, what spans count in.
  std::string body() const;
  bool operator==(const Article&) const = default;
};

/// A part of a document that holds no article, and why (an article.rejected event).
struct Refusal {
  Error reason;
  std::string id;
  std::string member;
};

/// What read() found in a document, in its order. origin is the document's, completed by format and charset; feed: set
/// when the document is one, also one without entries.
struct Reading {
  Origin origin;
  std::vector<std::variant<Article, Refusal>> items;
  std::vector<std::string> warnings;
  std::optional<FeedFacts> feed;
};

}  // namespace newsd
