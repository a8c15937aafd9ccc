// A feed's state as it may stand in a damaged journal: never a crash, and what is read is written and read as the same.
#include "feeds/schedule/feed_state.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace newsd;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto state = decode_feed_state(text)) {
    const std::string once = encode(*state);
    const auto again = decode_feed_state(once);
    if (!again || encode(*again) != once) std::abort();
  }
  if (const auto shown = decode_shown(text)) {
    if (encode_shown(*shown) != text) std::abort();
  }
  return 0;
}
