// Understanding a text, whatever the bytes: every span lies inside the body at characters' borders, the bytes there are
// the label's text, every id leads to an entity, and the same text gives the same labels.
#include "daemon/classify/understand.h"
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

bool is_border(const std::string& body, std::size_t at) {
  return at == body.size() || (static_cast<unsigned char>(body[at]) & 0xC0) != 0x80;
}

void check(const std::string& body, const Span& span) {
  require(span.begin < span.end && span.end <= body.size(), "a span lies outside the body");
  require(is_border(body, span.begin) && is_border(body, span.end), "a span cuts a character");
}

void check(const std::string& body, const Span& span, const std::string& text) {
  check(body, span);
  require(body.compare(span.begin, span.end - span.begin, text) == 0, "a label's text is not what stands there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto resources = default_resources();
  const std::string text = repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  Article article;
  article.paragraphs = {text, text};
  article.headline = text.substr(0, text.find('\n'));
  if (size % 2 == 0) article.published = When{"2022-10-28", Precision::Day, ""};
  const std::string body = article.body();
  Labels labels, again;
  labels.language.code = again.language.code = "en";
  understand(article, resources->lexicon, resources->names.get(), labels);
  understand(article, resources->lexicon, resources->names.get(), again);
  require(labels == again, "the same text gave other labels");
  const auto is_entity = [&](const std::string& id) {
    return std::any_of(labels.entities.begin(), labels.entities.end(),
                       [&](const EntityLabel& e) { return e.id == id; });
  };
  for (const EntityLabel& entity : labels.entities)
    for (const Span& span : entity.mentions) check(body, span);
  for (const QuoteLabel& quote : labels.quotes) {
    check(body, quote.span, quote.text);
    require(quote.speaker.empty() || is_entity(quote.speaker), "a speaker is no entity");
  }
  for (const DateLabel& date : labels.dates) check(body, date.span, date.text);
  for (const EventLabel& event : labels.events) {
    check(body, event.span);
    for (const ActorLabel& actor : event.source) require(is_entity(actor.entity), "an actor is no entity");
  }
  return 0;
}
