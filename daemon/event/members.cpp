#include "daemon/event/members.h"

#include "daemon/event/article_event.h"
#include "feeds/text/utf8.h"

namespace newsd {
namespace {

constexpr std::string_view kSha256OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

}  // namespace

void write_origin(JsonText& json, const Origin& origin) {
  json.key("origin").begin_object().member("kind", to_string(origin.kind));
  json.member_if("input", origin.input).member("uri", origin.uri).member_if("member", origin.member);
  json.member("receivedAt", to_rfc3339(origin.received_at)).key("bytes").integer(origin.bytes);
  json.member("sha256", origin.sha256 == Sha256{} ? std::string(kSha256OfNothing) : origin.sha256.to_hex());
  json.member("format", to_string(origin.format));
  if (origin.charset) {
    json.key("charset").begin_object().member("used", origin.charset->used);
    json.member_if("declared", origin.charset->declared).member("how", to_string(origin.charset->how));
    json.key("replaced").integer(origin.charset->replaced).end_object();
  }
  json.end_object();
}

void write_reason(JsonText& json, const Error& reason) {
  json.key("reason").begin_object().member("code", reason.code);
  json.member("text", shortened(reason.text, kMaxFieldBytes));
  json.member_if("where", shortened(reason.where, kMaxFieldBytes)).end_object();
}

}  // namespace newsd
