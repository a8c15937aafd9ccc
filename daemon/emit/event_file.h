// EventFile: the file behind a file output: appends whole lines, rotates, syncs, and tells after a crash how many lines
// got into it. Every call may block on the disk; one thread at a time. It knows nothing of events.
#pragma once

#include "daemon/journal/file_handle.h"
#include "daemon/stream/emitted_event.h"
#include "daemon/stream/stream_error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace newsd {

/// A place in a file that survives its renaming: whole lines end there.
struct FilePlace {
  std::uint64_t inode = 0;
  std::uint64_t offset = 0;
  bool operator==(const FilePlace&) const = default;
};

class EventFile {
 public:
  struct Options {
    std::filesystem::path path;
    std::uint64_t rotate_size = 0;  ///< bytes; 0: never
    unsigned rotate_keep = 0;       ///< <path>.1 is the youngest of them
  };

  explicit EventFile(Options options) : options_(std::move(options)) {}

  /// Opens or creates the file (mode 0640) in a directory that exists. A torn last line, behind `known` if that is in
  /// this file, is cut off when the file is ours (known is given), else ended by a newline: no stranger's bytes are
  /// thrown away. CannotCreate, Io.
  Result<void> open(std::optional<FilePlace> known);
  /// Appends all of the lines or, on an error, none. Io; it may pass (a full disk).
  Result<void> append(std::span<const SharedLine> lines);
  /// What was appended survives a power cut once this succeeded.
  Result<void> sync();
  bool is_full() const { return options_.rotate_size != 0 && place_.offset >= options_.rotate_size; }
  /// Moves the file to <path>.1, older ones one further, and begins a new one. sync() first. On an error the file stays
  /// in use as it is.
  Result<void> rotate();
  /// Opens the path anew; the old file is closed only when that succeeded. sync() first.
  Result<void> reopen();
  /// Cuts off everything behind the place, which is in this file.
  Result<void> cut_back(FilePlace place);

  FilePlace place() const { return place_; }
  /// The number of whole lines written behind the place, through rotations since then. Nothing when that file cannot be
  /// found: then only the lines of the present file are known of.
  struct Lines {
    std::uint64_t count = 0;
    bool certain = true;  ///< false: the file of the place is gone or was cut; count is of what is there
  };
  Result<Lines> lines_behind(FilePlace place) const;

 private:
  Result<FileHandle> open_path(FilePlace& place) const;
  Result<void> end_last_line(std::optional<FilePlace> known);
  std::filesystem::path rotated(unsigned n) const;
  Error io_error(const std::string& what) const;

  Options options_;
  FileHandle file_;
  FilePlace place_;    ///< where the last whole line ends
  bool torn_ = false;  ///< a failed append left something behind place_
};

}  // namespace newsd
