#include "daemon/config/apply.h"
#include "daemon/config/conflicts.h"
#include "daemon/config/overrides.h"
#include "daemon/config/values.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace newsd {
namespace {

constexpr std::size_t kLargest = 1 << 20;  // of one configuration file; they are written by hand

/// A configuration while it is put together.
struct Draft {
  LoadedConfig loaded;
  ConfigPlaces places;

  LoadedConfig finish() {
    fill_names(loaded.config);
    auto conflicts = conflicts_of(loaded.config, places);
    std::move(conflicts.begin(), conflicts.end(), std::back_inserter(loaded.errors));
    return std::move(loaded);
  }
};

Error unreadable(const std::filesystem::path& file, std::string_view why) {
  return Error(ConfigError::Unreadable, fmt::format("the configuration cannot be read: {}", why), file.string());
}

/// The content of a file; warns of one that everybody may write to: who writes it decides what newsd reads and writes.
Result<std::string> content_of(const std::filesystem::path& file, std::vector<std::string>& warnings) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return unreadable(file, std::strerror(errno));
  struct stat facts {};
  std::string text;
  std::array<char, 65'536> block;
  ssize_t n = 0;
  const bool is_regular = ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
  while (is_regular && text.size() <= kLargest && (n = ::read(fd, block.data(), block.size())) > 0) {
    text.append(block.data(), static_cast<std::size_t>(n));
  }
  const int error = errno;
  ::close(fd);
  if (!is_regular) return unreadable(file, "it is no regular file");
  if (n < 0) return unreadable(file, std::strerror(error));
  if (text.size() > kLargest) return unreadable(file, "it is larger than 1 MiB");
  if ((facts.st_mode & S_IWOTH) != 0)
    warnings.push_back(fmt::format("{}: everybody may write to this file", file.string()));
  return text;
}

void add_file(const std::filesystem::path& file, Draft& draft) {
  auto& loaded = draft.loaded;
  loaded.config.files.push_back(file);
  const auto text = content_of(file, loaded.warnings);
  if (text)
    apply_toml(*text, file, loaded.config, draft.places, loaded.errors);
  else
    loaded.errors.push_back(text.error());
}

/// The *.toml of a folder in lexical order; a folder that is not there has none.
std::vector<std::filesystem::path> parts_in(const std::filesystem::path& folder, std::vector<Error>& errors) {
  std::vector<std::filesystem::path> parts;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (name.ends_with(".toml") && !name.starts_with('.')) parts.push_back(entry->path());
  }
  if (error && error != std::errc::no_such_file_or_directory) errors.push_back(unreadable(folder, error.message()));
  std::sort(parts.begin(), parts.end());
  return parts;
}

Draft draft_of(const std::filesystem::path& file) {
  Draft draft;
  if (file.empty()) return draft;
  const auto path = std::filesystem::absolute(file).lexically_normal();
  add_file(path, draft);
  for (const auto& part : parts_in(path.parent_path() / "conf.d", draft.loaded.errors)) add_file(part, draft);
  return draft;
}

/// Adds the feeds of the state directory. Only its [[feed]] tables count, whatever else was written into it.
void add_feed_list(const std::filesystem::path& state_dir, Draft& draft) {
  const auto file = feed_list_file(state_dir);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return;
  Draft list;
  add_file(file, list);
  auto& loaded = draft.loaded;
  std::move(list.loaded.config.feeds.begin(), list.loaded.config.feeds.end(), std::back_inserter(loaded.config.feeds));
  std::move(list.places.feeds.begin(), list.places.feeds.end(), std::back_inserter(draft.places.feeds));
  std::move(list.loaded.errors.begin(), list.loaded.errors.end(), std::back_inserter(loaded.errors));
}

/// As a path in a file: whole, without dots and without a slash at its end.
std::filesystem::path whole(const std::filesystem::path& path) {
  auto result = std::filesystem::absolute(path).lexically_normal();
  return result.has_filename() || !result.has_relative_path() ? result : result.parent_path();
}

void apply(const Overrides& overrides, Draft& draft) {
  auto& config = draft.loaded.config;
  if (!overrides.state_dir.empty()) {
    config.state_dir = whole(overrides.state_dir);
    draft.places.state_dir = "--state-dir";
  }
  if (overrides.workers) config.pipeline.workers = *overrides.workers;
  if (!overrides.drops.empty()) {
    config.drops.clear();
    draft.places.drops.clear();
    for (const auto& path : overrides.drops) {
      auto& drop = config.drops.emplace_back();
      drop.path = whole(path);
      drop.format = overrides.input_format;
      draft.places.drops.emplace_back("--drop");
    }
  }
  if (!overrides.feeds.empty()) {
    config.feeds.clear();
    draft.places.feeds.clear();
    for (const auto& url : overrides.feeds) {
      if (const auto why = refuse_url(url); !why.empty())
        draft.loaded.errors.emplace_back(ConfigError::OutOfRange, "the address " + why, "--feed");
      config.feeds.emplace_back().url = url;
      draft.places.feeds.emplace_back("--feed");
    }
  }
  const bool has_stdout = std::any_of(config.outputs.begin(), config.outputs.end(), [&](OutputConfig& output) {
    const bool is_stdout = output.kind == OutputConfig::Kind::Stdout;
    if (is_stdout && !overrides.format.empty()) output.format = overrides.format;
    return is_stdout;
  });
  if (config.outputs.empty() || (!overrides.format.empty() && !has_stdout)) {
    OutputConfig output;
    output.format = overrides.format.empty() ? overrides.stdout_format : overrides.format;
    config.outputs.push_back(std::move(output));
    draft.places.outputs.emplace_back("--format");
  }
}

std::filesystem::path environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::filesystem::path() : std::filesystem::path(value);
}

}  // namespace

LoadedConfig load_config(const std::filesystem::path& file) { return load_config(file, {}); }

LoadedConfig load_config(const std::filesystem::path& file, const Overrides& overrides) {
  Draft draft = draft_of(file);
  apply(overrides, draft);
  if (overrides.feeds.empty()) add_feed_list(draft.loaded.config.state_dir, draft);
  return draft.finish();
}

std::filesystem::path feed_list_file(const std::filesystem::path& state_dir) { return state_dir / "feeds.toml"; }

LoadedConfig load_feed_list(const std::filesystem::path& state_dir) {
  Draft draft;
  add_feed_list(state_dir, draft);
  return draft.finish();
}

LoadedConfig parse_config(std::string_view text, const std::filesystem::path& name) {
  Draft draft;
  draft.loaded.config.files.push_back(name);
  apply_toml(text, name, draft.loaded.config, draft.places, draft.loaded.errors);
  return draft.finish();
}

std::filesystem::path default_config_file() {
  std::error_code error;
  if (::geteuid() != 0) {
    auto folder = environment_path("XDG_CONFIG_HOME");
    if (!folder.is_absolute()) {
      const auto home = environment_path("HOME");
      folder = home.is_absolute() ? home / ".config" : std::filesystem::path();
    }
    auto own = folder / "newsd" / "newsd.toml";
    if (!folder.empty() && std::filesystem::exists(own, error)) return own;
  }
  const std::filesystem::path shared = "/etc/newsd/newsd.toml";
  return std::filesystem::exists(shared, error) ? shared : std::filesystem::path();
}

}  // namespace newsd
