#include "daemon/pipeline/prepare_items.h"
#include "feeds/extract/entry_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace newsd {
namespace {

enum class PageError { NotThisArticle };
std::string_view code_of(PageError) { return "not-this-article"; }

/// Who it is, is told by the feed alone: an entry is the same article with its page and without.
Prepared told(const HeldEntry& entry, Article article, Origin origin, const Preparation& preparation,
              const Learned& learned) {
  Prepared prepared;
  prepared.held = entry.key;
  origin.member = entry.article.member;
  Candidate candidate = candidate_of(article, origin, entry.shared_guid ? GuidSays::Nothing : GuidSays::WhoItIs);
  prepared.items.push_back(prepare_article(std::move(article), std::move(candidate), origin, preparation, learned));
  prepared.origin = std::move(origin);
  return prepared;
}

Origin origin_without_page(const Document& document, const HeldEntry& entry) {
  Origin origin = entry.origin;
  origin.received_at = document.origin.received_at;
  return origin;
}

}  // namespace

Prepared prepare_refused_page(const Document& document, const HeldEntry& entry, const Error& reason,
                              const Preparation& preparation, const Learned& learned) {
  Prepared prepared = told(entry, entry.article, origin_without_page(document, entry), preparation, learned);
  prepared.warnings.push_back(fmt::format("{}: is told without its page {}: {} ({})", entry.article.member,
                                          entry.article.url->str(), reason.text, reason.code));
  return prepared;
}

Prepared prepare_page(Document& document, const HeldEntry& entry, const Preparation& preparation,
                      const Learned& learned) {
  ReadLimits limits = preparation.limits;
  limits.max_bytes = std::max(limits.max_bytes, document.bytes.size());  // [fetch] max_body has bounded it
  Result<Reading> reading = read(document, limits, learned);
  if (!reading) return prepare_refused_page(document, entry, reading.error(), preparation, learned);
  std::string().swap(document.bytes);
  Article* page = reading->items.size() == 1 ? std::get_if<Article>(&reading->items.front()) : nullptr;
  if (page == nullptr || !page_tells_more(entry.article, *page))
    return prepare_refused_page(document, entry,
                                Error(PageError::NotThisArticle, "the page has no more of the article than the feed"),
                                preparation, learned);
  Prepared prepared =
      told(entry, with_page(entry.article, std::move(*page)), std::move(reading->origin), preparation, learned);
  prepared.warnings = std::move(reading->warnings);
  return prepared;
}

}  // namespace newsd
