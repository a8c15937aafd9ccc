#include "tests/daemon/journal/stream_samples.h"

#include "daemon/event/payload.h"

#include <map>
#include <random>
#include <stdexcept>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

namespace newsd {

namespace {

/// A frame of that many bytes or a few more, the same each time: a member whose letters cannot be pressed further.
const std::string& padding(std::size_t bytes) {
  static std::map<std::size_t, std::string> made;
  std::string& frame = made[bytes];
  if (frame.empty()) {
    std::mt19937 random(1);
    std::string letters = ",\"pad\":\"";
    for (std::size_t i = 0; i < bytes * 4 / 3 + 16; ++i)
      letters += "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"[random() % 64];
    frame = packed(letters + "\"");
  }
  return frame;
}

}  // namespace

Uuid uuid_of(std::uint64_t n) {
  Uuid uuid;
  std::uint64_t mixed = (n + 1) * 0x9e3779b97f4a7c15;
  for (std::size_t i = 0; i < 8; ++i) {
    uuid.bytes[i] = static_cast<std::uint8_t>(mixed >> 8 * i);
    uuid.bytes[8 + i] = static_cast<std::uint8_t>(n >> 8 * i);
  }
  return uuid;
}

Record sample_event(std::uint64_t n, std::size_t payload_bytes) {
  Record r;
  r.sequence = Sequence(n);
  r.id = EventId(uuid_of(n));
  r.type = EventType::ArticleNew;
  r.subject = "urn:uuid:" + uuid_of(n).to_string();
  r.time = kNoon + std::chrono::milliseconds(n);
  r.story = StoryId(uuid_of(n + 1'000'000));
  r.placed = "\"uri\":\"urn:uuid:" + std::to_string(n) + "\"\n\"story\":{}";
  r.payload = packed("\"title\":\"Ferry " + std::to_string(n) + " sails\"\n\"missing\":[]");
  if (payload_bytes > 0) r.payload += padding(payload_bytes);
  r.source = "newsd://harbour/main";
  return r;
}

Decision sample_decision(std::uint64_t n) {
  Decision d;
  d.at = kNoon + std::chrono::milliseconds(n);
  d.article = ArticleId(uuid_of(n));
  d.event = EventId(uuid_of(n));
  d.identities = {{IdentityKind::Url, {n, ~n}}, {IdentityKind::Path, {~n, n}}};
  d.content = {n * 3, n * 7};
  d.fields = {n, 0, ~std::uint64_t{0} - n, n << 40, 1};
  d.story = StoryId(uuid_of(n + 1'000'000));
  return d;
}

InputKey input_of(std::uint64_t first_event) { return {"drop:inbox:" + std::to_string(first_event)}; }

Batch sample_batch(Sequence last, std::uint64_t count, std::size_t payload_bytes) {
  Batch batch;
  for (std::uint64_t n = last.value() + 1; n <= last.value() + count; ++n) {
    batch.events.push_back(sample_event(n, payload_bytes));
    batch.decisions.push_back(sample_decision(n));
    batch.decision_events.push_back(n);
  }
  batch.inputs.push_back({input_of(last.value() + 1), {}, Sink::Ledger::UntilAck});
  return batch;
}

std::unique_ptr<Journal> open_journal(const std::filesystem::path& dir, const JournalOptions& options) {
  auto journal = Journal::open(dir, options);
  if (!journal) throw std::runtime_error(journal.error().message());
  return *std::move(journal);
}

std::unique_ptr<JournalReader> open_reader(const std::filesystem::path& dir) {
  auto reader = JournalReader::open(dir);
  if (!reader) throw std::runtime_error(reader.error().message());
  return *std::move(reader);
}

void retain_all(Journal& journal, Instant now, const JournalOptions& options) {
  for (;;) {
    const Result<bool> more = journal.retain_step(now, options);
    if (!more) throw std::runtime_error(more.error().message());
    if (!*more) return;
  }
}

Outsider::Outsider(const std::filesystem::path& dir, const char* name) {
  if (sqlite3_open((dir / name).c_str(), &db_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
}

void Outsider::execute(const std::string& sql) {
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(db_));
  }
}

std::int64_t Outsider::integer(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(db_));
  }
  const bool row = sqlite3_step(statement) == SQLITE_ROW;
  const std::int64_t value = row ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  if (!row) throw std::runtime_error("no row: " + sql);
  return value;
}

int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    int code = 255;
    try {
      code = body();
    } catch (...) {}
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace newsd
