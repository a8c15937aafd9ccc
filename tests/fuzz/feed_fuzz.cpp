// Reading feeds of every format, whatever the bytes: all text is well-formed UTF-8, nothing grows beyond what the input
// can honestly hold, no address runs a program, and the same bytes give the same feed.
#include "feeds/extract/feed_articles.h"
#include "feeds/format/parse_feed.h"
#include "feeds/text/uri_reference.h"
#include "feeds/text/utf8.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check(const FeedMetadata& m) {
  for (const std::string* text : {&m.title.value, &m.title.type, &m.rights.value, &m.link, &m.id, &m.language,
                                  &m.author, &m.published.raw, &m.updated.raw, &m.image.url}) {
    require(is_valid_utf8(*text), "a field is not UTF-8");
  }
  require(!is_script_uri(m.link) && !is_script_uri(m.image.url), "an address runs a program");
  for (const FeedLink& link : m.links) require(!is_script_uri(link.href) && is_valid_utf8(link.href), "a link is bad");
  for (const FeedPerson& person : m.authors) require(!person.empty() && is_valid_utf8(person.name), "a person is bad");
  for (const FeedCategory& category : m.categories) require(is_valid_utf8(category.term), "a category is not UTF-8");
}

std::size_t check(const Feed& feed) {
  check(static_cast<const FeedMetadata&>(feed));
  std::size_t bytes = feed.title.value.size() + feed.description.value.size();
  for (const Entry& entry : feed.entries) {
    check(entry);
    if (entry.source) check(*entry.source);
    require(is_valid_utf8(entry.summary.value), "a summary is not UTF-8");
    bytes += entry.title.value.size() + entry.summary.value.size();
    for (const FeedContent& content : entry.content) {
      require(is_valid_utf8(content.value), "content is not UTF-8");
      bytes += content.value.size();
    }
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const FeedContext context{"https://fuzz.example/feeds/", "", "", ""};
  FeedLimits limits;
  limits.max_bytes = 1 << 20;
  const auto document = parse_feed_document(bytes, context, limits);
  if (!document) {
    require(!document.error().text.empty() && is_valid_utf8(document.error().text), "an error without words");
    return 0;
  }
  require(parse_feed_document(bytes, context, limits).value() == *document, "the same bytes, another feed");
  const auto* feed = std::get_if<Feed>(&*document);
  if (feed == nullptr) return 0;
  // an archive may unpack to max_bytes; markup may be escaped, and grow by resolved links
  const bool archive = bytes.starts_with("\x1F\x8B");
  require(check(*feed) <= 200 * (archive ? limits.max_bytes : size) + (1 << 18), "more text than the input can hold");
  Reading reading;
  append_feed_articles(reading, *feed, {});
  require(reading.items.size() == feed->entries.size() && reading.feed, "an entry without an item");
  return 0;
}
