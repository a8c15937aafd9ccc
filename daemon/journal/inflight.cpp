#include "daemon/journal/inflight.h"

#include "daemon/journal/file_handle.h"
#include "daemon/journal/storage_error.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace newsd {

/// One page of the file, in the machine's byte order:
///   offset 0   8 bytes  0: free; else 1 + the key's length
///   offset 8   8 bytes  FNV-1a hash of the key
///   offset 16           the key
struct InFlight::Slot {
  std::atomic<std::uint64_t> used;
  std::uint64_t hash;
  char key[kMaxKeyBytes];
};

namespace {

constexpr std::size_t kSlotBytes = 4096;
constexpr std::size_t kFileBytes = InFlight::kSlots * kSlotBytes;

/// FNV-1a, 64 bits (Fowler, Noll, Vo): tells a key from what else may stand in a damaged file.
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

Result<std::unique_ptr<InFlight>> InFlight::open(const std::filesystem::path& file) {
  static_assert(sizeof(Slot) == kSlotBytes && std::atomic<std::uint64_t>::is_always_lock_free);
  const FileHandle handle(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!handle.is_open()) return system_error(errno, "cannot open the marks of inputs in flight", file);
  struct stat status {};
  if (::fstat(handle.get(), &status) != 0) return system_error(errno, "cannot look at the file", file);
  if (status.st_size != static_cast<off_t>(kFileBytes) && ::ftruncate(handle.get(), 0) != 0) {
    return system_error(errno, "cannot begin the file anew", file);
  }
  // with all blocks there, a full disk cannot end the process by SIGBUS when a mark is written
  if (const int failed = ::posix_fallocate(handle.get(), 0, static_cast<off_t>(kFileBytes)); failed != 0) {
    return system_error(failed, "cannot make room for the marks of inputs in flight", file);
  }
  void* mapping = ::mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, handle.get(), 0);
  if (mapping == MAP_FAILED) return system_error(errno, "cannot map the file", file);
  return std::unique_ptr<InFlight>(new InFlight(static_cast<Slot*>(mapping)));
}

InFlight::~InFlight() { ::munmap(slots_, kFileBytes); }

std::vector<InputKey> InFlight::take_leftovers() {
  std::vector<InputKey> leftovers;
  for (std::size_t i = 0; i < kSlots; ++i) {
    Slot& slot = slots_[i];
    const std::uint64_t used = slot.used.exchange(0);
    if (used == 0 || used - 1 > kMaxKeyBytes) continue;
    const std::string_view key(slot.key, used - 1);
    if (slot.hash == hash_of(key)) leftovers.push_back({std::string(key)});
  }
  return leftovers;
}

// The kernel keeps the pages of a shared mapping whatever ends the process, so after a crash the file shows the stores
// in program order up to some point: `used` is set last and unset first.
void InFlight::mark(std::size_t slot, const InputKey& key) {
  assert(slot < kSlots);
  Slot& s = slots_[slot];
  s.used.store(0, std::memory_order_relaxed);
  if (key.value.size() > kMaxKeyBytes) return;
  std::atomic_thread_fence(std::memory_order_release);
  std::memcpy(s.key, key.value.data(), key.value.size());
  s.hash = hash_of(key.value);
  s.used.store(1 + key.value.size(), std::memory_order_release);
}

void InFlight::clear(std::size_t slot) {
  assert(slot < kSlots);
  slots_[slot].used.store(0, std::memory_order_release);
}

}  // namespace newsd
