#include "feeds/text/binary.h"

#include "feeds/text/charset.h"

#include <catch2/catch.hpp>

#include <random>

using namespace newsd;

TEST_CASE("random bytes are binary, whatever set they are taken for") {
  for (const std::size_t size : {3000U, 50000U}) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
      std::mt19937 random(seed);
      std::string bytes(size, '\0');
      for (char& c : bytes) c = static_cast<char>(random() & 0xFF);
      CAPTURE(size, seed);
      CHECK(looks_binary(decode(bytes).text));
    }
  }
}

TEST_CASE("zero bytes among text are binary") {
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += "field" + std::string(3, '\0');
  CHECK(looks_binary(decode(bytes).text));
}

TEST_CASE("text is not binary") {
  CHECK_FALSE(looks_binary(""));
  CHECK_FALSE(looks_binary("One line.\r\n\tAnother line.\f\n"));
  CHECK_FALSE(
      looks_binary("Die Br\xC3\xBC"
                   "cke ist gesperrt, sagt der B\xC3\xBCrgermeister.\xC2\x85"));
}

TEST_CASE("some broken characters and a stray control do not make an article binary") {
  const std::string text = "The harbour was closed for the night and the ferries stayed where they were.";
  CHECK_FALSE(looks_binary(text + "\x01"));
  CHECK_FALSE(looks_binary(text + "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
}
