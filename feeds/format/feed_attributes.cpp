// What elements say by their attributes.
#include "feeds/format/feed_place.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::string_view kMediaScheme = "http://search.yahoo.com/mrss/category_schema";
constexpr std::string_view kItunesScheme = "http://www.itunes.com/";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

/// The attribute that holds an address, by any of the names feeds give it.
std::string_view address(const FeedAttributes& attributes) {
  for (const std::string_view name : {"href", "url", "uri"}) {
    if (const auto value = attributes.get(name); !value.empty()) return value;
  }
  return {};
}

bool is_page_type(std::string_view type) {
  return type.empty() || type == "text/html" || type == "application/xhtml+xml" || type == "html" || type == "xhtml";
}

void store_link(FeedPlace& place, const FeedAttributes& attributes) {
  const std::string_view href = address(attributes);
  place.link_is_text = href.empty() && (!attributes.has("rel") || attributes.get("rel") == "alternate");
  if (attributes.empty()) return;  // RSS: the address is the text
  FeedLink link;
  link.rel = attributes.has("rel") ? std::string(attributes.get("rel")) : "alternate";
  link.type = attributes.get("type");
  if (link.type.empty()) link.type = lowered(link.rel) == "self" ? "application/atom+xml" : "text/html";
  link.href = href.empty() ? std::string() : place.resolved(href);
  link.title = attributes.get("title");
  link.hreflang = attributes.get("hreflang");
  link.length = attributes.get("length");
  const std::string rel = lowered(link.rel);
  if (place.entry == nullptr && place.source == nullptr && !link.href.empty()) {
    if (rel == "hub") place.feed.pace.hubs.push_back(link.href);
    if (rel == "self" && place.feed.self.empty()) place.feed.self = link.href;
  }
  if (place.entry != nullptr && place.source == nullptr && rel == "enclosure" && !link.href.empty())
    place.entry->enclosures.push_back({link.href, std::string(attributes.get("type")), link.length});
  if (place.entry != nullptr && rel == "license" && !link.href.empty()) place.entry->license = link.href;
  if (place.entry != nullptr && rel == "replies" && place.entry->comments.empty() && is_page_type(link.type))
    place.entry->comments = link.href;
  FeedMetadata& owner = place.metadata();
  if (rel == "alternate" && is_page_type(link.type) && !link.href.empty()) owner.link = link.href;
  if (!(place.in_image && place.entry != nullptr)) owner.links.push_back(std::move(link));
}

void store_category(FeedPlace& place, const FeedAttributes& attributes, std::string_view default_scheme) {
  auto scheme = attributes.get("scheme");
  if (scheme.empty()) scheme = attributes.get("domain");
  if (scheme.empty()) scheme = default_scheme;
  add_category(place.metadata().categories,
               {std::string(attributes.get("term")), std::string(scheme), std::string(attributes.get("label"))});
}

void store_enclosure(FeedPlace& place, const FeedAttributes& attributes) {
  if (place.entry == nullptr) return;
  Enclosure enclosure{place.resolved(address(attributes)), std::string(attributes.get("type")),
                      std::string(attributes.get("length"))};
  if (enclosure.url.empty()) return;
  place.entry->links.push_back({"enclosure", enclosure.url, enclosure.type, "", "", enclosure.length});
  place.entry->enclosures.push_back(std::move(enclosure));
}

void store_media(FeedPlace& place, FeedTag tag, const FeedAttributes& attributes) {
  if (place.entry == nullptr) return;
  Media& media = place.entry->media;
  switch (tag) {
    case FeedTag::MediaContent: {
      MediaContent content;
      content.url = place.resolved(address(attributes));
      content.type = attributes.get("type");
      content.medium = attributes.get("medium");
      content.width = attributes.get("width");
      content.height = attributes.get("height");
      media.contents.push_back(std::move(content));
      break;
    }
    case FeedTag::MediaThumbnail:
      if (auto url = place.resolved(address(attributes)); !url.empty()) media.thumbnails.push_back(std::move(url));
      break;
    case FeedTag::MediaPlayer: media.player_url = place.resolved(address(attributes)); break;
    case FeedTag::MediaCredit: media.credits.push_back({std::string(attributes.get("role")), ""}); break;
    case FeedTag::MediaLicense:
      media.license_href = place.resolved(address(attributes));
      media.license_type = attributes.get("type");
      break;
    case FeedTag::MediaRestriction: media.restriction_relationship = attributes.get("relationship"); break;
    default: break;
  }
}

/// EPSG's codes of geographic systems, whose first axis is the latitude, are four digits from 4001 to 4999.
bool is_geographic(std::string_view system) {
  const auto epsg = system.find("EPSG");
  if (epsg == std::string_view::npos) return true;
  const auto digit = system.find_last_not_of("0123456789");
  const std::string_view code = system.substr(digit == std::string_view::npos ? 0 : digit + 1);
  return code.size() == 4 && code.front() == '4';
}

void store_gml(FeedPlace& place, FeedTag tag, const FeedAttributes& attributes) {
  place.gml.shape = tag == FeedTag::GmlPoint ? "Point" : tag == FeedTag::GmlLine ? "LineString" : "Polygon";
  place.gml.northing_first = is_geographic(attributes.get("srsname"));
  place.gml.dimensions = attributes.get("srsdimension") == "3" ? 3 : 2;
}

void store_feed_facts(FeedPlace& place, FeedTag tag, const FeedAttributes& attributes) {
  Feed& feed = place.feed;
  if (tag == FeedTag::Cloud && feed.cloud == FeedCloud{}) {
    feed.cloud = {std::string(attributes.get("domain")), std::string(attributes.get("port")),
                  std::string(attributes.get("path")), std::string(attributes.get("protocol")),
                  std::string(attributes.get("registerprocedure"))};
    return;
  }
  FeedGenerator& generator = place.source != nullptr ? place.source->generator : feed.generator;
  if (tag == FeedTag::Generator && place.entry == nullptr) {
    generator.url = place.resolved(address(attributes));
    generator.version = attributes.get("version");
  } else if (tag == FeedTag::Generator && place.source != nullptr) {
    generator.url = place.resolved(address(attributes));
    generator.version = attributes.get("version");
  } else if (tag == FeedTag::GeneratorAgent) {
    generator.url = place.resolved(attributes.get("resource"));
    if (generator.name.empty()) generator.name = generator.url;
  }
}

}  // namespace

const XmlAttribute* FeedAttributes::find(std::string_view name) const {
  const XmlAttribute* found = nullptr;
  for (const XmlAttribute& attribute : element_.attributes) {
    const bool same = std::equal(name.begin(), name.end(), attribute.name.begin(), attribute.name.end(),
                                 [](char a, char b) { return a == lower(b); });
    if (same && (found == nullptr || attribute.prefix.empty())) found = &attribute;
  }
  return found;
}
std::string_view FeedAttributes::get(std::string_view name) const {
  const XmlAttribute* found = find(name);
  return found == nullptr ? std::string_view() : trimmed(found->value);
}
bool FeedAttributes::has(std::string_view name) const { return find(name) != nullptr; }

std::string FeedPlace::resolved(std::string_view reference) {
  if (reference.empty() || is_script_uri(reference)) return {};
  if (!uri_scheme(reference).empty()) return std::string(reference);
  return resolve_reference(affordable_base(), reference);
}

std::string FeedPlace::affordable_base() {
  if (base.size() > base_bytes_left) return {};
  base_bytes_left -= base.size();
  return std::string(base);
}

void add_category(std::vector<FeedCategory>& categories, FeedCategory category) {
  if (category == FeedCategory{} || categories.size() == kMostListed) return;
  if (std::find(categories.begin(), categories.end(), category) == categories.end())
    categories.push_back(std::move(category));
}

void store_attributes(FeedPlace& place, FeedTag tag, const FeedAttributes& attributes) {
  switch (tag) {
    case FeedTag::Link: return store_link(place, attributes);
    case FeedTag::Category: return store_category(place, attributes, {});
    case FeedTag::MediaCategory: return store_category(place, attributes, kMediaScheme);
    case FeedTag::ItunesCategory:
      return add_category(place.metadata().categories,
                          {std::string(attributes.get("text")), std::string(kItunesScheme), ""});
    case FeedTag::Enclosure: return store_enclosure(place, attributes);
    case FeedTag::MediaContent:
    case FeedTag::MediaThumbnail:
    case FeedTag::MediaPlayer:
    case FeedTag::MediaCredit:
    case FeedTag::MediaLicense:
    case FeedTag::MediaRestriction: return store_media(place, tag, attributes);
    case FeedTag::ItunesImage:
      if (auto url = place.resolved(address(attributes)); !url.empty() && place.source == nullptr)
        place.metadata().image.url = std::move(url);
      return;
    case FeedTag::GmlPoint:
    case FeedTag::GmlLine:
    case FeedTag::GmlPolygon: return store_gml(place, tag, attributes);
    case FeedTag::Cloud:
    case FeedTag::Generator:
    case FeedTag::GeneratorAgent: return store_feed_facts(place, tag, attributes);
    case FeedTag::InReplyTo:
      place.metadata().in_reply_to = {place.resolved(attributes.get("href")), std::string(attributes.get("ref")),
                                      place.resolved(attributes.get("source")), std::string(attributes.get("type"))};
      return;
    case FeedTag::License:
      if (place.entry != nullptr && attributes.has("resource"))
        place.entry->license = place.resolved(attributes.get("resource"));
      return;
    default: return;
  }
}

}  // namespace newsd
