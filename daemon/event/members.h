// Members that events of several types share, each written as `"name":{…}`. Pure.
#pragma once

#include "daemon/event/json_text.h"
#include "feeds/article/document.h"
#include "feeds/article/result.h"

namespace newsd {

/// "origin": where a document came from. One of which nothing was read (a FIFO) has the hash of no bytes, as `sha256`
/// is of the bytes as read.
void write_origin(JsonText& json, const Origin& origin);

/// "reason": code, text and where.
void write_reason(JsonText& json, const Error& reason);

}  // namespace newsd
