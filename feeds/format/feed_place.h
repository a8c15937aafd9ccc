// Where in a feed a parser stands: the Feed being filled, and which of its entries, sources, persons and pictures the
// next word belongs to; and what a finished element puts there. Used by the parsers of feeds/format alone; one thread.
#pragma once

#include "feeds/format/feed.h"
#include "feeds/format/feed_vocabulary.h"
#include "feeds/format/xml_events.h"

#include <string>
#include <string_view>

namespace newsd {

/// An element's attributes by their names without prefix; of two with one name the one without prefix.
class FeedAttributes {
 public:
  explicit FeedAttributes(const XmlElement& element) : element_(element) {}
  /// name: in lower case. Trimmed; empty: there is none.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  bool empty() const { return element_.attributes.empty(); }

 private:
  const XmlAttribute* find(std::string_view name) const;
  const XmlElement& element_;
};

/// What the GML element around a list of numbers says about them. northing_first: latitude before longitude.
struct GmlContext {
  std::string_view shape;
  bool northing_first = true;
  std::size_t dimensions = 2;
};

struct FeedPlace {
  Feed feed;
  Entry* entry = nullptr;
  EntrySource* source = nullptr;
  FeedPerson* person = nullptr;   ///< in author, contributor, itunes:owner
  MediaContent* media = nullptr;  ///< in media:content
  bool in_image = false, in_text_input = false;
  bool link_is_text = true;       ///< the link that is open gives its address as text
  bool has_title = false;         ///< the entry's or feed's own title has been read
  std::string media_description;  ///< of the entry, by media:description
  GmlContext gml;
  std::string_view base;                   ///< what references count from here
  std::string language;                    ///< of texts here
  std::size_t base_bytes_left = 64 << 20;  ///< a long base copied to every text and link would fill the memory

  /// Of what is being read: the source, else the entry, else the feed.
  FeedMetadata& metadata() {
    if (source != nullptr) return *source;
    if (entry != nullptr) return *entry;
    return feed;
  }
  /// Resolved; empty when following it would run a program.
  std::string resolved(std::string_view reference);
  /// The base, to be copied; empty once bases have been copied more often than any honest feed needs.
  std::string affordable_base();
};

/// What an element says by its attributes, at its start.
void store_attributes(FeedPlace& place, FeedTag tag, const FeedAttributes& attributes);
/// A text construct, at its end.
void store_text(FeedPlace& place, FeedTag tag, FeedText text, std::string_view src);
/// A plain text, at its end; trimmed and not empty. attributes: none left, what matters was stored at the start.
void store_plain(FeedPlace& place, FeedTag tag, std::string_view text);

/// Persons out of one line: "jane@example.org (Jane Roe)", "Jane Roe <jane@example.org>".
FeedPerson person_from_text(std::string_view text);
/// "name (email)", or what there is of it.
std::string person_as_text(const FeedPerson& person);

/// A date with its time, if it can be read.
FeedDate feed_date(std::string_view raw);

/// Of persons and categories of one entry: a list without end would take quadratic time to keep free of repeats.
inline constexpr std::size_t kMostListed = 1000;

/// Adds it unless it is there or says nothing, or the list is full.
void add_category(std::vector<FeedCategory>& categories, FeedCategory category);

/// Numbers of GeoRSS or GML → points; `swapped`: they come as latitude and longitude. Empty when they make none.
std::vector<std::vector<double>> geo_points(std::string_view text, bool swapped, std::size_t dimensions);

}  // namespace newsd
