#include "daemon/app/preparation.h"

#include "daemon/app/version.h"
#include "daemon/classify/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {
namespace {

namespace fs = std::filesystem;

Error unreadable(const fs::path& path, const std::string& why) {
  return Error(ConfigError::Unreadable, "cannot be read: " + why, path.string());
}

Result<std::string> bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return unreadable(path, "there is no such file, or an input error");
  return bytes;
}

/// Files of a directory with their names and texts.
struct Files {
  std::vector<std::pair<std::string, std::string>> read;

  std::vector<NamedText> texts() const {
    std::vector<NamedText> texts;
    for (const auto& [name, text] : read) texts.push_back({name, text});
    return texts;
  }
};

/// Those with this extension, in lexical order; a directory without any is an error: it is the wrong one. what: of
/// what, for that error.
Result<Files> files_in(const fs::path& directory, std::string_view extension, std::string_view what) {
  std::error_code failed;
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(directory, failed), end; !failed && it != end; it.increment(failed)) {
    if (it->path().extension() == extension) paths.push_back(it->path());
  }
  if (failed) return unreadable(directory, failed.message());
  if (paths.empty())
    return Error(ConfigError::Unreadable, fmt::format("holds no {} (*{})", what, extension), directory.string());
  std::sort(paths.begin(), paths.end());
  Files files;
  for (const fs::path& path : paths) {
    auto text = bytes_of(path);
    if (!text) return text.error();
    files.read.emplace_back(path.string(), std::move(*text));
  }
  return files;
}

/// As Model::parse() reads it; null without a path.
template <class Model>
Result<std::shared_ptr<const Model>> read_model(const fs::path& path) {
  if (path.empty()) return std::shared_ptr<const Model>();
  auto bytes = bytes_of(path);
  if (!bytes) return bytes.error();
  auto model = Model::parse(std::move(*bytes), path.string());
  if (!model) return model.error();
  return std::make_shared<const Model>(std::move(*model));
}

Result<std::shared_ptr<const Resources>> read_resources(const Config& config) {
  Files packs, lexicons;
  OwnResources own;
  if (!config.topics_dir.empty()) {
    auto files = files_in(config.topics_dir, ".toml", "rule pack");
    if (!files) return files.error();
    packs = std::move(*files);
    own.packs = packs.texts();
  }
  if (!config.lexicon_dir.empty()) {
    auto files = files_in(config.lexicon_dir, ".tsv", "lexicon");
    if (!files) return files.error();
    lexicons = std::move(*files);
    own.lexicons = lexicons.texts();
  }
  auto names = read_model<NameModel>(config.names_model);
  if (!names) return names.error();
  own.names = std::move(*names);
  auto language = read_model<LanguageModel>(config.language_model);
  if (!language) return language.error();
  own.language = std::move(*language);
  return own.is_empty() ? default_resources() : make_resources(own);
}

/// A model whose labels are all in the vocabulary: others could not be said in an event.
Result<std::shared_ptr<const TopicModel>> read_topic_model(const fs::path& path, const TopicTree& tree) {
  auto model = read_model<TopicModel>(path);
  if (!model || *model == nullptr) return model;
  for (const TopicModelLabel& label : (*model)->labels()) {
    if (topic_of_label(label.name, tree) == TopicTree::kNone)
      return Error(ResourceError::BadVocabulary, "its label \"" + label.name + "\" is no code of an IPTC Media Topic",
                   path.string());
  }
  return model;
}

}  // namespace

Result<UserRules> compiled_rules(const Config& config) {
  std::vector<UserRule> rules;
  for (const RuleConfig& rule : config.rules)
    rules.push_back(
        {rule.id, {rule.match, static_cast<double>(rule.threshold)}, rule.action == RuleConfig::Action::Reject});
  return UserRules::compile(std::move(rules));
}

std::optional<LearningLimits> learning_limits(const Config& config) {
  const LearningConfig& learning = config.learning;
  if (!learning.enabled) return std::nullopt;
  return LearningLimits{learning.sources, learning.lines, static_cast<std::uint32_t>(learning.articles),
                        static_cast<std::uint32_t>(learning.forget)};
}

Result<std::shared_ptr<const Preparation>> make_preparation(const Config& config) {
  auto resources = read_resources(config);
  if (!resources) return resources.error();
  auto preparation = std::make_shared<Preparation>();
  preparation->resources = std::move(*resources);
  auto model = read_topic_model(config.topics_model, preparation->resources->tree);
  if (!model) return model.error();
  preparation->labelling.topic_model = std::move(*model);
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
