// What prepare() and prepare_poll() share: one item of a reading → what placing and recording need. Pure, any worker.
#pragma once

#include "daemon/dedupe/identity.h"
#include "daemon/pipeline/prepare.h"

namespace newsd {

PreparedRefusal prepare_refusal(const Refusal& refused, Origin origin);
/// Of a reading's entries; a warning goes to `warnings` when there are any.
SharedGuids shared_guids_of(const Reading& reading, std::vector<std::string>& warnings);
/// A refusal when a rule of the user rejects the article.
PreparedItem prepare_article(Article article, Candidate candidate, const Origin& origin, const Preparation& preparation,
                             const Learned& learned);

}  // namespace newsd
