#include "feeds/article/ids.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("a UUID is printed in lower case and read in any") {
  const auto uuid = Uuid::parse("9C2ABBD5-dd4f-55c8-bee5-933ead7699e4");
  REQUIRE(uuid);
  CHECK(uuid->to_string() == "9c2abbd5-dd4f-55c8-bee5-933ead7699e4");
  CHECK(uuid->bytes[0] == 0x9c);
  CHECK(uuid->bytes[15] == 0xe4);
}

TEST_CASE("what is not quite a UUID is none") {
  CHECK_FALSE(Uuid::parse(""));
  CHECK_FALSE(Uuid::parse("9c2abbd5dd4f55c8bee5933ead7699e4"));
  CHECK_FALSE(Uuid::parse("9c2abbd5-dd4f-55c8-bee5-933ead7699e"));
  CHECK_FALSE(Uuid::parse("9c2abbd5-dd4f-55c8-bee5-933ead7699e45"));
  CHECK_FALSE(Uuid::parse("9c2abbd5-dd4f-55c8-bee5-933ead7699eg"));
  CHECK_FALSE(Uuid::parse("9c2abbd5-dd4f-55c8-bee59-33ead7699e4"));
}

TEST_CASE("a SHA-256 is printed as 64 lower-case digits") {
  Sha256 hash;
  hash.bytes[0] = 0x0A;
  hash.bytes[31] = 0xFF;
  CHECK(hash.to_hex() == "0a" + std::string(60, '0') + "ff");
}

TEST_CASE("strong ids of one value compare and hash alike") {
  const Sequence a{7}, b{7}, c{8};
  CHECK(a == b);
  CHECK(a < c);
  CHECK(std::hash<Sequence>{}(a) == std::hash<Sequence>{}(b));
}
