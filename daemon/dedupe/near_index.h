// The texts of the window, found again by what they share: an inverted index over the shingles of their sketches,
// clusters of near-duplicates with one representative each, clusters never merged. Frequent shingles (boilerplate) tell
// nothing and drop out by themselves. Knows no articles but by name; one thread. The measured reasons for its numbers
// stand in near_index.cpp.
#pragma once

#include "daemon/dedupe/hash_filter.h"
#include "daemon/dedupe/likeness.h"
#include "daemon/dedupe/packed_sketch.h"
#include "daemon/dedupe/posting_table.h"
#include "daemon/dedupe/sketch.h"
#include "daemon/dedupe/tally.h"
#include "feeds/article/ids.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace newsd {

class NearIndex {
 public:
  using DocId = PostingTable::Id;
  static constexpr DocId kNone = UINT32_MAX;

  struct Options {
    std::chrono::milliseconds window = std::chrono::hours(96);  ///< two texts further apart are no copies
    double min_jaccard = 0.4, min_containment = 0.5;            ///< either suffices
  };

  /// A text. original: the article its cluster repeats; cluster, family: the first text of each (a family holds a
  /// text's revisions too).
  struct Doc {
    ArticleId original;
    std::int64_t time = 0, received = 0;  ///< milliseconds; time: when published, as far as known
    DocId cluster = 0, family = 0;
    std::uint32_t version = 1;
    std::uint32_t host = 0, source = 0;
    std::uint32_t postings = 0;  ///< that its shingles led to
    PackedSketch sketch;
  };

  /// A cluster the new text is like, by its likeliest text. numbers and what follows: where that is enough.
  struct Neighbour {
    DocId doc = kNone;
    Likeness like;
    NumbersCompared numbers;
    NamesCompared placed_names;
    WordsCompared names, title;
  };
  /// What is known of a new text's surroundings. informative: beside its shingles, whether each tells anything.
  struct Surroundings {
    std::vector<Neighbour> near;  ///< likeliest first, at most kMostNeighbours clusters
    std::vector<bool> informative;
    bool in_series = false;  ///< its headline recurred on three days or more
  };
  static constexpr std::size_t kMostNeighbours = 6;

  /// spill: for the sketches; outlives the index.
  NearIndex(Options options, Spill& spill) : options_(options), spill_(spill) {}

  Surroundings look(const Sketch& sketch, Instant time) const;
  /// Whether the likeness is enough to call two texts the same.
  bool is_enough(const Likeness& like) const {
    return like.jaccard() >= options_.min_jaccard || like.containment() >= options_.min_containment;
  }

  /// Adds a text: of a known cluster, or the first of its own, then of a known family or the first of its own.
  DocId add(const Sketch& sketch, ArticleId original, std::uint32_t version, Instant time, Instant received,
            DocId cluster = kNone, DocId family = kNone);
  /// The latest text of the cluster of this article; kNone when none is in the window.
  DocId find(ArticleId original) const;

  bool has(DocId id) const { return distance(id) < docs_.size(); }
  const Doc& doc(DocId id) const { return docs_[distance(id)]; }
  /// What the index keeps of the text's sketch (packed_sketch.h).
  Sketch sketch(DocId id) const;

  void forget_before(Instant received);
  /// The oldest text; false when there is none.
  bool forget_oldest();
  std::size_t size() const { return docs_.size(); }
  /// Of the texts and what they posted, in memory; goes down as texts leave.
  std::size_t bytes() const { return bytes_ + spill_.bytes(); }

 private:
  /// first: the lowest id of the texts that were hit.
  struct Hits {
    DocId cluster, best;
    std::uint32_t count, best_count;
    DocId first;
  };
  std::size_t distance(DocId id) const { return id >= first_ ? id - first_ : id + PostingTable::kIds - first_; }
  bool is_near(std::int64_t time, std::int64_t other) const;
  bool is_frequent(std::uint32_t shingle, std::int64_t time) const;
  void count_hits(const Sketch& sketch, std::int64_t time, std::vector<bool>& informative, Tally& docs,
                  Tally& clusters) const;
  std::vector<Hits> hits_of(const Sketch& sketch, std::int64_t time, std::vector<bool>& informative) const;
  Neighbour compare(const Sketch& sketch, std::int64_t time, const Hits& hits,
                    const std::vector<bool>& informative) const;
  void note_frequent(std::uint32_t shingle, DocId id);
  void post(std::uint32_t shingle, DocId id);
  void post_series(std::uint32_t series, DocId id);
  unsigned days_of_series(std::uint32_t series, std::int64_t time) const;
  void sync_live();

  Options options_;
  Spill& spill_;
  std::deque<Doc> docs_;
  DocId first_ = 0;
  PostingTable postings_, series_, originals_;
  HashFilter frequent_;             // shingles that were marked by texts of the window
  DocId generation_begin_ = kNone;  // the first text that marked one in the filter's generation
  std::size_t bytes_ = 0;
};

}  // namespace newsd
