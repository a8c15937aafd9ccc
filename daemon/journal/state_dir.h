// The state directory: made when missing, and locked so that one daemon at a time writes in it. The lock is the
// kernel's and ends with the process, however it ends; the file "lock" stays.
#pragma once

#include "daemon/journal/file_handle.h"
#include "feeds/article/result.h"

#include <filesystem>

namespace newsd {

inline constexpr const char* kDatabaseName = "journal.db";

/// Makes the last component of `dir` with mode 0700 when it is missing. Errors: Permission, CannotCreate, DiskFull, Io.
Result<void> ensure_state_dir(const std::filesystem::path& dir);

/// Makes the names of files newly made in `dir` durable.
Result<void> sync_directory(const std::filesystem::path& dir);

class StateLock {
 public:
  /// Does not wait: Locked when another process (or another lock of this one) has it, naming its pid when it is known.
  static Result<StateLock> take(const std::filesystem::path& dir);

 private:
  explicit StateLock(FileHandle file) : file_(std::move(file)) {}
  FileHandle file_;
};

}  // namespace newsd
