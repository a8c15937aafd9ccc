#include "daemon/config/listen_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace newsd {

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  ListenAddress address;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  address.is_v6 = host.starts_with('[') && host.ends_with(']');
  if (address.is_v6) host = host.substr(1, host.size() - 2);
  address.host = host;
  if (address.host.find('\0') != std::string::npos) return std::nullopt;
  if (address.is_v6) {
    in6_addr v6{};
    if (inet_pton(AF_INET6, address.host.c_str(), &v6) != 1) return std::nullopt;
    address.is_loopback = IN6_IS_ADDR_LOOPBACK(&v6);
  } else {
    in_addr v4{};
    if (inet_pton(AF_INET, address.host.c_str(), &v4) != 1) return std::nullopt;
    address.is_loopback = ntohl(v4.s_addr) >> 24 == 127;
  }
  return address;
}

}  // namespace newsd
