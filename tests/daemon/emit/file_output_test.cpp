#include "daemon/emit/file_output.h"

#include "daemon/emit/file_note.h"
#include "tests/daemon/emit/full_disk.h"
#include "tests/daemon/stream/stream_fixture.h"

#include <thread>

namespace newsd {
namespace {

OutputConfig config_in(StreamFixture& stream) {
  OutputConfig config;
  config.kind = OutputConfig::Kind::File;
  config.name = "archive";
  config.path = stream.folder / "events.ndjson";
  return config;
}

std::unique_ptr<FileOutput> started(StreamFixture& stream, const OutputConfig& config) {
  std::unique_ptr<FileOutput> output = std::move(FileOutput::create(config, stream.context()).value());
  output->start().value();
  return output;
}

std::vector<std::uint64_t> written(const std::filesystem::path& path) {
  return sequences_in(lines_of(file_text(path)));
}

/// Runs until the file has so many lines.
bool runs_until_lines(StreamFixture& stream, const std::filesystem::path& path, std::size_t count) {
  return stream.run_until([&] { return lines_of(file_text(path)).size() >= count; });
}

}  // namespace

TEST_CASE("a file gets the events from its first start on, and none from before") {
  StreamFixture stream(5);
  auto output = started(stream, config_in(stream));
  REQUIRE(stream.saved.size() == 1);
  CHECK(stream.saved[0].name == "output:archive");
  CHECK(stream.saved[0].sequence == Sequence(5));
  stream.commit(10);
  REQUIRE(runs_until_lines(stream, stream.folder / "events.ndjson", 10));
  stream.commit(3);
  REQUIRE(stream.stop(*output));
  CHECK(written(stream.folder / "events.ndjson") == range(6, 18));
  CHECK(stream.saved.back().sequence == Sequence(18));
  CHECK(output->lag() == 0);
}

TEST_CASE("the cursor of a file is saved with the place in it") {
  StreamFixture stream;
  auto output = started(stream, config_in(stream));
  stream.commit(10);
  REQUIRE(runs_until_lines(stream, stream.folder / "events.ndjson", 10));
  REQUIRE(stream.run_until([&] { return stream.saved.back().sequence == Sequence(10); }));
  const auto note = FileNote::parse(stream.saved.back().detail);
  REQUIRE(note);
  CHECK(note->place.offset == std::filesystem::file_size(stream.folder / "events.ndjson"));
}

TEST_CASE("after a kill at any line no event is missing in the file or in it twice") {
  for (const bool torn : {false, true}) {
    for (std::uint64_t lines = 0; lines <= 8; ++lines) {
      StreamFixture stream;
      OutputConfig config = config_in(stream);
      config.types = {"newsd.story.*"};
      {  // a first run wrote four events and saved its place there, then wrote up to `lines` more before it was killed
        auto output = started(stream, config);
        for (std::uint64_t n = 1; n <= 12; n += 2) stream.commit({story_event(n), article_event(n + 1)});
        REQUIRE(stream.stop(*output));
      }
      const std::vector<std::string> all = lines_of(file_text(config.path));
      REQUIRE(all.size() == 6);
      if (lines > all.size()) break;
      std::string bytes;
      std::uint64_t saved_at = 0;
      for (std::uint64_t i = 0; i < lines; ++i) {
        bytes += all[i] + "\n";
        if (i < 2) saved_at = bytes.size();
      }
      if (torn && lines < all.size()) bytes += all[lines].substr(0, 100);
      std::ofstream(config.path, std::ios::binary | std::ios::trunc) << bytes;

      FileNote note = FileNote::parse(stream.saved.back().detail).value();
      note.place.offset = saved_at;
      const std::uint64_t saved_sequence = lines == 0   ? 0
                                           : lines == 1 ? 1
                                                        : 4;  // behind the article that was passed over
      StreamFixture next(12, {CursorRow{"output:archive", Sequence(saved_sequence), note.to_string()}});
      next.journal.records = stream.journal.records;
      auto output = started(next, config);
      REQUIRE(next.stop(*output));
      CAPTURE(lines, torn);
      CHECK(written(config.path) == std::vector<std::uint64_t>{1, 3, 5, 7, 9, 11});
      CHECK(lines_of(file_text(config.path)).size() == 6);
    }
  }
}

TEST_CASE("lines written under an older configuration are told by that configuration") {
  StreamFixture stream;
  OutputConfig config = config_in(stream);
  auto output = started(stream, config);
  const CursorRow row = stream.saved.back();  // the place before any event: everything else is lost with the kill
  stream.commit({story_event(1), article_event(2), story_event(3)});
  REQUIRE(stream.stop(*output));

  config.types = {"newsd.article.*"};
  StreamFixture next(3, {row});
  next.journal.records = stream.journal.records;
  auto narrowed = started(next, config);
  next.commit({story_event(4), article_event(5)});
  REQUIRE(next.stop(*narrowed));
  CHECK(written(config.path) == std::vector<std::uint64_t>{1, 2, 3, 5});
}

TEST_CASE("a kill between a rotation and the saved cursor loses and repeats nothing") {
  StreamFixture stream;
  OutputConfig config = config_in(stream);
  config.rotate_size = 2000;
  auto output = started(stream, config);
  stream.commit(3);
  REQUIRE(stream.run_until([&] { return output->lag() == 0; }));
  const CursorRow early = stream.saved.front();
  for (int i = 0; i < 3; ++i) {
    stream.commit(3);
    REQUIRE(stream.run_until([&] { return output->lag() == 0; }));
    stream.run_ready();
  }
  REQUIRE(stream.stop(*output));
  REQUIRE(std::filesystem::exists(stream.folder / "events.ndjson.1"));

  StreamFixture next(12, {early});
  next.journal.records = stream.journal.records;
  auto again = started(next, config);
  next.commit(1);
  REQUIRE(next.stop(*again));
  std::vector<std::uint64_t> all;
  for (const char* name :
       {"events.ndjson.5", "events.ndjson.4", "events.ndjson.3", "events.ndjson.2", "events.ndjson.1", "events.ndjson"})
    for (const std::uint64_t n : written(stream.folder / name)) all.push_back(n);
  CHECK(all == range(1, 13));
}

TEST_CASE("rotated files hold every line once, whatever the number of rotations") {
  StreamFixture stream;
  OutputConfig config = config_in(stream);
  config.rotate_size = 10'000;
  config.rotate_keep = 100;
  auto output = started(stream, config);
  for (int i = 0; i < 50; ++i) {
    stream.commit(7);
    stream.run_ready();
  }
  REQUIRE(stream.stop(*output));
  std::vector<std::uint64_t> all;
  unsigned files = 0;
  for (unsigned n = 100; n >= 1; --n) {
    const std::filesystem::path path = config.path.string() + "." + std::to_string(n);
    files += std::filesystem::exists(path);
    for (const std::uint64_t sequence : written(path)) all.push_back(sequence);
  }
  for (const std::uint64_t sequence : written(config.path)) all.push_back(sequence);
  CHECK(all == range(1, 350));
  CHECK(files >= 10);
}

TEST_CASE("a reopened file goes on at the path, the moved one keeps its lines") {
  StreamFixture stream;
  const OutputConfig config = config_in(stream);
  auto output = started(stream, config);
  stream.commit(4);
  REQUIRE(runs_until_lines(stream, config.path, 4));
  std::filesystem::rename(config.path, stream.folder / "old");
  stream.commit(2);
  REQUIRE(runs_until_lines(stream, stream.folder / "old", 6));
  output->reopen();
  REQUIRE(stream.run_until([&] { return std::filesystem::exists(config.path); }));
  stream.commit(2);
  REQUIRE(stream.stop(*output));
  CHECK(written(stream.folder / "old") == range(1, 6));
  CHECK(written(config.path) == range(7, 8));
}

TEST_CASE("a full disk makes the file wait at its place, and nothing is lost when there is room again") {
  StreamFixture stream;
  const OutputConfig config = config_in(stream);
  auto output = started(stream, config);
  stream.commit(2);
  REQUIRE(runs_until_lines(stream, config.path, 2));
  {
    FullDisk full(1500);
    stream.commit(40);
    stream.run_ready();
    CHECK(written(config.path) == range(1, 2));
    CHECK(output->lag() == 40);
  }
  stream.commit(1);
  REQUIRE(stream.run_until([&] { return output->lag() == 0; }));
  REQUIRE(stream.stop(*output));
  CHECK(written(config.path) == range(1, 43));
}

TEST_CASE("a stop on a full disk ends, and the next start goes on where the file ends") {
  StreamFixture stream;
  const OutputConfig config = config_in(stream);
  auto output = started(stream, config);
  stream.commit(2);
  REQUIRE(runs_until_lines(stream, config.path, 2));
  {
    FullDisk full(1500);
    stream.commit(40);
    REQUIRE(stream.stop(*output));
  }
  StreamFixture next(42, {stream.saved.back()});
  next.journal.records = stream.journal.records;
  auto again = started(next, config);
  REQUIRE(next.stop(*again));
  CHECK(written(config.path) == range(1, 42));
}

TEST_CASE("events that expired while the file could not be written are told in it") {
  StreamFixture stream(10);
  OutputConfig config = config_in(stream);
  stream.journal.expire_before(8);
  StreamFixture next(10, {CursorRow{"output:archive", Sequence(2), ""}});
  next.journal.records = stream.journal.records;
  config.path = next.folder / "events.ndjson";
  auto output = started(next, config);
  REQUIRE(next.stop(*output));
  const std::vector<std::string> lines = lines_of(file_text(config.path));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].find("newsd.stream.gap") != std::string::npos);
  CHECK(sequences_in(lines) == range(7, 10));
}

TEST_CASE("file work on another thread keeps the order") {
  StreamFixture stream;
  const OutputConfig config = config_in(stream);
  std::vector<std::thread> jobs;
  StreamContext context = stream.context();
  context.post_blocking = [&jobs](std::function<void()> job) { jobs.emplace_back(std::move(job)); };
  auto output = std::move(FileOutput::create(config, context).value());
  output->start().value();
  for (int i = 0; i < 20; ++i) {
    stream.commit(5);
    stream.run_ready();
  }
  REQUIRE(stream.stop(*output));
  for (std::thread& job : jobs) job.join();
  CHECK(written(config.path) == range(1, 100));
}

TEST_CASE("an output whose formats or types do not exist is refused") {
  StreamFixture stream;
  OutputConfig config = config_in(stream);
  config.format = "xml";
  CHECK(FileOutput::create(config, stream.context()).error().is(StreamError::UnknownFormat));
  config.format = "flat";
  config.types = {"newsd.nothing.*"};
  CHECK(FileOutput::create(config, stream.context()).error().is(StreamError::UnknownType));
}

}  // namespace newsd
