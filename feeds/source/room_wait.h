// Waiting for room at a sink: whoever finds none is called once when there may be some again, and asks anew. I/O
// thread.
#pragma once

#include "feeds/source/sink.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace newsd {

class RoomWait {
 public:
  /// The sink must outlive this; on_room is not called any more when this is gone.
  RoomWait(Sink& sink, std::function<void()> on_room)
      : state_(std::make_shared<State>(State{sink, std::move(on_room)})) {}
  ~RoomWait() { stop(); }
  RoomWait(const RoomWait&) = delete;
  RoomWait& operator=(const RoomWait&) = delete;

  /// False: there is none, and on_room will be called.
  bool has_room(std::uint64_t bytes) {
    if (state_->waits) return false;
    if (state_->sink.has_room(bytes)) return true;
    state_->waits = true;
    state_->handler = state_->sink.on_room([weak = std::weak_ptr(state_)] {
      const auto state = weak.lock();
      if (state && state->end()) state->on_room();
    });
    return false;
  }
  bool waits() const { return state_->waits; }
  /// Nobody is called any more.
  void stop() { state_->end(); }

 private:
  struct State {
    Sink& sink;
    std::function<void()> on_room;
    int handler = 0;
    bool waits = false;

    bool end() {
      if (!std::exchange(waits, false)) return false;
      sink.forget_room(handler);
      return true;
    }
  };
  std::shared_ptr<State> state_;
};

}  // namespace newsd
