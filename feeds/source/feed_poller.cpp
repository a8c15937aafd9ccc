#include "feeds/source/feed_poller.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <utility>

namespace newsd {

struct FeedPoller::Impl : std::enable_shared_from_this<FeedPoller::Impl> {
  Impl(boost::asio::io_context& context, std::unique_ptr<Fetcher> f, std::function<Instant()> now)
      : io(context), timer(context), fetcher(std::move(f)), clock(std::move(now)) {}

  boost::asio::io_context& io;
  boost::asio::steady_timer timer;
  std::unique_ptr<Fetcher> fetcher;
  std::function<Instant()> clock;
  std::shared_ptr<FeedIntake> intake;
  std::function<void()> drained;
  bool running = false, posted = false;

  /// Many things may have changed at once: looked at once, soon.
  void changed() {
    if (!running || std::exchange(posted, true)) return;
    boost::asio::post(io, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->look();
    });
  }

  void look() {
    posted = false;
    if (!running) return;
    intake->tick();
    if (drained && intake->drained()) std::exchange(drained, nullptr)();
    const auto due = intake->next_due();
    if (!due) return;
    timer.expires_after(std::max(*due - clock(), std::chrono::milliseconds(1)));
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code& failed) {
      const auto self = weak.lock();
      if (self && !failed) self->look();
    });
  }
};

FeedPoller::FeedPoller(boost::asio::io_context& io, Sink& sink, std::unique_ptr<Fetcher> fetcher,
                       FeedPollerOptions options, std::vector<RememberedFeed> remembered)
    : impl_(std::make_shared<Impl>(io, std::move(fetcher), options.clock)) {
  impl_->intake = std::make_shared<FeedIntake>(sink, *impl_->fetcher, std::move(options), std::move(remembered),
                                               [impl = impl_.get()] { impl->changed(); });
}

FeedPoller::~FeedPoller() { stop(); }

void FeedPoller::subscribe(const std::vector<FeedSubscription>& subscriptions) {
  impl_->intake->subscribe(subscriptions);
  impl_->changed();
}

void FeedPoller::set_intervals(std::chrono::milliseconds least, std::chrono::milliseconds most, std::size_t per_host) {
  impl_->intake->set_intervals(least, most, per_host);
}

void FeedPoller::each(const FeedIntake::Visit& visit) const { impl_->intake->each(visit); }

void FeedPoller::set_max_sitemaps(std::size_t most) { impl_->intake->set_max_sitemaps(most); }
void FeedPoller::set_websub(WebSubOptions options) { impl_->intake->set_websub(std::move(options)); }
HubCounts FeedPoller::hub_counts() const { return impl_->intake->hubs().counts(); }

bool FeedPoller::takes_content() const { return impl_->running && impl_->intake->hubs().is_on(); }
Result<std::string> FeedPoller::verify(const HubQuestion& question) { return impl_->intake->hubs().verify(question); }
Result<void> FeedPoller::admits(const std::string& token) const { return impl_->intake->admits_content(token); }
std::uint64_t FeedPoller::max_content() const { return impl_->intake->hubs().options().max_content; }
Result<void> FeedPoller::take_content(HubContent content, std::function<void(bool taken)> done) {
  return impl_->intake->take_content(std::move(content), std::move(done));
}

void FeedPoller::start() {
  impl_->running = true;
  impl_->changed();
}

void FeedPoller::stop() {
  if (!std::exchange(impl_->running, false)) return;
  impl_->timer.cancel();
  impl_->intake->stop();
  impl_->fetcher->stop();
}

void FeedPoller::when_drained(std::function<void()> handler) { impl_->drained = std::move(handler); }

}  // namespace newsd
