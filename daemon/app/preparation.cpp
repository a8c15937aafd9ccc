#include "daemon/app/preparation.h"

#include "daemon/app/version.h"
#include "daemon/classify/topics.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

namespace newsd {
namespace {

namespace fs = std::filesystem;

Error unreadable(const fs::path& path, const std::string& why) {
  return Error(ConfigError::Unreadable, "cannot be read: " + why, path.string());
}

/// The rule packs of a directory, *.toml in lexical order.
Result<std::vector<fs::path>> packs_in(const fs::path& directory) {
  std::error_code failed;
  std::vector<fs::path> packs;
  for (fs::directory_iterator it(directory, failed), end; !failed && it != end; it.increment(failed)) {
    if (it->path().extension() == ".toml") packs.push_back(it->path());
  }
  if (failed) return unreadable(directory, failed.message());
  if (packs.empty()) return Error(ConfigError::Unreadable, "holds no rule pack (*.toml)", directory.string());
  std::sort(packs.begin(), packs.end());
  return packs;
}

Result<std::shared_ptr<const Resources>> read_resources(const fs::path& directory) {
  const auto paths = packs_in(directory);
  if (!paths) return paths.error();
  std::vector<std::string> texts;
  for (const fs::path& path : *paths) {
    std::ifstream in(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (!in) return unreadable(path, "an input error");
  }
  std::vector<NamedText> packs;
  for (std::size_t i = 0; i < texts.size(); ++i) packs.push_back({(*paths)[i].string(), texts[i]});
  return make_resources(packs);
}

/// A model whose labels are all in the vocabulary: others could not be said in an event.
Result<std::shared_ptr<const TopicModel>> read_topic_model(const fs::path& path, const TopicTree& tree) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return unreadable(path, "there is no such file, or an input error");
  auto model = TopicModel::parse(std::move(bytes), path.string());
  if (!model) return model.error();
  for (const TopicModelLabel& label : model->labels()) {
    if (topic_of_label(label.name, tree) == TopicTree::kNone)
      return Error(ResourceError::BadVocabulary, "its label \"" + label.name + "\" is no code of an IPTC Media Topic",
                   path.string());
  }
  return std::make_shared<const TopicModel>(std::move(*model));
}

}  // namespace

Result<UserRules> compiled_rules(const Config& config) {
  std::vector<UserRule> rules;
  for (const RuleConfig& rule : config.rules)
    rules.push_back(
        {rule.id, {rule.match, static_cast<double>(rule.threshold)}, rule.action == RuleConfig::Action::Reject});
  return UserRules::compile(std::move(rules));
}

Result<std::shared_ptr<const Preparation>> make_preparation(const Config& config) {
  auto resources = config.topics_dir.empty() ? Result<std::shared_ptr<const Resources>>(default_resources())
                                             : read_resources(config.topics_dir);
  if (!resources) return resources.error();
  auto preparation = std::make_shared<Preparation>();
  preparation->resources = std::move(*resources);
  if (!config.topics_model.empty()) {
    auto model = read_topic_model(config.topics_model, preparation->resources->tree);
    if (!model) return model.error();
    preparation->labelling.topic_model = std::move(*model);
  }
  if (!config.rules.empty()) {
    auto rules = compiled_rules(config);
    if (!rules) return rules.error();
    preparation->labelling.rules = std::make_shared<const UserRules>(std::move(*rules));
  }
  preparation->limits = config.limits;
  preparation->version = {newsd_version(), config.fingerprint()};
  return std::shared_ptr<const Preparation>(std::move(preparation));
}

}  // namespace newsd
