#include "daemon/classify/understand.h"

#include "daemon/classify/cast.h"
#include "daemon/classify/coded_events.h"
#include "daemon/classify/dates.h"
#include "daemon/classify/quotes.h"
#include "daemon/classify/tone.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {
namespace {

/// Adjectives name no entity; of a quotation's or event's entity the id stays what it was.
std::vector<EntityLabel> entities_of(const TokenText& text, const Cast& cast) {
  std::vector<EntityLabel> labels;
  for (std::size_t i = 0; i < cast.members.size(); ++i) {
    const CastMember& member = cast.members[i];
    labels.push_back(
        {"e" + std::to_string(i + 1), member.name, member.kind, member.role, member.code, {}, member.confidence});
    if (member.code.size() != 3 || member.sector == "IGO" || member.sector == "NGO") labels.back().country.clear();
  }
  for (const Mention& m : cast.mentions)
    if (!m.adjective) labels[m.member].mentions.push_back({text.tokens[m.first].begin, text.tokens[m.last].end});
  return labels;
}

/// Of a language that is guessed with less confidence, as of a line of five words, another is nearly as likely: dates
/// in it are read as English, whose words for them no other language has.
constexpr double kHardlySure = 0.65;

}  // namespace

void understand(const Article& article, const Lexicon& lexicon, const NameModel* names, Labels& labels) {
  const std::string whole = article.body();
  const std::string_view body = shortened(whole, kMostBytesUnderstood);
  const std::string day = article.published ? article.published->value : std::string();
  const TokenText text = tokenise(body, lexicon.vocabulary());
  const TokenText headline = tokenise(article.headline, lexicon.vocabulary());
  const std::string_view language = std::string_view(labels.language.code).substr(0, labels.language.code.find('-'));
  const bool english = language == "en" || language == "und";
  const NameModel* tagger = english ? names : nullptr;
  const Cast cast = cast_of(text, lexicon, tagger, day);
  const Cast headline_cast = cast_of(headline, lexicon, tagger, day);
  labels.countries = countries_of(headline, headline_cast, text, cast, lexicon);
  labels.quotes = quotes_of(text, cast, lexicon);
  if (english || labels.language.confidence < kHardlySure) labels.dates = dates_of(text, lexicon, day);
  if (english) {
    labels.events = events_of(text, cast, lexicon, labels.quotes, labels.dates, labels.countries);
    labels.tone = tone_of(text, lexicon, labels.quotes);
  }
  labels.entities = entities_of(text, cast);
}

}  // namespace newsd
