#include "feeds/fetch/curl_fetcher.h"

#include "feeds/article/url.h"
#include "feeds/fetch/curl_driver.h"
#include "feeds/fetch/curl_transfer.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <unordered_map>
#include <utility>

namespace newsd {
namespace asio = boost::asio;
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr long kIdleConnections = 64;

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

bool is_redirect(std::uint16_t status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// A request on its way through its redirects.
struct Job {
  FetchRequest request;
  Fetcher::Done done;
  std::shared_ptr<const FetchOptions> options;
  std::string url;   // of the present hop
  std::string lane;  // the origin it counts against, while it does
  std::vector<FetchHop> hops;
  std::optional<SteadyClock::time_point> deadline;  // set when the first hop starts
  Easy easy;
  std::unique_ptr<CurlTransfer> transfer;
};
using JobPtr = std::shared_ptr<Job>;

/// What goes to one origin: so many under way, the others wait here.
struct Lane {
  std::size_t active = 0;
  std::deque<JobPtr> waiting;
};

}  // namespace

class CurlFetcher::Impl : public std::enable_shared_from_this<CurlFetcher::Impl> {
 public:
  Impl(asio::io_context& io, FetchOptions options)
      : io_(io),
        options_(std::make_shared<const FetchOptions>(std::move(options))),
        driver_(std::make_unique<CurlDriver>(io, kIdleConnections,
                                             [this](CURL* easy, int code) { finished(easy, code); })) {}

  void set_options(FetchOptions options) { options_ = std::make_shared<const FetchOptions>(std::move(options)); }

  void fetch(FetchRequest request, Done done) {
    auto job = std::make_shared<Job>();
    job->options = options_;
    job->url = request.url;
    job->request = std::move(request);
    job->done = std::move(done);
    // also what fails at once fails later: the caller is not in the midst of its own call then
    asio::post(io_, [self = shared_from_this(), job] { self->enter(job); });
  }

  void stop() {
    if (!driver_) return;
    auto all = std::exchange(running_, {});
    for (auto& [easy, job] : all) driver_->remove(easy);
    std::vector<JobPtr> ended;
    ended.reserve(all.size());
    for (auto& [easy, job] : all) ended.push_back(job);
    for (auto& [origin, lane] : lanes_) ended.insert(ended.end(), lane.waiting.begin(), lane.waiting.end());
    ended.insert(ended.end(), ready_.begin(), ready_.end());
    lanes_.clear();
    ready_.clear();
    for (const JobPtr& job : ended) {
      job->transfer.reset();
      job->easy.reset();
    }
    driver_.reset();
    idle_.clear();
    for (const JobPtr& job : ended) give(job, Error(FetchError::Stopped, "newsd stops", job->request.url));
  }

 private:
  /// The job's present hop waits for its turn with its origin.
  void enter(const JobPtr& job) {
    if (!driver_) return give(job, Error(FetchError::Stopped, "newsd stops", job->request.url));
    const auto url = Url::parse(job->url);
    if (!url) {
      const bool scheme = url.error().is(UrlError::NotHttp);
      return give(job, Error(scheme ? FetchError::BlockedScheme : FetchError::BadUrl,
                             scheme ? "neither http nor https" : "no URL that can be fetched", job->url));
    }
    job->lane = origin_of(job->url);
    Lane& lane = lanes_[job->lane];
    if (lane.active >= job->options->per_host) {
      lane.waiting.push_back(job);
      return;
    }
    ++lane.active;
    ready_.push_back(job);
    start_ready();
  }

  void leave_lane(Job& job) {
    const auto found = lanes_.find(std::exchange(job.lane, {}));
    if (found == lanes_.end()) return;
    Lane& lane = found->second;
    if (!lane.waiting.empty()) {  // its place goes to the next one
      ready_.push_back(std::move(lane.waiting.front()));
      lane.waiting.pop_front();
    } else if (--lane.active == 0) {
      lanes_.erase(found);
    }
  }

  void start_ready() {
    while (driver_ && !ready_.empty() && running_.size() < options_->at_once) {
      JobPtr job = std::move(ready_.front());
      ready_.pop_front();
      start(job);
    }
  }

  void start(const JobPtr& job) {
    const auto now = SteadyClock::now();
    const auto timeout = job->request.timeout.count() > 0 ? job->request.timeout : job->options->timeout;
    if (!job->deadline) job->deadline = now + timeout;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*job->deadline - now);
    if (idle_.empty()) {
      job->easy.reset(curl_easy_init());
    } else {
      job->easy = std::move(idle_.back());
      idle_.pop_back();
    }
    if (!job->easy || left.count() <= 0) {
      leave_lane(*job);
      const Error late(FetchError::Timeout, "the redirects took all the time", job->url);
      return give(job, job->easy ? late : Error(FetchError::Protocol, "libcurl gives no handle", job->url));
    }
    job->transfer = std::make_unique<CurlTransfer>(job->easy.get(), large_);
    const bool is_authorized =
        !job->request.authorized_url.empty() && origin_of(job->url) == origin_of(job->request.authorized_url);
    job->transfer->prepare(*job->options, job->url, job->request, is_authorized, left);
    running_.emplace(job->easy.get(), job);
    if (!driver_->add(job->easy.get())) finished(job->easy.get(), CURLE_OUT_OF_MEMORY);
  }

  void finished(CURL* easy, int code) {
    const auto found = running_.find(easy);
    if (found == running_.end()) return;
    const JobPtr job = found->second;
    running_.erase(found);
    Result<FetchAnswer> answer = job->transfer->finish(code);
    const bool leads_on = answer && !job->request.post && !job->request.question && is_redirect(answer->status);
    const std::string target = leads_on ? job->transfer->redirect_target() : std::string();
    job->transfer.reset();
    idle_.push_back(std::move(job->easy));
    leave_lane(*job);
    if (target.empty()) {
      if (answer) answer->hops = std::move(job->hops);
      give(job, std::move(answer));
    } else {
      follow(job, answer->status, target);
    }
    resume_paused();
    start_ready();
  }

  void follow(const JobPtr& job, std::uint16_t status, const std::string& target) {
    const auto was_there = [&](const FetchHop& hop) { return hop.target == target; };
    if (target == job->request.url || std::any_of(job->hops.begin(), job->hops.end(), was_there))
      return give(job, Error(FetchError::RedirectLoop, "the redirects lead in a circle", target));
    if (job->hops.size() >= job->options->max_redirects) {
      return give(job, Error(FetchError::TooManyRedirects,
                             fmt::format("more than {} redirects", job->options->max_redirects), target));
    }
    job->hops.push_back({status, target});
    job->url = target;
    enter(job);
  }

  void resume_paused() {
    for (auto& [easy, job] : running_) {
      if (!job->transfer->is_paused()) continue;
      job->transfer->resume();
      driver_->nudge();
      return;  // one place came free
    }
  }

  void give(const JobPtr& job, Result<FetchAnswer> answer) {
    auto shared = std::make_shared<Result<FetchAnswer>>(std::move(answer));
    asio::post(io_, [job, shared] { std::exchange(job->done, nullptr)(std::move(*shared)); });
  }

  asio::io_context& io_;
  std::shared_ptr<const FetchOptions> options_;
  LargeBodies large_;
  std::unordered_map<CURL*, JobPtr> running_;
  std::map<std::string, Lane> lanes_;
  std::deque<JobPtr> ready_;  // have their place in a lane, wait for one altogether
  std::vector<Easy> idle_;
  std::unique_ptr<CurlDriver> driver_;  // goes before the handles
};

CurlFetcher::CurlFetcher(asio::io_context& io, FetchOptions options) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(initialised);
  impl_ = std::make_shared<Impl>(io, std::move(options));
}

CurlFetcher::~CurlFetcher() { stop(); }
void CurlFetcher::fetch(FetchRequest request, Done done) { impl_->fetch(std::move(request), std::move(done)); }
void CurlFetcher::stop() { impl_->stop(); }
void CurlFetcher::set_options(FetchOptions options) { impl_->set_options(std::move(options)); }

}  // namespace newsd
