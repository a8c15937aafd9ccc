#include "daemon/classify/resources.h"

#include "feeds/text/digest.h"

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

/// Eight hexadecimal digits over the texts and their order.
std::string fingerprint_of(std::span<const NamedText> files) {
  std::string all;
  for (const NamedText& file : files) all.append(std::to_string(file.text.size())).append(":").append(file.text);
  return sha256(all).to_hex().substr(0, 8);
}

/// The embedded lexicons and a user's. What is the user's stands before what is embedded of its kind: of two that speak
/// of the same name the first counts.
std::vector<NamedText> lexicons_with(std::span<const NamedText> own) {
  std::vector<NamedText> files;
  std::vector<bool> read(own.size());
  for (const NamedText& embedded : embedded_lexicon()) {
    bool replaced = false;
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (lexicon_kind(own[i].name) != lexicon_kind(embedded.name)) continue;
      replaced |= file_of(own[i].name) == embedded.name;
      if (!read[i]) files.push_back(own[i]);
      read[i] = true;
    }
    if (!replaced) files.push_back(embedded);
  }
  for (std::size_t i = 0; i < own.size(); ++i)
    if (!read[i]) files.push_back(own[i]);  // of no known kind: reading it tells so
  return files;
}

/// Of texts that are not the embedded ones with their fingerprint.
std::string version_of(std::string_view rules, std::span<const NamedText> files, std::span<const NamedText> embedded) {
  std::string version(rules);
  if (const std::string print = fingerprint_of(files); print != fingerprint_of(embedded)) version += "+" + print;
  return version;
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

Result<std::shared_ptr<const Resources>> make_resources(const OwnResources& own, const NamedText& mediatopics) {
  auto made = std::make_shared<Resources>();
  auto tree = TopicTree::parse(mediatopics.text, mediatopics.name);
  if (!tree) return tree.error();
  made->tree = std::move(*tree);

  const std::vector<NamedText> packs = own.packs ? *own.packs : embedded_packs();
  std::vector<TopicRule> rules;
  for (const NamedText& pack : packs) {
    auto read = parse_topic_rules(pack.text, pack.name, made->tree);
    if (!read) return read.error();
    for (TopicRule& rule : *read) rules.push_back(std::move(rule));
  }
  std::tie(made->topics, made->phrases) = compile_topic_rules(std::move(rules));

  const std::vector<NamedText> lexicons = lexicons_with(own.lexicons);
  auto lexicon = Lexicon::make(lexicons);
  if (!lexicon) return lexicon.error();
  made->lexicon = std::move(*lexicon);

  made->topics_version = version_of(kRulesVersion, packs, embedded_packs());
  made->facts_version = version_of(kFactsVersion, lexicons, embedded_lexicon());
  made->language = own.language != nullptr ? own.language : embedded_language_model();
  made->names = own.names != nullptr ? own.names : embedded_names_model();
  return std::shared_ptr<const Resources>(std::move(made));
}

Result<std::shared_ptr<const Resources>> make_resources(const OwnResources& own) {
  return make_resources(own, embedded_vocabulary());
}

// what is embedded was checked by the tests: value() cannot throw
Lexicon default_lexicon() { return Lexicon::make(embedded_lexicon()).value(); }

std::shared_ptr<const Resources> default_resources() {
  static const std::shared_ptr<const Resources> resources = make_resources({}).value();
  return resources;
}

}  // namespace newsd
