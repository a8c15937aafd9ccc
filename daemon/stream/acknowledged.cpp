#include "daemon/stream/acknowledged.h"

#include "daemon/stream/stream_error.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <optional>

namespace newsd {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPeriod{1000};  ///< between two saved acknowledgements

}  // namespace

struct Acknowledged::State {
  explicit State(const StreamContext& c) : context(c), timer(c.io) {}

  void save() {
    context.cursors.save(CursorRow{row, *waiting, {}});
    waiting.reset();
    saved_at = SteadyClock::now();
  }

  const StreamContext& context;
  boost::asio::steady_timer timer;
  std::string row;
  std::optional<Sequence> waiting;  ///< not saved yet
  SteadyClock::time_point saved_at{};
};

Acknowledged::Acknowledged(const StreamContext& context) : state_(std::make_shared<State>(context)) {}

Result<void> Acknowledged::take(const std::string& name, Sequence sequence, Sequence sent) {
  if (name.empty()) return Error(StreamError::BadAck, "only a client with a name may acknowledge");
  if (sequence > sent) return Error(StreamError::BadAck, "it was not sent so far yet");
  State& state = *state_;
  state.row = consumer_row(name);
  const std::optional<CursorRow> stored = state.context.cursors.find(state.row);
  if (!stored && state.context.cursors.size() >= CursorBook::kMost)
    return Error(StreamError::TooManyConsumers, "no further consumer's cursor is kept");
  if ((stored && sequence <= stored->sequence) || (state.waiting && sequence <= *state.waiting)) return {};
  const bool timer_runs = state.waiting.has_value();
  state.waiting = sequence;
  if (SteadyClock::now() >= state.saved_at + kPeriod) {
    state.save();
  } else if (!timer_runs) {
    state.timer.expires_at(state.saved_at + kPeriod);
    state.timer.async_wait([weak = std::weak_ptr(state_)](const boost::system::error_code& cancelled) {
      if (const auto self = weak.lock(); self && !cancelled && self->waiting) self->save();
    });
  }
  return {};
}

void Acknowledged::finish() {
  if (state_->waiting) state_->save();
  state_->timer.cancel();
}

}  // namespace newsd
