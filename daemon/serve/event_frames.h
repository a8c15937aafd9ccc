// How events go out over HTTP: lines → server-sent events or NDJSON, each a chunk of its own, without copying the lines
// (a thousand consumers share them). Plain functions.
#pragma once

#include "daemon/serve/event_request.h"
#include "daemon/stream/cursor.h"

#include <string>
#include <string_view>

namespace newsd {

/// What is written one behind the other: head, line, tail.
struct Frame {
  std::string head;
  SharedLine line;  ///< with its newline; null: head and tail are all
  std::string_view tail;
};

/// An event: `id` is its sequence. line: ends in a newline.
Frame event_frame(StreamShape shape, bool in_chunks, Sequence sequence, SharedLine line);
/// A notice that is no event. SSE: an event of that name; name empty: a comment that moves the reader's Last-Event-ID
/// to `position`.
Frame notice_frame(StreamShape shape, bool in_chunks, std::string_view name, std::string_view json, Sequence position);
/// The end of a body in chunks.
std::string_view last_chunk();
/// What comes first: how long a browser waits before it comes again.
Frame first_frame(StreamShape shape, bool in_chunks);
std::string_view media_type_of(StreamShape shape);

}  // namespace newsd
