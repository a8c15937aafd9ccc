// What commands take from the configuration: the file that holds, what is wrong with it in words, where the state is.
// Start-up only.
#pragma once

#include "daemon/cli/command.h"
#include "daemon/cli/console.h"
#include "daemon/config/overrides.h"
#include "daemon/journal/journal.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace newsd {

/// The file given, or the one newsd looks for; empty when there is none.
std::filesystem::path config_file_of(const std::string& given);

/// Reads the configuration with the overrides. Without any file, a user other than root has the state in
/// ~/.local/state/newsd (or $XDG_STATE_HOME). What is wrong is said, all of it; then there is nothing to return and the
/// exit status is kExitConfig.
std::optional<Config> configured(const std::filesystem::path& file, Overrides overrides, Console& console);

/// Does what a command does with the journal, opened for reading: that of `state_dir` when given, else of the
/// configuration's. What is wrong with either is said. The exit status.
int with_journal(const std::string& config_file, const std::string& state_dir, Console& console,
                 const std::function<int(const Config&, JournalReader&)>& work);

/// The options that name a journal to with_journal().
Option journal_config_option(std::string& config_file);
Option state_dir_option(std::string& state_dir);

}  // namespace newsd
