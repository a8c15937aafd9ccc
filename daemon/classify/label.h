// label(): an Article and the resources → Labels, each with the words that decided it. Pure; workers call it side by
// side with one shared Resources.
#pragma once

#include "daemon/classify/facts.h"
#include "daemon/classify/resources.h"
#include "daemon/classify/topic_model.h"
#include "daemon/classify/user_rules.h"
#include "feeds/article/article.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// code: BCP 47 or "und" when unsure. confidence: 0–1.
struct LanguageLabel {
  std::string code = "und";
  double confidence = 0;
  enum class How { Content, Declared } how = How::Content;
  bool operator==(const LanguageLabel&) const = default;
};

/// An IPTC Media Topic. code: eight digits; relevance, confidence: 0–100; why: the phrases of the text that decided, as
/// they stand there, at most five. by: what found it, or the descendant it was taken over from.
struct TopicLabel {
  std::string code;
  std::string name;
  int relevance = 0;
  int confidence = 0;
  std::vector<std::string> why;
  enum class By { Rules, Model } by = By::Rules;
  bool operator==(const TopicLabel&) const = default;
};

struct Labels {
  LanguageLabel language;
  std::vector<TopicLabel> topics;             ///< best first, ancestors included
  std::vector<CountryLabel> countries;        ///< by salience
  std::vector<EntityLabel> entities;          ///< by first mention
  std::vector<QuoteLabel> quotes;             ///< in the order of the text
  std::vector<EventLabel> events;             ///< by confidence
  std::vector<DateLabel> dates;               ///< in the order of the text
  std::optional<ToneLabel> tone;              ///< absent for a text without words, or in a language without a lexicon
  std::vector<RuleLabel> rules;               ///< in the order of the configuration
  std::map<std::string, std::string> models;  ///< stage → version, for `pipeline.models`
  bool operator==(const Labels&) const = default;
};

/// What an installation adds to the resources that newsd comes with. Null: nothing.
struct LabelSettings {
  std::shared_ptr<const TopicModel> topic_model;
  std::shared_ptr<const UserRules> rules;
};

Labels label(const Article& article, const Resources& resources, const LabelSettings& settings = {});

}  // namespace newsd
