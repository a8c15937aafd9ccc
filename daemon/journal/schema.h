// The tables of journal.db, as SQL that people meet when they open the file with sqlite3, and the way from an older
// version to this one. The version is SQLite's user_version; application_id tells the file from any other database.
#pragma once

#include "daemon/journal/database.h"

#include <cstdint>
#include <span>

namespace newsd {

/// "news" in ASCII.
inline constexpr std::int64_t kApplicationId = 0x6e657773;
/// Bytes. Measured with payloads of 1–10 KB: against 4 KiB a tenth to a fifth less CPU a commit and the same file; 16
/// KiB saves little more and makes small commits write twice as much.
inline constexpr int kPageSize = 8192;

/// In order: migrations()[0] makes version 1 of an empty file, migrations()[n] version n + 1 of version n. A new
/// version is one more entry; entries that were ever released do not change.
std::span<const char* const> migrations();

/// Brings the database to the version of the last of `steps`, each step in a transaction of its own. Errors:
/// NewerSchema when it is beyond that, Corrupt when it is no journal.
Result<void> migrate(Database& database, std::span<const char* const> steps);

/// For readers, who cannot migrate: NewerSchema, OlderSchema, or Corrupt when it is no journal.
Result<void> check_version(const Database& database, std::size_t version);

}  // namespace newsd
