// IP addresses and which of them a fetcher may connect to: text or bytes → address → what it reaches. Stands between
// URLs that others write and the network newsd runs in (server-side request forgery). Pure, any thread.
#pragma once

#include "feeds/article/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// An IPv4 address takes the first four bytes. IPv6 addresses that stand for an IPv4 address (mapped, compatible,
/// NAT64, 6to4) are kept as they are; reached() says whom a packet to one gets to.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v6 = false;
  bool operator==(const IpAddress&) const = default;

  static IpAddress v4(std::span<const std::uint8_t, 4> bytes);
  static IpAddress v6(std::span<const std::uint8_t, 16> bytes);
  /// "192.0.2.1", "2001:db8::1"; nothing else, no zone, no octal or hexadecimal forms.
  static std::optional<IpAddress> parse(std::string_view text);
  std::string to_string() const;
};

/// The IPv4 address behind a mapped, compatible, NAT64 or 6to4 address; any other address itself.
IpAddress reached(const IpAddress& address);

/// Whether an address is one of the public internet: none of the special blocks of the IANA registries (RFC 6890) that
/// are not globally reachable, no multicast, and what reached() gives is public too.
bool is_public(const IpAddress& address);

/// "10.0.0.0/8"; bits beyond the prefix do not count.
struct AddressRange {
  IpAddress base;
  unsigned prefix = 0;
  bool contains(const IpAddress& address) const;
  static std::optional<AddressRange> parse(std::string_view text);
  bool operator==(const AddressRange&) const = default;
};

/// Who may be connected to: public addresses, and those the operator allows.
class AddressRules {
 public:
  AddressRules() = default;
  explicit AddressRules(std::vector<AddressRange> allowed) : allowed_(std::move(allowed)) {}
  bool permits(const IpAddress& address) const;

 private:
  std::vector<AddressRange> allowed_;
};

}  // namespace newsd
