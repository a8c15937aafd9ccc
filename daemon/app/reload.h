// What differs between the configuration in force and a new one, in the words of the file. Pure.
#pragma once

#include "daemon/config/config.h"
#include "daemon/pipeline/prepare.h"

#include <string>
#include <vector>

namespace newsd {

/// The keys whose new values wait for the next start: state_dir, instance, pipeline.*, journal.commit_window.
std::vector<std::string> needing_restart(const Config& running, const Config& wanted);

/// The sections that a reload changes, in the order of the file: "drop", "output", "rule", "journal", "dedupe",
/// "limits", "log".
std::vector<std::string> changed_sections(const Config& running, const Config& wanted);
/// The keys of rule packs, lexicons and models that are others than before, whether a path or what lies there changed:
/// "topics_dir", "topics_model", "lexicon_dir", "names_model", "language_model".
std::vector<std::string> changed_resources(const Preparation& running, const Preparation& wanted);

}  // namespace newsd
