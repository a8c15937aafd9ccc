// What feeds are made of: texts, persons, links, dates, media. Plain values in the words of the formats; feed.h puts
// them together.
#pragma once

#include "feeds/article/timestamp.h"

#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// Text with what the feed says about it. type: "text/plain", "text/html" or "application/xhtml+xml"; language: a
/// BCP 47 tag in scope; base: the URI that relative references in it count from.
struct FeedText {
  std::string value, type, language, base;
  bool operator==(const FeedText&) const = default;
};

/// An entry's content. src: where it is when it is not inline.
struct FeedContent : FeedText {
  std::string src;
  bool operator==(const FeedContent&) const = default;
};

struct FeedPerson {
  std::string name, email, url;
  bool empty() const { return name.empty() && email.empty() && url.empty(); }
  bool operator==(const FeedPerson&) const = default;
};

/// href: resolved as far as a base is known; it may be relative, and of any scheme.
struct FeedLink {
  std::string rel, href, type, title, hreflang, length;
  bool operator==(const FeedLink&) const = default;
};

struct FeedCategory {
  std::string term, scheme, label;
  bool operator==(const FeedCategory&) const = default;
};

/// A date as written, and the time it means; a date that cannot be read has no time.
struct FeedDate {
  std::string raw;
  std::optional<Instant> at;
  Precision precision = Precision::Time;
  bool operator==(const FeedDate&) const = default;
};

/// width, height: as written.
struct FeedImage {
  std::string url, title, link, description, width, height;
  bool empty() const { return url.empty() && title.empty() && link.empty(); }
  bool operator==(const FeedImage&) const = default;
};

struct FeedGenerator {
  std::string name, url, version;
  bool operator==(const FeedGenerator&) const = default;
};

/// thr:in-reply-to (RFC 4685).
struct InReplyTo {
  std::string href, ref, source, type;
  bool operator==(const InReplyTo&) const = default;
};

/// explicit_content, block: absent when the feed says neither yes nor no.
struct Itunes {
  std::optional<bool> block, explicit_content;
  std::string duration, keywords;
  bool operator==(const Itunes&) const = default;
};

struct Enclosure {
  std::string url, type, length;
  bool operator==(const Enclosure&) const = default;
};

/// A media:content element, with what its media:group says about it. medium: image, video, audio …
struct MediaContent {
  std::string url, type, medium, title, description, credit, width, height;
  bool operator==(const MediaContent&) const = default;
};

struct MediaCredit {
  std::string role, content;
  bool operator==(const MediaCredit&) const = default;
};

/// Media RSS. The names are the elements'.
struct Media {
  std::vector<MediaContent> contents;
  std::vector<MediaCredit> credits;
  std::string license, license_href, license_type;
  std::string player_url, rating;
  std::string restriction_relationship;
  std::vector<std::string> restricted;
  std::vector<std::string> thumbnails;
  bool operator==(const Media&) const = default;
};

/// GeoRSS. type: Point, LineString, Polygon or Box; points: longitude, latitude and, when given, height.
struct GeoShape {
  std::string type;
  std::vector<std::vector<double>> points;
  bool operator==(const GeoShape&) const = default;
};

struct FeedCloud {
  std::string domain, port, path, protocol, register_procedure;
  bool operator==(const FeedCloud&) const = default;
};

struct FeedTextInput {
  std::string title, description, name, link;
  bool operator==(const FeedTextInput&) const = default;
};

}  // namespace newsd
