#include "feeds/text/gunzip.h"

#include <catch2/catch.hpp>

using namespace newsd;
using namespace std::string_view_literals;

namespace {

// gzip -n of "news\n"
constexpr auto kNews =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xcb\x4b\x2d\x2f\xe6\x02\x00\xfe\x84\xa1\x59\x05\x00\x00\x00"sv;

}  // namespace

TEST_CASE("gzip is unpacked, member after member, and padding behind it left alone") {
  CHECK(gunzip(kNews, 100).value() == "news\n");
  CHECK(gunzip(std::string(kNews) + std::string(kNews), 100).value() == "news\nnews\n");
  CHECK(gunzip(std::string(kNews) + std::string(8, '\0'), 100).value() == "news\n");
}

TEST_CASE("an archive that is damaged, stops short or holds too much is refused") {
  CHECK(gunzip(kNews.substr(0, 15), 100).error().is(GunzipError::Damaged));
  std::string damaged(kNews);
  damaged[12] ^= 0x55;
  CHECK(gunzip(damaged, 100).error().is(GunzipError::Damaged));
  CHECK(gunzip(kNews, 4).error().is(GunzipError::TooLarge));
  CHECK(gunzip(kNews, 5).value() == "news\n");
}
