#include "daemon/event/article_members.h"

#include <set>

namespace newsd {
namespace {

double share(double value) { return std::clamp(value, 0.0, 1.0); }

void write_span(JsonText& json, const Span& span) {
  json.begin_array().integer(span.begin).integer(span.end).end_array();
}

void write_language(JsonText& json, const LanguageLabel& language) {
  json.key("language").begin_object().member("code", language.code);
  json.key("confidence").decimal(share(language.confidence));
  json.member("how", language.how == LanguageLabel::How::Declared ? "declared" : "content").end_object();
}

void write_countries(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.countries.empty()) return;
  json.key("countries").begin_array();
  const std::size_t count = bounds.count(labels.countries.size());
  for (std::size_t i = 0; i < count; ++i) {
    const CountryLabel& country = labels.countries[i];
    json.begin_object().member("code", country.code).member_if("name", bounds.text(country.name));
    json.key("salience").decimal(share(country.salience));
    if (country.mentions != 0) json.key("mentions").integer(country.mentions);
    json.end_object();
  }
  json.end_array();
}

void write_entities(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.entities.empty()) return;
  json.key("entities").begin_array();
  const std::size_t count = bounds.count(labels.entities.size());
  for (std::size_t i = 0; i < count; ++i) {
    const EntityLabel& entity = labels.entities[i];
    json.begin_object().member("id", entity.id).member("name", bounds.text(entity.name));
    json.member("kind", to_string(entity.kind)).member_if("role", bounds.text(entity.role));
    json.member_if("country", entity.country).key("mentions").begin_array();
    const std::size_t mentions = bounds.count(entity.mentions.size());
    for (std::size_t m = 0; m < mentions; ++m) write_span(json, entity.mentions[m]);
    json.end_array().key("confidence").decimal(share(entity.confidence)).end_object();
  }
  json.end_array();
}

/// A quote that is longer than a field may be is left out: its text must be the bytes of its span.
void write_quotes(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.quotes.empty()) return;
  json.key("quotes").begin_array();
  const std::size_t count = bounds.count(labels.quotes.size());
  for (std::size_t i = 0; i < count; ++i) {
    const QuoteLabel& quote = labels.quotes[i];
    if (bounds.text(quote.text).size() != quote.text.size()) continue;
    json.begin_object().member("id", quote.id).member("text", quote.text).key("span");
    write_span(json, quote.span);
    json.member("kind", to_string(quote.kind)).key("speaker");
    if (quote.speaker.empty()) {
      json.null();
    } else {
      json.string(quote.speaker);
    }
    json.member_if("speakerText", bounds.text(quote.speaker_text));
    if (quote.voice) json.member("voice", to_string(*quote.voice));
    json.member_if("cue", bounds.text(quote.cue)).member_if("continues", quote.continues);
    json.key("confidence").decimal(share(quote.confidence)).end_object();
  }
  json.end_array();
}

void write_actors(JsonText& json, std::string_view key, const std::vector<ActorLabel>& actors) {
  json.key(key).begin_array();
  for (const ActorLabel& actor : actors) {
    json.begin_object().member("code", actor.code).member_if("sector", actor.sector);
    json.member_if("entity", actor.entity).end_object();
  }
  json.end_array();
}

void write_events(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.events.empty()) return;
  json.key("events").begin_array();
  const std::size_t count = bounds.count(labels.events.size());
  for (std::size_t i = 0; i < count; ++i) {
    const EventLabel& event = labels.events[i];
    json.begin_object().member("id", event.id).member("type", event.type).member_if("cameo", event.cameo);
    write_actors(json, "source", event.source);
    write_actors(json, "target", event.target);
    json.key("date");
    if (event.date.empty()) {
      json.null();
    } else {
      json.string(event.date);
    }
    json.member("status", to_string(event.status)).member_if("viaQuote", event.via_quote).key("span");
    write_span(json, event.span);
    json.key("confidence").decimal(share(event.confidence)).end_object();
  }
  json.end_array();
}

void write_dates(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.dates.empty()) return;
  json.key("dates").begin_array();
  const std::size_t count = bounds.count(labels.dates.size());
  for (std::size_t i = 0; i < count; ++i) {
    const DateLabel& date = labels.dates[i];
    json.begin_object().member("text", bounds.text(date.text)).member_if("value", date.value);
    if (date.precision) json.member("precision", to_string(*date.precision));
    json.key("resolved").boolean(date.resolved).key("span");
    write_span(json, date.span);
    json.end_object();
  }
  json.end_array();
}

void write_tone(JsonText& json, const std::optional<ToneLabel>& tone) {
  if (!tone) return;
  json.key("tone").begin_object().key("tone").decimal(tone->tone).key("positive").decimal(tone->positive);
  json.key("negative").decimal(tone->negative).key("polarity").decimal(tone->polarity).end_object();
}

void write_why(JsonText& json, const Labels& labels, std::string_view model, Bounds& bounds) {
  json.key("classify").begin_object().member("model", model).key("why").begin_object();
  std::set<std::string_view> said;
  for (const TopicLabel& topic : labels.topics) {
    if (topic.why.empty() || !said.insert(topic.code).second) continue;
    json.key("medtop:" + topic.code).begin_array();
    for (const auto& phrase : topic.why) json.string(bounds.text(phrase));
    json.end_array();
  }
  json.end_object().end_object();
}

void write_rules(JsonText& json, const Labels& labels, Bounds& bounds) {
  json.key("rules").begin_array();
  const std::size_t count = bounds.count(labels.rules.size());
  for (std::size_t i = 0; i < count; ++i) {
    const RuleLabel& rule = labels.rules[i];
    json.begin_object().member("id", rule.id).key("score").decimal(rule.score).key("spans").begin_array();
    const std::size_t spans = bounds.count(rule.spans.size());
    for (std::size_t s = 0; s < spans; ++s) write_span(json, rule.spans[s]);
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace

void write_labels(JsonText& json, const Labels& labels, Bounds& bounds) {
  json.key("labels").begin_object();
  write_language(json, labels.language);
  write_countries(json, labels, bounds);
  write_entities(json, labels, bounds);
  write_quotes(json, labels, bounds);
  write_events(json, labels, bounds);
  write_dates(json, labels, bounds);
  write_tone(json, labels.tone);
  json.end_object();
  if (const auto model = labels.models.find("topics"); model != labels.models.end()) {
    write_why(json, labels, model->second, bounds);
  }
  write_rules(json, labels, bounds);
}

}  // namespace newsd
