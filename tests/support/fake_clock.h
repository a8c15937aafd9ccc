// A clock that stands still until a test moves it.
#pragma once

#include "feeds/article/timestamp.h"

#include <atomic>
#include <chrono>
#include <functional>

namespace newsd {

class FakeClock {
 public:
  explicit FakeClock(Instant start = Instant{std::chrono::milliseconds{1'700'000'000'000}})
      : now_(start.time_since_epoch().count()) {}

  Instant now() const { return Instant{std::chrono::milliseconds{now_.load()}}; }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }
  /// What code under test is given; the FakeClock must outlive it.
  std::function<Instant()> clock() {
    return [this] { return now(); };
  }

 private:
  std::atomic<std::chrono::milliseconds::rep> now_;
};

}  // namespace newsd
