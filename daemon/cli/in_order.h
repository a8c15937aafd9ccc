// in_order(): makes results on several threads and hands them over in order, one at a time, in bounded memory. Waits
// for its threads before it returns.
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

/// What the makers share: a ring of results, the first of which is the next to be taken. A maker whose result is the
/// next one takes it, and what is ready behind it: nobody is woken for a result.
template <class R>
class OrderedResults {
 public:
  OrderedResults(std::size_t count, std::size_t ahead, const std::function<bool(R)>& take)
      : take_(take), count_(count), ring_(ahead) {}

  /// The next index to make; nothing when there is none, or nobody wants more. Waits while too many results wait to be
  /// taken.
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return ended_ || next_ == count_ || next_ < taken_ + ring_.size(); });
    if (ended_ || next_ == count_) return std::nullopt;
    return next_++;
  }

  void put(std::size_t index, R result) {
    std::unique_lock lock(mutex_);
    ring_[index % ring_.size()] = std::move(result);
    if (taking_) return;  // who takes looks for it before it stops
    taking_ = true;
    for (auto* slot = &next_slot(); slot->has_value() && !ended_; slot = &next_slot()) {
      R ready = std::move(**slot);
      slot->reset();
      lock.unlock();
      const bool more = take_(std::move(ready));
      lock.lock();
      ++taken_;
      ended_ |= !more;
      room_.notify_all();
    }
    taking_ = false;
  }

  /// Ends the work for what make or take threw; the first fault counts.
  void fail(std::exception_ptr fault) {
    const std::lock_guard lock(mutex_);
    if (!fault_) fault_ = std::move(fault);
    ended_ = true;
    room_.notify_all();
  }

  /// Makes results until there are no more to make.
  void work(const std::function<R(std::size_t)>& make) {
    try {
      while (const auto index = claim()) put(*index, make(*index));
    } catch (...) {
      fail(std::current_exception());
    }
  }

  /// Nobody may be at work any more.
  void rethrow_fault() const {
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  std::optional<R>& next_slot() { return ring_[taken_ % ring_.size()]; }

  const std::function<bool(R)>& take_;
  std::mutex mutex_;
  std::condition_variable room_;
  const std::size_t count_;
  std::size_t next_ = 0, taken_ = 0;
  bool taking_ = false, ended_ = false;
  std::exception_ptr fault_;
  std::vector<std::optional<R>> ring_;
};

/// make(i) for i in [0, count) on `threads` threads, of which the calling one is one; take(result) in the order of i,
/// on any of them but never on two at once, until it returns false. At most four results a thread wait to be taken.
/// What make or take throws is thrown here.
template <class R>
void in_order(std::size_t count, unsigned threads, const std::function<R(std::size_t)>& make,
              const std::function<bool(R)>& take) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!take(make(i))) return;
    }
    return;
  }
  OrderedResults<R> results(count, std::size_t{4} * threads, take);
  {
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < threads; ++t) others.emplace_back([&] { results.work(make); });
    results.work(make);
  }
  results.rethrow_fault();
}

}  // namespace newsd
