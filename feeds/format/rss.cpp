// RSS 0.90–2.0 and RSS 1.0 (RDF), whose elements are those of RSS in another wrapping, as one table.
#include "feeds/format/feed_vocabulary.h"

#include <array>

namespace newsd {
namespace {

// RSS 2.0.11 specification; RSS 1.0; what RSS 0.9x had besides; CDF's and Netscape's leftovers that feeds still carry
constexpr auto kWords = std::to_array<FeedWord>({
    {"author", FeedTag::Author},
    {"body", FeedTag::XhtmlContent},
    {"category", FeedTag::Category},
    {"channel", FeedTag::Channel},
    {"cloud", FeedTag::Cloud},
    {"comments", FeedTag::Comments},
    {"copyright", FeedTag::Rights},
    {"day", FeedTag::Day},
    {"description", FeedTag::Description},
    {"docs", FeedTag::Docs},
    {"enclosure", FeedTag::Enclosure},
    {"expirationdate", FeedTag::Expired},
    {"fullitem", FeedTag::HtmlContent},
    {"generator", FeedTag::Generator},
    {"guid", FeedTag::Guid},
    {"height", FeedTag::Height},
    {"hour", FeedTag::Hour},
    {"image", FeedTag::Image},
    {"item", FeedTag::Entry},
    {"keywords", FeedTag::Category},
    {"language", FeedTag::Language},
    {"lastbuilddate", FeedTag::Updated},
    {"link", FeedTag::Link},
    {"managingeditor", FeedTag::AuthorText},
    {"name", FeedTag::Name},
    {"newlocation", FeedTag::NewLocation},
    {"product", FeedTag::Entry},
    {"pubdate", FeedTag::Published},
    {"redirect", FeedTag::Redirect},
    {"source", FeedTag::Source},
    {"tags", FeedTag::Tags},
    {"textinput", FeedTag::TextInput},
    {"title", FeedTag::Title},
    {"ttl", FeedTag::Ttl},
    {"url", FeedTag::Url},
    {"webmaster", FeedTag::PublisherText},
    {"width", FeedTag::Width},
});

}  // namespace

std::span<const FeedWord> rss_words() { return kWords; }

}  // namespace newsd
