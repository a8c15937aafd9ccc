// settle(): what a poll came to, written into the feed's state: state + outcome + rules + now → state, and what is
// worth telling. Pure; it performs nothing. The next poll is part of the state it returns.
#pragma once

#include "feeds/schedule/feed_state.h"
#include "feeds/schedule/next_poll.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// What came of one poll. Read: a whole answer in which a feed was read. NotModified: 304. Failed: everything else;
/// code and text say what. Gone: 410.
struct PollOutcome {
  enum class Kind { Read, NotModified, Failed, Gone } kind = Kind::Failed;
  Instant sent;               ///< when the request was sent
  bool pushed = false;        ///< nobody asked: a hub sent it, and it may hold only what is new
  std::uint16_t status = 0;   ///< of the last answer; 0: none
  std::string code, text;     ///< of Failed: "dns", "http-404" …, and a sentence
  std::string final_url;      ///< who gave the answer, after redirects
  std::string permanent_url;  ///< where a row of nothing but permanent redirects from the polled URL led; or empty
  Validators validators;
  std::optional<std::chrono::seconds> retry_after;
  std::optional<std::chrono::seconds> fresh_for;

  // of Read
  FeedHints hints;
  std::uint32_t shown = 0;              ///< entries
  std::uint32_t fresh = 0;              ///< of them not shown before
  std::vector<Instant> published;       ///< their dates, as far as they can be read; only the first poll looks at them
  std::vector<WebLink> links;           ///< of the answer's header, absolute
  std::vector<PolledSitemap> sitemaps;  ///< of a sitemap index: those to be polled; its entries, as it were
  WebSubOffer offer;                    ///< where the feed says it is pushed from; empty: nowhere
};

/// What is worth an event (newsd.feed.*).
struct FeedNotice {
  enum class Kind { Error, Recovered, Moved, Gone, Silent } kind = Kind::Error;
  std::string moved_to;        ///< Moved
  std::uint32_t failures = 0;  ///< Error, Recovered: in a row
  Instant since;               ///< Error, Recovered: of the first failure; Silent: of the last entry
  bool operator==(const FeedNotice&) const = default;
};

struct Settled {
  FeedState state;
  std::vector<FeedNotice> notices;
};

/// After so many failures in a row feed.error is said, once until the feed recovers.
inline constexpr std::uint32_t kFailuresBeforeError = 3;
/// So many equal answers adopt the target of a permanent redirect.
inline constexpr std::uint32_t kMovesBeforeAdoption = 3;
/// After so many failures an adopted URL is given up for the configured one.
inline constexpr std::uint32_t kFailuresBeforeReturn = 6;

/// configured: the URL as the operator wrote it, where a feed that is polled for the first time is found, and one whose
/// adopted URL went bad. What was pushed counts as news and not as a poll: when and how the feed is polled stays as it
/// is, except that a feed whose push could not be read is polled soon.
Settled settle(FeedState state, const PollOutcome& outcome, const PollRules& rules, const std::string& configured,
               Instant now);

}  // namespace newsd
