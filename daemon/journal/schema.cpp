#include "daemon/journal/schema.h"

#include "daemon/journal/storage_error.h"

#include <string>

namespace newsd {
namespace {

// Comments stand inside the parentheses: SQLite keeps them there, so that `.schema` shows them.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE events (
  -- The stream: one row an event, in the order in which consumers get them. Retention takes the oldest rows; none
  -- leaves from the middle. Instants are milliseconds since 1970-01-01 UTC: datetime(recorded / 1000, 'unixepoch').
  sequence INTEGER PRIMARY KEY,   -- its place in the stream: contiguous, never given out twice
  id       BLOB    NOT NULL,      -- the event's UUID, 16 bytes: hex(id)
  type     TEXT    NOT NULL,      -- newsd.article.new, newsd.feed.error …
  severity TEXT,                  -- debug, info, warn, error; NULL: none
  subject  TEXT    NOT NULL,      -- what the event is about: an article's or story's URN, a feed, an input
  time     INTEGER NOT NULL,      -- when newsd got the input
  recorded INTEGER NOT NULL,      -- when the event became durable
  story    BLOB,                  -- UUID of the story, 16 bytes
  cause    BLOB,                  -- UUID of the event that caused this one, 16 bytes
  source   INTEGER NOT NULL,      -- the daemon that wrote it: sources.id
  placed   TEXT    NOT NULL,      -- JSON members the sequencer decided; line 1: of data.item, line 2: of data.newsd
  payload  BLOB    NOT NULL       -- zstd frames: JSON members a worker wrote; `newsd journal dump` prints events
) STRICT;

CREATE INDEX events_recorded ON events (recorded);  -- from a time to a sequence
-- An article's, a story's, a feed's history. By the end of the subject, which tells URNs apart: what stands in no order
-- costs a page an event, so an entry is to be short.
CREATE INDEX events_subject ON events (substr(subject, -12));

CREATE TABLE sources (
  -- The daemons that wrote events here: one, unless the host or the instance was renamed.
  id   INTEGER PRIMARY KEY,       -- events.source
  name TEXT    NOT NULL UNIQUE    -- newsd://<host>/<instance>
) STRICT;

CREATE TABLE decisions (
  -- What articles were recognised as, one row an article event. Read in order at the start they rebuild the memory that
  -- tells new from old, so they outlive their events: until the article was not seen for as long as newsd remembers.
  sequence       INTEGER PRIMARY KEY,  -- events.sequence of the event that announced it
  at             INTEGER NOT NULL,     -- when, milliseconds since 1970-01-01 UTC
  kind           TEXT    NOT NULL,     -- new, updated, duplicate
  article        BLOB    NOT NULL,     -- UUID of the article, 16 bytes
  event          BLOB    NOT NULL,     -- UUID of the event: events.id
  version        INTEGER NOT NULL,     -- of the article, from 1
  of             BLOB,                 -- UUID of the article that a duplicate repeats, a new one retells
  repeat         INTEGER NOT NULL,     -- of a duplicate: how often the article repeated the other one by then
  identities     BLOB    NOT NULL,     -- 17 bytes each: kind (0 id, 1 URL, 2 path, 3 text) and a 128-bit hash
  content        BLOB    NOT NULL,     -- 128-bit hash of the normalised text
  hash_headline  INTEGER NOT NULL,     -- hashes that tell which field changed; 0: the article has no such field
  hash_summary   INTEGER NOT NULL,
  hash_body      INTEGER NOT NULL,
  hash_byline    INTEGER NOT NULL,
  hash_published INTEGER NOT NULL,
  story          BLOB    NOT NULL,     -- UUID of the story, 16 bytes
  story_size     INTEGER NOT NULL,     -- articles in the story, this one included
  topic          BLOB,                 -- UUID of the story's topic, 16 bytes
  headline       TEXT                  -- of an article that began a story
) STRICT;

CREATE TABLE sketches (
  -- What near-duplicates and stories are found by: of every text that was not known word for word, a sample of its
  -- four-word shingles as hashes, its numbers, names and weighty words. Kept for some days.
  sequence INTEGER PRIMARY KEY,   -- decisions.sequence
  at       INTEGER NOT NULL,      -- decisions.at
  bytes    BLOB    NOT NULL       -- a version, then counts and values of 32 bits, little-endian
) STRICT;

CREATE TABLE story_changes (
  -- Decisions about stories that no single article made: two became one, one became two, one is over.
  sequence INTEGER PRIMARY KEY,   -- events.sequence of the first event that announced it
  at       INTEGER NOT NULL,      -- when, milliseconds since 1970-01-01 UTC
  kind     TEXT    NOT NULL,      -- merged, split, closed
  story    BLOB    NOT NULL,      -- UUID of the story that went into another, was split, or closed
  into_id  BLOB,                  -- UUID of the story it went into, or that was split off
  articles BLOB    NOT NULL       -- UUIDs of the articles split off, 16 bytes each
) STRICT;

CREATE INDEX story_changes_story ON story_changes (story);  -- from a story to the one it went into

CREATE TABLE inputs (
  -- The ledger: inputs whose events are durable but which may still lie at their source. Found again after a crash,
  -- such an input is not read a second time.
  key    BLOB    PRIMARY KEY,     -- how the source names the input
  keep   INTEGER NOT NULL,        -- 0: the row leaves when the source let go of the input; 1: the input stays there
  fate   TEXT    NOT NULL,        -- done, quarantined
  reason TEXT,                    -- why quarantined: the reason file, JSON
  first  INTEGER NOT NULL,        -- its events, both included: events.sequence; 0 when there are none
  last   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cursors (
  -- How far durable outputs and named consumers have come.
  name     TEXT    PRIMARY KEY,
  sequence INTEGER NOT NULL,      -- the last event they have: events.sequence
  detail   BLOB    NOT NULL       -- the output's own note (a file's inode and offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE feeds (
  -- What is remembered of each feed from one poll to the next, written with the events of what the poll brought: the
  -- validators and the news they stand for are durable together.
  feed  TEXT PRIMARY KEY,         -- its URL as configured
  state TEXT NOT NULL,            -- lines of "name value": etag, next-poll (milliseconds), failures …
  shown BLOB NOT NULL,            -- keys of the entries it showed, 8 bytes each: those are known
  hub   TEXT NOT NULL             -- its subscription at a WebSub hub, likewise, with the secret; empty: none
) STRICT, WITHOUT ROWID;

CREATE TABLE totals (
  -- What became of everything that was ever recorded, in numbers, written with what they count; they stay when events
  -- leave.
  name  TEXT    PRIMARY KEY,      -- "articles new", "duplicates near", "inputs quarantined" …
  value INTEGER NOT NULL          -- none yet: no row
) STRICT, WITHOUT ROWID;

CREATE TABLE suspects (
  -- Inputs that were being read when newsd crashed. After three crashes an input is put into quarantine unread.
  key      BLOB    PRIMARY KEY,   -- as inputs.key
  attempts INTEGER NOT NULL       -- crashes up to now
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  -- About the journal itself. clean: 1 after an orderly stop, 0 while newsd runs. last: a sequence that was given out,
  -- so that none is given out again even when all events have left (it lags behind events.sequence between starts).
  key   TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('clean', 1), ('last', 0);
)sql";

constexpr const char* kVersion2 = R"sql(
CREATE TABLE held_entries (
  -- Entries of feeds that wait for the page they link to: what the feed said of them, written with the poll that brought
  -- them. The row leaves with the event that tells of the entry.
  key   TEXT PRIMARY KEY,         -- which entry of which feed
  entry TEXT NOT NULL             -- lines of "name value": since (milliseconds), url, headline …
) STRICT, WITHOUT ROWID;

CREATE TABLE learned (
  -- What newsd has learned of the sources of articles: the lines that theirs share, the element bodies of their pages
  -- stand in. As of an epoch of inputs that is over; what was taught since is in lessons.
  source TEXT    PRIMARY KEY,     -- "host:news.example", "drop:inbox", "feed:https://news.example/rss"
  used   INTEGER NOT NULL,        -- grows: the source with the least taught longest ago
  bytes  BLOB    NOT NULL         -- a version; then, as LEB128 but for keys of 8 bytes, what articles have in common
) STRICT;

CREATE TABLE lessons (
  -- What each of the latest new articles teaches of its source. Written with its events, gone when it is part of
  -- learned: after a restart articles are read by what they would have been read by without it.
  input INTEGER NOT NULL,         -- the article's input: its number, from 0, among all that were ever recorded
  part  INTEGER NOT NULL,         -- which of its articles
  bytes BLOB    NOT NULL,         -- a version, the source, keys of lines
  PRIMARY KEY (input, part)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kMigrations[] = {kVersion1, kVersion2};

Result<std::size_t> version_of(const Database& database) {
  const Result<std::int64_t> application = database.integer("PRAGMA application_id");
  if (!application) return application.error();
  const Result<std::int64_t> version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  const Result<std::int64_t> tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const bool is_empty = *application == 0 && *version == 0 && *tables == 0;
  if (!is_empty && (*application != kApplicationId || *version < 1)) {
    return corrupt_error("this is no journal of newsd", database.file());
  }
  return static_cast<std::size_t>(*version);
}

Error newer_schema(const Database& database, std::size_t found, std::size_t known) {
  return Error(JournalError::NewerSchema,
               "the journal has schema version " + std::to_string(found) + ", this newsd knows versions up to " +
                   std::to_string(known) +
                   ": a newer newsd wrote it; install that one again, or give this one another state_dir",
               database.file().string());
}

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

Result<void> migrate(Database& database, std::span<const char* const> steps) {
  const Result<std::size_t> found = version_of(database);
  if (!found) return found.error();
  if (*found > steps.size()) return newer_schema(database, *found, steps.size());
  for (std::size_t version = *found; version < steps.size(); ++version) {
    const Result<void> done = database.execute("BEGIN IMMEDIATE;" + std::string(steps[version]) +
                                               "PRAGMA application_id = " + std::to_string(kApplicationId) +
                                               "; PRAGMA user_version = " + std::to_string(version + 1) + "; COMMIT");
    if (!done) {
      database.roll_back();
      return done.error();
    }
  }
  return {};
}

Result<void> check_version(const Database& database, std::size_t version) {
  const Result<std::size_t> found = version_of(database);
  if (!found) return found.error();
  if (*found > version) return newer_schema(database, *found, version);
  if (*found < version) {
    return Error(JournalError::OlderSchema,
                 "the journal has schema version " + std::to_string(*found) + ", this newsd reads version " +
                     std::to_string(version) + ": start the daemon once, it brings the journal up to date",
                 database.file().string());
  }
  return {};
}

}  // namespace newsd
