// URLs and addresses: never a crash; what parses holds to its promises and parses again to the same.
#include "feeds/article/url.h"
#include "feeds/http/address.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace newsd;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto url = Url::parse(text)) {
    const auto again = Url::parse(url->str());
    if (!again || again->str() != url->str() || again->host() != url->host()) std::abort();
    const auto canonical = Url::parse(url->canonical());
    if (!canonical || canonical->canonical() != url->canonical()) std::abort();
    for (const char c : url->str()) {
      if (c <= ' ' || c > '~') std::abort();
    }
  }
  if (const auto range = AddressRange::parse(text)) {
    if (!range->contains(range->base)) std::abort();
  }
  if (const auto address = IpAddress::parse(text)) {
    if (IpAddress::parse(address->to_string()) != address) std::abort();
    if (is_public(*address) != is_public(reached(*address))) std::abort();
  }
  return 0;
}
