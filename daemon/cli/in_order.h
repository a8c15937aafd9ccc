// in_order(): makes results on several threads and hands them over in order on the calling one, in bounded memory.
// Waits for its threads before it returns.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace newsd {

/// The state between the makers and the taker: a ring of results, the first of which is the next to be taken.
template <class R>
class OrderedResults {
 public:
  OrderedResults(std::size_t count, std::size_t ahead) : count_(count), ring_(ahead) {}

  /// The next index to make; nothing when there is none, or nobody wants more. Waits while too many results wait to be
  /// taken.
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return ended_ || next_ == count_ || next_ < taken_ + ring_.size(); });
    if (ended_ || next_ == count_) return std::nullopt;
    return next_++;
  }

  void put(std::size_t index, R result) {
    const std::lock_guard lock(mutex_);
    ring_[index % ring_.size()] = std::move(result);
    if (index == taken_) made_.notify_one();
  }

  void fail(std::exception_ptr fault) {
    const std::lock_guard lock(mutex_);
    if (!fault_) fault_ = std::move(fault);
    made_.notify_one();
  }

  /// The next result in order; throws what a maker threw.
  R take() {
    std::unique_lock lock(mutex_);
    auto& slot = ring_[taken_ % ring_.size()];
    made_.wait(lock, [&] { return slot.has_value() || fault_; });
    if (!slot) std::rethrow_exception(fault_);
    R result = std::move(*slot);
    slot.reset();
    ++taken_;
    room_.notify_one();
    return result;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    room_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_, made_;
  const std::size_t count_;
  std::size_t next_ = 0, taken_ = 0;
  bool ended_ = false;
  std::exception_ptr fault_;
  std::vector<std::optional<R>> ring_;
};

/// make(i) for i in [0, count) on `threads` threads; take(result) in the order of i on the calling thread, until it
/// returns false. At most four results a thread wait to be taken. What make throws is thrown here.
template <class R>
void in_order(std::size_t count, unsigned threads, const std::function<R(std::size_t)>& make,
              const std::function<bool(R)>& take) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!take(make(i))) return;
    }
    return;
  }
  OrderedResults<R> results(count, std::size_t{4} * threads);
  struct Makers {
    OrderedResults<R>& results;
    std::vector<std::jthread> threads{};
    ~Makers() { results.end(); }  // before the threads are joined
  } makers{results};
  for (unsigned t = 0; t < threads; ++t) {
    makers.threads.emplace_back([&] {
      try {
        while (const auto index = results.claim()) results.put(*index, make(*index));
      } catch (...) {
        results.fail(std::current_exception());
      }
    });
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!take(results.take())) return;
  }
}

}  // namespace newsd
