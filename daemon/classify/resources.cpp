#include "daemon/classify/resources.h"

#include "feeds/text/digest.h"

#include <array>
#include <tuple>
#include <utility>
#include <vector>

namespace newsd {

/// The files of conf/lexicon and conf/topics, put into the program by CMakeLists.txt.
namespace embedded {
std::string_view language_model();
std::string_view names_model();
std::string_view mediatopics();
std::string_view lexicon_countries();
std::string_view lexicon_places();
std::string_view lexicon_cities();
std::string_view lexicon_organisations();
std::string_view lexicon_people();
std::string_view lexicon_words_en();
std::string_view lexicon_irregular_en();
std::string_view lexicon_events_en();
std::string_view lexicon_tone_en();
std::string_view lexicon_vader_en();
std::string_view topics_conflict_en();
std::string_view topics_culture_en();
std::string_view topics_disaster_en();
std::string_view topics_economy_en();
std::string_view topics_human_interest_en();
std::string_view topics_justice_en();
std::string_view topics_politics_en();
std::string_view topics_science_health_en();
std::string_view topics_society_en();
std::string_view topics_sport_en();
std::string_view topics_weather_en();
}  // namespace embedded

namespace {

/// Counts up when a rule or the way of scoring changes.
constexpr std::string_view kRulesVersion = "medtop-rules-2";

std::vector<NamedText> embedded_packs() {
  return {{"conflict.en.toml", embedded::topics_conflict_en()},
          {"culture.en.toml", embedded::topics_culture_en()},
          {"disaster.en.toml", embedded::topics_disaster_en()},
          {"economy.en.toml", embedded::topics_economy_en()},
          {"human_interest.en.toml", embedded::topics_human_interest_en()},
          {"justice.en.toml", embedded::topics_justice_en()},
          {"politics.en.toml", embedded::topics_politics_en()},
          {"science_health.en.toml", embedded::topics_science_health_en()},
          {"society.en.toml", embedded::topics_society_en()},
          {"sport.en.toml", embedded::topics_sport_en()},
          {"weather.en.toml", embedded::topics_weather_en()}};
}

constexpr std::string_view kFactsVersion = "newsd-facts-3";

std::vector<NamedText> embedded_lexicon() {
  return {{"words.en.tsv", embedded::lexicon_words_en()},
          {"irregular.en.tsv", embedded::lexicon_irregular_en()},
          {"events.en.tsv", embedded::lexicon_events_en()},
          {"vader.en.tsv", embedded::lexicon_vader_en()},
          {"tone.en.tsv", embedded::lexicon_tone_en()},
          {"countries.tsv", embedded::lexicon_countries()},
          {"organisations.tsv", embedded::lexicon_organisations()},
          {"people.tsv", embedded::lexicon_people()},
          {"places.tsv", embedded::lexicon_places()},
          {"cities.tsv", embedded::lexicon_cities()}};
}

NamedText embedded_vocabulary() { return {"mediatopics.tsv", embedded::mediatopics()}; }

/// Eight hexadecimal digits over the packs' texts and their order.
std::string fingerprint_of(std::span<const NamedText> packs) {
  std::string all;
  for (const NamedText& pack : packs) all.append(std::to_string(pack.text.size())).append(":").append(pack.text);
  return sha256(all).to_hex().substr(0, 8);
}

/// The models are opened once; all resources share them. What is embedded was checked by the tests: nothing here can
/// fail.
std::shared_ptr<const LanguageModel> embedded_language_model() {
  static const auto model =
      std::make_shared<const LanguageModel>(LanguageModel::over(embedded::language_model(), "language.nlm").value());
  return model;
}

std::shared_ptr<const NameModel> embedded_names_model() {
  static const auto model =
      std::make_shared<const NameModel>(NameModel::over(embedded::names_model(), "names.nnm").value());
  return model;
}

}  // namespace

std::string_view code_of(ResourceError e) {
  switch (e) {
    case ResourceError::BadVocabulary: return "bad-vocabulary";
    case ResourceError::BadRule: return "bad-topic-rule";
    case ResourceError::BadLexicon: return "bad-lexicon";
  }
  return "bad-topic-rule";
}

Result<std::shared_ptr<const Resources>> make_resources(std::span<const NamedText> packs,
                                                        const NamedText& mediatopics) {
  auto made = std::make_shared<Resources>();
  auto tree = TopicTree::parse(mediatopics.text, mediatopics.name);
  if (!tree) return tree.error();
  made->tree = std::move(*tree);

  std::vector<TopicRule> rules;
  for (const NamedText& pack : packs) {
    auto read = parse_topic_rules(pack.text, pack.name, made->tree);
    if (!read) return read.error();
    for (TopicRule& rule : *read) rules.push_back(std::move(rule));
  }
  std::tie(made->topics, made->phrases) = compile_topic_rules(std::move(rules));

  made->lexicon = default_lexicon();
  made->facts_version = kFactsVersion;

  made->topics_version = kRulesVersion;
  if (const std::string print = fingerprint_of(packs); print != fingerprint_of(embedded_packs()))
    made->topics_version += "+" + print;
  made->language = embedded_language_model();
  made->names = embedded_names_model();
  return std::shared_ptr<const Resources>(std::move(made));
}

Result<std::shared_ptr<const Resources>> make_resources(std::span<const NamedText> packs) {
  return make_resources(packs, embedded_vocabulary());
}

// what is embedded was checked by the tests: value() cannot throw
Lexicon default_lexicon() { return Lexicon::make(embedded_lexicon()).value(); }

std::shared_ptr<const Resources> default_resources() {
  static const std::shared_ptr<const Resources> resources = make_resources(embedded_packs()).value();
  return resources;
}

}  // namespace newsd
