// Reading article NDJSON, whatever the bytes: no more items than lines, every one known by its line, all text
// well-formed UTF-8 and free of controls.
#include "feeds/extract/read.h"
#include "feeds/extract/recognise.h"
#include "feeds/text/controls.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check(const Article& article) {
  for (const std::string* field :
       {&article.id, &article.headline, &article.title, &article.byline, &article.publisher, &article.language}) {
    require(is_valid_utf8(*field), "a field is not UTF-8");
    require(without_controls(*field) == *field && field->find('\n') == std::string::npos, "a field has controls in it");
  }
  for (const std::string& paragraph : article.paragraphs) {
    require(is_valid_utf8(paragraph) && !paragraph.empty(), "a paragraph is empty or not UTF-8");
    require(without_controls(paragraph) == paragraph, "a paragraph has controls in it");
  }
  require(!article.headline.empty() || !article.paragraphs.empty(), "an article has neither headline nor body");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Document document;
  document.bytes.assign(reinterpret_cast<const char*>(data), size);
  document.forced = Format::ArticleNdjson;
  const auto reading = read(document);
  if (reading.has_error()) return 0;
  const auto inside = unpacked(document, {});
  require(inside.has_value(), "what was read cannot be unpacked");
  const std::string& bytes = *inside ? (*inside)->bytes : document.bytes;
  const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  require(reading->items.size() <= lines, "more items than lines");
  for (const auto& item : reading->items) {
    if (const auto* article = std::get_if<Article>(&item)) {
      check(*article);
      require(!article->member.empty(), "an article without its line");
    } else {
      const auto& refusal = std::get<Refusal>(item);
      require(!refusal.member.empty() && !refusal.reason.code.empty() && is_valid_utf8(refusal.reason.text) &&
                  is_valid_utf8(refusal.id),
              "a refusal without its line or reason");
    }
  }
  // found out by its looks, the same bytes must not crash either
  document.forced = Format::Unknown;
  (void)read(document);
  return 0;
}
