#include "daemon/stream/turns.h"

#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace newsd {
namespace {

/// A piece of work that takes a whole slice.
void work_a_slice() {
  const auto end = std::chrono::steady_clock::now() + Turns::kSlice;
  while (std::chrono::steady_clock::now() < end) {}
}

}  // namespace

TEST_CASE("turns are given in the order of asking, later than they were asked for") {
  boost::asio::io_context io{1};
  std::string order;
  for (const char who : {'a', 'b', 'c'}) Turns::of(io).take([&order, who] { order += who; });
  CHECK(order.empty());
  io.run();
  CHECK(order == "abc");
}

TEST_CASE("what else is ready goes first when turns have taken a slice") {
  boost::asio::io_context io{1};
  Turns& turns = Turns::of(io);
  std::vector<std::string> order;
  turns.take([&] {
    boost::asio::post(io, [&] { order.emplace_back("other"); });
    work_a_slice();
    order.emplace_back("first");
  });
  turns.take([&] { order.emplace_back("second"); });
  io.run();
  CHECK(order == std::vector<std::string>{"first", "other", "second"});
}

TEST_CASE("who has had a turn and asks again stands behind those who wait") {
  boost::asio::io_context io{1};
  Turns& turns = Turns::of(io);
  std::string order;
  turns.take([&] {
    order += 'a';
    turns.take([&] { order += 'A'; });
  });
  turns.take([&] { order += 'b'; });
  io.run();
  CHECK(order == "abA");
  turns.take([&] { order += 'c'; });  // also when nobody has waited for a while
  io.restart();
  io.run();
  CHECK(order == "abAc");
}

TEST_CASE("who still waits when the io_context ends is let go without a turn") {
  const auto held = std::make_shared<int>(0);
  bool had_turn = false;
  {
    boost::asio::io_context io{1};
    Turns::of(io).take([held, &had_turn] { had_turn = true; });
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
  CHECK_FALSE(had_turn);
}

}  // namespace newsd
