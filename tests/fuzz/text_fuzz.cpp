// Reading plain text, whatever the bytes: all text in the article is well-formed UTF-8, every body paragraph stands in
// the document, every line range lies in it, no line is both body and removed, explain() tells the same body, and
// nothing takes longer than its length allows.
#include "feeds/extract/explain.h"
#include "feeds/extract/read.h"
#include "feeds/extract/recognise.h"
#include "feeds/text/charset.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Without white space of any kind: joined hard-wrapped lines differ from the document in that alone.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const Line& line : split_lines(text).lines) {
    for (char c : trimmed(line.text)) {
      if (c != ' ' && c != '\t') out += c;
    }
  }
  return out;
}

void require_range(const LineRange& range, std::size_t lines) {
  require(range.first >= 1 && range.first <= range.last && range.last <= lines,
          "a line range lies outside the document");
}

void check(const Article& article, const std::string& text) {
  const std::size_t lines = split_lines(text).lines.size();
  const std::string haystack = squeezed(text);
  std::size_t at = 0;
  for (const std::string& paragraph : article.paragraphs) {
    require(is_valid_utf8(paragraph), "a paragraph is not UTF-8");
    require(!paragraph.empty() && paragraph == trimmed(paragraph), "a paragraph is empty or not trimmed");
    const std::size_t found = haystack.find(squeezed(paragraph), at);
    require(found != std::string::npos, "a paragraph does not stand in the document, or out of order");
    at = found + squeezed(paragraph).size();
  }
  for (const std::string* field :
       {&article.headline, &article.title, &article.summary, &article.byline, &article.credit})
    require(is_valid_utf8(*field), "a field is not UTF-8");
  for (const Picture& p : article.pictures)
    require(is_valid_utf8(p.caption) && is_valid_utf8(p.alt) && is_valid_utf8(p.credit),
            "a picture's text is not UTF-8");
  for (const auto& [name, provenance] : article.fields) {
    if (provenance.lines) require_range(*provenance.lines, lines);
    require(provenance.confidence >= 0 && provenance.confidence <= 100, "a confidence is no percentage");
  }
  std::uint32_t last = 0;
  for (const Removed& removed : article.removed) {
    require_range(removed.lines, lines);
    require(removed.lines.first > last, "removed lines overlap or are out of order");
    last = removed.lines.last;
    require(is_valid_utf8(removed.text) && removed.text.size() <= 300, "a removed text is too long or not UTF-8");
  }
}

/// Every body paragraph of one line is no removed line.
void check_disjoint(const Article& article, const std::string& text) {
  std::set<std::uint32_t> removed;
  for (const Removed& r : article.removed) {
    for (std::uint32_t line = r.lines.first; line <= r.lines.last; ++line) removed.insert(line);
  }
  std::size_t kept = 0;
  for (const Line& line : split_lines(text).lines)
    kept += !trimmed(line.text).empty() && !removed.contains(line.number);
  require(article.paragraphs.size() <= kept, "a line is both body and removed");
}

/// What is explained is what was read.
void check_explained(const Article& article, const Document& document) {
  const auto explanation = explain(document);
  require(explanation.has_value(), "what can be read cannot be explained");
  std::vector<std::string> paragraphs;
  for (const ExplainedPart& part : explanation->parts) {
    require(!part.rule.empty(), "a line's rule has no name");
    if (part.role == LineRole::Body) paragraphs.push_back(part.text);
  }
  const bool truncated = std::find(article.flags.begin(), article.flags.end(), Flag::Truncated) != article.flags.end();
  require(truncated || paragraphs == article.paragraphs, "another body is explained than was read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Document document;
  document.bytes.assign(reinterpret_cast<const char*>(data), size);
  document.forced = Format::Text;
  const auto reading = read(document);
  if (reading.has_error()) return 0;
  const auto inside = unpacked(document, {});
  require(inside.has_value(), "what was read cannot be unpacked");
  const std::string text = without_controls(decode(*inside ? (*inside)->bytes : document.bytes).text);
  require(reading->items.size() == 1, "a text is one item");
  if (const auto* article = std::get_if<Article>(&reading->items.front())) {
    check(*article, text);
    check_disjoint(*article, text);
    check_explained(*article, document);
  }
  return 0;
}
