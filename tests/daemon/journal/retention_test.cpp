#include "daemon/journal/sighting_filter.h"
#include "tests/daemon/journal/result_words.h"
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

using std::chrono::hours;

std::vector<std::uint64_t> decisions_of(const std::filesystem::path& dir) {
  Outsider file(dir);
  std::vector<std::uint64_t> sequences;
  for (std::uint64_t n = 1; n < 100; ++n) {
    if (file.integer("SELECT count(*) FROM decisions WHERE sequence = " + std::to_string(n)) != 0)
      sequences.push_back(n);
  }
  return sequences;
}

}  // namespace

TEST_CASE("events leave by age, oldest first, and readers see where the stream begins") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  for (int hour = 0; hour < 4; ++hour) {
    Batch batch = sample_batch(journal->last(), 700);
    REQUIRE(journal->commit(batch, kNoon + hours(hour)));
  }
  const auto reader = open_reader(dir.path());
  JournalOptions options;
  options.retain = hours(2);
  retain_all(*journal, kNoon + hours(3), options);
  CHECK(journal->oldest() == Sequence(701));  // recorded exactly two hours ago: not older
  CHECK(*reader->oldest() == Sequence(701));
  CHECK(reader->read(Sequence(0), 1, 1 << 20)->front().sequence == Sequence(701));
  CHECK(*reader->before(kNoon + hours(1)) == Sequence(0));
  CHECK(*reader->before(kNoon + hours(2)) == Sequence(1400));
}

TEST_CASE("a step of retention is small") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 1200);
  REQUIRE(journal->commit(batch, kNoon));
  JournalOptions options;
  CHECK(*journal->retain_step(kNoon + options.retain * 2, options));
  CHECK(journal->oldest() == Sequence(501));
}

TEST_CASE("the last event never leaves") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 20);
    REQUIRE(journal->commit(batch, kNoon));
    JournalOptions options;
    options.max_size = 0;
    retain_all(*journal, kNoon + hours(24 * 400), options);
    CHECK(journal->oldest() == Sequence(20));
    CHECK(journal->last() == Sequence(20));
  }
  const auto journal = open_journal(dir.path());
  CHECK(journal->oldest() == Sequence(20));
  CHECK(journal->last() == Sequence(20));
}

TEST_CASE("retention by age stops at the first event that may stay, even where the clock was set back") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  for (const int hour : {0, 30, 1}) {
    Batch batch = sample_batch(journal->last(), 10);
    REQUIRE(journal->commit(batch, kNoon + hours(hour)));
  }
  JournalOptions options;
  options.retain = hours(10);
  retain_all(*journal, kNoon + hours(31), options);
  CHECK(journal->oldest() == Sequence(11));
}

TEST_CASE("events leave by size, and the file shrinks below it") {
  const TemporaryDirectory dir;
  JournalOptions options;
  options.max_size = 1 << 20;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 400, 8000);
    REQUIRE(journal->commit(batch, kNoon));
    retain_all(*journal, kNoon, options);
    CHECK(journal->oldest() > Sequence(250));
    CHECK(journal->oldest() < Sequence(350));
    Batch more = sample_batch(Sequence(400), 2, 8000);
    REQUIRE(journal->commit(more, kNoon));
    retain_all(*journal, kNoon, options);
    REQUIRE(journal->close_clean());
  }
  CHECK(std::filesystem::file_size(dir.path() / "journal.db") <= options.max_size);
  CHECK(open_reader(dir.path())->check()->empty());
}

TEST_CASE("nothing leaves that is young and small") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 20);
  REQUIRE(journal->commit(batch, kNoon));
  CHECK_FALSE(*journal->retain_step(kNoon + hours(1), {}));
  CHECK(journal->oldest() == Sequence(1));
}

TEST_CASE("decisions leave when their article was not seen for as long as newsd remembers") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 9);
  const auto decide = [&](std::uint64_t n, VerdictKind kind, std::uint64_t article, int hour) {
    Decision& d = batch.decisions[n - 1];
    d.kind = kind;
    d.article = ArticleId(uuid_of(article));
    d.at = kNoon + hours(hour);
  };
  const auto repeat = [&](std::uint64_t n, std::uint64_t article, std::uint64_t of, int hour) {
    decide(n, VerdictKind::Duplicate, article, hour);
    batch.decisions[n - 1].of = ArticleId(uuid_of(of));
  };
  decide(1, VerdictKind::New, 1, 0);       // never seen again: leaves
  decide(2, VerdictKind::New, 2, 0);       // updated lately: stays
  decide(3, VerdictKind::New, 3, 0);       // repeated lately: stays
  repeat(4, 3, 3, 1);                      // an old repeat: leaves
  decide(5, VerdictKind::New, 5, 1);       // repeated, but long ago: leaves
  repeat(6, 60, 5, 2);                     // leaves
  decide(7, VerdictKind::Updated, 2, 50);  // stays
  repeat(8, 80, 3, 50);                    // stays
  decide(9, VerdictKind::New, 9, 50);      // stays
  REQUIRE(journal->commit(batch, kNoon));
  JournalOptions options;
  options.remember = hours(40);
  retain_all(*journal, kNoon + hours(60), options);
  CHECK(decisions_of(dir.path()) == std::vector<std::uint64_t>{2, 3, 7, 8, 9});
  CHECK(journal->oldest() == Sequence(1));  // events have a retention of their own
}

TEST_CASE("an article seen while decisions are being swept is not forgotten") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 2);
  REQUIRE(journal->commit(batch, kNoon));
  JournalOptions options;
  options.remember = hours(40);
  const Instant now = kNoon + hours(41);
  REQUIRE(*journal->retain_step(now, options));  // begins
  REQUIRE(*journal->retain_step(now, options));  // has looked at all
  Batch seen = sample_batch(Sequence(2), 1);
  seen.decisions[0].kind = VerdictKind::Duplicate;
  seen.decisions[0].of = ArticleId(uuid_of(2));
  seen.decisions[0].at = now;
  REQUIRE(journal->commit(seen, now));
  retain_all(*journal, now, options);
  CHECK(decisions_of(dir.path()) == std::vector<std::uint64_t>{2, 3});
}

TEST_CASE("the sighting filter knows every article it was given and few others") {
  SightingFilter filter(10'000);
  for (std::uint64_t n = 0; n < 10'000; ++n)
    filter.add(ArticleId(event_id(EventType::ArticleNew, "", 1, std::to_string(n)).value()));
  std::uint64_t false_claims = 0;
  for (std::uint64_t n = 0; n < 20'000; ++n) {
    const bool claims =
        filter.may_contain(ArticleId(event_id(EventType::ArticleNew, "", 1, std::to_string(n)).value()));
    if (n < 10'000) {
      REQUIRE(claims);
    } else {
      false_claims += claims;
    }
  }
  CHECK(false_claims < 200);
}

}  // namespace newsd
