#include "daemon/journal/storage_error.h"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace newsd {
namespace {

JournalError kind_of_errno(int error_number, JournalError otherwise) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:  // a file size limit (LimitFSIZE=) is a full disk to us
      return JournalError::DiskFull;
    case EACCES:
    case EPERM:
    case EROFS: return JournalError::Permission;
    case ENOENT:
    case ENOTDIR: return JournalError::CannotCreate;
    default: return otherwise;
  }
}

JournalError kind_of_sqlite(int rc, int error_number) {
  if (rc == SQLITE_IOERR_CORRUPTFS) return JournalError::Corrupt;
  switch (rc & 0xff) {
    case SQLITE_FULL: return JournalError::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return JournalError::Locked;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY: return JournalError::Permission;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: return kind_of_errno(error_number, JournalError::Io);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:  // only somebody else's hand in the file can break a constraint or lose a table
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: return JournalError::Corrupt;
    default: return JournalError::Io;
  }
}

std::string words_of_errno(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

std::string_view code_of(JournalError e) {
  switch (e) {
    case JournalError::Locked: return "locked";
    case JournalError::NewerSchema: return "newer-schema";
    case JournalError::OlderSchema: return "older-schema";
    case JournalError::DiskFull: return "disk-full";
    case JournalError::Io: return "io";
    case JournalError::Corrupt: return "corrupt";
    case JournalError::OutOfOrder: return "out-of-order";
    case JournalError::Permission: return "permission";
    case JournalError::CannotCreate: return "cannot-create";
    case JournalError::NotFound: return "not-found";
  }
  return "io";
}

Error system_error(int error_number, std::string what, const std::filesystem::path& path) {
  return Error(kind_of_errno(error_number, JournalError::Io), std::move(what) + ": " + words_of_errno(error_number),
               path.string());
}

Error corrupt_error(std::string what, const std::filesystem::path& path) {
  return Error(
      JournalError::Corrupt,
      std::move(what) +
          "; `newsd journal check` says more. To go on with a new journal, move journal.db, journal.db-wal and "
          "journal.db-shm away and start again; newsd deletes nothing itself",
      path.string());
}

Error sqlite_error(sqlite3* db, int rc, int error_number, std::string what, const std::filesystem::path& path) {
  const JournalError kind = kind_of_sqlite(rc, error_number);
  const char* message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
  what += ": ";
  what += message;
  if (kind == JournalError::Corrupt) return corrupt_error(std::move(what), path);
  const bool has_cause = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;
  if (has_cause && error_number != 0) what += " (" + words_of_errno(error_number) + ")";
  return Error(kind, std::move(what), path.string());
}

}  // namespace newsd
