// Article + Labels + Verdict → the members of an article event's data: data.item (strict ninjs 3.1) and data.newsd.
// encode_article() is the workers' part, the dearest of an article's way after reading it; placed_*() are the
// sequencer's. Every string in them is bounded, so is every list: what does not fit is left out and the event flagged
// `truncated`. Pure; any thread.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/dedupe/place.h"
#include "daemon/event/event.h"
#include "feeds/article/article.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// What made a line, so that a replay can be compared: the program's version and "sha256:…" of the configuration.
struct PipelineVersion {
  std::string newsd;
  std::string config;
};

/// Bounds of one event; the body's own is the reader's (ReadLimits::max_text_bytes).
inline constexpr std::size_t kMaxFieldBytes = 16
                                              << 10;  ///< of a headline, a caption, a name …; cut at a character's end
inline constexpr std::size_t kMaxListed = 1000;       ///< removed lines, pictures, authors, topics …

/// The part of an article event that does not depend on placing. The frames of core and body together are the payload
/// of a new or updated article, that of core alone a duplicate's. body is empty when the article has none.
struct EncodedArticle {
  struct Part {
    std::string content;
    std::string frame;  ///< the same as a zstd frame
  };
  Part core, body;
};
EncodedArticle encode_article(const Article& article, const Labels& labels, const Origin& origin,
                              const PipelineVersion& version);

/// Record::placed of an article event (new, updated, duplicate).
std::string placed_article(const Verdict& verdict);
/// What a story event says beside the story itself. reason: why, where it is not plain (merged, split, closed).
struct StoryNews {
  std::vector<ArticleId> added{};
  std::vector<StoryId> merged_from{};
  std::optional<Error> reason{};
};
/// Record::placed of story.started, story.updated, story.merged and story.closed.
std::string placed_story(const StoryFacts& story, const StoryNews& news);
/// Record::placed of article.rejected and input.quarantined: data.reason, data.origin and, when the source gave what it
/// refused an id, data.id.
std::string placed_refusal(const Error& reason, const Origin& origin, std::string_view id = {});

}  // namespace newsd
