// Hands what was learned from the sequencer to the workers. Inputs are counted in epochs; those of one epoch are all
// read by the same knowledge, which was complete before: a worker that is that far ahead waits. It waits for inputs
// with lower tickets alone, which other workers have taken before it, so nobody waits for ever. Any thread.
#pragma once

#include "feeds/extract/knowledge.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace newsd {

class KnowledgeEpochs {
 public:
  /// What inputs of an epoch are read by. Epochs come in order, without gaps; two are kept: a third is published when
  /// the inputs of the first are all read.
  void publish(std::uint64_t epoch, std::shared_ptr<const Knowledge> knowledge) {
    {
      const std::lock_guard lock(mutex_);
      if (published_.size() == 2) published_.pop_front();
      published_.emplace_back(epoch, std::move(knowledge));
    }
    changed_.notify_all();
  }

  /// Waits for it; `wanted` is called once before a wait. Nothing when none will be published any more.
  std::shared_ptr<const Knowledge> of(std::uint64_t epoch, const std::function<void()>& wanted) {
    std::unique_lock lock(mutex_);
    if (!is_published(epoch) && !ended_) {
      ++waiting_;
      lock.unlock();
      wanted();
      lock.lock();
      changed_.wait(lock, [&] { return is_published(epoch) || ended_; });
      --waiting_;
    }
    for (const auto& [published, knowledge] : published_) {
      if (published == epoch) return knowledge;
    }
    return nullptr;
  }

  bool someone_waits() const {
    const std::lock_guard lock(mutex_);
    return waiting_ > 0;
  }

  /// Whoever waits gets nothing.
  void end() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
  }

 private:
  bool is_published(std::uint64_t epoch) const { return !published_.empty() && published_.back().first >= epoch; }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::uint64_t, std::shared_ptr<const Knowledge>>> published_;
  int waiting_ = 0;
  bool ended_ = false;
};

}  // namespace newsd
