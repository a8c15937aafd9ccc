#include "daemon/app/preparation.h"

#include "daemon/app/version.h"

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

}  // namespace

Result<std::shared_ptr<const Preparation>> make_preparation(const Config& config) {
  auto resources = config.topics_dir.empty() ? Result<std::shared_ptr<const Resources>>(default_resources())
                                             : read_resources(config.topics_dir);
  if (!resources) return resources.error();
  auto preparation = std::make_shared<Preparation>();
  preparation->resources = std::move(*resources);
  preparation->limits = config.limits;
  preparation->version = {newsd_version(), config.fingerprint()};
  return std::shared_ptr<const Preparation>(std::move(preparation));
}

}  // namespace newsd
