// Folded word → number, for the words of all lexicons: a token is looked up once, and every later question about it is
// an array access. Filled while resources are made, immutable afterwards; any thread.
#pragma once

#include "daemon/classify/token.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class Vocabulary {
 public:
  /// word: as fold_word() folds it. Numbers count up from 0.
  std::uint32_t add(std::string_view word);
  /// kNoWord when it is not in it.
  std::uint32_t find(std::string_view word) const;
  /// The same of every token with a folded word, many at a time: the table is larger than the nearer caches.
  void find_all(TokenText& text) const;
  std::string_view at(std::uint32_t word) const {
    return std::string_view(pool_).substr(entries_[word].begin, entries_[word].size);
  }
  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const {
    return pool_.capacity() + entries_.capacity() * sizeof(Entry) + slots_.capacity() * sizeof(Slot);
  }

 private:
  struct Entry {
    std::uint32_t begin = 0, size = 0;
  };
  /// With the hash, so that of nearly all words that are not in it nothing else is looked at.
  struct Slot {
    std::uint32_t hash = 0, entry = kNoWord;
  };
  std::size_t slot_of(std::string_view word, std::uint32_t hash) const;
  void grow();

  std::string pool_;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  ///< open addressing, a power of two
};

}  // namespace newsd
