// What the texts of elements mean to a feed.
#include "feeds/format/feed_place.h"
#include "feeds/text/date.h"
#include "feeds/text/lines.h"

#include <algorithm>

namespace newsd {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same_folded(std::string_view a, std::string_view lower_case) {
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(),
                    [](char x, char y) { return lower(x) == y; });
}

void store_title(FeedPlace& place, FeedTag tag, FeedText text) {
  if (place.in_image) {
    place.metadata().image.title = std::move(text.value);
  } else if (place.in_text_input) {
    place.feed.text_input.title = std::move(text.value);
  } else if (place.source != nullptr) {
    place.source->title = std::move(text);
  } else if (!place.has_title || place.metadata().title.value.empty()) {
    place.has_title = tag == FeedTag::Title;
    place.metadata().title = std::move(text);
  }
}

/// A description: of a picture, a feed, or an entry's summary. A second one is taken for the content, as some feeds
/// give the teaser and the whole text by one name.
void store_description(FeedPlace& place, FeedTag tag, FeedText text, std::string_view src) {
  if (place.in_image) {
    place.metadata().image.description = std::move(text.value);
  } else if (place.in_text_input) {
    place.feed.text_input.description = std::move(text.value);
  } else if (place.source != nullptr) {
    place.source->description = std::move(text);
  } else if (place.entry == nullptr) {
    const bool fallback = tag == FeedTag::Summary || tag == FeedTag::Subtitle;
    if (!fallback || place.feed.description.value.empty()) place.feed.description = std::move(text);
  } else if (tag == FeedTag::Subtitle || tag == FeedTag::Tagline) {
    place.entry->subtitle = std::move(text);
  } else if (!place.entry->summary.value.empty() && place.entry->content.empty()) {
    if (text.value != place.entry->summary.value) place.entry->content.push_back({std::move(text), std::string(src)});
  } else {
    place.entry->summary = std::move(text);
  }
}

/// What a guid, a link or a page's address is: where it stands decides.
void store_address(FeedPlace& place, FeedTag tag, std::string_view text) {
  const std::string url = place.resolved(text);
  if (place.person != nullptr && tag == FeedTag::Url) {
    place.person->url = url;
  } else if (place.in_image) {
    (tag == FeedTag::Url ? place.metadata().image.url : place.metadata().image.link) = url;
  } else if (place.in_text_input) {
    place.feed.text_input.link = url;
  } else if (tag == FeedTag::Link && place.link_is_text && !url.empty()) {
    FeedMetadata& owner = place.metadata();
    owner.link = url;
    owner.links.push_back({"alternate", url, "text/html", "", "", ""});
  }
}

void store_person(FeedPlace& place, FeedTag tag, std::string_view text) {
  FeedMetadata& owner = place.metadata();
  FeedPerson person = person_from_text(text);
  if (person.empty()) return;
  if (tag == FeedTag::PublisherText) {
    owner.publisher = std::move(person);
  } else if (tag == FeedTag::ContributorText || tag == FeedTag::Contributor) {
    owner.contributors.push_back(std::move(person));
  } else {
    owner.author = text;
    if (owner.authors.size() < kMostListed &&
        std::find(owner.authors.begin(), owner.authors.end(), person) == owner.authors.end())
      owner.authors.push_back(std::move(person));
  }
}

void store_date(FeedPlace& place, FeedTag tag, std::string_view text) {
  FeedMetadata& owner = place.metadata();
  FeedDate date = feed_date(text);
  switch (tag) {
    case FeedTag::Published: owner.published = std::move(date); break;
    case FeedTag::OtherPublished:
      if (!owner.published.at) owner.published = std::move(date);
      break;
    case FeedTag::Created: owner.created = std::move(date); break;
    case FeedTag::Expired:
      if (place.entry != nullptr) place.entry->expired = std::move(date);
      break;
    case FeedTag::DcDate:
      // RSS says by it when an item was published, where it has no pubDate
      if (place.entry != nullptr && place.source == nullptr && owner.published.raw.empty()) owner.published = date;
      owner.updated = std::move(date);
      break;
    default: owner.updated = std::move(date); break;
  }
}

/// "start=2002-10-13T09:00:00Z; end=…; scheme=W3C-DTF" (DCMI Period).
void store_validity(Feed& feed, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    const auto part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = trimmed(part.substr(0, equals)), value = trimmed(part.substr(equals + 1));
    if (name == "start") feed.validity_start = feed_date(value);
    if (name == "end") feed.validity_end = feed_date(value);
  }
}

void add_keywords(FeedPlace& place, FeedTag tag, std::string_view text) {
  const std::string scheme = tag == FeedTag::ItunesKeywords ? "http://www.itunes.com/" : "";
  if (tag == FeedTag::ItunesKeywords) place.metadata().itunes.keywords = text;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (const auto word = trimmed(text.substr(0, end)); !word.empty())
      add_category(place.metadata().categories, {std::string(word), scheme, ""});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void store_category_text(FeedPlace& place, std::string_view text) {
  auto& categories = place.metadata().categories;
  // the attributes of <category domain="…">text</category> made the last one
  if (!categories.empty() && categories.back().term.empty()) {
    categories.back().term = text;
    const FeedCategory last = categories.back();
    categories.pop_back();
    add_category(categories, last);
  } else {
    add_category(categories, {std::string(text), "", ""});
  }
}

void store_itunes(Itunes& itunes, FeedTag tag, std::string_view text) {
  if (tag == FeedTag::ItunesDuration) {
    itunes.duration = text;
  } else if (tag == FeedTag::ItunesBlock) {
    itunes.block = same_folded(text, "yes");
  } else if (same_folded(text, "yes") || same_folded(text, "true") || same_folded(text, "explicit")) {
    itunes.explicit_content = true;
  } else if (same_folded(text, "clean") || same_folded(text, "no") || same_folded(text, "false")) {
    itunes.explicit_content = false;
  } else {
    itunes.explicit_content.reset();
  }
}

void store_media_text(FeedPlace& place, FeedTag tag, std::string_view text) {
  if (place.entry == nullptr) return;
  Media& media = place.entry->media;
  switch (tag) {
    case FeedTag::MediaTitle:
      if (place.media != nullptr) place.media->title = text;
      if (!place.has_title && place.entry->title.value.empty())
        place.entry->title = {std::string(text), "text/plain", place.language, std::string(place.base)};
      break;
    case FeedTag::MediaDescription:
      if (place.media != nullptr) place.media->description = text;
      if (place.media_description.empty()) place.media_description = text;
      break;
    case FeedTag::MediaCredit:
      if (!media.credits.empty()) media.credits.back().content = text;
      if (place.media != nullptr) place.media->credit = text;
      break;
    case FeedTag::MediaLicense: media.license = text; break;
    case FeedTag::MediaRating: media.rating = text; break;
    default: {
      std::string_view rest = text;  // restriction: words
      while (!(rest = trimmed(rest)).empty()) {
        const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
        media.restricted.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
      }
    }
  }
}

void store_geo(FeedPlace& place, FeedTag tag, std::string_view text) {
  if (place.entry == nullptr) return;
  GeoShape& geo = place.entry->geo;
  const auto shape = [&](std::string_view type, std::size_t least, std::size_t dimensions = 2) {
    auto points = geo_points(text, true, dimensions);
    if (points.size() >= least) geo = {std::string(type), std::move(points)};
  };
  switch (tag) {
    case FeedTag::GeoPoint: return shape("Point", 1);
    case FeedTag::GeoLine: return shape("LineString", 2);
    case FeedTag::GeoPolygon: return shape("Polygon", 3);
    case FeedTag::GeoBox: return shape("Box", 2);
    case FeedTag::GmlPos:
    case FeedTag::GmlPosList: {
      auto points = geo_points(text, place.gml.northing_first, place.gml.dimensions);
      if (!points.empty()) geo = {place.gml.shape.empty() ? "Point" : std::string(place.gml.shape), std::move(points)};
      return;
    }
    default: break;
  }
  const auto number = geo_points(std::string(text) + " 0", false, 2);
  if (number.empty()) return;
  if (geo.points.size() != 1 || geo.type != "Point") geo = {"Point", {{0, 0}}};
  geo.points[0][tag == FeedTag::GeoLatitude ? 1 : 0] = number[0][0];
}

}  // namespace

FeedDate feed_date(std::string_view raw) {
  FeedDate date;
  date.raw = raw;
  if (const auto reading = parse_date(raw)) {
    date.at = reading->at;
    date.precision = reading->precision;
  }
  return date;
}

void store_text(FeedPlace& place, FeedTag tag, FeedText text, std::string_view src) {
  const bool is_content = tag == FeedTag::Content || tag == FeedTag::HtmlContent || tag == FeedTag::XhtmlContent;
  if (text.value.empty() && (!is_content || src.empty())) return;
  switch (tag) {
    case FeedTag::Title:
    case FeedTag::OtherTitle: return store_title(place, tag, std::move(text));
    case FeedTag::Rights: place.metadata().rights = std::move(text); return;
    case FeedTag::Info: place.feed.info = std::move(text); return;
    case FeedTag::Content:
    case FeedTag::HtmlContent:
    case FeedTag::XhtmlContent:
      if (place.entry != nullptr && place.source == nullptr)
        place.entry->content.push_back({std::move(text), place.resolved(src)});
      return;
    default: return store_description(place, tag, std::move(text), src);
  }
}

void store_plain(FeedPlace& place, FeedTag tag, std::string_view text) {
  Feed& feed = place.feed;
  Entry* entry = place.entry;
  FeedMetadata& owner = place.metadata();
  switch (tag) {
    case FeedTag::Link:
    case FeedTag::Url: return store_address(place, tag, text);
    case FeedTag::Id: owner.id = place.resolved(text); return;
    case FeedTag::Language: owner.language = text; return;
    case FeedTag::Docs: feed.docs = place.resolved(text); return;
    case FeedTag::Ttl: feed.pace.ttl = text; return;
    case FeedTag::Generator:
      if (place.source != nullptr)
        place.source->generator.name = text;
      else if (entry == nullptr)
        feed.generator.name = text;
      return;
    case FeedTag::Icon: (place.source != nullptr ? place.source->icon : feed.icon) = place.resolved(text); return;
    case FeedTag::Logo: (place.source != nullptr ? place.source->logo : feed.logo) = place.resolved(text); return;
    case FeedTag::Comments:
      if (entry != nullptr) entry->comments = place.resolved(text);
      return;
    case FeedTag::License:
      if (entry != nullptr) entry->license = place.resolved(text);
      return;
    case FeedTag::Width: owner.image.width = text; return;
    case FeedTag::Height: owner.image.height = text; return;
    case FeedTag::Name:
      if (place.person != nullptr)
        place.person->name = text;
      else if (place.in_text_input)
        feed.text_input.name = text;
      return;
    case FeedTag::Email:
      if (place.person != nullptr) place.person->email = text;
      return;
    case FeedTag::Author:
    case FeedTag::AuthorText:
    case FeedTag::Contributor:
    case FeedTag::ContributorText:
    case FeedTag::PublisherText: return store_person(place, tag, text);
    case FeedTag::Category:
    case FeedTag::MediaCategory: return store_category_text(place, text);
    case FeedTag::Tags:
    case FeedTag::ItunesKeywords: return add_keywords(place, tag, text);
    case FeedTag::NewLocation: feed.new_location = place.resolved(text); return;
    case FeedTag::Hour: feed.pace.skip_hours.emplace_back(text); return;
    case FeedTag::Day: feed.pace.skip_days.emplace_back(text); return;
    case FeedTag::UpdatePeriod: feed.pace.update_period = text; return;
    case FeedTag::UpdateFrequency: feed.pace.update_frequency = text; return;
    case FeedTag::UpdateBase: feed.pace.update_base = text; return;
    case FeedTag::WfwComment:
      if (entry != nullptr) entry->wfw_comment = place.resolved(text);
      return;
    case FeedTag::WfwCommentRss:
      if (entry != nullptr) entry->wfw_comment_rss = place.resolved(text);
      return;
    case FeedTag::ItunesBlock:
    case FeedTag::ItunesExplicit:
    case FeedTag::ItunesDuration: return store_itunes(owner.itunes, tag, text);
    case FeedTag::MediaTitle:
    case FeedTag::MediaDescription:
    case FeedTag::MediaCredit:
    case FeedTag::MediaLicense:
    case FeedTag::MediaRating:
    case FeedTag::MediaRestriction: return store_media_text(place, tag, text);
    case FeedTag::GeoPoint:
    case FeedTag::GeoLine:
    case FeedTag::GeoPolygon:
    case FeedTag::GeoBox:
    case FeedTag::GmlPos:
    case FeedTag::GmlPosList:
    case FeedTag::GeoLatitude:
    case FeedTag::GeoLongitude: return store_geo(place, tag, text);
    case FeedTag::Published:
    case FeedTag::OtherPublished:
    case FeedTag::DcDate:
    case FeedTag::Updated:
    case FeedTag::Created:
    case FeedTag::Expired: return store_date(place, tag, text);
    case FeedTag::Valid: return store_validity(feed, text);
    default: return;
  }
}

}  // namespace newsd
