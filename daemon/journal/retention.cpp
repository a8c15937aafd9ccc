#include "daemon/journal/retention.h"

#include "daemon/journal/rows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr std::uint64_t kEventsAStep = 500;
constexpr std::uint64_t kPagesAStep = 256;
constexpr int kDecisionsAStep = 2000;
constexpr std::uint64_t kSpareBytes = 8 << 20;  // free pages kept for new events whatever their share
constexpr int kSweepsARemember = 30;            // a memory of 30 days is swept once a day

std::string number(std::uint64_t n) { return std::to_string(n); }

}  // namespace

Result<bool> Retention::step(Instant now, const JournalOptions& options, StreamEnds& ends) {
  const Result<Usage> used = usage();
  if (!used) return used.error();
  const Result<bool> dropped = drop_events(now, options, *used, ends);
  if (!dropped || *dropped) return dropped;
  const Result<bool> shrunk = give_back_pages(options, *used);
  if (!shrunk || *shrunk) return shrunk;
  const Result<bool> forgotten = drop_sketches(now, options);
  if (!forgotten || *forgotten) return forgotten;
  return sweep_decisions(now, options);
}

void Retention::noted(const Decision& decision) {
  if (!sweep_ || decision.at < sweep_->cutoff) return;
  sweep_->seen.add(decision.article);
  sweep_->seen.add(decision.of);
}

Result<Retention::Usage> Retention::usage() const {
  const auto page_size = database_.integer("PRAGMA page_size");
  if (!page_size) return page_size.error();
  const auto pages = database_.integer("PRAGMA page_count");
  if (!pages) return pages.error();
  const auto free_pages = database_.integer("PRAGMA freelist_count");
  if (!free_pages) return free_pages.error();
  return Usage{static_cast<std::uint64_t>(*page_size), static_cast<std::uint64_t>(*pages),
               static_cast<std::uint64_t>(*free_pages)};
}

/// How many of the oldest events, up to a step's worth, were recorded before the cutoff. Stops at the first that was
/// not: the stream keeps no holes, even where the clock was set back.
Result<std::uint64_t> Retention::expired_events(Instant cutoff, const StreamEnds& ends) const {
  Result<Statement> oldest =
      database_.prepare("SELECT recorded FROM events WHERE sequence >= " + number(ends.oldest.value()) +
                        " ORDER BY sequence LIMIT " + number(kEventsAStep));
  if (!oldest) return oldest.error();
  std::uint64_t expired = 0;
  for (;; ++expired) {
    const Result<bool> row = oldest->step();
    if (!row) return row.error();
    if (!*row || oldest->integer(0) >= to_milliseconds(cutoff)) return expired;
  }
}

Result<bool> Retention::drop_events(Instant now, const JournalOptions& options, const Usage& usage,
                                    StreamEnds& ends) const {
  if (ends.oldest >= ends.last) return false;  // none, or only the last one, which stays
  const std::uint64_t removable = ends.last.value() - ends.oldest.value();
  const Result<std::uint64_t> expired = expired_events(now - options.retain, ends);
  if (!expired) return expired.error();
  std::uint64_t leaving = *expired;

  // the events stay a little below the limit, so that the file does with the pages that become free and need not be
  // vacuumed
  const std::uint64_t room = options.max_size - std::min(options.max_size / 16, kSpareBytes);
  const std::uint64_t used = (usage.pages - usage.free_pages) * usage.page_size;
  if (used > room) {
    const std::uint64_t bytes_an_event = used / (removable + 1) + 1;
    leaving = std::max(leaving, (used - room) / bytes_an_event + 1);
  }
  leaving = std::min({leaving, removable, kEventsAStep});
  if (leaving == 0) return false;

  const std::uint64_t oldest = ends.oldest.value() + leaving;
  const auto done =
      database_.execute("BEGIN IMMEDIATE; DELETE FROM events WHERE sequence < " + number(oldest) +
                        "; UPDATE meta SET value = " + number(ends.last.value()) + " WHERE key = 'last'; COMMIT");
  if (!done) {
    database_.roll_back();
    return done.error();
  }
  ends.oldest = Sequence(oldest);
  return true;
}

/// New events reuse free pages, so a share of them is welcome; giving pages back means moving others, which costs
/// writes.
Result<bool> Retention::give_back_pages(const JournalOptions& options, const Usage& usage) const {
  const bool too_large = usage.pages * usage.page_size > options.max_size;
  const bool too_airy = usage.free_pages * usage.page_size > kSpareBytes && usage.free_pages * 8 > usage.pages;
  if (usage.free_pages == 0 || !(too_large || too_airy)) return false;
  if (auto done = database_.execute("PRAGMA incremental_vacuum(" + number(kPagesAStep) + ")"); !done) {
    return done.error();
  }
  return true;
}

/// Sketches leave with the window they are compared in, decisions about stories with the memory of articles; of both
/// the oldest rows, until one is too young.
Result<bool> Retention::drop_sketches(Instant now, const JournalOptions& options) const {
  for (const auto& [table, age] :
       {std::pair("sketches", options.sketches), std::pair("story_changes", options.remember)}) {
    Result<Statement> oldest = database_.prepare("SELECT sequence, at FROM " + std::string(table) +
                                                 " ORDER BY sequence LIMIT " + number(kEventsAStep));
    if (!oldest) return oldest.error();
    std::int64_t last = 0;
    for (;;) {
      const Result<bool> row = oldest->step();
      if (!row) return row.error();
      if (!*row || oldest->integer(1) >= to_milliseconds(now - age)) break;
      last = oldest->integer(0);
    }
    oldest->reset();
    if (last == 0) continue;
    if (auto done =
            database_.execute("DELETE FROM " + std::string(table) + " WHERE sequence <= " + std::to_string(last));
        !done)
      return done.error();
    return true;
  }
  return false;
}

/// A decision that an article is new or changed leaves when the article was last seen (new, changed or repeated) longer
/// ago than newsd remembers: then the Placer has expired it too. One that an article repeats another leaves at that age
/// in any case: it marked both as seen only then, and a later one says how often. So a restart remembers what a running
/// daemon does, and an article repeated for years costs no more than its repeats of the last month.
Result<bool> Retention::sweep_decisions(Instant now, const JournalOptions& options) {
  if (!sweep_) {
    if (now < next_sweep_) return false;
    next_sweep_ = now + options.remember / kSweepsARemember;
    return start_sweep(now - options.remember);
  }
  if (sweep_->dropping) {
    const Result<bool> more = drop_decisions();
    if (!more || !*more) sweep_.reset();
    return more;
  }
  if (auto looked = look_at_decisions(); !looked) {
    sweep_.reset();
    return looked.error();
  }
  return true;
}

Result<bool> Retention::start_sweep(Instant cutoff) {
  Result<Statement> range = database_.prepare(
      "SELECT (SELECT at FROM decisions ORDER BY sequence LIMIT 1), (SELECT min(sequence) FROM decisions),"
      " (SELECT max(sequence) FROM decisions)");
  if (!range) return range.error();
  const Result<bool> row = range->step();
  if (!row) return row.error();
  if (range->is_null(0) || range->integer(0) >= to_milliseconds(cutoff)) return false;
  const auto rows = static_cast<std::uint64_t>(range->integer(2) - range->integer(1) + 1);
  sweep_ = Sweep{cutoff, SightingFilter(rows)};
  return true;
}

Result<void> Retention::look_at_decisions() {
  Result<Statement> next =
      database_.prepare("SELECT sequence, at, article, of FROM decisions WHERE sequence > ? ORDER BY sequence LIMIT ?");
  if (!next) return next.error();
  next->bind(1, static_cast<std::int64_t>(sweep_->position));
  next->bind(2, kDecisionsAStep);
  int looked_at = 0;
  for (;; ++looked_at) {
    const Result<bool> row = next->step();
    if (!row) return row.error();
    if (!*row) break;
    sweep_->position = static_cast<std::uint64_t>(next->integer(0));
    if (next->integer(1) < to_milliseconds(sweep_->cutoff)) {
      sweep_->last_old = sweep_->position;
      continue;
    }
    for (const int column : {2, 3}) {
      Uuid article;
      if (read_uuid(next->blob(column), article)) sweep_->seen.add(ArticleId(article));
    }
  }
  if (looked_at < kDecisionsAStep) {
    sweep_->dropping = true;
    sweep_->position = 0;
  }
  return {};
}

Result<bool> Retention::drop_decisions() {
  Result<Statement> old = database_.prepare(
      "SELECT sequence, at, article, kind FROM decisions WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT "
      "?");
  if (!old) return old.error();
  old->bind(1, static_cast<std::int64_t>(sweep_->position));
  old->bind(2, static_cast<std::int64_t>(sweep_->last_old));
  old->bind(3, kDecisionsAStep);
  std::vector<std::int64_t> forgotten;
  std::uint64_t position = sweep_->position;
  for (;;) {
    const Result<bool> row = old->step();
    if (!row) return row.error();
    if (!*row) break;
    position = static_cast<std::uint64_t>(old->integer(0));
    Uuid article;
    if (old->integer(1) >= to_milliseconds(sweep_->cutoff) || !read_uuid(old->blob(2), article)) continue;
    const bool is_repeat = old->text(3) == "duplicate";
    if (is_repeat || !sweep_->seen.may_contain(ArticleId(article))) forgotten.push_back(old->integer(0));
  }
  const bool is_end = position == sweep_->position;
  sweep_->position = position;
  if (forgotten.empty()) return !is_end;

  Result<Statement> drop = database_.prepare("DELETE FROM decisions WHERE sequence = ?");
  if (!drop) return drop.error();
  Result<void> done = database_.execute("BEGIN IMMEDIATE");
  for (auto sequence = forgotten.begin(); done && sequence != forgotten.end(); ++sequence) {
    drop->bind(1, *sequence);
    done = drop->run();
  }
  if (done) done = database_.execute("COMMIT");
  if (!done) {
    database_.roll_back();
    return done.error();
  }
  return true;
}

}  // namespace newsd
