// The body of a webhook's request: lines of the stream → one event (CloudEvents HTTP binding, structured mode) or a
// batch of them (batched mode), with its media type and an id. Pure, any thread.
#pragma once

#include "daemon/stream/emitted_event.h"

#include <span>
#include <string>

namespace newsd {

/// Of the same lines at the same place always the same, so that a receiver knows a repeated message by its id.
struct WebhookMessage {
  std::string id;  ///< "msg_" and 32 hexadecimal digits
  std::string type;
  std::string body;
};

/// is_batch: a JSON array, also of one line; otherwise there is exactly one line. Texts for people are lines either
/// way. place: what tells this message from others with the same body.
WebhookMessage webhook_message(std::span<const SharedLine> lines, const Encoding& encoding, bool is_batch,
                               std::string_view place);

}  // namespace newsd
