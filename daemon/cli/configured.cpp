#include "daemon/cli/configured.h"

#include "daemon/app/exit_status.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace newsd {
namespace {

std::filesystem::path own_state_dir() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return std::filesystem::path(state) / "newsd";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return std::filesystem::path(home) / ".local/state/newsd";
  return {};
}

}  // namespace

std::filesystem::path config_file_of(const std::string& given) {
  return given.empty() ? default_config_file() : std::filesystem::path(given);
}

std::optional<Config> configured(const std::filesystem::path& file, Overrides overrides, Console& console) {
  if (file.empty() && overrides.state_dir.empty() && ::geteuid() != 0) overrides.state_dir = own_state_dir();
  auto loaded = load_config(file, overrides);
  for (const auto& warning : loaded.warnings) console.say_place(fmt::format("{} (a warning)", warning));
  for (const auto& error : loaded.errors) console.say_place(error.message());
  if (loaded.errors.empty()) return std::move(loaded.config);
  console.say(loaded.errors.size() == 1 ? std::string("the configuration has an error")
                                        : fmt::format("the configuration has {} errors", loaded.errors.size()));
  return std::nullopt;
}

int with_journal(const std::string& config_file, const std::string& state_dir, Console& console,
                 const std::function<int(const Config&, JournalReader&)>& work) {
  Overrides overrides;
  overrides.state_dir = state_dir;
  const auto config = configured(config_file_of(config_file), overrides, console);
  if (!config) return kExitConfig;
  const auto reader = JournalReader::open(config->state_dir);
  if (!reader) {
    console.say(reader.error());
    return exit_status_of(reader.error());
  }
  return work(*config, **reader);
}

Option journal_config_option(std::string& config_file) {
  return {.names = "-c,--config",
          .value = "FILE",
          .says = "the configuration that names the state directory",
          .into = &config_file,
          .completes = Option::Completes::Files};
}

Option state_dir_option(std::string& state_dir) {
  return {.names = "--state-dir",
          .value = "DIR",
          .says = "where the journal is, instead",
          .into = &state_dir,
          .completes = Option::Completes::Folders};
}

}  // namespace newsd
