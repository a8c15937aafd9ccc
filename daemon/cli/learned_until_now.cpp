#include "daemon/cli/learned_until_now.h"

#include "daemon/app/preparation.h"
#include "daemon/pipeline/learning.h"

#include <limits>

namespace newsd {

Result<LearnedUntilNow> learned_until_now(const Config& config, JournalReader& journal) {
  const auto limits = learning_limits(config);
  if (!limits) return LearnedUntilNow{};
  const auto kept = journal.learned();
  if (!kept) return kept.error();
  Learning learning(*limits);
  if (auto restored = learning.restore(*kept, std::numeric_limits<std::uint64_t>::max()); !restored)
    return restored.error();
  return LearnedUntilNow{learning.now(), limits->articles};
}

}  // namespace newsd
