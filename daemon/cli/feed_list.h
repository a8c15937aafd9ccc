// The feeds that are managed by command: <state_dir>/feeds.toml, tables [[feed]] as in the configuration, which is read
// after it. Written whole and renamed into place, so that a daemon that reads it never sees half.
#pragma once

#include "daemon/config/config.h"

#include <filesystem>
#include <vector>

namespace newsd {

/// None when there is no such file yet. Errors are those of a configuration.
Result<std::vector<FeedConfig>> read_feed_list(const std::filesystem::path& state_dir);
/// Makes the state directory when it is missing. Codes: "cannot-create", "permission", "io", "disk-full".
Result<void> write_feed_list(const std::filesystem::path& state_dir, const std::vector<FeedConfig>& feeds);

}  // namespace newsd
