// Turns: how many streams share the I/O thread with everything else that it does. Who has a batch to hand on asks for
// a turn; turns are given in the order of asking, for a short while, then whatever else is ready goes first. Without it
// a thousand streams that are woken at once would all stand before the next article's commit. One of an io_context,
// made at first use; I/O thread only.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <utility>

namespace newsd {

class Turns : public boost::asio::execution_context::service {
 public:
  using key_type = Turns;
  static boost::asio::execution_context::id id;
  /// Long enough that passing on costs little, short enough that nothing else is held up.
  static constexpr std::chrono::microseconds kSlice{500};

  /// context: the io_context that everything here runs on.
  static Turns& of(boost::asio::execution_context& context) { return boost::asio::use_service<Turns>(context); }
  explicit Turns(boost::asio::execution_context& context)
      : service(context), io_(static_cast<boost::asio::io_context&>(context)) {}

  /// Ends when the turn has come; never before it returned.
  template <class Token>
  auto take(Token&& token) {
    return boost::asio::async_initiate<Token, void()>(
        [this](auto handler) { wait(std::make_unique<Asked<decltype(handler)>>(std::move(handler))); }, token);
  }

 private:
  struct Waiting {
    virtual ~Waiting() = default;
    virtual void resume() = 0;
  };
  template <class Handler>
  struct Asked : Waiting {
    explicit Asked(Handler asked) : handler(std::move(asked)) {}
    void resume() override { std::move(handler)(); }
    Handler handler;
  };

  void wait(std::unique_ptr<Waiting> asked);
  void give();
  /// The io_context ends: nobody's turn comes any more.
  void shutdown() override { waiting_.clear(); }

  boost::asio::io_context& io_;
  std::deque<std::unique_ptr<Waiting>> waiting_;
  bool is_giving_ = false;
};

}  // namespace newsd
