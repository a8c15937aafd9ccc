// What a daemon has learned of the sources of articles, for commands that read inputs beside it.
#pragma once

#include "daemon/config/config.h"
#include "daemon/journal/journal.h"
#include "feeds/extract/learn.h"

#include <memory>

namespace newsd {

/// Keeps what it knows for as long as it is read by.
struct LearnedUntilNow {
  std::shared_ptr<const Knowledge> knowledge;  ///< none: learning is off
  std::uint32_t enough = 0;

  Learned learned() const { return {knowledge.get(), enough}; }
};

/// With all lessons, also those that the daemon does not read by yet. Errors are the journal's.
Result<LearnedUntilNow> learned_until_now(const Config& config, JournalReader& journal);

}  // namespace newsd
