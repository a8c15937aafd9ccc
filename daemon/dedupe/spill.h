// What placing keeps of texts and seldom looks at: records, written side by side into segments that leave memory once
// they are full, if there is a place for them (a file: daemon/journal/spill_file.h). A record never changes; a segment
// whose records are all gone is used again. One thread.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace newsd {

/// Where segments go. Offsets and sizes in bytes are multiples of those of a segment, or of a record within one.
class SpillSpace {
 public:
  virtual ~SpillSpace() = default;
  /// After an error nothing is lost: the segment stays in memory, and is written with the next one that is full.
  virtual Result<void> write(std::uint64_t offset, std::span<const std::uint32_t> words) = 0;
  virtual Result<void> read(std::uint64_t offset, std::span<std::uint32_t> words) const = 0;
};

class Spill;

/// A record of a Spill, which outlives it. Copies share the record; it goes with the last.
class Spilled {
 public:
  Spilled() = default;
  Spilled(const Spilled& other);
  Spilled(Spilled&& other) noexcept;
  Spilled& operator=(Spilled other) noexcept;
  ~Spilled();
  /// Its words, until anything else is read or kept. Empty: none, or Spill::trouble() says why.
  std::span<const std::uint32_t> read() const;
  /// To be read soon: fetches the words into the cache, or, some time before, where they are.
  void prefetch() const;
  void prefetch_place() const;

 private:
  friend class Spill;
  Spilled(Spill& spill, std::uint32_t record) : spill_(&spill), record_(record) {}
  Spill* spill_ = nullptr;
  std::uint32_t record_ = 0;
};

class Spill {
 public:
  static constexpr std::size_t kSegmentWords = 16 * 1024;  ///< the most a record may have

  /// space: nullptr when everything is to stay in memory.
  explicit Spill(std::unique_ptr<SpillSpace> space = nullptr) : space_(std::move(space)) {}
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;

  Spilled keep(std::span<const std::uint32_t> words);

  /// The first record that could not be read again: what was read since is not to be relied on.
  const std::optional<Error>& trouble() const { return trouble_; }
  /// Of memory; without a space, of the records that are held.
  std::size_t bytes() const;
  /// Of the space, of the segments in use.
  std::uint64_t spilled_bytes() const { return spilled_ * kSegmentBytes; }

 private:
  friend class Spilled;
  static constexpr std::size_t kSegmentBytes = kSegmentWords * sizeof(std::uint32_t);
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// holders 0: not in use, and segment is the next that is not.
  struct Record {
    std::uint32_t segment = kNone;
    std::uint16_t begin = 0, size = 0;  ///< words
    std::uint32_t holders = 0;
  };
  /// words: nullptr while it is in the space, or not in use.
  struct Segment {
    std::uint32_t live = 0;  ///< words of records that are held
    std::unique_ptr<std::uint32_t[]> words;
  };

  void hold(std::uint32_t record) { ++records_[record].holders; }
  void release(std::uint32_t record);
  std::span<const std::uint32_t> read(std::uint32_t record);
  void prefetch(std::uint32_t record) const;
  void begin_segment();
  void write_full();
  void reuse(std::uint32_t segment);

  std::unique_ptr<SpillSpace> space_;
  std::deque<Record> records_;
  std::vector<Segment> segments_;
  std::vector<std::uint32_t> unused_segments_, full_segments_;  ///< full: to be written yet
  std::vector<std::uint32_t> read_;                             ///< the record read last
  std::uint32_t unused_record_ = kNone, current_ = kNone;
  std::size_t used_ = 0;                                          ///< words of the current segment
  std::size_t held_ = 0, live_ = 0, resident_ = 0, spilled_ = 0;  ///< records; words; segments in memory, in the space
  std::optional<Error> trouble_;
};

}  // namespace newsd
