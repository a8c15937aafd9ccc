// What went wrong below the journal → an Error with words on what to do: from errno values and from SQLite's result
// codes. Pure; any thread.
#pragma once

#include "daemon/journal/journal.h"

#include <filesystem>
#include <string>

struct sqlite3;

namespace newsd {

/// A failed system call on `path`. what: what was to be done ("cannot open the lock").
Error system_error(int error_number, std::string what, const std::filesystem::path& path);

/// The last failure on a connection (which may be null when it could not be made) with SQLite's result code `rc`.
/// error_number: errno after the call, which was 0 before it; SQLite itself does not keep it when a COMMIT fails.
Error sqlite_error(sqlite3* db, int rc, int error_number, std::string what, const std::filesystem::path& path);

/// A database that cannot be trusted: says what is wrong and how to go on; newsd deletes nothing itself.
Error corrupt_error(std::string what, const std::filesystem::path& path);

}  // namespace newsd
