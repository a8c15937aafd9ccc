#include "daemon/classify/label.h"

#include "daemon/classify/language.h"
#include "daemon/classify/topics.h"
#include "daemon/classify/understand.h"

namespace newsd {

Labels label(const Article& article, const Resources& resources, const LabelSettings& settings) {
  Labels labels;
  labels.language = language_of(article, *resources.language);
  labels.topics = topics_of(article, labels.language.code, resources, settings.topic_model.get());
  labels.models = {{"language", resources.language->version()}, {"topics", resources.topics_version}};
  if (settings.topic_model != nullptr) labels.models["topics-model"] = settings.topic_model->version();
  understand(article, resources.lexicon, resources.names.get(), labels);
  labels.models.emplace("names", resources.names->version());
  for (const char* stage : {"dates", "entities", "events", "quotes", "tone"})
    labels.models.emplace(stage, resources.facts_version);
  if (settings.rules != nullptr) {
    labels.rules = settings.rules->labels_of(article, labels);
    labels.models["rules"] = settings.rules->version();
  }
  return labels;
}

}  // namespace newsd
