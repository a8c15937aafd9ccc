// What the workers are reading right now, in a small file that outlives a crash of the process (not of the machine): an
// input found in it at the next start may be what crashed the reader. One slot a worker, each written by its worker
// alone; no locks, no syncs. The state directory must be locked (Journal::open) before the file is opened.
#pragma once

#include "feeds/article/result.h"
#include "feeds/source/sink.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

namespace newsd {

class InFlight {
 public:
  static constexpr std::size_t kSlots = 64;
  /// Longer keys are not marked: such an input is read at every start, however often it crashes the reader.
  static constexpr std::size_t kMaxKeyBytes = 4096 - 16;

  /// Opens or makes the file (<state_dir>/inflight) with all its blocks. A file that is none of newsd's is begun anew.
  /// Errors are JournalErrors: DiskFull, Permission, CannotCreate, Io.
  static Result<std::unique_ptr<InFlight>> open(const std::filesystem::path& file);
  ~InFlight();
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

  /// The keys that were marked when the last process ended; all slots are free then. Before the first mark().
  std::vector<InputKey> take_leftovers();
  /// slot < kSlots. Killed within, a process leaves the whole key or nothing.
  void mark(std::size_t slot, const InputKey& key);
  void clear(std::size_t slot);

 private:
  struct Slot;
  explicit InFlight(Slot* slots) : slots_(slots) {}
  Slot* slots_;  // a shared mapping of the file
};

}  // namespace newsd
