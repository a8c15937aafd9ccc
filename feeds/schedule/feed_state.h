// FeedState: all that is remembered of a feed from one poll to the next, and across restarts. Plain value; encode() and
// decode() are its form in the journal. Pure.
#pragma once

#include "feeds/article/polled_sitemap.h"
#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"
#include "feeds/http/header_fields.h"
#include "feeds/http/websub.h"
#include "feeds/schedule/publishing.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// What a feed itself asks of those who poll it. skip_hours: bit h for hour h of the day (UTC); skip_days: bit 0 for
/// Sunday.
struct FeedHints {
  std::optional<std::chrono::seconds> ttl;     ///< RSS ttl
  std::optional<std::chrono::seconds> update;  ///< sy:updatePeriod divided by sy:updateFrequency
  std::uint32_t skip_hours = 0;
  std::uint8_t skip_days = 0;
  bool operator==(const FeedHints&) const = default;
};

/// Instants that are not yet known are the epoch.
struct FeedState {
  std::string url;            ///< polled: as configured, or as adopted after a permanent redirect; empty: never polled
  Validators validators;      ///< of the last whole answer that was read and recorded
  std::string validated_url;  ///< who gave them: only this URL gets them back

  Instant next_poll;
  Instant last_poll;        ///< when the last request was sent
  Instant last_success;     ///< the last whole feed, or 304
  Instant last_new;         ///< when an entry last was new
  Instant away_until;       ///< the host asked for silence until then (Retry-After)
  std::uint64_t polls = 0;  ///< requests, redirects not counted

  std::uint32_t failures = 0;  ///< in a row
  Instant failing_since;       ///< the first of them
  std::string failure;         ///< the code of the last
  std::string failure_text;
  std::uint16_t status = 0;   ///< of the last answer; 0: none came
  bool error_told = false;    ///< feed.error was said of this row of failures
  bool silence_told = false;  ///< feed.silent was said, nothing new came since
  bool gone = false;          ///< 410: polled no more

  std::string moved_to;           ///< where permanent redirects led the last time, not yet adopted
  std::uint32_t moved_count = 0;  ///< how often in a row

  Publishing publishing;
  double usual_gap = 0;        ///< hours between polls that brought something, smoothed; 0: unknown
  std::uint32_t arrivals = 0;  ///< polls that brought something
  std::uint32_t shown = 0;     ///< entries in the last whole feed
  FeedHints hints;
  std::chrono::seconds fresh_for{0};    ///< what Cache-Control or Expires said last
  std::vector<PolledSitemap> sitemaps;  ///< of a sitemap index: those polled for it
  std::string index;                    ///< of such a sitemap: the feed that is the index
  WebSubOffer offer;                    ///< where the last whole feed said it is pushed from; empty: nowhere

  bool operator==(const FeedState&) const = default;
};

/// Lines of "name value" (state_lines.h).
std::string encode(const FeedState& state);
Result<FeedState> decode_feed_state(std::string_view text);

/// What a feed showed, as keys of its entries (identity and content together), most recently shown first: an entry
/// whose key is in it is neither new nor changed. 8 bytes each in the journal.
using ShownEntries = std::vector<std::uint64_t>;
/// The entries shown now before those shown earlier; bounded to thrice what the feed shows, at least 200. shows: how
/// many entries the whole feed has, where `now` is only a part of it.
ShownEntries remember_shown(const ShownEntries& now, const ShownEntries& before, std::size_t shows = 0);
std::string encode_shown(const ShownEntries& shown);
Result<ShownEntries> decode_shown(std::string_view bytes);

}  // namespace newsd
