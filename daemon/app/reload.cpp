#include "daemon/app/reload.h"

#include <string_view>
#include <utility>

namespace newsd {
namespace {

std::vector<std::string> those_that_hold(std::initializer_list<std::pair<bool, std::string_view>> all) {
  std::vector<std::string> names;
  for (const auto& [holds, name] : all) {
    if (holds) names.emplace_back(name);
  }
  return names;
}

}  // namespace

std::vector<std::string> needing_restart(const Config& running, const Config& wanted) {
  return those_that_hold({
      {running.state_dir != wanted.state_dir, "state_dir"},
      {running.instance != wanted.instance, "instance"},
      {running.journal.commit_window != wanted.journal.commit_window, "journal.commit_window"},
      {running.pipeline != wanted.pipeline, "pipeline"},
      {running.learning != wanted.learning, "learning"},
  });
}

std::vector<std::string> changed_sections(const Config& running, const Config& wanted) {
  const bool journal =
      running.journal.retain != wanted.journal.retain || running.journal.max_size != wanted.journal.max_size;
  return those_that_hold({
      {running.drops != wanted.drops, "drop"},
      {running.feeds != wanted.feeds, "feed"},
      {running.fetch != wanted.fetch, "fetch"},
      {running.http != wanted.http, "http"},
      {running.websub != wanted.websub, "websub"},
      {running.outputs != wanted.outputs, "output"},
      {running.rules != wanted.rules, "rule"},
      {journal, "journal"},
      {running.dedupe != wanted.dedupe, "dedupe"},
      {running.limits != wanted.limits, "limits"},
      {running.log != wanted.log, "log"},
  });
}

std::vector<std::string> changed_resources(const Preparation& running, const Preparation& wanted) {
  const Resources &before = *running.resources, &now = *wanted.resources;
  const auto version = [](const Preparation& p) {
    return p.labelling.topic_model != nullptr ? p.labelling.topic_model->version() : std::string();
  };
  return those_that_hold({
      {before.topics_version != now.topics_version, "topics_dir"},
      {version(running) != version(wanted), "topics_model"},
      {before.facts_version != now.facts_version, "lexicon_dir"},
      {before.names->version() != now.names->version(), "names_model"},
      {before.language->version() != now.language->version(), "language_model"},
  });
}

}  // namespace newsd
