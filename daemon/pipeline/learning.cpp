#include "daemon/pipeline/learning.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

Error unreadable(const std::string& what) {
  return Error(JournalError::Corrupt, "what was learned of sources cannot be read: " + what);
}

}  // namespace

Learning::Learning(const LearningLimits& limits, std::uint64_t epoch)
    : limits_(limits), epoch_(epoch), now_(std::make_shared<const Knowledge>()), next_(now_) {}

Result<void> Learning::restore(const LearnedRows& kept, std::uint64_t inputs) {
  inputs_ = inputs;
  Knowledge knowledge;
  for (const LearnedRow& row : kept.sources) {
    auto source = SourceKnowledge::decode(row.bytes);
    if (!source) return unreadable("the row of \"" + row.source + "\"");
    knowledge.put(row.source, *std::move(source), row.used, limits_);
  }
  // nearly always all of them are of the epoch before this one and of this one
  const std::uint64_t current = epoch() * epoch_, before = current - std::min(current, epoch_);
  std::vector<Lesson> old, last;
  for (const LessonRow& row : kept.lessons) {
    auto lesson = decode_lesson(row.bytes);
    if (!lesson || row.input >= inputs) return unreadable("the lesson of input " + std::to_string(row.input));
    (row.input < before ? old : row.input < current ? last : lessons_).push_back(*std::move(lesson));
  }
  for (Knowledge::Change& change : knowledge.take(old, limits_)) unwritten_.push_back(std::move(change.source));
  now_ = std::make_shared<const Knowledge>(knowledge);
  changed_ = knowledge.take(last, limits_);
  next_ = std::make_shared<const Knowledge>(std::move(knowledge));
  return {};
}

bool Learning::take(std::vector<Lesson> lessons, Batch& batch) {
  if (lessons.size() > kMostLessons) lessons.resize(kMostLessons);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    batch.lessons.push_back({inputs_, static_cast<std::uint32_t>(i), encode(lessons[i])});
    lessons_.push_back(std::move(lessons[i]));
  }
  if (++inputs_ % epoch_ != 0) return false;
  turn(batch);
  return true;
}

/// An epoch has ended. What is recorded follows one epoch behind, for inputs of the one that begins are read by now_.
void Learning::turn(Batch& batch) {
  std::vector<std::string> rows = std::exchange(unwritten_, {});
  for (const Knowledge::Change& change : changed_) rows.push_back(change.source);
  for (std::string& name : rows) {
    const auto found = next_->sources().find(name);
    if (found == next_->sources().end()) {
      batch.learned.push_back({std::move(name), 0, {}, true});
    } else {
      batch.learned.push_back({std::move(name), found->second.used, found->second.knowledge->encode()});
    }
  }
  batch.lessons_before = inputs_ - epoch_;
  now_ = next_;
  Knowledge knowledge = *now_;
  changed_ = knowledge.take(lessons_, limits_);
  lessons_.clear();
  next_ = std::make_shared<const Knowledge>(std::move(knowledge));
}

std::vector<Knowledge::Change> Learning::news() const {
  std::vector<Knowledge::Change> news;
  for (const Knowledge::Change& change : changed_) {
    if (change.known_before == 0 && change.known_now > 0) news.push_back(change);
  }
  return news;
}

}  // namespace newsd
