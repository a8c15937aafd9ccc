#include "feeds/extract/json_ld.h"

#include "feeds/format/json.h"
#include "feeds/format/json_repair.h"
#include "feeds/text/entities.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <array>
#include <map>

namespace newsd {
namespace {

constexpr std::size_t kLongestScript = 2 << 20;
constexpr int kDeepest = 6;

constexpr auto kListTypes =
    std::to_array<std::string_view>({"ItemList", "CollectionPage", "SearchResultsPage", "ProfilePage"});

/// A script's text without what else may stand before the JSON; control characters as spaces.
std::string from_first_bracket(std::string_view script) {
  const auto first = script.find_first_of("{[");
  if (first == std::string_view::npos) return {};
  std::string json(script.substr(first));
  std::replace_if(
      json.begin(), json.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return json;
}

/// A string, or the first of several; of an object its name or address.
std::string text_of(const JsonValue* value) {
  if (value == nullptr) return {};
  if (const std::string* text = value->as_string()) {
    std::string out;
    append_decoded(out, *text);
    return std::string(trimmed(out));
  }
  if (const auto* values = value->as_array()) return values->empty() ? std::string() : text_of(&values->front());
  for (const char* name : {"name", "@value", "url", "@id", "headline"}) {
    if (const JsonValue* part = value->find(name)) return text_of(part);
  }
  return {};
}

class LdReader {
 public:
  LdFacts read(const std::vector<std::string_view>& scripts) {
    for (std::string_view script : scripts) {
      const std::string json = from_first_bracket(script);
      if (json.empty() || json.size() > kLongestScript) continue;
      auto value = parse_json(std::string_view(json).substr(0, json.find_last_of("}]") + 1));
      if (!value.has_value()) value = parse_json(repaired_json(json));
      if (value.has_value()) documents_.push_back(std::move(*value));
    }
    for (const JsonValue& document : documents_) collect(document, 0);
    if (article_ != nullptr) read_article(*article_);
    if (page_ != nullptr) read_page(*page_);
    if (facts_.published.empty() && article_ == nullptr && other_ != nullptr) {
      facts_.published = text_of(other_->find("datePublished"));
      if (facts_.published.empty()) facts_.published = text_of(other_->find("uploadDate"));
    }
    facts_.listing = article_ == nullptr && list_;
    return std::move(facts_);
  }

 private:
  static bool has_type(const JsonValue& object, bool (*matches)(std::string_view)) {
    const JsonValue* type = object.find("@type");
    if (type == nullptr) return false;
    if (const std::string* text = type->as_string()) return matches(*text);
    const auto* types = type->as_array();
    return types != nullptr && std::any_of(types->begin(), types->end(), [&](const JsonValue& t) {
             return t.as_string() != nullptr && matches(*t.as_string());
           });
  }
  static bool is_article_type(std::string_view type) {
    const auto slash = type.find_last_of("/:");
    if (slash != std::string_view::npos) type = type.substr(slash + 1);
    return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" || type == "Review" ||
           type == "Recipe" || type == "AdvertiserContentArticle";
  }
  static bool is_page_type(std::string_view type) { return type == "WebPage" || type == "ItemPage"; }
  /// What a page may be about instead of an article.
  static bool is_other_work(std::string_view type) {
    return type == "HowTo" || type == "VideoObject" || type == "AudioObject" || type == "PodcastEpisode" ||
           type == "CreativeWork" || type == "MediaObject";
  }
  static bool is_list_type(std::string_view type) {
    return std::find(kListTypes.begin(), kListTypes.end(), type) != kListTypes.end();
  }

  void collect(const JsonValue& value, int depth) {
    if (depth > kDeepest) return;
    if (const auto* values = value.as_array()) {
      for (const JsonValue& v : *values) collect(v, depth + 1);
      return;
    }
    if (!value.is_object()) return;
    if (const JsonValue* id = value.find("@id"); id != nullptr && id->as_string() != nullptr && value.find("name"))
      by_id_.emplace(*id->as_string(), &value);
    if (has_type(value, is_article_type) && is_better(value)) article_ = &value;
    if (page_ == nullptr && has_type(value, is_page_type)) page_ = &value;
    if (other_ == nullptr && has_type(value, is_other_work)) other_ = &value;
    list_ |= has_type(value, is_list_type);
    for (const char* name : {"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "hasPart"}) {
      if (const JsonValue* part = value.find(name)) collect(*part, depth + 1);
    }
  }

  /// The first article that has both headline and date, or the first of all.
  bool is_better(const JsonValue& value) const {
    const auto complete = [](const JsonValue& v) { return v.find("headline") && v.find("datePublished"); };
    return article_ == nullptr || (!complete(*article_) && complete(value));
  }

  const JsonValue* resolved(const JsonValue* value) const {
    if (value == nullptr || value->find("name")) return value;
    const JsonValue* id = value->find("@id");
    if (id == nullptr || id->as_string() == nullptr) return value;
    const auto found = by_id_.find(*id->as_string());
    return found == by_id_.end() ? value : found->second;
  }

  void read_article(const JsonValue& a) {
    facts_.type = text_of(a.find("@type"));
    facts_.headline = text_of(a.find("headline"));
    if (facts_.headline.empty()) facts_.headline = text_of(a.find("name"));
    facts_.description = text_of(a.find("description"));
    facts_.body = text_of(a.find("articleBody"));
    facts_.section = text_of(a.find("articleSection"));
    facts_.language = text_of(a.find("inLanguage"));
    facts_.url = text_of(a.find("url"));
    facts_.published = text_of(a.find("datePublished"));
    if (facts_.published.empty()) facts_.published = text_of(a.find("dateCreated"));
    facts_.updated = text_of(a.find("dateModified"));
    facts_.publisher = text_of(resolved(a.find("publisher")));
    if (facts_.publisher.starts_with("http")) facts_.publisher.clear();
    read_authors(a.find("author"));
    if (facts_.authors.empty() && facts_.organisations.empty()) read_authors(a.find("creator"));
    read_list(a.find("image"), facts_.images, "url");
    read_list(a.find("keywords"), facts_.keywords, "name");
    const std::string free = text_of(a.find("isAccessibleForFree"));
    facts_.paid = free == "False" || free == "false" || is_false(a.find("isAccessibleForFree"));
    if (const JsonValue* updates = a.find("liveBlogUpdate"); updates != nullptr && updates->as_array() != nullptr)
      facts_.live_updates = updates->as_array()->size();
  }

  static bool is_false(const JsonValue* value) { return value != nullptr && value->as_bool() == false; }

  void read_page(const JsonValue& page) {
    if (facts_.published.empty()) facts_.published = text_of(page.find("datePublished"));
    if (facts_.updated.empty()) facts_.updated = text_of(page.find("dateModified"));
    if (facts_.headline.empty()) facts_.headline = text_of(page.find("headline"));
    if (facts_.language.empty()) facts_.language = text_of(page.find("inLanguage"));
    if (facts_.description.empty()) facts_.description = text_of(page.find("description"));
  }

  void read_authors(const JsonValue* value) {
    value = resolved(value);
    if (value == nullptr) return;
    if (const auto* values = value->as_array()) {
      for (const JsonValue& v : *values) read_authors(&v);
      return;
    }
    const JsonValue* name = value->find("name");
    const auto* names = name == nullptr ? nullptr : name->as_array();
    const bool person = !value->is_object() || text_of(value->find("@type")) != "Organization";
    auto& to = person ? facts_.authors : facts_.organisations;
    if (names != nullptr) {
      for (const JsonValue& n : *names) add(to, text_of(&n));
    } else {
      add(to, value->is_object() ? text_of(name) : text_of(value));
    }
  }

  static void read_list(const JsonValue* value, std::vector<std::string>& to, const char* name) {
    if (value == nullptr) return;
    if (const auto* values = value->as_array()) {
      for (const JsonValue& v : *values) read_list(&v, to, name);
      return;
    }
    add(to, value->is_object() ? text_of(value->find(name)) : text_of(value));
  }

  static void add(std::vector<std::string>& to, std::string text) {
    constexpr std::size_t kMost = 64;
    if (!text.empty() && to.size() < kMost && std::find(to.begin(), to.end(), text) == to.end())
      to.push_back(std::move(text));
  }

  std::vector<JsonValue> documents_;
  std::map<std::string, const JsonValue*, std::less<>> by_id_;
  const JsonValue* article_ = nullptr;
  const JsonValue* page_ = nullptr;
  const JsonValue* other_ = nullptr;
  bool list_ = false;
  LdFacts facts_;
};

}  // namespace

LdFacts read_json_ld(const std::vector<std::string_view>& scripts) { return LdReader().read(scripts); }

}  // namespace newsd
