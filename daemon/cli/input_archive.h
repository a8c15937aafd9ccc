// InputArchive: finds the bytes of an input that an event tells of: where it lay, else in the done/ of its directory,
// under whatever name it has there. The SHA-256 decides. One thread.
#pragma once

#include "feeds/article/ids.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// The path of a file URI; nothing when it is none.
std::optional<std::filesystem::path> path_of_file_uri(std::string_view uri);

class InputArchive {
 public:
  /// The input's bytes; nothing when it is no longer there. size and sha256_hex as its event says.
  std::optional<std::string> find(const std::filesystem::path& path, std::uint64_t size, std::string_view sha256_hex);

 private:
  using BySize = std::multimap<std::uint64_t, std::filesystem::path>;
  const BySize& folder(const std::filesystem::path& path);

  std::map<std::filesystem::path, BySize> folders_;  ///< what lies in done/, looked at once
};

}  // namespace newsd
