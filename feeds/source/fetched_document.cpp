#include "feeds/source/fetched_document.h"

#include "feeds/http/media_type.h"
#include "feeds/text/digest.h"

#include <utility>

namespace newsd {

Document fetched_document(OriginKind kind, std::string input, std::string url, const std::string& content_type,
                          std::string bytes, Instant now) {
  Document document;
  document.origin.kind = kind;
  document.origin.input = std::move(input);
  document.origin.received_at = now;
  document.origin.bytes = bytes.size();
  document.origin.sha256 = sha256(bytes);
  document.declared_charset = parse_media_type(content_type).charset;
  if (const auto parsed = Url::parse(url)) document.url = *parsed;
  document.origin.uri = std::move(url);
  document.bytes = std::move(bytes);
  return document;
}

Document fetched_document(OriginKind kind, std::string input, FetchAnswer answer, Instant now) {
  Document document =
      fetched_document(kind, std::move(input), std::move(answer.final_url),
                       std::string(answer.header.value("content-type").value_or("")), std::move(answer.body), now);
  document.content_location = answer.header.value("content-location").value_or("");
  document.content_language = answer.header.value("content-language").value_or("");
  return document;
}

}  // namespace newsd
