// apply_toml(): one TOML text over a Config, later texts over earlier ones. Internal to config: load.cpp says which
// texts, conflicts.cpp what is wrong between keys.
#pragma once

#include "daemon/config/config.h"
#include "daemon/config/conflicts.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace newsd {

/// Sets what `text` says on `config`; [[drop]] and [[output]] are appended, with their places. name: the file's, for
/// errors; relative paths are taken from its folder. A syntax error changes nothing; any other error leaves its key as
/// it was.
void apply_toml(std::string_view text, const std::filesystem::path& name, Config& config, ConfigPlaces& places,
                std::vector<Error>& errors);

}  // namespace newsd
