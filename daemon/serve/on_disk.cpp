#include "daemon/serve/on_disk.h"

#include "daemon/stream/wakeup.h"

#include <boost/asio/post.hpp>

#include <optional>
#include <utility>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {

namespace net = boost::asio;

net::awaitable<HttpAnswer> on_disk(std::function<HttpAnswer()> job, std::shared_ptr<const ServeTerms> terms) {
  struct Made {
    explicit Made(net::io_context& io) : wakeup(io) {}
    Wakeup wakeup;
    std::optional<HttpAnswer> answer;
  };
  auto made = std::make_shared<Made>(terms->context.io);
  terms->context.post_blocking([job = std::move(job), made, &io = terms->context.io] {
    net::post(io, [made, answer = job()] {
      made->answer = answer;
      made->wakeup.notify();
    });
  });
  while (!made->answer) co_await made->wakeup.wait(Wakeup::kNever);
  HttpAnswer answer = *std::move(made->answer);
  co_return answer;
}

}  // namespace newsd
