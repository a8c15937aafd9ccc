// What the command line puts in place of the configuration for a trial run. Kept beside the configuration, so that a
// reload applies it again.
#pragma once

#include "daemon/config/config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

struct Overrides {
  std::vector<std::filesystem::path> drops;   ///< watched instead of the configured ones; empty: those
  std::vector<std::string> feeds;             ///< addresses polled instead of the configured ones; empty: those
  Format input_format = Format::Unknown;      ///< forced on `drops`
  std::string format;                         ///< events go to stdout in this encoding too; empty: as configured
  std::string stdout_format = "cloudevents";  ///< of the stdout that stands in when no output is configured
  std::optional<unsigned> workers;
  std::filesystem::path state_dir;  ///< empty: as configured
};

/// load_config(file) with the overrides applied. Afterwards there is at least one output. Conflicts that the overrides
/// bring are errors whose `where` names the option.
LoadedConfig load_config(const std::filesystem::path& file, const Overrides& overrides);

}  // namespace newsd
