// What prepare() and prepare_poll() share: one item of a reading → what placing and recording need. Pure, any worker.
#pragma once

#include "daemon/pipeline/prepare.h"

namespace newsd {

PreparedRefusal prepare_refusal(const Refusal& refused, Origin origin);
/// A refusal when a rule of the user rejects the article.
PreparedItem prepare_article(const Article& article, Candidate candidate, const Origin& origin,
                             const Preparation& preparation);

}  // namespace newsd
