// The words of feed formats: an element's namespace and name → what it means to a feed. RSS, Atom and their extensions
// are one vocabulary, because feeds mix them. Pure, any thread. rss.cpp, atom.cpp and feed_modules.cpp hold the tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace newsd {

enum class FeedTag : std::uint8_t {
  Other,
  // what holds other elements
  Channel,
  Entry,
  Source,
  Image,
  TextInput,
  MediaGroup,
  MediaContent,
  Author,
  Contributor,
  Owner,
  Redirect,
  GmlPoint,
  GmlLine,
  GmlPolygon,
  // texts with a type
  Title,
  OtherTitle,
  Description,
  Tagline,
  Summary,
  Subtitle,
  Content,
  HtmlContent,
  XhtmlContent,
  Info,
  Rights,
  // plain texts
  Link,
  Guid,
  Id,
  Language,
  Docs,
  Ttl,
  Generator,
  Icon,
  Logo,
  Comments,
  License,
  Url,
  Width,
  Height,
  Name,
  Email,
  AuthorText,
  ContributorText,
  PublisherText,
  Category,
  Tags,
  ItunesKeywords,
  NewLocation,
  Hour,
  Day,
  UpdatePeriod,
  UpdateFrequency,
  UpdateBase,
  WfwComment,
  WfwCommentRss,
  ItunesBlock,
  ItunesExplicit,
  ItunesDuration,
  MediaTitle,
  MediaDescription,
  MediaCredit,
  MediaLicense,
  MediaRating,
  MediaRestriction,
  GeoPoint,
  GeoLine,
  GeoPolygon,
  GeoBox,
  GmlPos,
  GmlPosList,
  GeoLatitude,
  GeoLongitude,
  // dates
  Published,
  OtherPublished,
  Updated,
  DcDate,
  Created,
  Expired,
  Valid,
  // all in the attributes
  Enclosure,
  Cloud,
  GeneratorAgent,
  InReplyTo,
  ItunesImage,
  ItunesCategory,
  MediaThumbnail,
  MediaPlayer,
  MediaCategory,
};

enum class FeedNamespace : std::uint8_t {
  Core,  ///< RSS of any version, Atom, or none
  Admin,
  Content,
  CreativeCommons,
  Dc,
  DcTerms,
  GeoRss,
  GeoPosition,
  Gml,
  Itunes,
  Media,
  Rdf,
  Slash,
  Syndication,
  Thread,
  Wfw,
  Xhtml,
  Xml,
  Sitemap,
  News,
  SitemapImage,
  Other,
};

/// By the namespace's name, else by the prefix feeds usually give it, whether declared or not.
FeedNamespace feed_namespace(std::string_view uri, std::string_view prefix);

/// name: without prefix, in lower case.
FeedTag feed_tag(FeedNamespace space, std::string_view name);

struct FeedWord {
  std::string_view name;
  FeedTag tag;
};
/// Sorted by name.
std::span<const FeedWord> rss_words();
std::span<const FeedWord> atom_words();
std::span<const FeedWord> module_words(FeedNamespace space);

}  // namespace newsd
