#include "daemon/emit/stdout_output.h"

#include "daemon/emit/output_run.h"
#include "daemon/emit/writable.h"
#include "daemon/ops/log.h"
#include "daemon/stream/gap_notice.h"
#include "daemon/stream/stream_error.h"

#include <boost/asio/post.hpp>

namespace newsd {
namespace {

namespace net = boost::asio;
constexpr std::chrono::seconds kReadRetry{1};  ///< after a failed read of the journal
constexpr std::size_t kTurn = 64 << 10;        ///< bytes written before others have their turn

}  // namespace

struct StdoutOutput::Work : OutputRun {
  Work(const OutputConfig& c, StreamContext o, Wanted wanted, int fd, std::function<void(std::optional<Error>)> e)
      : OutputRun(c, std::move(o), wanted), target(context.io, fd), ended(std::move(e)) {}

  net::awaitable<void> run() override;
  net::awaitable<bool> write(std::string bytes);
  void give_up() override {
    overdue = true;
    target.cancel();
  }

  Writable target;
  bool overdue = false;
  std::function<void(std::optional<Error>)> ended;
};

net::awaitable<void> StdoutOutput::Work::run() {
  for (;;) {
    Result<Delivery> next = cursor.next();
    if (!next) {
      log_warn("emit", "an output waits", {{"output", config.name}, {"error", next.error().message()}});
      if (stopping) break;
      const auto until = std::chrono::steady_clock::now() + kReadRetry;
      co_await wakeup.wait(until);
      continue;
    }
    if (!next->advanced) {
      if (stopping) break;
      co_await wakeup.wait(Wakeup::kNever);
      continue;
    }
    std::string bytes;
    if (next->gap) bytes = gap_notice(*next->gap, context.source, context.now(), cursor.encoding()) + '\n';
    bytes.reserve(bytes.size() + next->bytes);
    for (const SharedLine& line : next->lines) bytes += *line;
    const bool written = co_await write(std::move(bytes));
    if (!written) break;
  }
  finish();
}

/// False when nothing more can be written.
net::awaitable<bool> StdoutOutput::Work::write(std::string bytes) {
  std::string_view rest = bytes;
  std::size_t turn = 0;
  while (!rest.empty()) {
    if (overdue) co_return false;
    boost::system::error_code ec;
    const std::size_t n = target.write_some(rest, ec);
    if (ec) {
      const bool reader_gone = ec == boost::system::errc::broken_pipe || ec == boost::system::errc::connection_reset;
      std::optional<Error> why;
      if (!reader_gone) why = Error(StreamError::Io, "cannot be written: " + ec.message(), config.name);
      if (auto tell = std::exchange(ended, nullptr)) net::post(context.io, [tell, why] { tell(why); });
      co_return false;
    }
    rest.remove_prefix(n);
    turn += n;
    if (n == 0) co_await target.room();
    if (turn >= kTurn) {
      turn = 0;
      co_await net::post(net::use_awaitable);
    }
  }
  co_return true;
}

Result<std::unique_ptr<StdoutOutput>> StdoutOutput::create(const OutputConfig& config, StreamContext context, int fd,
                                                           std::function<void(std::optional<Error>)> ended) {
  Result<Wanted> wanted = wanted_by(config, context.wheres);
  if (!wanted) return wanted.error();
  auto work = std::make_shared<Work>(config, std::move(context), *wanted, fd, std::move(ended));
  return std::unique_ptr<StdoutOutput>(new StdoutOutput(std::move(work)));
}

StdoutOutput::StdoutOutput(std::shared_ptr<Work> work) : work_(std::move(work)) {}
StdoutOutput::~StdoutOutput() { work_->context.tail.remove(*work_); }

Result<void> StdoutOutput::start() {
  work_->cursor.move_to(work_->context.tail.last());
  work_->start();
  return {};
}

void StdoutOutput::stop(std::chrono::milliseconds within, std::function<void()> done) {
  work_->stop(within, std::move(done));
}

const std::string& StdoutOutput::name() const { return work_->config.name; }
Sequence StdoutOutput::cursor() const { return work_->cursor.position(); }
std::uint64_t StdoutOutput::lag() const { return work_->finished ? 0 : work_->cursor.lag(); }

}  // namespace newsd
