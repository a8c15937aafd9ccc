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
  std::shared_ptr<PageIntake> pages;
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
    pages->tick();
    if (drained && intake->drained() && pages->drained()) std::exchange(drained, nullptr)();
    auto due = intake->next_due();
    if (const auto page_due = pages->next_due(); page_due && (!due || *page_due < *due)) due = page_due;
    if (!due) return;
    timer.expires_after(std::max(*due - clock(), std::chrono::milliseconds(1)));
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code& failed) {
      const auto self = weak.lock();
      if (self && !failed) self->look();
    });
  }
};

FeedPoller::FeedPoller(boost::asio::io_context& io, Sink& sink, std::unique_ptr<Fetcher> fetcher,
                       FeedPollerOptions options, PageOptions pages, RememberedPolling remembered)
    : impl_(std::make_shared<Impl>(io, std::move(fetcher), options.clock)) {
  const auto changed = [impl = impl_.get()] { impl->changed(); };
  impl_->pages =
      std::make_shared<PageIntake>(sink, *impl_->fetcher, std::move(pages), std::move(remembered.held), changed);
  options.may_hold = [pages = impl_->pages.get()] { return pages->may_hold(); };
  options.hold = [pages = impl_->pages.get()](std::shared_ptr<const HeldEntry> entry) {
    pages->hold(std::move(entry));
  };
  impl_->intake =
      std::make_shared<FeedIntake>(sink, *impl_->fetcher, std::move(options), std::move(remembered.feeds), changed);
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
void FeedPoller::set_page_pace(const PageOptions& pages) {
  impl_->pages->set_pace(pages.interval, pages.patience, pages.most);
  impl_->changed();
}
std::size_t FeedPoller::pages_waiting() const { return impl_->pages->waiting(); }
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
  impl_->pages->stop();
  impl_->fetcher->stop();
}

void FeedPoller::when_drained(std::function<void()> handler) { impl_->drained = std::move(handler); }

}  // namespace newsd
