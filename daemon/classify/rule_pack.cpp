// parse_topic_rules(): the TOML of a rule pack, checked key by key.
#include "daemon/classify/resources.h"
#include "daemon/classify/topic_rules.h"
#include "feeds/format/toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace newsd {

namespace {

struct RoleName {
  std::string_view key;
  PhraseRole role;
};
constexpr std::array kRoles = {RoleName{"strong", PhraseRole::Strong}, RoleName{"normal", PhraseRole::Normal},
                               RoleName{"weak", PhraseRole::Weak}, RoleName{"not", PhraseRole::Not},
                               RoleName{"context", PhraseRole::Context}};
/// A phrase is a few words: what is longer is a mistake, and the automaton grows with every byte.
constexpr std::size_t kLongestPhrase = 100, kMostWords = 10, kMostPhrases = 20'000;

class PackReader {
 public:
  PackReader(std::string_view file, const TopicTree& tree) : file_(file), tree_(tree) {}

  Result<std::vector<TopicRule>> read(const toml::table& pack) {
    const toml::array* topics = nullptr;
    for (const auto& [key, value] : pack) {
      if (key == "language" && value.is_string()) {
        language_ = value.value_or<std::string>("");
      } else if (key == "topic" && value.is_array_of_tables()) {
        topics = value.as_array();
      } else {
        return wrong(value,
                     fmt::format("a rule pack has `language = \"…\"` and [[topic]] tables, not this `{}`", key.str()));
      }
    }
    const bool is_code = language_.size() >= 2 && language_.size() <= 3 &&
                         std::all_of(language_.begin(), language_.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_code) return wrong(pack, "a rule pack says its language, as two or three letters (language = \"en\")");
    std::vector<TopicRule> rules;
    if (topics == nullptr) return rules;
    for (const toml::node& topic : *topics) {
      auto rule = read_rule(*topic.as_table());
      if (!rule) return rule.error();
      rules.push_back(std::move(*rule));
    }
    return rules;
  }

 private:
  Error wrong(const toml::node& at, std::string what) const {
    return {ResourceError::BadRule, std::move(what), fmt::format("{}:{}", file_, at.source().begin.line)};
  }

  Result<TopicRule> read_rule(const toml::table& table) {
    TopicRule rule;
    rule.language = language_;
    rule.topic = TopicTree::kNone;
    std::string name;
    for (const auto& [key, value] : table) {
      const std::string_view word = key.str();
      const auto role = std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleName& r) { return r.key == word; });
      std::optional<Error> error;
      if (role != kRoles.end()) {
        error = read_phrases(value, role->role, rule);
      } else if (key == "code" && value.is_string()) {
        rule.topic = tree_.find(value.value_or<std::string>(""));
        if (rule.topic == TopicTree::kNone)
          error = wrong(value, fmt::format("the vocabulary has no topic {}", value.value_or<std::string>("")));
      } else if (key == "name" && value.is_string()) {
        name = value.value_or<std::string>("");
      } else if (key == "threshold" && value.is_number() && value.value_or(0.0) > 0) {
        rule.threshold = value.value_or(0.0);
      } else if (key == "needs_strong" && value.is_boolean()) {
        rule.needs_strong = value.value_or(false);
      } else {
        error = wrong(value, fmt::format("`{}` is no key of a [[topic]] or has a value it cannot have", key.str()));
      }
      if (error) return *error;
    }
    if (rule.topic == TopicTree::kNone) return wrong(table, "a [[topic]] needs the code of its topic");
    const std::string& official = tree_.at(rule.topic).name;
    if (name != official)
      return wrong(table, fmt::format("topic {} is named \"{}\"", tree_.at(rule.topic).code, official));
    rule.has_context = std::any_of(rule.phrases.begin(), rule.phrases.end(),
                                   [](const auto& p) { return p.second == PhraseRole::Context; });
    return rule;
  }

  std::optional<Error> read_phrases(const toml::node& list, PhraseRole role, TopicRule& rule) {
    const toml::array* phrases = list.as_array();
    if (phrases == nullptr) return wrong(list, "phrases stand in a list of strings");
    for (const toml::node& item : *phrases) {
      const auto text = item.value<std::string>();
      if (!text) return wrong(item, "a phrase is a string");
      TopicPhrase phrase = TopicPhrase::parse(*text);
      const bool has_stray_star = text->find('*') < text->size() - 1;
      if (phrase.words.empty() || has_stray_star || phrase.words.size() > kMostWords || text->size() > kLongestPhrase)
        return wrong(item, fmt::format("\"{}\" is no phrase of one to {} words", *text, kMostWords));
      const bool is_known = std::any_of(rule.phrases.begin(), rule.phrases.end(), [&](const auto& p) {
        return p.first == phrase && (p.second == PhraseRole::Context) == (role == PhraseRole::Context);
      });
      if (is_known) return wrong(item, fmt::format("the phrase \"{}\" stands twice in this topic", *text));
      if (++phrases_ > kMostPhrases) return wrong(item, fmt::format("more than {} phrases", kMostPhrases));
      rule.phrases.emplace_back(std::move(phrase), role);
    }
    return std::nullopt;
  }

  std::string_view file_;
  const TopicTree& tree_;
  std::string language_;
  std::size_t phrases_ = 0;
};

}  // namespace

Result<std::vector<TopicRule>> parse_topic_rules(std::string_view text, std::string_view file, const TopicTree& tree) {
  const toml::parse_result pack = toml::parse(text, file);
  if (!pack) {
    const toml::parse_error& error = pack.error();
    return Error(ResourceError::BadRule, std::string(error.description()),
                 fmt::format("{}:{}", file, error.source().begin.line));
  }
  return PackReader(file, tree).read(pack.table());
}

}  // namespace newsd
