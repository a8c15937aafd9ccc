// The extensions that carry facts about articles, each a table of its elements.
#include "feeds/format/feed_vocabulary.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr auto kAdmin = std::to_array<FeedWord>({{"generatoragent", FeedTag::GeneratorAgent}});
constexpr auto kContent = std::to_array<FeedWord>({{"encoded", FeedTag::HtmlContent}});
constexpr auto kCreativeCommons = std::to_array<FeedWord>({{"license", FeedTag::License}});
constexpr auto kDc = std::to_array<FeedWord>({
    {"author", FeedTag::AuthorText},
    {"contributor", FeedTag::ContributorText},
    {"creator", FeedTag::AuthorText},
    {"date", FeedTag::DcDate},
    {"description", FeedTag::Description},
    {"language", FeedTag::Language},
    {"publisher", FeedTag::PublisherText},
    {"rights", FeedTag::Rights},
    {"subject", FeedTag::Category},
    {"title", FeedTag::OtherTitle},
});
constexpr auto kDcTerms = std::to_array<FeedWord>({
    {"created", FeedTag::Created},
    {"issued", FeedTag::OtherPublished},
    {"modified", FeedTag::Updated},
    {"valid", FeedTag::Valid},
});
constexpr auto kGeoRss = std::to_array<FeedWord>({
    {"box", FeedTag::GeoBox},
    {"line", FeedTag::GeoLine},
    {"point", FeedTag::GeoPoint},
    {"polygon", FeedTag::GeoPolygon},
});
constexpr auto kGeoPosition = std::to_array<FeedWord>({
    {"lat", FeedTag::GeoLatitude},
    {"long", FeedTag::GeoLongitude},
});
constexpr auto kGml = std::to_array<FeedWord>({
    {"linestring", FeedTag::GmlLine},
    {"point", FeedTag::GmlPoint},
    {"polygon", FeedTag::GmlPolygon},
    {"pos", FeedTag::GmlPos},
    {"poslist", FeedTag::GmlPosList},
});
constexpr auto kItunes = std::to_array<FeedWord>({
    {"author", FeedTag::AuthorText},
    {"block", FeedTag::ItunesBlock},
    {"category", FeedTag::ItunesCategory},
    {"duration", FeedTag::ItunesDuration},
    {"email", FeedTag::Email},
    {"explicit", FeedTag::ItunesExplicit},
    {"image", FeedTag::ItunesImage},
    {"keywords", FeedTag::ItunesKeywords},
    {"link", FeedTag::ItunesImage},
    {"name", FeedTag::Name},
    {"new-feed-url", FeedTag::NewLocation},
    {"owner", FeedTag::Owner},
    {"subtitle", FeedTag::Subtitle},
    {"summary", FeedTag::Summary},
});
constexpr auto kMedia = std::to_array<FeedWord>({
    {"category", FeedTag::MediaCategory},
    {"content", FeedTag::MediaContent},
    {"credit", FeedTag::MediaCredit},
    {"description", FeedTag::MediaDescription},
    {"group", FeedTag::MediaGroup},
    {"keywords", FeedTag::ItunesKeywords},
    {"license", FeedTag::MediaLicense},
    {"player", FeedTag::MediaPlayer},
    {"rating", FeedTag::MediaRating},
    {"restriction", FeedTag::MediaRestriction},
    {"thumbnail", FeedTag::MediaThumbnail},
    {"title", FeedTag::MediaTitle},
});
constexpr auto kSyndication = std::to_array<FeedWord>({
    {"updatebase", FeedTag::UpdateBase},
    {"updatefrequency", FeedTag::UpdateFrequency},
    {"updateperiod", FeedTag::UpdatePeriod},
});
constexpr auto kThread = std::to_array<FeedWord>({{"in-reply-to", FeedTag::InReplyTo}});
constexpr auto kWfw = std::to_array<FeedWord>({
    {"comment", FeedTag::WfwComment},
    {"commentrss", FeedTag::WfwCommentRss},
});
constexpr auto kXhtml = std::to_array<FeedWord>({{"body", FeedTag::XhtmlContent}});

struct Named {
  std::string_view name;
  FeedNamespace space;
};

// in lower case: the specifications' names, and those that feeds write for them
constexpr auto kUris = std::to_array<Named>({
    {"http://blogs.law.harvard.edu/tech/rss", FeedNamespace::Core},
    {"http://purl.org/rss/1.0/", FeedNamespace::Core},
    {"http://my.netscape.com/rdf/simple/0.9/", FeedNamespace::Core},
    {"http://example.com/newformat#", FeedNamespace::Core},
    {"http://example.com/necho", FeedNamespace::Core},
    {"http://purl.org/echo/", FeedNamespace::Core},
    {"uri/of/echo/namespace#", FeedNamespace::Core},
    {"http://purl.org/pie/", FeedNamespace::Core},
    {"http://purl.org/atom/ns#", FeedNamespace::Core},
    {"http://www.w3.org/2005/atom", FeedNamespace::Core},
    {"http://purl.org/rss/1.0/modules/rss091#", FeedNamespace::Core},
    {"http://webns.net/mvcb/", FeedNamespace::Admin},
    {"http://purl.org/rss/1.0/modules/content/", FeedNamespace::Content},
    {"http://backend.userland.com/creativecommonsrssmodule", FeedNamespace::CreativeCommons},
    {"http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", FeedNamespace::CreativeCommons},
    {"http://creativecommons.org/ns#license", FeedNamespace::CreativeCommons},
    {"http://creativecommons.org/ns#", FeedNamespace::CreativeCommons},
    {"http://web.resource.org/cc/", FeedNamespace::CreativeCommons},
    {"http://purl.org/dc/elements/1.1/", FeedNamespace::Dc},
    {"http://purl.org/dc/terms/", FeedNamespace::DcTerms},
    {"http://www.georss.org/georss", FeedNamespace::GeoRss},
    {"http://www.w3.org/2003/01/geo/wgs84_pos#", FeedNamespace::GeoPosition},
    {"http://www.opengis.net/gml", FeedNamespace::Gml},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", FeedNamespace::Itunes},
    {"http://example.com/dtds/podcast-1.0.dtd", FeedNamespace::Itunes},
    {"http://search.yahoo.com/mrss/", FeedNamespace::Media},
    {"http://search.yahoo.com/mrss", FeedNamespace::Media},
    {"http://video.search.yahoo.com/mrss/", FeedNamespace::Media},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", FeedNamespace::Rdf},
    {"http://purl.org/rss/1.0/modules/slash/", FeedNamespace::Slash},
    {"http://purl.org/rss/1.0/modules/syndication/", FeedNamespace::Syndication},
    {"http://purl.org/syndication/thread/1.0", FeedNamespace::Thread},
    {"http://wellformedweb.org/commentapi/", FeedNamespace::Wfw},
    {"http://www.w3.org/1999/xhtml", FeedNamespace::Xhtml},
    {"http://www.w3.org/xml/1998/namespace", FeedNamespace::Xml},
    {"http://www.sitemaps.org/schemas/sitemap/0.9", FeedNamespace::Sitemap},
    {"http://www.google.com/schemas/sitemap/0.84", FeedNamespace::Sitemap},
    {"http://www.google.com/schemas/sitemap-news/0.9", FeedNamespace::News},
    {"http://www.google.com/schemas/sitemap-image/1.1", FeedNamespace::SitemapImage},
});

constexpr auto kPrefixes = std::to_array<Named>({
    {"", FeedNamespace::Core},
    {"admin", FeedNamespace::Admin},
    {"atom", FeedNamespace::Core},
    {"atom10", FeedNamespace::Core},
    {"cc", FeedNamespace::CreativeCommons},
    {"content", FeedNamespace::Content},
    {"creativecommons", FeedNamespace::CreativeCommons},
    {"dc", FeedNamespace::Dc},
    {"dcterms", FeedNamespace::DcTerms},
    {"geo", FeedNamespace::GeoPosition},
    {"georss", FeedNamespace::GeoRss},
    {"gml", FeedNamespace::Gml},
    {"image", FeedNamespace::SitemapImage},
    {"itunes", FeedNamespace::Itunes},
    {"media", FeedNamespace::Media},
    {"news", FeedNamespace::News},
    {"rdf", FeedNamespace::Rdf},
    {"rss", FeedNamespace::Core},
    {"slash", FeedNamespace::Slash},
    {"sy", FeedNamespace::Syndication},
    {"thr", FeedNamespace::Thread},
    {"wfw", FeedNamespace::Wfw},
    {"xhtml", FeedNamespace::Xhtml},
    {"xml", FeedNamespace::Xml},
});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

template <std::size_t N>
const Named* find_folded(const std::array<Named, N>& names, std::string_view text) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const Named& n) {
    return std::equal(n.name.begin(), n.name.end(), text.begin(), text.end(),
                      [](char a, char b) { return a == lower(b); });
  });
  return found == names.end() ? nullptr : &*found;
}

FeedTag find_word(std::span<const FeedWord> words, std::string_view name) {
  const auto found = std::lower_bound(words.begin(), words.end(), name,
                                      [](const FeedWord& w, std::string_view n) { return w.name < n; });
  return found != words.end() && found->name == name ? found->tag : FeedTag::Other;
}

}  // namespace

FeedNamespace feed_namespace(std::string_view uri, std::string_view prefix) {
  if (!uri.empty()) {
    // userland's namespaces of RSS come in a dozen spellings
    if (uri.find("backend.userland.com/rss") != std::string_view::npos) return FeedNamespace::Core;
    if (const Named* known = find_folded(kUris, uri)) return known->space;
  }
  const Named* usual = find_folded(kPrefixes, prefix);
  return usual == nullptr ? FeedNamespace::Other : usual->space;
}

FeedTag feed_tag(FeedNamespace space, std::string_view name) {
  if (space != FeedNamespace::Core) return find_word(module_words(space), name);
  const FeedTag in_rss = find_word(rss_words(), name);
  return in_rss != FeedTag::Other ? in_rss : find_word(atom_words(), name);
}

std::span<const FeedWord> module_words(FeedNamespace space) {
  switch (space) {
    case FeedNamespace::Admin: return kAdmin;
    case FeedNamespace::Content: return kContent;
    case FeedNamespace::CreativeCommons: return kCreativeCommons;
    case FeedNamespace::Dc: return kDc;
    case FeedNamespace::DcTerms: return kDcTerms;
    case FeedNamespace::GeoRss: return kGeoRss;
    case FeedNamespace::GeoPosition: return kGeoPosition;
    case FeedNamespace::Gml: return kGml;
    case FeedNamespace::Itunes: return kItunes;
    case FeedNamespace::Media: return kMedia;
    case FeedNamespace::Syndication: return kSyndication;
    case FeedNamespace::Thread: return kThread;
    case FeedNamespace::Wfw: return kWfw;
    case FeedNamespace::Xhtml: return kXhtml;
    default: return {};
  }
}

}  // namespace newsd
