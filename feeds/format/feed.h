// A Feed and its entries, as read from RSS, RDF, Atom, JSON Feed or a sitemap: one model for all formats, nothing
// added to what the feed says. Plain values. parse_feed.h reads them; articles are made of them in feeds/extract.
#pragma once

#include "feeds/article/document.h"
#include "feeds/format/boxed.h"
#include "feeds/format/feed_parts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

enum class FeedFormat {
  Unknown,
  Rss,  ///< of no known version
  Rss090,
  Rss091Netscape,
  Rss091Userland,
  Rss092,
  Rss093,
  Rss094,
  Rss10,
  Rss20,
  Atom,
  Atom03,
  Atom10,
  Json10,
  Json11,
  Sitemap,       ///< urlset, news sitemaps included, or one URL a line
  SitemapIndex,  ///< a list of sitemaps: no feed
  Opml,          ///< a list of feeds: no feed
  Html,          ///< a page that may name feeds: no feed
};
/// "rss20", "atom10", "json11", …
std::string_view to_string(FeedFormat f);

/// What feeds, entries and the sources of entries say in the same words.
struct FeedMetadata {
  FeedText title, rights;
  std::string link;  ///< the page it stands for
  std::string id;
  std::string language;
  std::string author;  ///< as written, or "name (email)"
  std::vector<FeedPerson> authors, contributors;
  FeedPerson publisher;
  FeedDate published, updated, created;
  std::vector<FeedLink> links;
  std::vector<FeedCategory> categories;
  FeedImage image;
  InReplyTo in_reply_to;
  Itunes itunes;
  bool operator==(const FeedMetadata&) const = default;
};

/// Where an aggregated entry came from.
struct EntrySource : FeedMetadata {
  FeedText description;
  FeedGenerator generator;
  std::string icon, logo;
  std::string url;  ///< of the feed
  bool operator==(const EntrySource&) const = default;
};

struct Entry : FeedMetadata {
  FeedText summary;
  FeedText subtitle;
  std::vector<FeedContent> content;
  std::vector<Enclosure> enclosures;
  std::string comments, license;
  FeedDate expired;
  std::optional<bool> id_is_permalink;  ///< what an RSS guid says, or is by default
  std::string wfw_comment, wfw_comment_rss;
  GeoShape geo;
  Media media;
  Boxed<EntrySource> source;
  bool operator==(const Entry&) const = default;
};

/// What a feed says about when to ask for it, as written; facts_of() reads it.
struct FeedPace {
  std::string ttl;                                           ///< minutes
  std::vector<std::string> skip_hours, skip_days;            ///< "23", "Sunday"
  std::string update_period, update_frequency, update_base;  ///< sy:
  std::vector<std::string> hubs;                             ///< of atom:link rel=hub, or JSON Feed's hubs
  bool operator==(const FeedPace&) const = default;
};

struct Feed : FeedMetadata {
  FeedFormat format = FeedFormat::Unknown;
  Charset charset;
  bool malformed = false;  ///< it broke its format's rules so that other readers may fail on it
  std::string malformed_reason;
  FeedText description, info;
  std::string docs, icon, logo;
  FeedGenerator generator;
  FeedPace pace;
  std::string self;          ///< the address the feed gives as its own
  std::string new_location;  ///< where it says it has moved
  FeedDate validity_start, validity_end;
  FeedCloud cloud;
  FeedTextInput text_input;
  std::vector<Entry> entries;
  bool truncated = false;  ///< a limit left entries out
  bool operator==(const Feed&) const = default;
};

}  // namespace newsd
