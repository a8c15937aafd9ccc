// HeldEntry: an entry of a feed that waits for the page it links to, and the form in which the journal keeps it. What
// the feed said is durable from the poll on; the entry is told when its page came, or when waiting is over. Plain
// value.
#pragma once

#include "feeds/article/article.h"
#include "feeds/schedule/state_lines.h"

#include <string>
#include <string_view>

namespace newsd {

/// key: names it for good. origin: of the feed's document. article: what the feed says of it; its url is the page.
/// shared_guid: entries with other pages have the same guid.
struct HeldEntry {
  std::string key;
  Origin origin;
  Instant since;
  bool shared_guid = false;
  Article article;
  bool operator==(const HeldEntry&) const = default;
};

/// All but the key, as lines of "name value".
std::string encode(const HeldEntry& entry);
/// FeedStateError::Malformed: what is no such entry, or has no page.
Result<HeldEntry> decode_held_entry(std::string_view key, std::string_view text);

}  // namespace newsd
