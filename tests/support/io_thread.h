// Stands in for the I/O thread in tests: what is posted from any thread runs when the test calls run_until().
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace newsd {

class IoThread {
 public:
  std::function<void(std::function<void()>)> poster() {
    return [this](std::function<void()> call) {
      {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
      }
      posted_.notify_one();
    };
  }

  /// Runs what was posted, waiting for more until done() holds; false when that takes longer than ten seconds.
  bool run_until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done()) {
      std::unique_lock lock(mutex_);
      if (!posted_.wait_until(lock, deadline, [this] { return !calls_.empty(); })) return false;
      auto call = std::move(calls_.front());
      calls_.pop_front();
      lock.unlock();
      call();
    }
    return true;
  }

  void run_pending() {
    run_until([this] {
      const std::lock_guard lock(mutex_);
      return calls_.empty();
    });
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> calls_;
};

}  // namespace newsd
