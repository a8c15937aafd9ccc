// How events go out over HTTP: lines → server-sent events, NDJSON in chunks, or WebSocket messages, without copying the
// lines (a thousand consumers share them). A batch is one run of buffers, so that it costs few writes. Plain functions.
#pragma once

#include "daemon/serve/event_request.h"
#include "daemon/stream/cursor.h"

#include <boost/asio/buffer.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Events as they are written one behind the other: what stands before, between and behind the lines, and the lines.
class EventBatch {
 public:
  /// sequences: of the lines, which end in a newline. A batch of SSE or NDJSON in chunks is one chunk; a WebSocket
  /// message is one unmasked frame (RFC 6455, 5.2) an event, without the newline.
  EventBatch(StreamShape shape, bool in_chunks, std::span<const Sequence> sequences, std::vector<SharedLine> lines);

  /// None of them is empty; they hold as long as the batch is neither moved nor gone.
  std::vector<boost::asio::const_buffer> buffers() const;

 private:
  std::string between_;            ///< the pieces of text, one behind the other
  std::vector<std::size_t> ends_;  ///< of the pieces: one before each line, one behind the last
  std::vector<SharedLine> lines_;
  std::size_t cut_;  ///< bytes of a line's end that are not written
};

/// A notice that is no event. SSE: an event of that name; name empty: a comment that moves the reader's Last-Event-ID
/// to `position`.
std::string notice_frame(StreamShape shape, bool in_chunks, std::string_view name, std::string_view json,
                         Sequence position);
/// The end of a body in chunks.
std::string_view last_chunk();
/// What comes first: how long a browser waits before it comes again.
std::string first_frame(StreamShape shape, bool in_chunks);
std::string_view media_type_of(StreamShape shape);

}  // namespace newsd
