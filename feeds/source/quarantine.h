// The quarantine of a drop directory, its failed/: what lies there and why, put back to be read again, or deleted.
// System calls only, beside a running daemon; any thread. No file is opened but reasons, no link followed.
#pragma once

#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Codes: "not-there", "permission", "io".
enum class QuarantineError { NotThere, Permission, Io };
std::string_view code_of(QuarantineError e);

struct Quarantined {
  std::string name;  ///< in failed/, any bytes
  std::uint64_t bytes = 0;
  Instant since;       ///< when it was put there
  std::string reason;  ///< its reason file, or what of it can be read: JSON, or empty
  bool operator==(const Quarantined&) const = default;
};

/// By its name, or by that as it is shown (readable_name).
bool is_called(const Quarantined& file, std::string_view name);

class Quarantine {
 public:
  static constexpr std::size_t kLongestReason = 64 << 10;  ///< bytes; of a longer file nothing is read

  /// directory: the drop directory. Nothing is made or looked at yet.
  explicit Quarantine(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Oldest first, then by name; none when there is no failed/.
  Result<std::vector<Quarantined>> list() const;
  /// The same, but at most so many, the latest of them; of others no reason is read.
  struct Latest {
    std::vector<Quarantined> files;  ///< latest first
    std::size_t total = 0;           ///< of all that lie there
  };
  Result<Latest> latest(std::size_t most) const;
  /// Puts it back into the drop directory, under its name or the next that is free, which is returned. The reason
  /// leaves with it.
  Result<std::string> put_back(const std::string& name) const;
  /// Deletes it and its reason.
  Result<void> remove(const std::string& name) const;

 private:
  struct Sorted;
  Result<Sorted> without_reasons() const;

  std::filesystem::path directory_;
};

}  // namespace newsd
