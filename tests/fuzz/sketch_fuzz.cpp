// Sketches of whatever text: within their bounds, in order, the same again from their bytes; and bytes that are no
// sketch read as none or as one that is written as it was read. What the index packs of either comes out unchanged.
#include "daemon/dedupe/content.h"
#include "daemon/dedupe/packed_sketch.h"
#include "daemon/dedupe/sketch.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

Article article_of(std::string_view text) {
  Article made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    made.paragraphs.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  if (!made.paragraphs.empty()) made.headline = made.paragraphs.front();
  return made;
}

void check_packed(const Sketch& sketch) {
  Sketch out;
  Spill spill;
  PackedSketch(sketch, spill).unpack(out);
  require(out.limit == sketch.limit && out.shingles == sketch.shingles, "packed shingles");
  require(out.names == sketch.names && out.title == sketch.title, "packed words");
  require(out.placed_names == sketch.placed_names && out.numbers == sketch.numbers, "packed places");
}

void check_sketch(const Sketched& made) {
  const auto& [sketch, text] = made;
  require(sketch.shingles.size() <= kMostShingles && sketch.names.size() <= kMostNames, "bounds");
  require(sketch.numbers.size() <= kMostNumbers && sketch.terms.size() <= kMostTerms, "bounds");
  require(sketch.placed_names.size() <= kMostPlacedNames && sketch.title.size() <= kMostTitleWords, "bounds");
  require(std::is_sorted(sketch.shingles.begin(), sketch.shingles.end()), "order of shingles");
  require(sketch.shingles.empty() || sketch.shingles.back() < sketch.limit, "limit");
  require(text.shingle_at.size() == sketch.shingles.size() && text.number_at.size() == sketch.numbers.size(), "places");
  for (std::size_t i = 0; i < sketch.shingles.size(); ++i) shingle_words(text, i);
  for (std::size_t i = 0; i < sketch.numbers.size(); ++i) number_words(text, i);
  const auto again = sketch_from(bytes_of(sketch));
  require(again && *again == sketch, "bytes");
  check_packed(sketch);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto read = sketch_from(bytes)) {
    const auto again = sketch_from(bytes_of(*read));
    require(again && *again == *read, "what was read is written as it was");
    check_packed(*read);
  }
  const Article article = article_of(repair_utf8(bytes).text);
  const ComparedBody body = compared_body(article);
  const Key128 key = content_key(article, body);
  require((key == Key128{}) == (body.words.empty() && content_key(article, ComparedBody{}) == Key128{}), "key");
  check_sketch(sketch_of(article, body));
  return 0;
}
