// The way from a file to a journal that can be trusted: connection settings, migration, the look at it after an unclean
// stop, the mark that says it is in use. The writer's thread, at start.
#pragma once

#include "daemon/journal/database.h"
#include "daemon/journal/journal.h"

#include <filesystem>
#include <string>
#include <vector>

namespace newsd {

/// Where the stream stands. Empty when oldest is last + 1.
struct StreamEnds {
  Sequence oldest{1};
  Sequence last{0};
};

/// Opens or creates the writer's database in a locked state directory. Proves by a durable write that it can be written
/// (DiskFull, Permission). Corrupt when it is damaged or events are missing at the end of the stream; nothing is
/// changed then. notes: what is worth telling.
Result<StreamEnds> open_for_writing(Database& database, const std::filesystem::path& state_dir,
                                    const JournalOptions& options, std::vector<std::string>& notes);

/// Writes the meta rows in one durable transaction.
Result<void> write_marks(const Database& database, bool clean, Sequence last);

/// The stream as the tables tell it; readers use it too.
Result<StreamEnds> find_ends(const Database& database);

}  // namespace newsd
