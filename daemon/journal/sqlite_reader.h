// The JournalReader over SQLite: a read-only connection of its own. Each call is one short read transaction, so that
// the write-ahead log can be moved between them. One owner, any thread.
#pragma once

#include "daemon/journal/database.h"
#include "daemon/journal/journal.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace newsd {

class SqliteReader final : public JournalReader {
 public:
  explicit SqliteReader(std::filesystem::path state_dir);
  /// Once, before anything else.
  Result<void> start();

  Result<std::vector<Record>> read(Sequence after, std::size_t max_events, std::size_t max_bytes) override;
  Result<Sequence> last() override;
  Result<Sequence> oldest() override;
  Result<Sequence> before(Instant t) override;
  Result<std::vector<Record>> outlines(Sequence after, Sequence last, std::size_t max_events) override;
  Result<std::vector<Record>> about(std::string_view subject, std::size_t max_events) override;
  Result<std::optional<StoryId>> merged_into(StoryId story) override;
  Result<std::vector<FeedRow>> feeds() override;
  Result<LearnedRows> learned() override;
  Result<std::vector<std::string>> check() override;

 private:
  Result<void> connect(Database::Access access);
  Result<void> reconnect_if_written();

  std::filesystem::path file_;
  std::optional<Database> database_;
  std::optional<Statement> page_, before_, outlines_, about_, merged_;
  bool is_immutable_ = false;
};

}  // namespace newsd
