#include "daemon/emit/webhook_output.h"

#include "daemon/emit/dead_letters.h"
#include "daemon/emit/delivery.h"
#include "daemon/emit/output_run.h"
#include "daemon/emit/webhook_handshake.h"
#include "daemon/emit/webhook_message.h"
#include "daemon/emit/webhook_request.h"
#include "daemon/ops/log.h"
#include "daemon/stream/gap_notice.h"
#include "feeds/http/cache.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <deque>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kSavePeriod{1000};      ///< between two saved cursors
constexpr std::chrono::seconds kReadRetry{1};  ///< after a failed read of the journal
constexpr std::chrono::hours kLongestRetryAfter{24};

/// A line to be delivered, and the cursor's place when it is.
struct Owed {
  SharedLine line;
  Sequence sequence, position;
};

}  // namespace

struct WebhookOutput::Work : OutputRun {
  Work(const OutputConfig& c, StreamContext o, Wanted wanted, Terms t, std::string k)
      : OutputRun(c, std::move(o), wanted), terms(std::move(t)), key(std::move(k)) {}

  std::shared_ptr<Work> self() { return std::static_pointer_cast<Work>(shared_from_this()); }
  void open();
  net::awaitable<void> run() override;
  bool take_more();
  net::awaitable<bool> shake_hands();
  bool may_send(const HandshakeAnswer& answer);
  net::awaitable<bool> deliver();
  net::awaitable<bool> come_later(Result<FetchAnswer> answer, std::string words);
  net::awaitable<Result<FetchAnswer>> fetch(FetchRequest request);
  net::awaitable<Result<void>> bury(FetchAnswer answer);
  net::awaitable<void> wait_until(SteadyClock::time_point until);
  bool gone();
  void delivered(std::size_t lines);
  void save();
  void trouble(const std::string& words);
  void give_up() override;

  Terms terms;
  std::string key;  ///< empty: unsigned
  std::string row = "output:" + config.name;
  std::uint64_t seed = key128(row).low;
  std::deque<Owed> owed;  ///< read and not yet delivered: batch_bytes of it, or one line
  Sequence done;          ///< everything up to here is delivered
  Sequence saved;
  SteadyClock::time_point save_due{};
  std::size_t one_by_one = 0;  ///< so many are sent alone: a request with all of them was refused, whose fault is it?
  unsigned failures = 0, refusals = 0;
  bool is_welcome = config.handshake == OutputConfig::Handshake::Off;  ///< events may be sent
  milliseconds pace{0};                                                ///< between two requests, at least
  SteadyClock::time_point next_request{};
  bool overdue = false;
  std::shared_ptr<Wakeup> answered;  ///< while a request is under way
  OutputHealth health;
};

void WebhookOutput::Work::open() {
  if (const std::optional<CursorRow> found = context.cursors.find(row)) cursor.move_to(found->sequence);
  done = cursor.position();
  save();
}

net::awaitable<void> WebhookOutput::Work::run() {
  while (!overdue) {
    const bool more = !owed.empty() || take_more();
    if (!owed.empty() && !is_welcome) {
      const bool goes_on = co_await shake_hands();
      if (!goes_on) break;
    } else if (!owed.empty()) {
      const bool goes_on = co_await deliver();
      if (!goes_on) break;
    } else if (!more) {
      if (stopping) break;
      auto until = done != saved ? save_due : Wakeup::kNever;
      if (!health.trouble.empty()) until = SteadyClock::now() + kReadRetry;
      co_await wakeup.wait(until);
    } else {
      co_await net::post(net::use_awaitable);  // much may be passed over: others have their turn
    }
    if (done != saved && SteadyClock::now() >= save_due) save();
  }
  if (overdue) co_return;
  if (done != saved) save();
  finish();
}

/// Reads the next batch; false when there is nothing to read now.
bool WebhookOutput::Work::take_more() {
  Result<Delivery> next = cursor.next(Cursor::kBatchEvents, config.batch_bytes);
  if (!next) {
    trouble(next.error().text);
    return false;
  }
  health.trouble.clear();  // nothing was owed: if there was trouble, it was the journal's
  if (next->gap) {
    log_warn("emit", "events left the journal before the output delivered them", {{"output", config.name}});
    const std::string line = gap_notice(*next->gap, context.source, context.now(), cursor.encoding());
    owed.push_back({std::make_shared<const std::string>(line), next->gap->to, next->gap->to});
  }
  for (std::size_t i = 0; i < next->lines.size(); ++i)
    owed.push_back({std::move(next->lines[i]), next->sequences[i], next->sequences[i]});
  if (owed.empty())
    done = cursor.position();
  else
    owed.back().position = cursor.position();
  return next->advanced;
}

/// Asks whether events may be sent; false: nothing more is to be sent.
net::awaitable<bool> WebhookOutput::Work::shake_hands() {
  const std::string origin = handshake_origin(config, context.source);
  FetchRequest request = handshake_request(config, terms.authorization, origin);
  Result<FetchAnswer> answer = co_await fetch(std::move(request));
  if (overdue) co_return false;
  const HandshakeAnswer said = answer ? handshake_answer(*answer, origin) : HandshakeAnswer{};
  if (may_send(said)) co_return true;
  ++health.failures;
  if (said.says == HandshakeAnswer::Says::Gone) co_return gone();
  std::string words = answer ? fmt::format("the receiver answered {} when it was asked for its consent", answer->status)
                             : answer.error().text;
  if (said.says == HandshakeAnswer::Says::Denied)
    words = fmt::format("the receiver does not allow events from \"{}\"", origin);
  if (said.says == HandshakeAnswer::Says::Unknown)
    words = fmt::format("the receiver gives no consent to \"{}\": its answer has no WebHook-Allowed-Origin", origin);
  const bool goes_on = co_await come_later(std::move(answer), std::move(words));
  co_return goes_on;
}

bool WebhookOutput::Work::may_send(const HandshakeAnswer& answer) {
  is_welcome = answer.says == HandshakeAnswer::Says::Allowed ||
               (answer.says == HandshakeAnswer::Says::Unknown && config.handshake == OutputConfig::Handshake::Ask);
  if (!is_welcome) return false;
  constexpr milliseconds kMinute{60'000};
  if (answer.per_minute) pace = kMinute / *answer.per_minute;
  failures = 0;
  health.trouble.clear();
  log_info("emit",
           answer.says == HandshakeAnswer::Says::Allowed ? "the receiver agrees to be sent events"
                                                         : "the receiver knows no handshake: events are sent without",
           {{"output", config.name}, {"requests_a_minute", answer.per_minute.value_or(0)}});
  return true;
}

/// One request for what is owed, and what follows from its answer; false: nothing more is to be sent.
net::awaitable<bool> WebhookOutput::Work::deliver() {
  if (pace.count() > 0) {
    co_await wait_until(next_request);
    if (stopping) co_return false;
    next_request = SteadyClock::now() + pace;
  }
  const std::size_t count = one_by_one > 0 ? 1 : std::min<std::size_t>(config.batch, owed.size());
  std::vector<SharedLine> lines;
  lines.reserve(count);
  for (std::size_t i = 0; i < count; ++i) lines.push_back(owed[i].line);
  const std::string place =
      fmt::format("{}#{}-{}", context.source, owed.front().sequence.value(), owed[count - 1].sequence.value());
  WebhookMessage message = webhook_message(lines, cursor.encoding(), config.batch > 1, place);
  FetchRequest request = webhook_request(config, terms.authorization, key, std::move(message), context.now());
  Result<FetchAnswer> answer = co_await fetch(std::move(request));
  if (overdue) co_return false;
  const Delivered what = answer ? delivered_of(answer->status) : Delivered::Later;
  if (what == Delivered::Taken) {
    delivered(count);
    co_return true;
  }
  ++health.failures;
  if (what == Delivered::Gone) co_return gone();
  if (what == Delivered::Refused && count > 1) {
    one_by_one = count;
    co_return true;
  }
  std::string words = answer ? fmt::format("the receiver answered {}", answer->status) : answer.error().text;
  if (what == Delivered::Refused && ++refusals >= config.attempts) {
    FetchAnswer refusal = *answer;
    const Result<void> buried = co_await bury(std::move(refusal));
    if (buried) co_return true;
    words = "the dead letters cannot be written: " + buried.error().message();
  }
  const bool goes_on = co_await come_later(std::move(answer), std::move(words));
  co_return goes_on;
}

/// Waits as long as failures and the receiver's answer ask for; false when it is to end.
net::awaitable<bool> WebhookOutput::Work::come_later(Result<FetchAnswer> answer, std::string words) {
  trouble(words);
  milliseconds least = retry_delay({config.retry_first, config.retry_most}, ++failures, seed);
  if (answer) {
    const auto asked = retry_after(answer->header, context.now());
    if (asked) least = std::max<milliseconds>(least, std::min<std::chrono::seconds>(*asked, kLongestRetryAfter));
  }
  co_await wait_until(SteadyClock::now() + least);
  co_return !stopping;
}

/// The receiver wants no more; always false.
bool WebhookOutput::Work::gone() {
  health.trouble = "stopped: the receiver answered 410, it wants no more";
  log_error("emit", "an output stops: the receiver answered 410, it wants no more", {{"output", config.name}});
  return false;
}

net::awaitable<Result<FetchAnswer>> WebhookOutput::Work::fetch(FetchRequest request) {
  auto came = std::make_shared<std::optional<Result<FetchAnswer>>>();
  auto told = std::make_shared<Wakeup>(context.io);
  answered = told;
  terms.fetcher.fetch(std::move(request), [came, told](Result<FetchAnswer> answer) {
    came->emplace(std::move(answer));
    told->notify();
  });
  while (!*came && !overdue) co_await told->wait(Wakeup::kNever);
  answered = nullptr;
  if (!*came) co_return Error(FetchError::Stopped, "newsd stops", config.url);
  co_return std::move(**came);
}

/// Puts the first event owed among the dead letters.
net::awaitable<Result<void>> WebhookOutput::Work::bury(FetchAnswer answer) {
  const Owed first = owed.front();
  DeadLetter letter;
  letter.time = to_rfc3339(context.now());
  letter.output = config.name;
  letter.sequence = digits_of(first.sequence);
  letter.code = fmt::format("http-{}", answer.status);
  letter.detail = answer.body;
  letter.attempts = refusals;
  letter.event = std::string_view(*first.line).substr(0, first.line->find_last_not_of('\n') + 1);
  letter.is_json = cursor.encoding().name != "text";

  auto written = std::make_shared<std::optional<Result<void>>>();
  auto told = std::make_shared<Wakeup>(context.io);
  context.post_blocking([file = terms.dead_letters, line = dead_letter_line(letter), written, told, &io = context.io] {
    const Result<void> result = append_dead_letter(file, line);
    net::post(io, [written, told, result] {
      written->emplace(result);
      told->notify();
    });
  });
  while (!*written) co_await told->wait(Wakeup::kNever);
  if (!**written) co_return **written;
  ++health.dead_letters;
  log_warn("emit", "an event was refused for good: it is among the dead letters",
           {{"output", config.name}, {"sequence", first.sequence.value()}, {"status", answer.status}});
  delivered(1);
  co_return Result<void>();
}

/// A stop ends it early.
net::awaitable<void> WebhookOutput::Work::wait_until(SteadyClock::time_point until) {
  while (SteadyClock::now() < until && !stopping) {
    if (done != saved && SteadyClock::now() >= save_due) save();
    const auto next = done != saved ? std::min(until, save_due) : until;
    co_await wakeup.wait(next);
  }
}

void WebhookOutput::Work::delivered(std::size_t lines) {
  done = owed[lines - 1].position;
  owed.erase(owed.begin(), owed.begin() + static_cast<std::ptrdiff_t>(lines));
  one_by_one -= std::min(one_by_one, lines);
  refusals = failures = 0;
  if (!health.trouble.empty()) log_info("emit", "an output goes on", {{"output", config.name}});
  health.trouble.clear();
}

void WebhookOutput::Work::save() {
  saved = done;
  save_due = SteadyClock::now() + kSavePeriod;
  context.cursors.save(CursorRow{row, saved, {}});
}

/// The answer to what is under way is not waited for: the receiver may get those events again.
void WebhookOutput::Work::give_up() {
  overdue = true;
  if (done != saved) save();
  if (answered) answered->notify();
}

void WebhookOutput::Work::trouble(const std::string& words) {
  if (health.trouble.empty()) log_warn("emit", "an output waits", {{"output", config.name}, {"error", words}});
  health.trouble = words;
}

Result<std::unique_ptr<WebhookOutput>> WebhookOutput::create(const OutputConfig& config, StreamContext context,
                                                             Terms terms) {
  Result<Wanted> wanted = wanted_by(config, context.wheres);
  if (!wanted) return wanted.error();
  Result<std::string> key = signing_key_of(config);
  if (!key) return key.error();
  return std::unique_ptr<WebhookOutput>(new WebhookOutput(
      std::make_shared<Work>(config, std::move(context), *wanted, std::move(terms), *std::move(key))));
}

WebhookOutput::WebhookOutput(std::shared_ptr<Work> work) : work_(std::move(work)) {}
WebhookOutput::~WebhookOutput() { work_->context.tail.remove(*work_); }

Result<void> WebhookOutput::start() {
  work_->open();
  work_->start();
  return {};
}

void WebhookOutput::stop(std::chrono::milliseconds within, std::function<void()> done) {
  work_->stop(within, std::move(done));
}

const std::string& WebhookOutput::name() const { return work_->config.name; }
Sequence WebhookOutput::cursor() const { return work_->done; }
std::uint64_t WebhookOutput::lag() const {
  const Sequence last = work_->context.tail.last();
  return last > work_->done ? last.value() - work_->done.value() : 0;
}
OutputHealth WebhookOutput::health() const { return work_->health; }

}  // namespace newsd
