// A SQLite connection and its prepared statements, owned and with errors as values. Knows nothing of the journal's
// tables. One thread at a time.
#pragma once

#include "feeds/article/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace newsd {

class Database;

/// How long the write lock is waited for when a foreign program (a sqlite3 shell) holds it.
inline constexpr int kBusyMilliseconds = 5000;

/// A prepared statement. Parameters are numbered from 1, columns from 0. Bound text and blobs are not copied: they must
/// live until the statement has run.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  void bind(int parameter, std::int64_t value);
  void bind_text(int parameter, std::string_view text);
  void bind_blob(int parameter, std::string_view bytes);
  void bind_null(int parameter);

  /// True: a row is there to be read, until the next call. False: the end; the statement is ready for the next round.
  Result<bool> step();
  /// For statements without rows.
  Result<void> run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  /// Valid until the next step() or reset().
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* statement, const Database* owner) : statement_(statement), owner_(owner) {}
  void note(int rc);

  sqlite3_stmt* statement_ = nullptr;
  const Database* owner_ = nullptr;
  int bind_failure_ = 0;
};

/// A connection. Stays where it is, as its statements point to it.
class Database {
 public:
  /// Immutable: of a file nobody writes, in a directory that may only be read.
  enum class Access { Write, Read, Immutable };
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<void> open(const std::filesystem::path& file, Access access);
  /// All statements must be gone.
  void close();

  Result<Statement> prepare(std::string_view sql) const;
  /// Runs all statements of `sql`, whose rows are dropped.
  Result<void> execute(const std::string& sql) const;
  /// The first column of the first row; 0 when there is no row.
  Result<std::int64_t> integer(std::string_view sql) const;
  /// Ends an open transaction without its changes.
  void roll_back() const;

  /// error_number: errno after the failed call, 0 before it.
  Error error(int rc, int error_number, std::string what) const;
  sqlite3* handle() const { return db_; }
  const std::filesystem::path& file() const { return file_; }

 private:
  sqlite3* db_ = nullptr;
  std::filesystem::path file_;
};

}  // namespace newsd
