#include "daemon/config/quantity.h"

#include "daemon/config/nearest.h"

#include <catch2/catch.hpp>

#include <array>

using namespace newsd;
using namespace std::chrono_literals;

TEST_CASE("durations are numbers with units, the units falling") {
  CHECK(parse_duration("500ms") == 500ms);
  CHECK(parse_duration("15m") == 15min);
  CHECK(parse_duration("1h30m") == 90min);
  CHECK(parse_duration("7d") == std::chrono::days(7));
  CHECK(parse_duration("0s") == 0ms);
  CHECK(parse_duration("1d2h3m4s5ms") == 93'784'005ms);
}

TEST_CASE("what is no duration is refused") {
  for (const auto* text : {"", "5", "m", "-5m", "5 m", "5min", "30m1h", "5m5m", "1.5h", "1h30", "99999999999999999999d",
                           "9223372036854775807d"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("a duration is written so that it reads the same") {
  CHECK(format_duration(5ms) == "5ms");
  CHECK(format_duration(90s) == "1m30s");
  CHECK(format_duration(std::chrono::days(14)) == "14d");
  for (const auto d : {0ms, 1ms, 999ms, 60'000ms, 93'784'005ms, 86'400'000ms * 36'500})
    CHECK(parse_duration(format_duration(d)) == d);
}

TEST_CASE("sizes have binary or decimal units, or none") {
  CHECK(parse_size("16MiB") == 16u << 20);
  CHECK(parse_size("1GiB") == 1ull << 30);
  CHECK(parse_size("2kB") == 2000u);
  CHECK(parse_size("4096") == 4096u);
  for (const auto* text : {"", "MiB", "-1", "1.5GiB", "16 MiB", "16mib", "16MiBs", "9999999999TiB"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_size(text));
  }
}

TEST_CASE("a size is written in the largest unit that divides it") {
  CHECK(format_size(64u << 20) == "64MiB");
  CHECK(format_size(1000) == "1000B");
  CHECK(format_size(0) == "0B");
  for (const std::uint64_t n : {0ull, 1ull, 1023ull, 1ull << 40, (1ull << 40) + 1})
    CHECK(parse_size(format_size(n)) == n);
}

TEST_CASE("the nearest name is the one with the fewest edits, if it is near at all") {
  const std::array<std::string_view, 4> names{"path", "settle", "done", "format"};
  CHECK(nearest_name("setle", names) == "settle");
  CHECK(nearest_name("foramt", names) == "format");  // a swap is one edit
  CHECK(nearest_name("dnoe", names) == "done");
  CHECK(nearest_name("zebra", names).empty());
  CHECK(nearest_name("", names).empty());
  CHECK(nearest_name(std::string(100'000, 'x'), names).empty());
  CHECK(nearest_hint("pat", names) == "; did you mean \"path\"?");
}
