#include "daemon/journal/rows.h"

#include "daemon/journal/storage_error.h"

#include <cstring>
#include <optional>

namespace newsd {
namespace {

constexpr std::size_t kIdentityBytes = 17;  // the kind and 16 of the hash
constexpr auto kLastIdentityKind = static_cast<unsigned char>(IdentityKind::Content);

// The words of events.severity, decisions.kind and story_changes.kind, by enum value; part of the schema.
constexpr std::string_view kSeverities[] = {"", "debug", "info", "warn", "error"};
constexpr std::string_view kVerdicts[] = {"new", "updated", "duplicate"};
constexpr std::string_view kChanges[] = {"merged", "split", "closed"};

// decisions.hash_…, in the order of their columns
constexpr std::uint64_t FieldHashes::*kFieldColumns[] = {
    &FieldHashes::headline, &FieldHashes::summary, &FieldHashes::body, &FieldHashes::byline, &FieldHashes::published};

template <class Enum, std::size_t N>
std::optional<Enum> enum_of(const std::string_view (&names)[N], std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <std::size_t N, class Enum>
std::string_view name_of(const std::string_view (&names)[N], Enum value) {
  return names[static_cast<std::size_t>(value)];
}

void append_big_endian(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xff));
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes.substr(0, 8)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

void append_key(std::string& out, const Key128& key) {
  append_big_endian(out, key.high);
  append_big_endian(out, key.low);
}

Key128 read_key(std::string_view bytes) { return {read_big_endian(bytes), read_big_endian(bytes.substr(8))}; }

/// 64-bit hashes are stored as SQLite's signed integers of the same bits.
std::int64_t as_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t as_unsigned(std::int64_t value) { return static_cast<std::uint64_t>(value); }

std::optional<std::vector<IdentityKey>> read_identities(std::string_view bytes) {
  if (bytes.size() % kIdentityBytes != 0) return std::nullopt;
  std::vector<IdentityKey> identities;
  for (; !bytes.empty(); bytes.remove_prefix(kIdentityBytes)) {
    const auto kind = static_cast<unsigned char>(bytes[0]);
    if (kind > kLastIdentityKind) return std::nullopt;
    identities.push_back({static_cast<IdentityKind>(kind), read_key(bytes.substr(1))});
  }
  return identities;
}

/// A UUID column that may be NULL. False when it holds something else.
template <class Id>
bool read_optional(const Statement& row, int column, std::optional<Id>& out) {
  if (row.is_null(column)) return true;
  Uuid uuid;
  if (!read_uuid(row.blob(column), uuid)) return false;
  out = Id(uuid);
  return true;
}

template <class Id>
bool read_id(const Statement& row, int column, Id& out) {
  Uuid uuid;
  if (!read_uuid(row.blob(column), uuid)) return false;
  out = Id(uuid);
  return true;
}

Error damaged(const char* table, std::uint64_t sequence, const char* what, const Database& database) {
  return corrupt_error("row " + std::to_string(sequence) + " of table " + table + " has " + what, database.file());
}

}  // namespace

std::string_view bytes_of(const Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

bool read_uuid(std::string_view bytes, Uuid& uuid) {
  if (bytes.size() != uuid.bytes.size()) return false;
  std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
  return true;
}

std::int64_t to_milliseconds(Instant t) { return t.time_since_epoch().count(); }
Instant from_milliseconds(std::int64_t milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }

void bind_record(Statement& insert, const Record& record, Instant recorded, std::int64_t source) {
  insert.bind(1, as_signed(record.sequence.value()));
  insert.bind_blob(2, bytes_of(record.id.value()));
  insert.bind_text(3, to_string(record.type));
  record.severity == Severity::None ? insert.bind_null(4) : insert.bind_text(4, name_of(kSeverities, record.severity));
  insert.bind_text(5, record.subject);
  insert.bind(6, to_milliseconds(record.time));
  insert.bind(7, to_milliseconds(recorded));
  record.story ? insert.bind_blob(8, bytes_of(record.story->value())) : insert.bind_null(8);
  record.cause ? insert.bind_blob(9, bytes_of(record.cause->value())) : insert.bind_null(9);
  insert.bind(10, source);
  insert.bind_text(11, record.placed);
  insert.bind_blob(12, record.payload);
}

Result<Record> read_record(const Statement& row, const Database& database) {
  Record record;
  record.sequence = Sequence(as_unsigned(row.integer(0)));
  const auto bad = [&](const char* what) { return damaged("events", record.sequence.value(), what, database); };
  if (!read_id(row, 1, record.id)) return bad("no event id");
  const std::optional<EventType> type = event_type_from_name(row.text(2));
  if (!type) return bad("an unknown type");
  const std::optional<Severity> severity = enum_of<Severity>(kSeverities, row.text(3));
  if (!severity) return bad("an unknown severity");
  if (!read_optional(row, 7, record.story)) return bad("a story that is no UUID");
  if (!read_optional(row, 8, record.cause)) return bad("a cause that is no UUID");
  if (row.is_null(9)) return bad("no source");
  record.type = *type;
  record.severity = *severity;
  record.subject = row.text(4);
  record.time = from_milliseconds(row.integer(5));
  record.recorded = from_milliseconds(row.integer(6));
  record.source = row.text(9);
  record.placed = row.text(10);
  record.payload = row.blob(11);
  return record;
}

DecisionRow::DecisionRow(const Decision& decision) : decision_(decision) {
  identities_.reserve(decision.identities.size() * kIdentityBytes);
  for (const IdentityKey& identity : decision.identities) {
    identities_.push_back(static_cast<char>(identity.kind));
    append_key(identities_, identity.key);
  }
  append_key(content_, decision.content);
}

void DecisionRow::bind(Statement& insert, std::uint64_t sequence) const {
  const Decision& d = decision_;
  int parameter = 0;
  insert.bind(++parameter, as_signed(sequence));
  insert.bind(++parameter, to_milliseconds(d.at));
  insert.bind_text(++parameter, name_of(kVerdicts, d.kind));
  insert.bind_blob(++parameter, bytes_of(d.article.value()));
  insert.bind_blob(++parameter, bytes_of(d.event.value()));
  insert.bind(++parameter, d.version);
  ++parameter;
  d.of == ArticleId() ? insert.bind_null(parameter) : insert.bind_blob(parameter, bytes_of(d.of.value()));
  insert.bind(++parameter, d.repeat);
  insert.bind_blob(++parameter, identities_);
  insert.bind_blob(++parameter, content_);
  for (const auto field : kFieldColumns) insert.bind(++parameter, as_signed(d.fields.*field));
  insert.bind_blob(++parameter, bytes_of(d.story.value()));
  insert.bind(++parameter, d.story_size);
  ++parameter;
  d.topic == TopicId() ? insert.bind_null(parameter) : insert.bind_blob(parameter, bytes_of(d.topic.value()));
  ++parameter;
  d.headline.empty() ? insert.bind_null(parameter) : insert.bind_text(parameter, d.headline);
}

Result<Decision> read_decision(const Statement& row, const Database& database) {
  const auto bad = [&](const char* what) { return damaged("decisions", as_unsigned(row.integer(0)), what, database); };
  Decision d;
  int column = 1;
  d.at = from_milliseconds(row.integer(column++));
  const std::optional<VerdictKind> kind = enum_of<VerdictKind>(kVerdicts, row.text(column++));
  if (!kind) return bad("an unknown kind");
  d.kind = *kind;
  if (!read_id(row, column++, d.article)) return bad("no article id");
  if (!read_id(row, column++, d.event)) return bad("no event id");
  d.version = static_cast<std::uint32_t>(row.integer(column++));
  if (!row.is_null(column) && !read_id(row, column, d.of)) return bad("a repeated article that is no UUID");
  d.repeat = static_cast<std::uint32_t>(row.integer(++column));
  auto identities = read_identities(row.blob(++column));
  if (!identities) return bad("identities that cannot be read");
  d.identities = *std::move(identities);
  if (row.blob(++column).size() != 16) return bad("a content key of a wrong length");
  d.content = read_key(row.blob(column));
  for (const auto field : kFieldColumns) d.fields.*field = as_unsigned(row.integer(++column));
  if (!read_id(row, ++column, d.story)) return bad("no story id");
  d.story_size = static_cast<std::uint32_t>(row.integer(++column));
  if (++column; !row.is_null(column) && !read_id(row, column, d.topic)) return bad("a topic that is no UUID");
  d.headline = row.text(++column);
  if (++column; !row.is_null(column)) {
    auto sketch = sketch_from(row.blob(column));
    if (!sketch) return bad("a sketch that cannot be read");
    d.sketch = *std::move(sketch);
  }
  return d;
}

ChangeRow::ChangeRow(const StoryChange& change) : change_(change) {
  for (const ArticleId& article : change.articles) articles_ += bytes_of(article.value());
}

void ChangeRow::bind(Statement& insert, std::uint64_t sequence) const {
  const StoryChange& c = change_;
  insert.bind(1, as_signed(sequence));
  insert.bind(2, to_milliseconds(c.at));
  insert.bind_text(3, name_of(kChanges, c.kind));
  insert.bind_blob(4, bytes_of(c.story.value()));
  c.into == StoryId() ? insert.bind_null(5) : insert.bind_blob(5, bytes_of(c.into.value()));
  insert.bind_blob(6, articles_);
}

Result<StoryChange> read_change(const Statement& row, const Database& database) {
  const auto bad = [&](const char* what) {
    return damaged("story_changes", as_unsigned(row.integer(0)), what, database);
  };
  StoryChange c;
  c.at = from_milliseconds(row.integer(1));
  const auto kind = enum_of<StoryChange::Kind>(kChanges, row.text(2));
  if (!kind) return bad("an unknown kind");
  c.kind = *kind;
  if (!read_id(row, 3, c.story)) return bad("no story id");
  if (!row.is_null(4) && !read_id(row, 4, c.into)) return bad("another story that is no UUID");
  for (std::string_view bytes = row.blob(5); !bytes.empty();) {
    Uuid article;
    if (!read_uuid(bytes.substr(0, article.bytes.size()), article)) return bad("articles that cannot be read");
    c.articles.emplace_back(article);
    bytes.remove_prefix(article.bytes.size());
  }
  return c;
}

Result<void> read_decisions(const Database& database, std::int64_t last, const std::function<void(Past)>& visit) {
  const auto query = [&](std::string_view columns, std::string_view table) {
    auto prepared = database.prepare("SELECT " + std::string(columns) + " FROM " + std::string(table) +
                                     " WHERE sequence <= ? ORDER BY sequence");
    if (prepared) prepared->bind(1, last);
    return prepared;
  };
  Result<Statement> decisions = query(kDecisionColumns, "decisions");
  if (!decisions) return decisions.error();
  Result<Statement> changes = query(kChangeColumns, "story_changes");
  if (!changes) return changes.error();
  Result<bool> more = decisions->step(), more_changes = changes->step();
  for (;;) {
    if (!more) return more.error();
    if (!more_changes) return more_changes.error();
    if (!*more && !*more_changes) return {};
    if (*more_changes && (!*more || changes->integer(0) < decisions->integer(0))) {
      Result<StoryChange> change = read_change(*changes, database);
      if (!change) return change.error();
      visit(*std::move(change));
      more_changes = changes->step();
    } else {
      Result<Decision> decision = read_decision(*decisions, database);
      if (!decision) return decision.error();
      visit(*std::move(decision));
      more = decisions->step();
    }
  }
}

}  // namespace newsd
