#include "daemon/event/article_members.h"

#include <iterator>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr std::string_view kPlain = "text/plain";

std::vector<const EntityLabel*> of_kind(const Labels& labels, EntityKind kind) {
  std::vector<const EntityLabel*> found;
  for (const EntityLabel& entity : labels.entities) {
    if (entity.kind == kind) found.push_back(&entity);
  }
  return found;
}

/// Elements of ninjs' people, organisations, places.
void write_mentioned(JsonText& json, const std::vector<const EntityLabel*>& entities, Bounds& bounds) {
  const std::size_t count = bounds.count(entities.size());
  for (std::size_t i = 0; i < count; ++i) {
    json.begin_object().member("name", bounds.text(entities[i]->name)).member("rel", "mentions").end_object();
  }
}

/// One of ninjs' headlines, descriptions: {role, contentType, value}.
void write_text(JsonText& json, std::string_view role, std::string_view value) {
  json.begin_object().member("role", role).member("contentType", kPlain).member("value", value).end_object();
}

void write_headline(JsonText& json, const Article& article, Bounds& bounds) {
  if (!article.headline.empty()) {
    json.key("headlines").begin_array();
    write_text(json, "main", bounds.text(article.headline));
    json.end_array();
  } else {
    json.member_if("title", bounds.text(article.title));
  }
  if (!article.summary.empty()) {
    json.key("descriptions").begin_array();
    write_text(json, "summary", bounds.text(article.summary));
    json.end_array();
  }
}

/// Authors, then the persons of the text.
void write_people(JsonText& json, const Article& article, const Labels& labels, Bounds& bounds) {
  const auto mentioned = of_kind(labels, EntityKind::Person);
  if (article.authors.empty() && mentioned.empty()) return;
  json.key("people").begin_array();
  const std::size_t authors = bounds.count(article.authors.size());
  for (std::size_t i = 0; i < authors; ++i) {
    json.begin_object().member("name", bounds.text(article.authors[i])).member("rel", "author").end_object();
  }
  write_mentioned(json, mentioned, bounds);
  json.end_array();
}

void write_list(JsonText& json, std::string_view key, const std::vector<const EntityLabel*>& entities, Bounds& bounds) {
  if (entities.empty()) return;
  json.key(key).begin_array();
  write_mentioned(json, entities, bounds);
  json.end_array();
}

/// Countries by salience with their codes, then the other places.
void write_places(JsonText& json, const Labels& labels, Bounds& bounds) {
  const auto places = of_kind(labels, EntityKind::Place);
  if (labels.countries.empty() && places.empty()) return;
  json.key("places").begin_array();
  const std::size_t count = bounds.count(labels.countries.size());
  for (std::size_t i = 0; i < count; ++i) {
    const CountryLabel& country = labels.countries[i];
    json.begin_object().member("name", bounds.text(country.name)).member("rel", "mentions");
    json.member("literal", "iso3166:" + country.code).end_object();
  }
  write_mentioned(json, places, bounds);
  json.end_array();
}

void write_sources(JsonText& json, const Article& article, Bounds& bounds) {
  if (article.publisher.empty() && article.credit.empty()) return;
  json.key("infoSources").begin_array();
  const std::pair<std::string_view, std::string_view> sources[] = {{"publisher", article.publisher},
                                                                   {"credit", article.credit}};
  for (const auto& [role, name] : sources) {
    if (!name.empty()) json.begin_object().member("name", bounds.text(name)).member("role", role).end_object();
  }
  json.end_array();
}

void write_subjects(JsonText& json, const Labels& labels, Bounds& bounds) {
  if (labels.topics.empty()) return;
  json.key("subjects").begin_array();
  const std::size_t count = bounds.count(labels.topics.size());
  for (std::size_t i = 0; i < count; ++i) {
    const TopicLabel& topic = labels.topics[i];
    json.begin_object().member("name", bounds.text(topic.name));
    json.member("uri", "http://cv.iptc.org/newscodes/mediatopic/" + topic.code);
    json.member("literal", "medtop:" + topic.code).member("rel", "about");
    json.member("creator", topic.by == TopicLabel::By::Model ? "newsd:model" : "newsd");
    json.key("relevance").integer(static_cast<std::uint64_t>(std::clamp(topic.relevance, 0, 100)));
    json.key("confidence").integer(static_cast<std::uint64_t>(std::clamp(topic.confidence, 0, 100))).end_object();
  }
  json.end_array();
}

/// The picture as a ninjs item of its own. Its URI is the subject's, whose place the mark 0x01 holds, with a fragment.
void write_picture(JsonText& json, const Picture& picture, std::size_t number, Bounds& bounds) {
  const std::string name = "photo-" + std::to_string(number);
  json.begin_object().member("name", name).member("rel", "illustration");
  json.key("uri").raw("\"\x01#" + name + "\"").member("type", "picture").member("representationType", "partial");
  json.member_if("by", bounds.text(picture.credit));
  if (!picture.caption.empty() || !picture.alt.empty()) {
    json.key("descriptions").begin_array();
    if (!picture.caption.empty()) write_text(json, "caption", bounds.text(picture.caption));
    if (!picture.alt.empty()) write_text(json, "alt", bounds.text(picture.alt));
    json.end_array();
  }
  // href must be a URI; what the source gives and is none is kept as it was written
  if (const Result<Url> url = Url::parse(picture.url)) {
    json.key("renditions").begin_array().begin_object().member("name", "original").member("href", url->str());
    json.end_object().end_array();
  } else if (!picture.url.empty()) {
    json.key("altIds").begin_array().begin_object().member("role", "url");
    json.member("value", bounds.text(picture.url)).end_object().end_array();
  }
  json.end_object();
}

void write_pictures(JsonText& json, const Article& article, Bounds& bounds) {
  if (article.pictures.empty()) return;
  json.key("associations").begin_array();
  const std::size_t count = bounds.count(article.pictures.size());
  for (std::size_t i = 0; i < count; ++i) write_picture(json, article.pictures[i], i + 1, bounds);
  json.end_array();
}

/// A file's name without its folders; empty when the document is no file.
std::string_view file_name(const Origin& origin) {
  if (!origin.uri.starts_with("file:")) return {};
  const std::string_view name = origin.name;
  return name.substr(name.find_last_of('/') + 1);  // npos + 1 is 0
}

void write_alt_ids(JsonText& json, const Article& article, const Origin& origin, Bounds& bounds) {
  const std::string url = article.url ? article.url->canonical() : std::string();
  const std::string sha256 = origin.sha256 == Sha256{} ? std::string() : origin.sha256.to_hex();
  const std::pair<std::string_view, std::string_view> ids[] = {
      {"id", article.id}, {"url", url}, {"guid", article.guid}, {"filename", file_name(origin)}, {"sha256", sha256}};
  if (std::all_of(std::begin(ids), std::end(ids), [](const auto& id) { return id.second.empty(); })) return;
  json.key("altIds").begin_array();
  for (const auto& [role, value] : ids) {
    if (!value.empty()) json.begin_object().member("role", role).member("value", bounds.text(value)).end_object();
  }
  json.end_array();
}

}  // namespace

void write_item(JsonText& json, const Article& article, const Labels& labels, const Origin& origin, Bounds& bounds) {
  json.key("standard").begin_object().member("name", "ninjs").member("version", "3.1");
  json.member("schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json").end_object();
  json.member("type", "text").member("profile", "newsd-article-1").member("language", labels.language.code);
  write_headline(json, article, bounds);
  json.member_if("by", bounds.text(article.byline));
  write_people(json, article, labels, bounds);
  write_list(json, "organisations", of_kind(labels, EntityKind::Organisation), bounds);
  write_places(json, labels, bounds);
  write_sources(json, article, bounds);
  // ninjs wants a whole date-time here; a date alone stays in newsd.published
  if (article.published && article.published->precision == Precision::Time && parse_rfc3339(article.published->value)) {
    json.member("contentCreated", article.published->value);
  }
  write_subjects(json, labels, bounds);
  write_pictures(json, article, bounds);
  write_alt_ids(json, article, origin, bounds);
}

}  // namespace newsd
