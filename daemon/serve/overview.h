// What there is now, over HTTP: the stories that are being told, and how the feeds are doing. Values in, answers out.
// Bounded: the liveliest stories and the worst feeds are told, and how many there are.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace newsd {

inline constexpr std::string_view kStoriesPath = "/stories";
inline constexpr std::uint64_t kStoriesLookBack = 1000;  ///< events: some milliseconds
inline constexpr std::size_t kStoriesTold = 30;
inline constexpr std::size_t kFeedsTold = 200;

/// {"stories":[{"subject","sequence","time","headline","size","sources","firstSeen","lastSeen","recent"}]}: stories
/// that the latest events tell of, those with the most such events first, then the latest; recent: how many these are.
/// Stories that have ended or went into others are left out. Read from the journal, which takes some milliseconds, by a
/// reader of its own: on the thread that waits for disks, one call at a time.
class StoriesNow {
 public:
  explicit StoriesNow(std::function<Result<std::shared_ptr<JournalReader>>()> open) : open_(std::move(open)) {}

  /// last: the last event that counts. Nothing is read when it is that of the answer before.
  HttpAnswer answer(Sequence last);

 private:
  Result<HttpAnswer> read(Sequence last);

  const std::function<Result<std::shared_ptr<JournalReader>>()> open_;
  std::shared_ptr<JournalReader> reader_;
  std::optional<std::pair<Sequence, HttpAnswer>> told_;
};

/// I/O thread; the answer is made elsewhere.
boost::asio::awaitable<HttpAnswer> stories_answer(std::shared_ptr<const ServeTerms> terms);
/// I/O thread. {"feeds":[…],"total","states":{"ok":97,"failing":2}}: each as write_feed() has it, the worst first.
HttpAnswer feeds_answer(const ServeTerms& terms);

}  // namespace newsd
