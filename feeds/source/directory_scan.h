// The names in a directory: open descriptor → names that may be taken, sorted by their bytes. It only reads the
// directory, not its files. I/O thread.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace newsd {

/// names: the first `most` in the order of their bytes. whole: those are all.
struct DirectoryScan {
  std::vector<std::string> names;
  bool whole = true;
};

/// Sees every name that may be taken (is_finished_name) and is not known to be a directory; keeps it when `wanted` says
/// so. SourceError::Unreadable when the directory cannot be read.
Result<DirectoryScan> scan_directory(int directory, std::size_t most,
                                     const std::function<bool(const std::string&)>& wanted);

}  // namespace newsd
