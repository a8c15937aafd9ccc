#include "daemon/classify/label.h"

#include "daemon/classify/language.h"
#include "daemon/classify/topics.h"

namespace newsd {

Labels label(const Article& article, const Resources& resources) {
  Labels labels;
  labels.language = language_of(article);
  labels.topics = topics_of(article, labels.language.code, resources);
  labels.models = {{"language", resources.language_version}, {"topics", resources.topics_version}};
  return labels;
}

}  // namespace newsd
