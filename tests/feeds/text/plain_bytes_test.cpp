#include "feeds/text/plain_bytes.h"

#include <catch2/catch.hpp>

#include <string>

using namespace newsd;

TEST_CASE("plain bytes end before the eight in which another stands") {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool is_plain = byte >= ' ' && byte <= '~';
    for (std::size_t at = 0; at < 24; ++at) {
      std::string text(24, 'a');
      text[at] = static_cast<char>(byte);
      REQUIRE(plain_end(text, 0) == (is_plain ? 24 : at / 8 * 8));
    }
  }
  CHECK(plain_end("", 0) == 0);
  CHECK(plain_end("seven..", 0) == 0);
  CHECK(plain_end("and eight", 1) == 9);
  CHECK(plain_end("~~~~~~~~\x7F       ", 0) == 8);
}
