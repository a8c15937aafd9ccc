// Atom 0.3 and 1.0 (RFC 4287) as one table.
#include "feeds/format/feed_vocabulary.h"

#include <array>

namespace newsd {
namespace {

constexpr auto kWords = std::to_array<FeedWord>({
    {"author", FeedTag::Author},
    {"category", FeedTag::Category},
    {"content", FeedTag::Content},
    {"contributor", FeedTag::Contributor},
    {"copyright", FeedTag::Rights},
    {"created", FeedTag::Created},
    {"email", FeedTag::Email},
    {"entry", FeedTag::Entry},
    {"feed", FeedTag::Channel},
    {"generator", FeedTag::Generator},
    {"homepage", FeedTag::Url},
    {"icon", FeedTag::Icon},
    {"id", FeedTag::Id},
    {"info", FeedTag::Info},
    {"issued", FeedTag::Published},
    {"link", FeedTag::Link},
    {"logo", FeedTag::Logo},
    {"modified", FeedTag::Updated},
    {"name", FeedTag::Name},
    {"published", FeedTag::Published},
    {"rights", FeedTag::Rights},
    {"source", FeedTag::Source},
    {"subtitle", FeedTag::Tagline},
    {"summary", FeedTag::Summary},
    {"tagline", FeedTag::Tagline},
    {"title", FeedTag::Title},
    {"updated", FeedTag::Updated},
    {"uri", FeedTag::Url},
    {"url", FeedTag::Url},
});

}  // namespace

std::span<const FeedWord> atom_words() { return kWords; }

}  // namespace newsd
