#include "daemon/dedupe/identity.h"

#include "feeds/text/digest.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace newsd {

namespace {

/// uuid5(NAMESPACE_URL, "urn:newsd:subject:1"): b1167772-0568-5be7-8a94-6e391ceec6d6. It may never change: every
/// subject would get another name.
constexpr Uuid kNamespace{
    {0xb1, 0x16, 0x77, 0x72, 0x05, 0x68, 0x5b, 0xe7, 0x8a, 0x94, 0x6e, 0x39, 0x1c, 0xee, 0xc6, 0xd6}};

/// RFC 4122, 4.3: SHA-1 over the namespace and the name, six bits set to say so.
Uuid named_uuid(std::string_view name) {
  std::string bytes(kNamespace.bytes.begin(), kNamespace.bytes.end());
  bytes += name;
  const auto digest = sha1(bytes);
  Uuid made;
  std::copy_n(digest.begin(), made.bytes.size(), made.bytes.begin());
  made.bytes[6] = static_cast<std::uint8_t>((made.bytes[6] & 0x0F) | 0x50);
  made.bytes[8] = static_cast<std::uint8_t>((made.bytes[8] & 0x3F) | 0x80);
  return made;
}

std::string for_people(std::string_view sort, std::string_view value) {
  constexpr std::size_t kLongest = 300;
  std::string words(sort);
  words += ' ';
  words += shortened(value, kLongest - sort.size() - 4);
  if (words.size() < sort.size() + 1 + value.size()) words += "…";
  return words;
}

/// Parts are told apart by their lengths: ("ab", "c") and ("a", "bc") are two names.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string name;
  for (const std::string_view part : parts) {
    name += std::to_string(part.size());
    name += ':';
    name += part;
  }
  return name;
}

Identity explicit_id(std::string_view sort, std::string_view input, std::string_view value) {
  const std::uint64_t scope = key128(joined({sort, input})).high;
  return {
      {IdentityKind::ExplicitId, {scope, key128(value).low}}, joined({sort, input, value}), for_people(sort, value)};
}

/// Sites move to https, and feeds name their pages and guids now by the one scheme, now by the other: it is the same
/// page.
std::string whatever_scheme(std::string_view address) {
  constexpr std::string_view kPlain = "http://";
  return address.starts_with(kPlain) ? "https://" + std::string(address.substr(kPlain.size())) : std::string(address);
}

/// Whether the name within the input is where the article lives, and not just a place in a stream, which another
/// article has tomorrow.
bool is_address(const Origin& origin) {
  return (origin.kind == OriginKind::Drop || origin.kind == OriginKind::Warc) && !origin.name.empty();
}

}  // namespace

void SharedGuids::see(const Article& entry) {
  if (entry.guid.empty() || !entry.url) return;
  const std::string page = whatever_scheme(entry.url->canonical());
  if (const auto [known, is_first] = pages_.emplace(entry.guid, page); !is_first && known->second != page)
    shared_.insert(entry.guid);
}

std::vector<Identity> identities_of(const Article& article, const Origin& origin, Key128 content, GuidSays guid) {
  std::vector<Identity> found;
  if (!article.id.empty()) found.push_back(explicit_id("id", origin.input, article.id));
  if (!article.guid.empty() && guid == GuidSays::WhoItIs)
    found.push_back(explicit_id("guid", origin.input, whatever_scheme(article.guid)));
  if (article.url) {
    const std::string url = article.url->canonical();
    const std::string name = joined({"url", whatever_scheme(url)});
    found.push_back({{IdentityKind::Url, key128(name)}, name, for_people("URL", url)});
  }
  if (is_address(origin)) {
    const std::string& member = article.member.empty() ? origin.member : article.member;
    const std::string name = joined({"path", origin.input, origin.name, member});
    found.push_back({{IdentityKind::Path, key128(name)},
                     name,
                     for_people("file", origin.name + (member.empty() ? "" : ", part " + member))});
  }
  if (found.empty()) {
    std::array<char, 32> hex{};
    char* end = std::to_chars(hex.data(), hex.data() + 16, content.high, 16).ptr;
    *end++ = '-';
    end = std::to_chars(end, hex.data() + hex.size(), content.low, 16).ptr;
    const std::string_view key(hex.data(), static_cast<std::size_t>(end - hex.data()));
    found.push_back({{IdentityKind::Content, content}, joined({"content", key}), "text"});
  }
  return found;
}

ArticleId article_named(const Identity& identity) { return ArticleId(named_uuid("article " + identity.name)); }

StoryId story_of_first(ArticleId article) { return StoryId(named_uuid("story " + article.value().to_string())); }

StoryId story_split_off(StoryId from, ArticleId article) {
  return StoryId(named_uuid("story " + article.value().to_string() + " of " + from.value().to_string()));
}

TopicId topic_of_first(StoryId story) { return TopicId(named_uuid("topic " + story.value().to_string())); }

}  // namespace newsd
