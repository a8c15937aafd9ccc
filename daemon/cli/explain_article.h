// `newsd explain ID`: what the journal knows of an article, and why it was placed and labelled as it was: each of its
// events with the known text it is most like, the shares and words they have in common, its story and the next
// likeliest. For people as a page, as NDJSON in a pipe. Beside a running daemon or without one.
#pragma once

#include "daemon/cli/console.h"
#include "feeds/article/ids.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// lines: the article's events as they were sent, oldest first. Bytes that would steer a terminal are not sent.
std::string text_of(const std::vector<std::string>& lines, const Palette& palette);

struct ExplainedArticle {
  Uuid id;
  std::string config, state_dir;  ///< empty: those newsd looks for
};

/// Writes what is known of the article, its latest kEventsExplained events; the exit status.
int explain_article(const ExplainedArticle& article, Console& console);
inline constexpr std::size_t kEventsExplained = 100;

}  // namespace newsd
