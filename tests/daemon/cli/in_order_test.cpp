#include "daemon/cli/in_order.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>

using namespace newsd;

TEST_CASE("results come in order whatever the number of threads") {
  for (const unsigned threads : {0u, 1u, 2u, 7u}) {
    std::vector<std::size_t> taken;
    in_order<std::size_t>(
        1000, threads, [](std::size_t i) { return i * i; },
        [&](std::size_t n) {
          taken.push_back(n);
          return true;
        });
    REQUIRE(taken.size() == 1000);
    for (std::size_t i = 0; i < taken.size(); ++i) REQUIRE(taken[i] == i * i);
  }
}

TEST_CASE("results wait in bounded number") {
  std::atomic<std::size_t> made = 0;
  std::size_t taken = 0, most_waiting = 0;  // never taken on two threads at once
  in_order<int>(
      200, 2,
      [&](std::size_t) {
        ++made;
        return 0;
      },
      [&](int) {
        ++taken;
        std::this_thread::yield();
        most_waiting = std::max(most_waiting, made - taken);
        return true;
      });
  CHECK(most_waiting <= 8 + 2);
}

TEST_CASE("a taker that has enough stops the makers") {
  std::atomic<std::size_t> made = 0;
  std::size_t taken = 0;
  in_order<int>(
      1'000'000, 3,
      [&](std::size_t) {
        ++made;
        return 0;
      },
      [&](int) { return ++taken < 10; });
  CHECK(taken == 10);
  CHECK(made < 100);
}

TEST_CASE("what a maker throws is thrown to the caller") {
  for (const unsigned threads : {1u, 3u}) {
    const auto run = [&] {
      in_order<int>(
          100, threads,
          [](std::size_t i) {
            if (i == 50) throw std::runtime_error("fifty");
            return 0;
          },
          [](int) { return true; });
    };
    CHECK_THROWS_WITH(run(), "fifty");
  }
}

TEST_CASE("what the taker throws is thrown to the caller, and ends the work") {
  for (const unsigned threads : {1u, 3u}) {
    std::size_t taken = 0;
    const auto run = [&] {
      in_order<std::size_t>(
          100'000, threads, [](std::size_t i) { return i; },
          [&](std::size_t i) {
            ++taken;
            if (i == 50) throw std::runtime_error("full");
            return true;
          });
    };
    CHECK_THROWS_WITH(run(), "full");
    CHECK(taken == 51);
  }
}

TEST_CASE("what a maker threw before its result was due leaves the results before it taken at most") {
  std::vector<std::size_t> taken;
  const auto run = [&] {
    in_order<std::size_t>(
        1000, 3,
        [](std::size_t i) {
          if (i == 70) throw std::runtime_error("seventy");
          return i;
        },
        [&](std::size_t i) {
          taken.push_back(i);
          return true;
        });
  };
  CHECK_THROWS_WITH(run(), "seventy");
  CHECK(taken.size() <= 70);
  for (std::size_t i = 0; i < taken.size(); ++i) CHECK(taken[i] == i);
}
