// Which file this is, and whether it is still the same: inode, size and times → stamps, keys, URIs. Pure values; no
// disk.
#pragma once

#include "feeds/source/sink.h"

#include <cstdint>
#include <string>
#include <string_view>

struct stat;

namespace newsd {

enum class FileType { Regular, Directory, Other };

/// What stat(2) says of a file, as far as newsd asks. Times in nanoseconds since 1970.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0, links = 0;
  std::int64_t modified = 0, changed = 0;
  FileType type = FileType::Regular;

  static FileStamp from(const struct stat& found);
  bool same_file(const FileStamp& other) const { return device == other.device && inode == other.inode; }
  /// The same file with, as far as size and time of change tell, the same bytes.
  bool same_bytes(const FileStamp& other) const {
    return same_file(other) && size == other.size && modified == other.modified;
  }
};

/// Whether a name may be taken at all: names with a leading dot or ending in .tmp or .part belong to writers that are
/// not done.
bool is_finished_name(std::string_view name);

/// "drop:<directory>" and a zero byte: what all keys of a directory begin with.
std::string drop_key_prefix(std::string_view directory);
/// The key of a file as it lies in the directory of that prefix. The change time is in it: a file that is put there
/// again, with the inode, size and time of one deleted before, is another input.
InputKey drop_key(std::string_view prefix, std::string_view name, const FileStamp& stamp);

/// The file URI (RFC 8089) of an absolute path; every byte but unreserved characters and '/' is percent-encoded, so any
/// name has one.
std::string file_uri(std::string_view absolute_path);
/// The name when it is well-formed UTF-8, else with the bytes beyond ASCII percent-encoded.
std::string readable_name(std::string_view name);

}  // namespace newsd
