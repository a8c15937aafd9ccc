#include "feeds/source/source_notice.h"

#include <algorithm>

namespace newsd {

std::string_view code_of(SourceError e) {
  switch (e) {
    case SourceError::NotARegularFile: return "not-a-regular-file";
    case SourceError::HardLink: return "hard-link";
    case SourceError::TooLarge: return "too-large";
    case SourceError::Permission: return "permission";
    case SourceError::Unreadable: return "unreadable";
    case SourceError::NoDirectory: return "no-directory";
    case SourceError::NoWatch: return "no-watch";
    case SourceError::NoDescriptors: return "no-descriptors";
    case SourceError::CannotLetGo: return "cannot-let-go";
    case SourceError::BrokenInput: return "broken-input";
    case SourceError::FeedFails: return "feed-fails";
    case SourceError::FeedMoved: return "feed-moved";
    case SourceError::FeedGone: return "feed-gone";
    case SourceError::DuplicateFeed: return "duplicate-feed";
    case SourceError::HubRefuses: return "hub-refuses";
    case SourceError::HubSubscribed: return "hub-subscribed";
    case SourceError::HubLapsed: return "hub-lapsed";
  }
  return "unknown";
}

void TroubleTeller::trouble(const Error& error) {
  const bool told = std::any_of(told_.begin(), told_.end(), [&](const Error& e) { return e.code == error.code; });
  if (told) return;
  told_.push_back(error);
  if (tell_) tell_({SourceNotice::Kind::Trouble, error});
}

void TroubleTeller::over(SourceError what) {
  const auto found = std::find_if(told_.begin(), told_.end(), [&](const Error& e) { return e.is(what); });
  if (found == told_.end()) return;
  const Error error = std::move(*found);
  told_.erase(found);
  if (tell_) tell_({SourceNotice::Kind::Recovered, error});
}

}  // namespace newsd
