// prepare(): the workers' share of an input's way: read → label → what placing and recording need. A pure function of
// the document and an immutable Preparation, so any worker, or a machine elsewhere, makes the same of it. It decides
// nothing about other articles.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/dedupe/place.h"
#include "daemon/event/article_event.h"
#include "feeds/extract/read.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace newsd {

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
};

/// Something that is no article, ready to be recorded: article.rejected (a part of an input) or input.quarantined (all
/// of it).
struct PreparedRefusal {
  EventType type = EventType::ArticleRejected;
  std::string subject;
  std::string placed;  ///< Record::placed
};

struct Prepared {
  std::vector<std::variant<PreparedArticle, PreparedRefusal>> items;  ///< never empty: every input is answered
  Origin origin;
  std::string quarantine_reason;  ///< content of the reason file when the whole input is quarantined, else empty
  std::vector<std::string> warnings;
};

Prepared prepare(const Document& document, const Preparation& preparation);
/// The same for an input that was refused before it was read (not a regular file, too large, poison).
Prepared prepare_refused(const Document& document, const Error& reason);

}  // namespace newsd
