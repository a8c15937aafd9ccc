// What a source tells its operator: that something is amiss, once, and that it is well again; what is new. Values; the
// app turns them into log entries.
#pragma once

#include "feeds/article/result.h"

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// Why a source refuses an input (the codes of input.quarantined events and reason files), or cannot do its work (codes
/// of notices).
enum class SourceError {
  NotARegularFile,  ///< a FIFO, socket, device or symbolic link; never opened
  HardLink,         ///< has other names: somebody else's file may have been put there
  TooLarge,         ///< more bytes than a document may have
  Permission,       ///< may not be read
  Unreadable,       ///< an I/O error; tried again
  NoDirectory,      ///< missing, deleted, replaced or unmounted; watched again when it is back
  NoWatch,          ///< the kernel gives no inotify watch; the directory is scanned often instead
  NoDescriptors,    ///< too many open files
  CannotLetGo,      ///< done/ or failed/ cannot be written; tried again, nothing is lost or announced twice
  BrokenInput,      ///< stdin ended with an I/O error
  FeedFails,        ///< polls of a feed fail again and again; the text says why
  FeedMoved,        ///< a feed is polled at another address from now on
  FeedGone,         ///< a feed is polled no more
  DuplicateFeed,    ///< two subscriptions to one feed
  HubRefuses,       ///< a feed's hub will not push it; it is polled at its pace
  HubSubscribed,    ///< a feed's hub pushes it from now on
  HubLapsed,        ///< it does so no more
};
std::string_view code_of(SourceError e);

/// News: nothing is amiss, and worth a line in the log all the same.
struct SourceNotice {
  enum class Kind { Trouble, Recovered, News } kind = Kind::Trouble;
  Error error;
};
using TellNotice = std::function<void(const SourceNotice&)>;

/// Tells each trouble once until it is over. One thread.
class TroubleTeller {
 public:
  explicit TroubleTeller(TellNotice tell) : tell_(std::move(tell)) {}
  void trouble(const Error& error);
  /// Tells that it is over, if it was told before.
  void over(SourceError what);

 private:
  TellNotice tell_;
  std::vector<Error> told_;
};

}  // namespace newsd
