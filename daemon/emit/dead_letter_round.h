// DeadLetterRound: going once through the dead letters while the daemon may add to them: the file is taken aside, what
// is kept goes back, and at the end the file aside is deleted. A round that breaks off is taken up by the next: a
// letter may then be met again, none is lost. One round at a time; every call may wait for the disk.
#pragma once

#include "daemon/emit/dead_letters.h"
#include "daemon/journal/file_handle.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

class DeadLetterRound {
 public:
  /// file: as append_dead_letter() has it. Nothing when there are no dead letters. InUse: another round is under way;
  /// CannotCreate, Io.
  static Result<std::optional<DeadLetterRound>> begin(const std::filesystem::path& file);

  /// An earlier round broke off and left these; there may be others by now.
  bool is_resumed() const { return is_resumed_; }
  /// The next line; nothing behind the last.
  std::optional<std::string> next();
  /// Puts the letter back.
  Result<void> keep(std::string_view line);
  /// All were dealt with: those that were not kept are gone.
  Result<void> finish();

 private:
  DeadLetterRound(std::filesystem::path file, FileHandle directory, bool is_resumed);

  std::filesystem::path file_, aside_;
  FileHandle directory_;  ///< locked
  std::ifstream lines_;
  bool is_resumed_;
};

}  // namespace newsd
