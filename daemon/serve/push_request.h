// A request that pushes articles: parameters and header → what the push source takes, without the bytes. Pure, any
// thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/target.h"
#include "feeds/source/push_source.h"

#include <cstddef>

namespace newsd {

/// UnsupportedMedia: a form, or bytes that are compressed on the way. NoBody: there is nothing to read. BadKey: an
/// Idempotency-Key longer than kKeyBytes.
enum class PushRequestError { BadRequest, UnknownKey, UnknownFormat, UnsupportedMedia, NoBody, BadKey };
std::string_view code_of(PushRequestError e);

inline constexpr std::size_t kKeyBytes = 255;

/// Parameters: format (a name of --input-format; absent: detected) and url (where the document was found). Of the
/// header count Content-Type's charset and Idempotency-Key.
Result<Push> push_of(const HttpRequest& request, const Target& target);

}  // namespace newsd
