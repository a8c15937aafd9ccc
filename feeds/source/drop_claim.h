// Taking one file of a drop directory so that nobody else takes it: name → open, locked descriptor → bytes. System
// calls that do not wait; I/O thread. It decides what a file is; what becomes of it is the caller's affair.
#pragma once

#include "feeds/article/result.h"
#include "feeds/source/file_identity.h"
#include "feeds/source/unique_fd.h"

#include <cstdint>
#include <optional>
#include <string>

namespace newsd {

/// Whether somebody has a file open for writing, as far as the kernel tells us (only the file's owner and root may
/// ask).
enum class Writers { None, Some, Unknown };

/// Taken: ours until fd is closed, by a lock (flock) that two daemons cannot both hold and that dies with its process.
/// Refused: will never be taken, `error` says why; fd is open when it could be. Gone: no longer there, another daemon
/// may have finished it. Skip: a directory. Locked: another claim stands, by this process or another one. Linked: it
/// has several names, as in the midst of a delivery by link and unlink. TryLater: `error` says why.
struct Claim {
  enum class Kind { Taken, Refused, Gone, Skip, Locked, Linked, TryLater } kind = Kind::Gone;
  UniqueFd fd;
  FileStamp stamp;
  Writers writers = Writers::Unknown;  ///< of a Taken file, when it was asked for
  std::optional<Error> error;
};

/// ask_writers: also find out whether it is open for writing. highest_fd: a claim whose descriptor has a higher number
/// is given up as NoDescriptors.
Claim claim_file(int directory, const std::string& name, bool ask_writers, int highest_fd);

/// The highest number a claim may have, so that the rest of the daemon, and letting go of what was claimed, have some
/// descriptors left.
int highest_claim_fd();

/// Whole: `bytes` is the file as `stamp` described it. Changed: somebody writes to it still. TooLarge: more than
/// max_bytes. Failed: see error.
struct ClaimedBytes {
  enum class Kind { Whole, Changed, TooLarge, Failed } kind = Kind::Failed;
  std::string bytes;
  std::optional<Error> error;
};
ClaimedBytes read_claimed(int fd, const FileStamp& stamp, std::uint64_t max_bytes);

/// stat(2) of a name that is not followed when it is a link; nothing when it is not there.
std::optional<FileStamp> look_at(int directory, const std::string& name);

/// Whether an open file still has a name somewhere.
bool has_a_name(int fd);

}  // namespace newsd
