#include "feeds/http/address.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

IpAddress address(std::string_view text) {
  const auto parsed = IpAddress::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

TEST_CASE("addresses of the public internet are public") {
  for (const char* text : {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
                           "192.167.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111",
                           "2a00:1450::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:0808:0808::1"}) {
    CAPTURE(text);
    CHECK(is_public(address(text)));
  }
}

TEST_CASE("addresses that lead inside are not public, however they are written") {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.255.255.254",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.168.0.1",
                           "198.18.0.1",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::127.0.0.1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::ffff:0:10.0.0.1",
                           "64:ff9b::127.0.0.1",
                           "64:ff9b::169.254.169.254",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:7f00:0001::",
                           "2002:a9fe:a9fe::1",
                           "3fff::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "5f00::1"}) {
    CAPTURE(text);
    CHECK_FALSE(is_public(address(text)));
  }
}

TEST_CASE("only plain notations are addresses") {
  for (const char* text : {"", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1 ", " ::1", "::1%lo",
                           "[::1]", "1.2.3.4.5", "localhost", "1.2.3.256"}) {
    CAPTURE(text);
    CHECK_FALSE(IpAddress::parse(text));
  }
  CHECK_FALSE(IpAddress::parse(std::string_view("127.0.0.1\0", 10)));
  CHECK(address("2001:DB8:0:0::1").to_string() == "2001:db8::1");
}

TEST_CASE("a range holds the addresses that begin as it does") {
  const auto range = AddressRange::parse("127.0.1.0/24");
  REQUIRE(range);
  CHECK(range->contains(address("127.0.1.255")));
  CHECK_FALSE(range->contains(address("127.0.2.0")));
  CHECK_FALSE(range->contains(address("::ffff:127.0.1.1")));
  CHECK(AddressRange::parse("0.0.0.0/0")->contains(address("9.9.9.9")));
  CHECK(AddressRange::parse("10.128.0.0/9")->contains(address("10.200.0.1")));
  CHECK_FALSE(AddressRange::parse("10.128.0.0/9")->contains(address("10.127.0.1")));
  CHECK(AddressRange::parse("fd00::/8")->contains(address("fdff::1")));
  for (const char* text :
       {"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "fd00::/129", "10.0.0.0/8x", "/8", "10.0.0/8", "10.0.0.0/-1"}) {
    CAPTURE(text);
    CHECK_FALSE(AddressRange::parse(text));
  }
}

TEST_CASE("what the operator allows may be fetched, also when it is written as an IPv6 address") {
  const AddressRules none, some({*AddressRange::parse("127.0.1.0/24"), *AddressRange::parse("::1/128")});
  CHECK_FALSE(none.permits(address("127.0.1.7")));
  CHECK(none.permits(address("8.8.8.8")));
  CHECK(some.permits(address("127.0.1.7")));
  CHECK(some.permits(address("::ffff:127.0.1.7")));
  CHECK(some.permits(address("::1")));
  CHECK_FALSE(some.permits(address("127.0.0.1")));
  CHECK_FALSE(some.permits(address("::ffff:127.0.0.1")));
}

}  // namespace
}  // namespace newsd
