// RateLimit: how often something may be done: so many times a second, in bursts of as many. Time is an argument; plain
// value.
#pragma once

#include <algorithm>
#include <chrono>

namespace newsd {

class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  RateLimit(unsigned a_second, Time now) : a_second_(a_second), left_(a_second), counted_(now) {}

  /// Counts one; false when it is one too many.
  bool allows(Time now) {
    const std::chrono::duration<double> passed = std::max(now - counted_, Time::duration::zero());
    left_ = std::min<double>(a_second_, left_ + passed.count() * a_second_);
    counted_ = std::max(counted_, now);
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double a_second_, left_;
  Time counted_;
};

}  // namespace newsd
