#include "daemon/journal/database.h"

#include "daemon/journal/storage_error.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace newsd {
namespace {

/// The file as an SQLite URI, so that "immutable" can be said; characters with a meaning there are escaped.
std::string uri_of(const std::filesystem::path& file, bool immutable) {
  std::string uri = "file:";
  for (const char c : file.string()) {
    switch (c) {
      case '%': uri += "%25"; break;
      case '?': uri += "%3f"; break;
      case '#': uri += "%23"; break;
      default: uri += c;
    }
  }
  if (immutable) uri += "?immutable=1";
  return uri;
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      owner_(other.owner_),
      bind_failure_(std::exchange(other.bind_failure_, SQLITE_OK)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(owner_, other.owner_);
  std::swap(bind_failure_, other.bind_failure_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::note(int rc) {
  if (rc != SQLITE_OK && bind_failure_ == SQLITE_OK) bind_failure_ = rc;
}

void Statement::bind(int parameter, std::int64_t value) { note(sqlite3_bind_int64(statement_, parameter, value)); }

void Statement::bind_text(int parameter, std::string_view text) {
  const char* data = text.data() != nullptr ? text.data() : "";  // a null pointer would bind NULL
  note(sqlite3_bind_text64(statement_, parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  note(sqlite3_bind_blob64(statement_, parameter, data, bytes.size(), SQLITE_STATIC));
}

void Statement::bind_null(int parameter) { note(sqlite3_bind_null(statement_, parameter)); }

Result<bool> Statement::step() {
  if (const int failure = std::exchange(bind_failure_, SQLITE_OK); failure != SQLITE_OK) {
    return owner_->error(failure, 0, "cannot bind a value");
  }
  errno = 0;
  const int rc = sqlite3_step(statement_);
  const int error_number = errno;
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  const bool is_query = sqlite3_column_count(statement_) > 0;
  Error failed = owner_->error(rc, error_number, is_query ? "cannot read the journal" : "cannot write the journal");
  sqlite3_reset(statement_);
  return failed;
}

Result<void> Statement::run() {
  for (;;) {
    const Result<bool> row = step();
    if (!row) return row.error();
    if (!*row) return {};
  }
}

void Statement::reset() { sqlite3_reset(statement_); }  // its result repeats the last step's, which was reported

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {data, data != nullptr ? static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}

std::string_view Statement::blob(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data, data != nullptr ? static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}

Database::~Database() { close(); }

Result<void> Database::open(const std::filesystem::path& file, Access access) {
  file_ = file;
  // no mutex: a connection has one thread
  const int how = access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const std::string uri = uri_of(file, access == Access::Immutable);
  errno = 0;
  const int rc = sqlite3_open_v2(uri.c_str(), &db_, how | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  if (rc != SQLITE_OK) {
    Error failed = error(rc, errno, "cannot open the journal");
    close();
    return failed;
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, kBusyMilliseconds);
  // the file may have been anywhere: nothing in its schema is run that newsd did not write
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return execute("PRAGMA cell_size_check = ON");
}

void Database::close() {
  sqlite3_close_v2(db_);
  db_ = nullptr;
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  errno = 0;
  const int rc =
      sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (rc != SQLITE_OK) return error(rc, errno, "cannot read the journal's tables");
  return Statement(statement, this);
}

Result<void> Database::execute(const std::string& sql) const {
  errno = 0;
  const int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return error(rc, errno, "cannot write the journal");
  return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) const {
  Result<Statement> statement = prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer(0) : 0;
}

void Database::roll_back() const {
  // SQLite may have rolled back by itself (a full disk); what fails here leaves nothing behind either
  if (db_ != nullptr && sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Error Database::error(int rc, int error_number, std::string what) const {
  return sqlite_error(db_, rc, error_number, std::move(what), file_);
}

}  // namespace newsd
