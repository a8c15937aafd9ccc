#include "daemon/serve/push_request.h"

#include "feeds/http/media_type.h"

namespace newsd {

std::string_view code_of(PushRequestError e) {
  switch (e) {
    case PushRequestError::BadRequest: return "bad-request";
    case PushRequestError::UnknownKey: return "unknown-key";
    case PushRequestError::UnknownFormat: return "unknown-format";
    case PushRequestError::UnsupportedMedia: return "unsupported-media";
    case PushRequestError::NoBody: return "no-body";
    case PushRequestError::BadKey: return "bad-key";
  }
  return "bad-request";
}

Result<Push> push_of(const HttpRequest& request, const Target& target) {
  Push push;
  for (const auto& [name, value] : target.parameters) {
    if (name == "format") {
      const std::optional<Format> format = format_from_name(value);
      if (!format) return Error(PushRequestError::UnknownFormat, "there is no format \"" + value.substr(0, 100) + '"');
      push.forced = *format;
    } else if (name == "url") {
      Result<Url> url = Url::parse(value);
      if (!url) return Error(PushRequestError::BadRequest, "url is no http or https address: " + url.error().text);
      push.url = *std::move(url);
    } else {
      return Error(PushRequestError::UnknownKey,
                   "unknown parameter \"" + name.substr(0, 100) + "\"; there are format and url");
    }
  }
  const MediaType media = parse_media_type(request.content_type);
  if (media.type.starts_with("multipart/"))
    return Error(PushRequestError::UnsupportedMedia,
                 "send the document itself, not a form (curl: --data-binary @file)");
  if (!request.content_encoding.empty() && !equal_token(request.content_encoding, "identity"))
    return Error(PushRequestError::UnsupportedMedia, "send the document as it is, without Content-Encoding");
  if (!request.has_body) return Error(PushRequestError::NoBody, "there is nothing to read in this request");
  if (request.idempotency_key.size() > kKeyBytes)
    return Error(PushRequestError::BadKey, "an Idempotency-Key has at most 255 bytes");
  push.charset = media.charset;
  push.key = request.idempotency_key;
  return push;
}

}  // namespace newsd
