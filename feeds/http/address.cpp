#include "feeds/http/address.h"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <algorithm>
#include <charconv>

namespace newsd {
namespace {

AddressRange range(std::string_view text) { return *AddressRange::parse(text); }

/// Not globally reachable by RFC 6890 and the registries it points to, or multicast, or reserved.
const std::vector<AddressRange>& special_v4() {
  static const std::vector<AddressRange> ranges{
      range("0.0.0.0/8"),      range("10.0.0.0/8"),     range("100.64.0.0/10"), range("127.0.0.0/8"),
      range("169.254.0.0/16"), range("172.16.0.0/12"),  range("192.0.0.0/24"),  range("192.0.2.0/24"),
      range("192.88.99.0/24"), range("192.168.0.0/16"), range("198.18.0.0/15"), range("198.51.100.0/24"),
      range("203.0.113.0/24"), range("224.0.0.0/4"),    range("240.0.0.0/4")};
  return ranges;
}

/// Of IPv6 only 2000::/3 is given out; within it, what is not reachable, and Teredo, behind which anything may lie.
const std::vector<AddressRange>& special_v6() {
  static const std::vector<AddressRange> ranges{range("2001::/23"), range("2001:db8::/32"), range("3fff::/20")};
  return ranges;
}

bool any_contains(const std::vector<AddressRange>& ranges, const IpAddress& address) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const AddressRange& r) { return r.contains(address); });
}

}  // namespace

IpAddress IpAddress::v4(std::span<const std::uint8_t, 4> bytes) {
  IpAddress made;
  std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  return made;
}

IpAddress IpAddress::v6(std::span<const std::uint8_t, 16> bytes) {
  IpAddress made;
  std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  made.is_v6 = true;
  return made;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const boost::urls::string_view plain(text.data(), text.size());
  if (const auto four = boost::urls::parse_ipv4_address(plain)) return v4(four->to_bytes());
  if (const auto six = boost::urls::parse_ipv6_address(plain)) return v6(six->to_bytes());
  return std::nullopt;
}

std::string IpAddress::to_string() const {
  if (is_v6) return std::string(boost::urls::ipv6_address(bytes).to_string());
  return std::string(boost::urls::ipv4_address({bytes[0], bytes[1], bytes[2], bytes[3]}).to_string());
}

IpAddress reached(const IpAddress& address) {
  if (!address.is_v6) return address;
  static const AddressRange mapped = range("::ffff:0:0/96"), translated = range("::ffff:0:0:0/96"),
                            compatible = range("::/96"), nat64 = range("64:ff9b::/96"), sixtofour = range("2002::/16");
  const std::span<const std::uint8_t, 16> bytes(address.bytes);
  if (mapped.contains(address) || translated.contains(address) || compatible.contains(address) ||
      nat64.contains(address)) {
    return IpAddress::v4(bytes.last<4>());
  }
  if (sixtofour.contains(address)) return IpAddress::v4(bytes.subspan<2, 4>());
  return address;
}

bool is_public(const IpAddress& address) {
  const IpAddress end = reached(address);
  if (!end.is_v6) return !any_contains(special_v4(), end);
  static const AddressRange given_out = range("2000::/3");
  return given_out.contains(end) && !any_contains(special_v6(), end);
}

bool AddressRange::contains(const IpAddress& address) const {
  if (address.is_v6 != base.is_v6) return false;
  const unsigned whole = prefix / 8, rest = prefix % 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff00U >> rest);
  return (base.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto base = IpAddress::parse(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (!base || error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  if (prefix > (base->is_v6 ? 128U : 32U)) return std::nullopt;
  return AddressRange{*base, prefix};
}

bool AddressRules::permits(const IpAddress& address) const {
  return is_public(address) || any_contains(allowed_, address) || any_contains(allowed_, reached(address));
}

}  // namespace newsd
