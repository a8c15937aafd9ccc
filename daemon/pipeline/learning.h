// Learning: gathers what new articles teach, input by input in the order of the tickets, and makes knowledge of it,
// epoch by epoch. An input of epoch n is read by what epochs 0 … n - 2 taught, whatever the number of workers and
// however long reading takes: epoch n - 1 may still be under way. What is committed with each input lets a restart go
// on in the middle of an epoch as if there had been none. Pure; the sequencer's.
#pragma once

#include "daemon/journal/journal.h"
#include "feeds/extract/knowledge.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace newsd {

/// How much is known.
struct LearningLoad {
  std::size_t sources = 0;  ///< that taught
  std::size_t lines = 0;    ///< that are known to be no part of articles
};

class Learning {
 public:
  /// Inputs of an epoch. Shorter ones would have the workers wait for the sequencer, longer ones begin to use what was
  /// learned later.
  static constexpr std::uint64_t kEpoch = 64;
  /// Articles of one input that teach.
  static constexpr std::size_t kMostLessons = 250;

  explicit Learning(const LearningLimits& limits, std::uint64_t epoch = kEpoch);
  /// Goes on where `inputs` were recorded. Corrupt when what was kept cannot be read.
  Result<void> restore(const LearnedRows& kept, std::uint64_t inputs);

  /// The epoch of the next input, what inputs of it are read by, and those of the one after.
  std::uint64_t epoch() const { return inputs_ / epoch_; }
  std::uint64_t epoch_of(std::uint64_t input) const { return input / epoch_; }
  const std::shared_ptr<const Knowledge>& now() const { return now_; }
  const std::shared_ptr<const Knowledge>& next() const { return next_; }

  /// The next input was placed; adds what is to be recorded of its lessons to the batch. True when with it an epoch
  /// ended: now() and next() are others.
  bool take(std::vector<Lesson> lessons, Batch& batch);
  /// Of the last epoch that ended: sources of which lines are known for the first time, with their number.
  std::vector<Knowledge::Change> news() const;
  LearningLoad load() const { return {next_->sources().size(), next_->known_lines()}; }

 private:
  void turn(Batch& batch);

  LearningLimits limits_;
  std::uint64_t epoch_;
  std::uint64_t inputs_ = 0;  // placed so far
  std::shared_ptr<const Knowledge> now_, next_;
  std::vector<Knowledge::Change> changed_;  // from now_ to next_
  std::vector<std::string> unwritten_;      // sources whose rows differ from now_: taught under another epoch
  std::vector<Lesson> lessons_;             // of this epoch
};

}  // namespace newsd
