// What differs between the configuration in force and a new one, in the words of the file. Pure.
#pragma once

#include "daemon/config/config.h"

#include <string>
#include <vector>

namespace newsd {

/// The keys whose new values wait for the next start: state_dir, instance, pipeline.*, journal.commit_window.
std::vector<std::string> needing_restart(const Config& running, const Config& wanted);

/// The sections that a reload changes, in the order of the file: "drop", "output", "rule", "journal", "dedupe",
/// "limits", "topics_dir", "topics_model", "log".
std::vector<std::string> changed_sections(const Config& running, const Config& wanted);

}  // namespace newsd
