// What goes between the poller and whoever reads and records: FeedPoll, a poll that brought a document, on its way in;
// FeedUpdate, what a poll came to, on its way to the journal and back. Plain values.
#pragma once

#include "feeds/schedule/held_entry.h"
#include "feeds/schedule/hub_state.h"
#include "feeds/schedule/settle.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// feed: how it is named for good, the URL as configured. before: its state at the poll. outcome: complete but for what
/// only a reader of the document can know. known: what it showed before.
struct FeedPoll {
  std::string feed;
  std::string name;  ///< as configured, may be empty
  PollRules rules;
  FeedState before;
  PollOutcome outcome;
  std::shared_ptr<const ShownEntries> known;
  std::size_t max_sitemaps = 0;  ///< so many are polled of a sitemap index; 0: it is no feed here
  std::size_t may_hold = 0;      ///< so many entries may wait for their pages
};

/// shown: set when a feed was read; hub: set when it changed; else what was recorded of them stays. held: entries that
/// wait for their pages from now on.
struct FeedUpdate {
  std::string feed;
  std::string name;
  FeedState state;
  std::optional<ShownEntries> shown;
  std::vector<FeedNotice> notices;
  std::optional<HubState> hub = std::nullopt;
  bool leaves = false;  ///< nothing of it is to be remembered any more
  std::vector<std::shared_ptr<const HeldEntry>> held{};
};

}  // namespace newsd
