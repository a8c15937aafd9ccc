#include "daemon/pipeline/sequencer.h"
#include "tests/daemon/pipeline/embedded_preparation.h"
#include "tests/support/memory_journal.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

#include <condition_variable>
#include <mutex>

namespace newsd {
namespace {

/// Gathers what the sequencer's hooks say and lets the test wait for it.
class Heard {
 public:
  SequencerHooks hooks() {
    SequencerHooks hooks;
    hooks.committed = [this](Committed committed) {
      change([&] {
        for (auto& input : committed.inputs) tickets_.push_back(input.ticket.value());
        for (auto& record : committed.events) sequences_.push_back(record.sequence.value());
      });
    };
    hooks.paused = [this](const Error&) { change([&] { ++paused_; }); };
    hooks.resumed = [this] { change([&] { ++resumed_; }); };
    hooks.troubled = [](const Error&) {};
    hooks.forgot = [this](const Error& error) { change([&] { forgot_ = std::string(error.code); }); };
    hooks.failed = [this](const Error& error) { change([&] { failed_ = std::string(error.code); }); };
    return hooks;
  }
  bool wait_until(const std::function<bool(const Heard&)>& holds) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return holds(*this); });
  }
  std::vector<std::uint64_t> tickets_, sequences_;
  int paused_ = 0, resumed_ = 0;
  std::string failed_, forgot_;

 private:
  void change(const std::function<void()>& apply) {
    {
      const std::lock_guard lock(mutex_);
      apply();
    }
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
};

SequencerOptions options(std::chrono::milliseconds window = std::chrono::milliseconds(1)) {
  SequencerOptions options;
  options.commit_window = window;
  options.retry = std::chrono::milliseconds(1);
  options.now = [] { return Instant(std::chrono::seconds(1'700'000'000)); };
  return options;
}

Finished finished(std::uint64_t ticket) {
  Finished f;
  f.ticket = Ticket(ticket);
  f.key = {"key" + std::to_string(ticket)};
  f.bytes = 100;
  f.prepared.items.emplace_back(
      PreparedRefusal{EventType::ArticleRejected, "file:///inbox/" + std::to_string(ticket), "\"reason\":{}"});
  return f;
}

Stream stream() { return {"newsd://test/main", Sequence(0)}; }

}  // namespace

TEST_CASE("inputs are recorded in the order of their tickets, whatever the order they finish in") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  for (const std::uint64_t ticket : {4, 2, 5, 3, 1}) sequencer.submit(finished(ticket));
  sequencer.finish();
  CHECK(heard.tickets_ == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  CHECK(heard.sequences_ == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  const auto events = journal.events();
  REQUIRE(events.size() == 5);
  CHECK(events[0].subject == "file:///inbox/1");
  CHECK(events[4].subject == "file:///inbox/5");
}

TEST_CASE("a batch waits for inputs that are being read and commits them together") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(std::chrono::seconds(10)), heard.hooks());
  sequencer.start();
  sequencer.expect(Ticket(3));
  sequencer.submit(finished(1));
  sequencer.submit(finished(2));
  sequencer.submit(finished(3));
  REQUIRE(heard.wait_until([](const Heard& h) { return h.tickets_.size() == 3; }));
  CHECK(journal.batch_sizes() == std::vector<std::size_t>{3});
  sequencer.finish();
}

TEST_CASE("an update is compared with what an earlier batch recorded") {
  const Preparation preparation = embedded_preparation();
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  const std::string first = sample_text(1);
  std::string second = first;
  second.replace(second.find("Work on"), 4, "All of the work");
  std::uint64_t ticket = 0;
  for (const std::string& text : {first, second}) {
    Finished f = finished(++ticket);
    f.prepared = prepare(sample_document(text, "one.txt"), preparation);
    sequencer.submit(std::move(f));
    REQUIRE(heard.wait_until([&](const Heard& h) { return h.tickets_.size() == ticket; }));
  }
  sequencer.finish();
  CHECK(journal.batch_sizes().size() == 2);
  const auto events = journal.events();
  REQUIRE(events.size() == 3);
  CHECK(events[2].type == EventType::ArticleUpdated);
  CHECK(events[2].placed.find(R"("wordsAdded":3,"wordsRemoved":0)") != std::string::npos);
  CHECK(heard.forgot_.empty());
}

TEST_CASE("a single input with nothing behind it does not wait for the commit window") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(std::chrono::hours(1)), heard.hooks());
  sequencer.start();
  sequencer.expect(Ticket(1));
  sequencer.submit(finished(1));
  CHECK(heard.wait_until([](const Heard& h) { return h.tickets_.size() == 1; }));
  sequencer.finish();
}

TEST_CASE("a full disk pauses the sequencer, is told once, and nothing is lost when it resumes") {
  MemoryJournal journal;
  for (int i = 0; i < 3; ++i) journal.fail_next(Error(JournalError::DiskFull, "no space left"));
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.submit(finished(1));
  REQUIRE(heard.wait_until([](const Heard& h) { return h.resumed_ == 1; }));
  sequencer.submit(finished(2));
  sequencer.finish();
  CHECK(heard.paused_ == 1);
  CHECK(heard.failed_.empty());
  CHECK(heard.sequences_ == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("a broken journal stops the sequencer and acknowledges nothing") {
  MemoryJournal journal;
  journal.fail_next(Error(JournalError::Io, "input/output error"));
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.submit(finished(1));
  REQUIRE(heard.wait_until([](const Heard& h) { return !h.failed_.empty(); }));
  sequencer.finish();
  CHECK(heard.failed_ == "io");
  CHECK(heard.tickets_.empty());
  CHECK(journal.events().empty());
}

TEST_CASE("being asked to stop on a full disk ends instead of waiting for ever") {
  MemoryJournal journal;
  for (int i = 0; i < 100'000; ++i) journal.fail_next(Error(JournalError::DiskFull, "no space left"));
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.submit(finished(1));
  REQUIRE(heard.wait_until([](const Heard& h) { return h.paused_ == 1; }));
  sequencer.finish();
  CHECK(heard.failed_ == "disk-full");
  CHECK(heard.tickets_.empty());
}

TEST_CASE("finish commits releases and cursors that were posted before it") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.submit(finished(1));
  REQUIRE(heard.wait_until([](const Heard& h) { return h.tickets_.size() == 1; }));
  CHECK(journal.holds_input({"key1"}));
  sequencer.release({"key1"});
  sequencer.save_cursor({"file:events", Sequence(1), "7:0"});
  sequencer.finish();
  CHECK_FALSE(journal.holds_input({"key1"}));
  REQUIRE(journal.cursors()->size() == 1);
  CHECK(journal.cursors()->front().detail == "7:0");
}

TEST_CASE("an event about the daemon takes its place in the stream") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.announce_daemon(EventType::DaemonStarted, "newsd://test/main", "\"daemon\":{}");
  sequencer.finish();
  REQUIRE(journal.events().size() == 1);
  CHECK(journal.events()[0].type == EventType::DaemonStarted);
  CHECK(journal.events()[0].sequence == Sequence(1));
}

TEST_CASE("what the daemon says of itself comes before inputs of the same batch") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.submit(finished(1));
  sequencer.announce_daemon(EventType::DaemonStarted, "newsd://test/main", "\"daemon\":{}");
  sequencer.start();
  sequencer.finish();
  REQUIRE(journal.events().size() == 2);
  CHECK(journal.events()[0].type == EventType::DaemonStarted);
}

TEST_CASE("an idle sequencer answers a ping") {
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, make_exact_placer(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.ping();
  sequencer.finish();
  CHECK(sequencer.pongs() == 1);
}

TEST_CASE("nothing is recorded once the placer cannot read what it knew") {
  class Forgetful final : public Placer {
   public:
    Verdict place(const Candidate&, Instant) override { return {}; }
    void remember(const Decision&) override {}
    void remember(const StoryChange&) override {}
    std::vector<StoryChange> tend(Instant) override { return {}; }
    std::optional<StoryFacts> story(StoryId) const override { return std::nullopt; }
    void expire(Instant) override {}
    std::size_t size() const override { return 0; }
    PlacerLoad load() const override { return {}; }
    Result<void> soundness() const override { return Error(JournalError::Io, "a text cannot be read again"); }
  };
  MemoryJournal journal;
  Heard heard;
  Sequencer sequencer(journal, std::make_unique<Forgetful>(), stream(), options(), heard.hooks());
  sequencer.start();
  sequencer.submit(finished(1));
  CHECK(heard.wait_until([](const Heard& h) { return h.failed_ == "io"; }));
  sequencer.finish();
  CHECK(journal.events().empty());
  CHECK(heard.tickets_.empty());
}

}  // namespace newsd
