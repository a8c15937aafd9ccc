#include "daemon/serve/rate_limit.h"

#include <catch2/catch.hpp>

using namespace newsd;
using namespace std::chrono_literals;

TEST_CASE("so many a second are allowed, in bursts of as many") {
  const RateLimit::Time start{};
  RateLimit limit(10, start);
  int allowed = 0;
  for (int i = 0; i < 100; ++i) allowed += limit.allows(start) ? 1 : 0;
  CHECK(allowed == 10);
  for (int i = 0; i < 100; ++i) allowed += limit.allows(start + 500ms) ? 1 : 0;
  CHECK(allowed == 15);
  for (int i = 0; i < 100; ++i) allowed += limit.allows(start + 1h) ? 1 : 0;
  CHECK(allowed == 25);
}

TEST_CASE("a clock that goes back gives nothing away") {
  const RateLimit::Time start{1h};
  RateLimit limit(1, start);
  CHECK(limit.allows(start));
  CHECK_FALSE(limit.allows(start - 1h));
  CHECK_FALSE(limit.allows(start));
  CHECK(limit.allows(start + 1s));
}
