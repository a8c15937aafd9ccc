#include "daemon/emit/file_output.h"

#include "daemon/emit/event_file.h"
#include "daemon/emit/file_note.h"
#include "daemon/emit/output_run.h"
#include "daemon/ops/log.h"
#include "daemon/stream/gap_notice.h"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kSavePeriod{1000};  ///< between two syncs with a saved cursor
constexpr milliseconds kRetryFirst{100};   ///< after a failed write, doubled up to
constexpr milliseconds kRetryMost{5000};
constexpr std::chrono::seconds kRotateRetry{60};  ///< after a failed rotation

}  // namespace

struct FileOutput::Work : OutputRun {
  Work(const OutputConfig& c, StreamContext o, Wanted wanted)
      : OutputRun(c, std::move(o), wanted), file({c.path, c.rotate_size, c.rotate_keep}) {}

  std::shared_ptr<Work> self() { return std::static_pointer_cast<Work>(shared_from_this()); }
  Result<void> open();
  Result<void> skip(std::uint64_t lines, const FileNote& note);
  net::awaitable<void> run() override;
  net::awaitable<bool> append(std::vector<SharedLine> lines);
  net::awaitable<void> save();
  net::awaitable<void> rotate();
  net::awaitable<void> open_anew();
  net::awaitable<Result<void>> on_disk(std::function<Result<void>()> job);
  net::awaitable<void> back_off();
  void record_place();
  void trouble(const Error& error);
  void recovered();

  EventFile file;
  std::string row = "output:" + config.name;
  Sequence saved;         ///< the cursor the book has
  FilePlace saved_place;  ///< what is synced of the file
  SteadyClock::time_point save_due{};
  SteadyClock::time_point rotate_due{};
  milliseconds retry = kRetryFirst;
  std::string troubled;  ///< why it waits; empty: it does not
  bool reopen_asked = false;
};

Result<void> FileOutput::Work::open() {
  const std::optional<CursorRow> row_found = context.cursors.find(row);
  const std::optional<FileNote> note = row_found ? FileNote::parse(row_found->detail) : std::nullopt;
  const bool same_path = note && note->path == config.path.string();
  const std::optional<FilePlace> known = same_path ? std::optional(note->place) : std::nullopt;
  if (Result<void> opened = file.open(known); !opened) return opened;
  if (row_found) cursor.move_to(row_found->sequence);
  if (same_path) {
    Result<EventFile::Lines> lines = file.lines_behind(note->place);
    if (!lines) return lines.error();
    if (!lines->certain)
      log_warn("emit", "the output's file was moved or cut; events may be in it twice", {{"output", config.name}});
    if (Result<void> skipped = skip(lines->count, *note); !skipped) return skipped;
  }
  if (Result<void> synced = file.sync(); !synced) return synced;
  record_place();
  return {};
}

/// Moves the cursor over the events that are in the file already, as many as there are lines behind the saved place:
/// each event that passed the filter and had the encoding of then made one line.
Result<void> FileOutput::Work::skip(std::uint64_t lines, const FileNote& note) {
  Result<TypeFilter> filter = TypeFilter::parse(note.types);
  const Encoding* encoding = encoding_named(note.format);
  Result<std::shared_ptr<const Where>> where = context.wheres.compiled(note.where);
  if (!filter || !where || encoding == nullptr)
    return {};  // written by a newsd that knew others: better twice than not at all
  Cursor old(context.tail, context.history, cursor.position(), {*filter, *std::move(where)}, *encoding);
  while (lines > 0) {
    Result<Delivery> next = old.next(1);
    if (!next) return next.error();
    if (!next->advanced) break;
    lines -= next->lines.size();
  }
  cursor.move_to(old.position());
  return {};
}

void FileOutput::Work::record_place() {
  saved = cursor.position();
  saved_place = file.place();
  FileNote note{saved_place, config.format, config.types, config.where, config.path.string()};
  context.cursors.save(CursorRow{row, saved, note.to_string()});
}

net::awaitable<void> FileOutput::Work::run() {
  for (;;) {
    if (reopen_asked) co_await open_anew();
    const Sequence before = cursor.position();
    Result<Delivery> next = cursor.next();
    if (!next) {
      trouble(next.error());
      if (stopping) break;
      co_await back_off();
      continue;
    }
    if (next->gap) {
      log_warn("emit", "events left the journal before the output wrote them", {{"output", config.name}});
      std::string line = gap_notice(*next->gap, context.source, context.now(), cursor.encoding());
      next->lines.push_back(std::make_shared<const std::string>(std::move(line) + '\n'));
    }
    if (!next->advanced) {
      if (stopping) break;
      const bool clean = cursor.position() == saved;
      const auto until = clean ? Wakeup::kNever : save_due;
      co_await wakeup.wait(until);
    } else if (!next->lines.empty()) {
      std::vector<SharedLine> lines = std::move(next->lines);
      const bool written = co_await append(std::move(lines));
      if (!written) {
        cursor.move_to(before);
        if (stopping) break;
        co_await back_off();
        continue;
      }
    }
    const auto now = SteadyClock::now();
    if (before == saved && now > save_due) save_due = now + kSavePeriod;
    const bool due = cursor.position() != saved && now >= save_due;
    if (due || next->gap) co_await save();  // a gap's line is no event's: it must not be counted after a crash
    if (file.is_full() && SteadyClock::now() >= rotate_due) co_await rotate();
  }
  if (cursor.position() != saved) co_await save();
  finish();
}

net::awaitable<bool> FileOutput::Work::append(std::vector<SharedLine> lines) {
  std::function<Result<void>()> job = [self = self(), shared = std::make_shared<const std::vector<SharedLine>>(
                                                          std::move(lines))] { return self->file.append(*shared); };
  Result<void> written = co_await on_disk(std::move(job));
  if (written)
    recovered();
  else
    trouble(written.error());
  co_return written.has_value();
}

net::awaitable<void> FileOutput::Work::save() {
  std::function<Result<void>()> job = [self = self()] { return self->file.sync(); };
  Result<void> synced = co_await on_disk(std::move(job));
  save_due = SteadyClock::now() + kSavePeriod;
  if (synced) {
    record_place();
    co_return;
  }
  // after a failed sync the pages may be marked clean though they never reached the disk: write everything since the
  // last good one again
  trouble(synced.error());
  std::function<Result<void>()> cut = [self = self(), place = saved_place] {
    return self->file.place().inode == place.inode ? self->file.cut_back(place) : Result<void>();
  };
  Result<void> was_cut = co_await on_disk(std::move(cut));
  if (!was_cut) trouble(was_cut.error());
  if (was_cut) cursor.move_to(saved);
  if (!stopping) co_await back_off();
}

net::awaitable<void> FileOutput::Work::rotate() {
  co_await save();
  if (cursor.position() != saved) co_return;
  std::function<Result<void>()> job = [self = self()] { return self->file.rotate(); };
  Result<void> rotated = co_await on_disk(std::move(job));
  if (!rotated) {
    log_warn("emit", "an output's file cannot be rotated",
             {{"output", config.name}, {"error", rotated.error().message()}});
    rotate_due = SteadyClock::now() + kRotateRetry;
  }
  record_place();
}

net::awaitable<void> FileOutput::Work::open_anew() {
  reopen_asked = false;
  co_await save();
  std::function<Result<void>()> job = [self = self()] { return self->file.reopen(); };
  Result<void> opened = co_await on_disk(std::move(job));
  if (!opened)
    log_warn("emit", "an output's file cannot be reopened",
             {{"output", config.name}, {"error", opened.error().message()}});
  if (opened && cursor.position() == saved) record_place();
}

net::awaitable<Result<void>> FileOutput::Work::on_disk(std::function<Result<void>()> job) {
  struct Answer {
    explicit Answer(net::io_context& io) : wakeup(io) {}
    Wakeup wakeup;
    std::optional<Result<void>> result;
  };
  auto answer = std::make_shared<Answer>(context.io);
  context.post_blocking([job = std::move(job), answer, &io = context.io] {
    Result<void> result = job();
    net::post(io, [answer, result] {
      answer->result = result;
      answer->wakeup.notify();
    });
  });
  while (!answer->result) co_await answer->wakeup.wait(Wakeup::kNever);
  co_return *answer->result;
}

/// Waits out the back-off; a stop or a reopening ends it early.
net::awaitable<void> FileOutput::Work::back_off() {
  const auto until = SteadyClock::now() + retry;
  retry = std::min(retry * 2, kRetryMost);
  while (SteadyClock::now() < until && !stopping && !reopen_asked) co_await wakeup.wait(until);
}

void FileOutput::Work::trouble(const Error& error) {
  if (troubled.empty()) log_warn("emit", "an output waits", {{"output", config.name}, {"error", error.message()}});
  troubled = error.message();
}

void FileOutput::Work::recovered() {
  if (!troubled.empty()) log_info("emit", "an output goes on", {{"output", config.name}});
  troubled.clear();
  retry = kRetryFirst;
}

Result<std::unique_ptr<FileOutput>> FileOutput::create(const OutputConfig& config, StreamContext context) {
  Result<Wanted> wanted = wanted_by(config, context.wheres);
  if (!wanted) return wanted.error();
  return std::unique_ptr<FileOutput>(new FileOutput(std::make_shared<Work>(config, std::move(context), *wanted)));
}

FileOutput::FileOutput(std::shared_ptr<Work> work) : work_(std::move(work)) {}
FileOutput::~FileOutput() { work_->context.tail.remove(*work_); }

Result<void> FileOutput::start() {
  if (Result<void> opened = work_->open(); !opened) return opened;
  work_->start();
  return {};
}

void FileOutput::stop(std::chrono::milliseconds within, std::function<void()> done) {
  work_->stop(within, std::move(done));
}

void FileOutput::reopen() {
  work_->reopen_asked = true;
  work_->wakeup.notify();
}

const std::string& FileOutput::name() const { return work_->config.name; }
Sequence FileOutput::cursor() const { return work_->cursor.position(); }
std::uint64_t FileOutput::lag() const { return work_->cursor.lag(); }
OutputHealth FileOutput::health() const { return {.trouble = work_->troubled}; }

}  // namespace newsd
