#include "daemon/event/article_event.h"

#include "daemon/event/article_members.h"
#include "daemon/event/payload.h"
#include "feeds/text/digest.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <set>

namespace newsd {
namespace {

constexpr std::string_view kPlain = "text/plain";

void write_lines(JsonText& json, const LineRange& lines) {
  json.key("lines").begin_array().integer(lines.first).integer(lines.last).end_array();
}

void write_found(JsonText& json, const Article& article, Bounds& bounds) {
  json.key("fields").begin_object();
  std::size_t left = bounds.count(article.fields.size());
  for (const auto& [field, found] : article.fields) {
    if (left-- == 0) break;
    json.key(field).begin_object().member("how", found.how);
    if (found.lines) write_lines(json, *found.lines);
    json.key("confidence").integer(static_cast<std::uint64_t>(std::clamp(found.confidence, 0, 100)));
    if (found.other)
      json.key("other")
          .begin_object()
          .member("how", found.other->how)
          .member("value", bounds.text(found.other->value))
          .end_object();
    json.end_object();
  }
  json.end_object().key("removed").begin_array();
  const std::size_t count = bounds.count(article.removed.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Removed& removed = article.removed[i];
    json.begin_object();
    if (removed.lines != LineRange{0, 0}) write_lines(json, removed.lines);
    json.member("kind", to_string(removed.kind)).member_if("text", bounds.text(removed.text));
    if (removed.learned_from > 0) json.key("learnedFrom").integer(removed.learned_from);
    json.end_object();
  }
  json.end_array().key("missing").begin_array();
  for (const auto& name : article.missing) json.string(name);
  if (!article.categories.empty()) {
    json.end_array().key("categories").begin_array();
    const std::size_t named = bounds.count(article.categories.size());
    for (std::size_t i = 0; i < named; ++i) json.string(bounds.text(article.categories[i]));
  }
  json.end_array();
}

void write_when(JsonText& json, std::string_view name, const std::optional<When>& when, Bounds& bounds) {
  if (!when) return;
  json.key(name).begin_object().member("value", when->value).member("precision", to_string(when->precision));
  json.member_if("raw", bounds.text(when->raw)).end_object();
}

void write_flags(JsonText& json, const Article& article, const Bounds& bounds) {
  std::set<Flag> flags(article.flags.begin(), article.flags.end());
  if (bounds.cut()) flags.insert(Flag::Truncated);
  if (flags.empty()) return;
  json.key("flags").begin_array();
  for (const Flag flag : flags) json.string(to_string(flag));
  json.end_array();
}

void write_pipeline(JsonText& json, const Labels& labels, const PipelineVersion& version) {
  json.key("pipeline").begin_object().member("newsd", version.newsd).member("config", version.config);
  json.key("models").begin_object();
  for (const auto& [stage, model] : labels.models) json.member(stage, model);
  json.end_object().end_object();
}

EncodedArticle::Part part_of(std::string content) {
  std::string frame = packed(content);
  return {std::move(content), std::move(frame)};
}

}  // namespace

EncodedArticle encode_article(const Article& article, const Labels& labels, const Origin& origin,
                              const PipelineVersion& version) {
  std::string body = article.body();
  if (!is_valid_utf8(body)) body = repair_utf8(body).text;  // what is hashed and counted is what is printed
  Bounds bounds;
  JsonText core;
  core.reserve(4096);
  write_item(core, article, labels, origin, bounds);
  core.next_line();
  write_origin(core, origin);
  write_found(core, article, bounds);
  core.key("fingerprint").begin_object().member("bodySha256", sha256(body).to_hex()).end_object();
  write_when(core, "published", article.published, bounds);
  write_when(core, "updated", article.updated, bounds);
  write_labels(core, labels, bounds);
  write_pipeline(core, labels, version);
  write_flags(core, article, bounds);  // last: only now is known whether anything was cut

  EncodedArticle encoded;
  encoded.core = part_of(core.take());
  if (body.empty()) return encoded;
  JsonText bodies;
  bodies.reserve(body.size() + 256);
  bodies.next_line().key("bodies").begin_array().begin_object().member("role", "main").member("contentType", kPlain);
  bodies.key("charCount").integer(count_characters(body)).key("wordCount").integer(count_words(body));
  bodies.member("value", body).end_object().end_array();
  encoded.body = part_of(bodies.take());
  return encoded;
}

}  // namespace newsd
