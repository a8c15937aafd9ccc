// What the workers prepare inputs with, made from the configuration: topic rules, lexicons and models (embedded, or
// read from where it says), the user's rules, limits, versions. Start-up, reload and the commands that work without a
// daemon.
#pragma once

#include "daemon/config/config.h"
#include "daemon/pipeline/prepare.h"

#include <memory>
#include <optional>

namespace newsd {

/// The configuration's [[rule]] tables.
Result<UserRules> compiled_rules(const Config& config);

/// What is learned of sources; nothing when that is off.
std::optional<LearningLimits> learning_limits(const Config& config);

/// An error names the rule or lexicon file and line, or the directory or model that cannot be read.
Result<std::shared_ptr<const Preparation>> make_preparation(const Config& config);

}  // namespace newsd
