// The files of a drop directory that were delivered and are not yet let go: one Flight each, found by name and by
// inode. Bookkeeping; I/O thread.
#pragma once

#include "feeds/source/file_identity.h"
#include "feeds/source/sink.h"
#include "feeds/source/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace newsd {

/// directory: the one it was taken from, should another stand at the path by now. claim: holds the lock. outcome: set
/// once it was acknowledged.
struct Flight {
  std::string name;
  InputKey key;
  FileStamp stamp;
  std::shared_ptr<const UniqueFd> directory;
  UniqueFd claim;
  bool initial = false;
  std::optional<Outcome> outcome;
  bool astray = false;             ///< acknowledged, but not under its name: it may have been renamed
  std::vector<std::string> holds;  ///< names that wait until it is let go
};

class DropFlights {
 public:
  std::uint64_t add(Flight flight);
  void erase(std::uint64_t id);
  Flight* find(std::uint64_t id);
  bool has_name(const std::string& name) const { return by_name_.contains(name); }
  std::optional<std::uint64_t> find_name(const std::string& name) const;
  /// The flight of this very file, whatever its name.
  std::optional<std::uint64_t> find_file(const FileStamp& stamp) const;
  /// The file goes by another name now, which no other flight has.
  void rename(std::uint64_t id, const std::string& name);

  std::size_t size() const { return flights_.size(); }
  /// How many were there at the first scan.
  std::size_t initial() const;

 private:
  std::map<std::uint64_t, Flight> flights_;
  std::unordered_map<std::string, std::uint64_t> by_name_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> by_file_;
  std::uint64_t next_ = 1;
};

}  // namespace newsd
