#include "daemon/stream/gap_notice.h"

#include "daemon/event/notice.h"
#include "daemon/stream/stream_error.h"

namespace newsd {

std::string gap_notice(const Gap& gap, std::string_view source, Instant now, const Encoding& encoding) {
  const Error reason = gap.why == Gap::Why::Expired ? Error(StreamError::Expired, "older than the journal keeps")
                                                    : Error(StreamError::Damaged, "cannot be read from the journal");
  std::string line = gap_line(source, gap.from, gap.to, reason, now);
  if (std::optional<std::string> encoded = encoding.encode(line)) line = std::move(*encoded);
  return line;
}

}  // namespace newsd
