#include "daemon/dedupe/spill.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace newsd {

Spilled::Spilled(const Spilled& other) : spill_(other.spill_), record_(other.record_) {
  if (spill_ != nullptr) spill_->hold(record_);
}

Spilled::Spilled(Spilled&& other) noexcept : spill_(std::exchange(other.spill_, nullptr)), record_(other.record_) {}

Spilled& Spilled::operator=(Spilled other) noexcept {
  std::swap(spill_, other.spill_);
  std::swap(record_, other.record_);
  return *this;
}

Spilled::~Spilled() {
  if (spill_ != nullptr) spill_->release(record_);
}

std::span<const std::uint32_t> Spilled::read() const {
  return spill_ == nullptr ? std::span<const std::uint32_t>() : spill_->read(record_);
}

void Spilled::prefetch() const {
  if (spill_ != nullptr) spill_->prefetch(record_);
}

void Spilled::prefetch_place() const {
  if (spill_ != nullptr) __builtin_prefetch(&spill_->records_[record_]);
}

void Spill::prefetch(std::uint32_t record) const {
  constexpr std::size_t kLine = 16;  // words of a line of the cache
  const Record& found = records_[record];
  const std::uint32_t* const words = segments_[found.segment].words.get();
  if (words == nullptr) return;
  for (std::size_t at = 0; at < found.size; at += kLine) __builtin_prefetch(words + found.begin + at);
}

Spilled Spill::keep(std::span<const std::uint32_t> words) {
  assert(words.size() <= kSegmentWords);
  if (current_ == kNone || used_ + words.size() > kSegmentWords) begin_segment();
  std::copy(words.begin(), words.end(), segments_[current_].words.get() + used_);
  std::uint32_t made = unused_record_;
  if (made == kNone) {
    made = static_cast<std::uint32_t>(records_.size());
    records_.emplace_back();
  } else {
    unused_record_ = records_[made].segment;
  }
  records_[made] = {current_, static_cast<std::uint16_t>(used_), static_cast<std::uint16_t>(words.size()), 1};
  segments_[current_].live += static_cast<std::uint32_t>(words.size());
  used_ += words.size();
  live_ += words.size();
  ++held_;
  return {*this, made};
}

void Spill::release(std::uint32_t record) {
  Record& gone = records_[record];
  if (--gone.holders > 0) return;
  const std::uint32_t segment = gone.segment;
  segments_[segment].live -= gone.size;
  live_ -= gone.size;
  --held_;
  gone = {.segment = std::exchange(unused_record_, record)};
  if (segments_[segment].live == 0 && segment != current_) reuse(segment);
}

void Spill::reuse(std::uint32_t segment) {
  if (segments_[segment].words) {
    segments_[segment].words.reset();
    --resident_;
    std::erase(full_segments_, segment);
  } else {
    --spilled_;
  }
  unused_segments_.push_back(segment);
}

void Spill::begin_segment() {
  const std::uint32_t full = std::exchange(current_, kNone);
  if (full != kNone && segments_[full].live == 0) {
    reuse(full);
  } else if (full != kNone && space_) {
    full_segments_.push_back(full);
    write_full();
  }
  if (unused_segments_.empty()) {
    unused_segments_.push_back(static_cast<std::uint32_t>(segments_.size()));
    segments_.emplace_back();
  }
  current_ = unused_segments_.back();
  unused_segments_.pop_back();
  segments_[current_].words = std::make_unique_for_overwrite<std::uint32_t[]>(kSegmentWords);
  ++resident_;
  used_ = 0;
}

/// Those that could not be written before are tried again; an error is not told here, because what it costs is memory:
/// the journal, which is on the same disk, says that it is full.
void Spill::write_full() {
  std::erase_if(full_segments_, [this](std::uint32_t at) {
    Segment& segment = segments_[at];
    if (!space_->write(at * std::uint64_t{kSegmentBytes}, std::span(segment.words.get(), kSegmentWords))) return false;
    segment.words.reset();
    --resident_;
    ++spilled_;
    return true;
  });
}

std::span<const std::uint32_t> Spill::read(std::uint32_t record) {
  const Record& found = records_[record];
  const Segment& segment = segments_[found.segment];
  if (segment.words) return {segment.words.get() + found.begin, found.size};
  read_.resize(found.size);
  const std::uint64_t offset =
      found.segment * std::uint64_t{kSegmentBytes} + found.begin * std::uint64_t{sizeof(std::uint32_t)};
  if (auto read = space_->read(offset, read_); !read) {
    if (!trouble_) trouble_ = read.error();
    return {};
  }
  return read_;
}

std::size_t Spill::bytes() const {
  return held_ * sizeof(Record) + (space_ ? resident_ * kSegmentBytes : live_ * sizeof(std::uint32_t));
}

}  // namespace newsd
