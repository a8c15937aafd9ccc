#include "feeds/text/digest.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("digests of known texts") {
  // FIPS 180-2, appendices A and B
  CHECK(sha256("abc").to_hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("").to_hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const auto abc = sha1("abc");
  CHECK(abc[0] == 0xa9);
  CHECK(abc[19] == 0x9d);
}

TEST_CASE("keys may be stored: they never change") {
  // XXH3's published value of the empty input
  CHECK(key128("").high == 0x99aa06d3014798d8ULL);
  CHECK(key128("").low == 0x6001c324468d497fULL);
  CHECK(key128("a") != key128("b"));
}
