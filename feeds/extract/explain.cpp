#include "feeds/extract/explain.h"

#include "feeds/extract/body_run.h"
#include "feeds/extract/page_article.h"
#include "feeds/extract/recognise.h"
#include "feeds/text/controls.h"

#include <utility>

namespace newsd {
namespace {

void explain_text(Recognised recognised, const Document& document, const ReadLimits& limits,
                  std::vector<ExplainedPart>& parts) {
  TextUnits text = read_text(without_controls(std::move(recognised.text)),
                             {limits.max_lines, limits.max_line_bytes, document.first_line});
  const std::vector<LineFeatures> features = line_features(text.units);
  const LineRoles roles = label_lines(text, features, find_headline(text, features));
  for (std::size_t i = 0; i < text.units.size(); ++i) {
    const LabelledLine& line = roles.lines[i];
    parts.push_back(
        {text.units[i].lines, line.role, line.kind, line.how, weight_of(features[i]), std::move(text.units[i].text)});
  }
}

LineRole role_of(const LabelledBlock& block) {
  switch (block.role) {
    case BlockRole::Body: return block.how == "standfirst" ? LineRole::Standfirst : LineRole::Body;
    case BlockRole::Caption: return LineRole::Caption;
    case BlockRole::Removed: return LineRole::Removed;
  }
  return LineRole::Removed;
}

void explain_page(std::string_view html, const Document& document, const ReadLimits& limits, const Learned& learned,
                  std::vector<ExplainedPart>& parts) {
  PageReading reading = page_reading(html, document.url, limits.max_text_bytes, {&document.origin, learned});
  for (std::size_t i = 0; i < reading.page.blocks.size(); ++i) {
    PageBlock& block = reading.page.blocks[i];
    const LabelledBlock& label = reading.body.blocks[i];
    const bool is_headline = reading.headline != 0 && block.node == reading.headline;
    parts.push_back({{block.line, block.line},
                     is_headline ? LineRole::Headline : role_of(label),
                     label.kind,
                     is_headline ? std::string_view("h1") : label.how,
                     label.weight,
                     std::move(block.text)});
  }
}

/// Finds the lines again that learning leaves out.
void mark_learned(const Document& document, const ReadLimits& limits, const Learned& learned,
                  std::vector<ExplainedPart>& parts) {
  auto reading = read(document, limits, learned);
  auto* article = reading && reading->items.size() == 1 ? std::get_if<Article>(&reading->items.front()) : nullptr;
  if (article == nullptr) return;
  const std::string source = source_of(*article, document.origin);
  learn(*article, source, learned.of(source), learned.enough);
  for (const Removed& removed : article->removed) {
    if (removed.learned_from == 0) continue;
    for (ExplainedPart& part : parts) {
      if (part.role != LineRole::Body || part.lines != removed.lines || !part.text.starts_with(removed.text)) continue;
      part.role = LineRole::Removed;
      part.kind = removed.kind;
      part.rule = "learned";
      part.learned_from = removed.learned_from;
    }
  }
}

}  // namespace

std::string_view to_string(LineRole role) {
  switch (role) {
    case LineRole::Headline: return "headline";
    case LineRole::Standfirst: return "standfirst";
    case LineRole::Byline: return "byline";
    case LineRole::Published: return "published";
    case LineRole::Body: return "body";
    case LineRole::Caption: return "caption";
    case LineRole::Removed: return "removed";
  }
  return "removed";
}

namespace {

Result<Explanation> explain_unpacked(const Document& document, const ReadLimits& limits, const Learned& learned) {
  auto recognised = recognise(document, limits);
  if (!recognised) return recognised.error();
  Explanation out{recognised->origin, {}};
  if (out.origin.format == Format::Text) {
    explain_text(std::move(*recognised), document, limits, out.parts);
  } else if (out.origin.format == Format::Html) {
    explain_page(recognised->text, document, limits, learned, out.parts);
  } else {
    return Error{ReadError::UnsupportedFormat,
                 "this is " + recognised->what + "; texts and pages alone are taken apart line by line",
                 document.origin.name};
  }
  if (learned.knowledge != nullptr) mark_learned(document, limits, learned, out.parts);
  return out;
}

}  // namespace

Result<Explanation> explain(const Document& document, const ReadLimits& limits, const Learned& learned) {
  const auto inside = unpacked(document, limits);
  if (!inside) return inside.error();
  return explain_unpacked(*inside ? **inside : document, limits, learned);
}

}  // namespace newsd
