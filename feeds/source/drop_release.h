// Letting go of a file whose events are durable: name + outcome → done/, failed/ with its reason, unlinked, or left.
// System calls only; I/O thread. Repeating it after a crash does no harm. A file that came under the same name
// meanwhile is never let go in its place, but for the moment between the last look and unlink(2) when files are
// deleted: writers that replace files they have dropped should not ask for deletion.
#pragma once

#include "feeds/article/result.h"
#include "feeds/source/file_identity.h"
#include "feeds/source/sink.h"

#include <optional>
#include <string>

namespace newsd {

/// What becomes of a file that was read: moved to done/, deleted, or left where it is.
enum class WhenDone { Move, Delete, Keep };

/// LetGo: moved or deleted by us. Gone: somebody else did. Left: it stays (WhenDone::Keep). Replaced: another file, or
/// other bytes, lie there under the name, not yet read. TryLater: `error` says why; nothing was done.
struct Release {
  enum class Kind { LetGo, Gone, Left, Replaced, TryLater } kind = Kind::LetGo;
  std::optional<Error> error;
};

/// directory: an open descriptor; stamp: the file as it was read; name: where it lay.
Release release_file(int directory, const std::string& name, const FileStamp& stamp, const Outcome& outcome,
                     WhenDone when_done);

/// The n-th name to try when `name` is taken: "a.txt", "a.1.txt", "a.2.txt"; never more than 255 bytes.
std::string free_name(const std::string& name, unsigned n);
/// "<name>.reason.json"; a name too long for that is cut to its first 200 bytes, and numbered from n = 1 on as names so
/// cut may be alike.
std::string reason_name(const std::string& name, unsigned n);

}  // namespace newsd
