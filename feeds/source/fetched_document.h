// What a server answered → a Document. Pure.
#pragma once

#include "feeds/article/document.h"
#include "feeds/fetch/fetcher.h"

#include <string>

namespace newsd {

/// Where it came from and what the answer's header says of the bytes. input: the name of the configured feed.
Document fetched_document(OriginKind kind, std::string input, std::string url, const std::string& content_type,
                          std::string bytes, Instant now);
/// The same of an answer, with what else its header says.
Document fetched_document(OriginKind kind, std::string input, FetchAnswer answer, Instant now);

}  // namespace newsd
