// prepare(): the workers' share of an input's way: read → label → what placing and recording need. A pure function of
// the document, an immutable Preparation and what was learned of sources before, so any worker, or a machine elsewhere,
// makes the same of it. It decides nothing about other articles.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/dedupe/place.h"
#include "daemon/event/article_event.h"
#include "feeds/extract/read.h"
#include "feeds/source/feed_poll.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace newsd {

/// Why an article that could be read is refused all the same.
enum class PrepareError { RejectedByRule };
std::string_view code_of(PrepareError e);

/// What preparing depends on besides the document. Swapped whole on reload; an input keeps the one that was current
/// when it took its ticket.
struct Preparation {
  std::shared_ptr<const Resources> resources;
  LabelSettings labelling;
  ReadLimits limits;
  PipelineVersion version;
};

/// An article, ready to be placed and recorded.
struct PreparedArticle {
  Candidate candidate;
  EncodedArticle encoded;
  Lesson lesson{};  ///< what it teaches if it is new; without a source when nothing is learned
};

/// Something that is no article, ready to be recorded: article.rejected (a part of an input) or input.quarantined (all
/// of it).
struct PreparedRefusal {
  EventType type = EventType::ArticleRejected;
  std::string subject;
  std::string placed;  ///< Record::placed
};

using PreparedItem = std::variant<PreparedArticle, PreparedRefusal>;

struct Prepared {
  std::vector<PreparedItem> items;  ///< empty only of a poll that brought nothing new
  Origin origin;
  std::string quarantine_reason;  ///< content of the reason file when the whole input is quarantined, else empty
  std::vector<std::string> warnings;
  std::optional<FeedUpdate> feed;  ///< of a poll: what it came to
  std::size_t unchanged = 0;       ///< of a poll: entries that the feed showed before, as they are
  std::string held;                ///< HeldEntry::key of the entry that is told now
};

/// An article is recognised by all that was read; what was learned of its source leaves it afterwards, so that an
/// article that comes again is the same however much was learned meanwhile.
Prepared prepare(const Document& document, const Preparation& preparation, const Learned& learned = {});
/// The same for an input that was refused before it was read (not a regular file, too large, poison).
Prepared prepare_refused(const Document& document, const Error& reason);

/// What a poll brought: only entries that are new or changed become items, whatever else the feed still shows is
/// counted. A document that is no feed is no input to quarantine but a failure of the poll. The document's bytes are
/// let go of once they are read: they may be many.
Prepared prepare_poll(Document& document, const FeedPoll& poll, const Preparation& preparation,
                      const Learned& learned = {});
Prepared prepare_refused_poll(const Document& document, const FeedPoll& poll, const Error& reason);

/// The page of an entry that was held for it: one article, of both. Of a page that is none of this article (a list,
/// less than the feed says, unreadable) the entry is told as the feed tells it, with a warning.
Prepared prepare_page(Document& document, const HeldEntry& entry, const Preparation& preparation,
                      const Learned& learned = {});
/// The same of a page that did not come. document: without bytes, its origin the feed's.
Prepared prepare_refused_page(const Document& document, const HeldEntry& entry, const Error& reason,
                              const Preparation& preparation, const Learned& learned = {});

}  // namespace newsd
