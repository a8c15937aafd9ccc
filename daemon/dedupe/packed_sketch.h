// What the index keeps of a remembered text, in as few bits as it can: about 500 bytes of a text of 450 words with its
// sixty shingles, twenty-five names and twenty numbers; kept in a Spill. Made and read on one thread.
#pragma once

#include "daemon/dedupe/sketch.h"
#include "daemon/dedupe/spill.h"

namespace newsd {

/// Shingles, limit, names, title, names and numbers in their places; nothing else of a sketch.
class PackedSketch {
 public:
  PackedSketch() = default;
  PackedSketch(const Sketch& sketch, Spill& spill);
  /// Into one that is used again; what is not packed stays as it is there. Of a record that is lost: an empty sketch.
  void unpack(Sketch& into) const;
  /// Its limit and shingles only; the rest stays as it is there.
  void unpack_shingles(Sketch& into) const;

 private:
  Spilled bits_;
};

}  // namespace newsd
