// A feed's state, its subscription's, or an entry that waits for its page, as they may stand in a damaged journal:
// never a crash, and what is read is written and read as the same.
#include "feeds/schedule/feed_state.h"
#include "feeds/schedule/held_entry.h"
#include "feeds/schedule/hub_state.h"

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
  if (const auto hub = decode_hub_state(text)) {
    const auto again = decode_hub_state(encode(*hub));
    if (!again || encode(*again) != encode(*hub)) std::abort();
  }
  if (const auto shown = decode_shown(text)) {
    if (encode_shown(*shown) != text) std::abort();
  }
  if (const auto entry = decode_held_entry("key", text)) {
    const std::string once = encode(*entry);
    const auto again = decode_held_entry("key", once);
    if (!again || encode(*again) != once) std::abort();
  }
  return 0;
}
