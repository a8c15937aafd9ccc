#include "daemon/event/feed_event.h"

#include "daemon/event/article_event.h"
#include "daemon/event/json_text.h"
#include "feeds/text/utf8.h"

#include <cmath>

namespace newsd {
namespace {

using Kind = FeedNotice::Kind;

std::string_view state_name(Kind kind, const FeedState& state) {
  switch (kind) {
    case Kind::Error: return state.failure.starts_with("blocked-") ? "blocked" : "failing";
    case Kind::Recovered: return "ok";
    case Kind::Moved: return "moved";
    case Kind::Gone: return "gone";
    case Kind::Silent: return "silent";
  }
  return "ok";
}

/// What does not pass by itself: somebody has to change the subscription, the server or the configuration.
bool is_retryable(std::string_view code) {
  return !code.starts_with("blocked-") && code != "bad-url" && code != "http-401" && code != "http-403";
}

/// "PT4H30M", in whole minutes.
std::string iso_duration(double hours) {
  const auto minutes = std::max<long>(1, std::lround(hours * 60));
  std::string text = "PT";
  if (minutes >= 60) text += std::to_string(minutes / 60) + "H";
  if (minutes % 60 != 0) text += std::to_string(minutes % 60) + "M";
  return text;
}

}  // namespace

EventType type_of(Kind kind) {
  switch (kind) {
    case Kind::Error: return EventType::FeedError;
    case Kind::Recovered: return EventType::FeedRecovered;
    case Kind::Moved: return EventType::FeedMoved;
    case Kind::Gone: return EventType::FeedGone;
    case Kind::Silent: return EventType::FeedSilent;
  }
  return EventType::FeedError;
}

Severity severity_of(Kind kind) { return kind == Kind::Recovered ? Severity::Info : Severity::Warn; }

std::string placed_feed(const FeedNotice& notice, std::string_view feed, std::string_view name,
                        const FeedState& state) {
  JsonText json;
  json.key("feed").begin_object().member("uri", feed).member_if("name", name);
  json.member("state", state_name(notice.kind, state));
  if (notice.kind == Kind::Error || notice.kind == Kind::Gone) {
    json.key("reason").begin_object().member("code", state.failure);
    json.member("text", shortened(state.failure_text, kMaxFieldBytes));
    if (notice.kind == Kind::Error) json.key("retryable").boolean(is_retryable(state.failure));
    json.end_object();
  }
  if (state.status >= 100 && state.status <= 599) json.key("httpStatus").integer(state.status);
  if (notice.failures > 0) json.key("failures").integer(notice.failures);
  if (notice.since != Instant()) json.member("since", to_rfc3339(notice.since));
  if (notice.kind != Kind::Gone) json.member("nextTry", to_rfc3339(state.next_poll));
  json.member_if("movedTo", notice.moved_to);
  if (state.last_new != Instant()) json.member("lastArticle", to_rfc3339(state.last_new));
  if (state.usual_gap > 0) json.member("usualInterval", iso_duration(state.usual_gap));
  return json.end_object().take();
}

}  // namespace newsd
