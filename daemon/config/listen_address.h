// Where a TCP server of ours listens, as the configuration writes it: "127.0.0.1:7790", "[::1]:7790", port 0 for any
// free one. Numbers only: a name would have to be resolved, and could come to mean another interface. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// host: an IPv4 or IPv6 address without brackets.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
  bool is_v6 = false;
  bool is_loopback = false;  ///< only this machine can connect
  bool operator==(const ListenAddress&) const = default;
};

std::optional<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace newsd
