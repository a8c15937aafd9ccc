#include "feeds/source/page_intake.h"

#include "feeds/http/cache.h"
#include "feeds/source/fetched_document.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace newsd {
namespace {

using namespace std::chrono;

constexpr std::size_t kInFlight = 64;  // pages asked for or not yet recorded
constexpr std::uint64_t kUsualPage = 256 << 10;
constexpr auto kRobotsFor = hours(24);  // RFC 9309, 2.4
constexpr milliseconds kFirstRetry = minutes(1), kLongestRetry = hours(1);

milliseconds retry_after_failures(int failures) {
  milliseconds wait = kFirstRetry;
  for (int i = 1; i < failures && wait < kLongestRetry; ++i) wait *= 2;
  return std::min(wait, kLongestRetry);
}

/// Whether asking again may bring the page: what a server refuses for good, and what must not be fetched, may not.
bool may_come_right(const Error& error) {
  for (const FetchError lasting : {FetchError::BlockedAddress, FetchError::BlockedScheme, FetchError::BadUrl,
                                   FetchError::TooManyRedirects, FetchError::RedirectLoop, FetchError::TooLarge}) {
    if (error.is(lasting)) return false;
  }
  return true;
}
bool may_come_right(int status) { return status >= 500 || status == 408 || status == 425 || status == 429; }

Error status_error(int status) {
  return Error(PageError::NoPage, "the server answers with status " + std::to_string(status));
}

}  // namespace

std::string_view code_of(PageError e) {
  switch (e) {
    case PageError::RobotsDisallow: return "robots-disallow";
    case PageError::RobotsUnreachable: return "robots-unreachable";
    case PageError::NoPage: return "no-page";
  }
  return "no-page";
}

PageIntake::PageIntake(Sink& sink, Fetcher& fetcher, PageOptions options, std::vector<HeldEntry> remembered,
                       std::function<void()> on_change)
    : sink_(sink),
      fetcher_(fetcher),
      options_(std::move(options)),
      on_change_(std::move(on_change)),
      room_(sink, on_change_) {
  std::sort(remembered.begin(), remembered.end(), [](const HeldEntry& a, const HeldEntry& b) {
    return a.since != b.since ? a.since < b.since : a.key < b.key;
  });
  for (HeldEntry& entry : remembered) hold(std::make_shared<const HeldEntry>(std::move(entry)));
}

void PageIntake::hold(std::shared_ptr<const HeldEntry> entry) {
  Host& host = hosts_[origin_of(entry->article.url->str())];
  host.pages.push_back({std::move(entry), options_.clock()});
  ++waiting_;
  on_change_();
}

void PageIntake::set_pace(milliseconds interval, milliseconds patience, std::size_t most) {
  options_.interval = interval;
  options_.patience = patience;
  options_.most = most;
}

void PageIntake::stop() {
  stopped_ = true;
  room_.stop();
}

void PageIntake::tick() {
  if (stopped_) return;
  const Instant now = options_.clock();
  for (auto& [origin, host] : hosts_) {
    if (host.busy || host.next > now || host.pages.empty()) continue;
    if (in_flight_ >= kInFlight || !room_.has_room(kUsualPage)) break;
    ask(origin, host, now);
  }
  forget_idle(now);
}

/// The first page of the host that is due; its robots.txt before any.
void PageIntake::ask(const std::string& origin, Host& host, Instant now) {
  const auto page =
      std::find_if(host.pages.begin(), host.pages.end(), [&](const Page& p) { return !p.over && p.due <= now; });
  if (page == host.pages.end()) return;
  if (!host.robots || host.robots_until <= now) return ask_robots(origin, host);
  const std::string& url = page->entry->article.url->str();
  if (!host.robots->allows(options_.user_agent, url))
    return give_up(host, page, Error(PageError::RobotsDisallow, "the site's robots.txt asks not to fetch it", url));
  host.busy = true;
  page->due = Instant::max();  // asked for
  ++in_flight_;
  FetchRequest request;
  request.url = url;
  fetcher_.fetch(std::move(request), [weak = weak_from_this(), origin, page](Result<FetchAnswer> answer) {
    if (const auto self = weak.lock()) self->page_answered(origin, page, std::move(answer));
  });
}

void PageIntake::ask_robots(const std::string& origin, Host& host) {
  host.busy = true;
  ++in_flight_;
  FetchRequest request;
  request.url = origin + "/robots.txt";
  fetcher_.fetch(std::move(request), [weak = weak_from_this(), origin](const Result<FetchAnswer>& answer) {
    if (const auto self = weak.lock()) self->robots_answered(origin, answer);
  });
}

/// The host may be asked again after a while. Null: newsd is being stopped, nobody will read the answer, and what was
/// held stays held.
PageIntake::Host* PageIntake::host_answered(const std::string& origin, const Result<FetchAnswer>& answer) {
  --in_flight_;
  Host& host = hosts_.at(origin);
  host.busy = false;
  host.next = options_.clock() + options_.interval;
  return stopped_ || (!answer && answer.error().is(FetchError::Stopped)) ? nullptr : &host;
}

/// RFC 9309, 2.3.1: what is not there forbids nothing, what cannot be reached everything, for the time being.
void PageIntake::robots_answered(const std::string& origin, const Result<FetchAnswer>& answer) {
  Host* const asked = host_answered(origin, answer);
  if (asked == nullptr) return;
  Host& host = *asked;
  const Instant now = options_.clock();
  const bool too_many_redirects =
      !answer && (answer.error().is(FetchError::TooManyRedirects) || answer.error().is(FetchError::RedirectLoop));
  if (too_many_redirects || (answer && !may_come_right(answer->status))) {
    host.robots = answer && answer->status == 200 ? Robots::parse(answer->body) : Robots();
    host.robots_until = now + kRobotsFor;
    host.robots_failures = 0;
  } else {
    const Error reason(PageError::RobotsUnreachable,
                       "the site's robots.txt cannot be had: " +
                           (answer ? status_error(answer->status).text : answer.error().message()),
                       origin);
    host.next = now + retry_after_failures(++host.robots_failures);
    const bool lasting = !answer && !may_come_right(answer.error());
    for (auto page = host.pages.begin(); page != host.pages.end();) {
      const auto here = page++;
      if (here->due == Instant::max() || here->over) continue;
      if (lasting || now - here->entry->since >= options_.patience)
        give_up(host, here, reason);
      else if (options_.once)
        here->over = true;
    }
  }
  on_change_();
}

void PageIntake::page_answered(const std::string& origin, std::list<Page>::iterator page, Result<FetchAnswer> answer) {
  Host* const asked = host_answered(origin, answer);
  if (asked == nullptr) return;
  Host& host = *asked;
  const Instant now = options_.clock();
  if (!answer) {
    may_come_right(answer.error()) ? fail(host, page, answer.error(), std::nullopt)
                                   : give_up(host, page, answer.error());
  } else if (answer->status == 200) {
    Document document = fetched_document(OriginKind::Page, page->entry->origin.input, *std::move(answer), now);
    deliver(host, page, std::move(document), std::nullopt);
  } else if (may_come_right(answer->status)) {
    fail(host, page, status_error(answer->status), retry_after(answer->header, now));
  } else {
    give_up(host, page, status_error(answer->status));
  }
  on_change_();
}

/// It is tried again later, unless its time is over. away: the host asked for silence.
void PageIntake::fail(Host& host, std::list<Page>::iterator page, const Error& reason, std::optional<seconds> away) {
  const Instant now = options_.clock();
  if (away) host.next = std::max(host.next, now + std::min(duration_cast<milliseconds>(*away), options_.patience));
  page->due = now + retry_after_failures(++page->failures);
  if (std::max(page->due, host.next) - page->entry->since > options_.patience) return give_up(host, page, reason);
  page->over = options_.once;
}

void PageIntake::give_up(Host& host, std::list<Page>::iterator page, const Error& reason) {
  Document document;
  document.origin = page->entry->origin;
  document.origin.received_at = options_.clock();
  deliver(host, page, std::move(document), reason);
}

void PageIntake::deliver(Host& host, std::list<Page>::iterator page, Document document, std::optional<Error> refused) {
  Arrival arrival;
  arrival.key.value = "page:" + page->entry->key;
  arrival.document = std::move(document);
  arrival.refused = std::move(refused);
  arrival.entry = page->entry;
  host.pages.erase(page);
  ++in_flight_;
  sink_.deliver(std::move(arrival), Sink::Ledger::None, [weak = weak_from_this()](const Outcome&) {
    const auto self = weak.lock();
    if (!self) return;
    --self->in_flight_;
    --self->waiting_;
    self->on_change_();
  });
}

/// What is remembered of hosts with no page to come, beyond the time their robots.txt is good for.
void PageIntake::forget_idle(Instant now) {
  std::erase_if(hosts_, [&](const auto& named) {
    const Host& host = named.second;
    return host.pages.empty() && !host.busy && host.next <= now && host.robots_until <= now;
  });
}

std::optional<Instant> PageIntake::next_due() const {
  if (stopped_ || room_.waits() || in_flight_ >= kInFlight) return std::nullopt;
  std::optional<Instant> next;
  for (const auto& [origin, host] : hosts_) {
    if (host.busy) continue;
    for (const Page& page : host.pages) {
      if (page.over || page.due == Instant::max()) continue;
      const Instant due = std::max(page.due, host.next);
      if (!next || due < *next) next = due;
    }
  }
  return next;
}

bool PageIntake::drained() const {
  return in_flight_ == 0 && std::all_of(hosts_.begin(), hosts_.end(), [](const auto& named) {
           return std::all_of(named.second.pages.begin(), named.second.pages.end(),
                              [](const Page& page) { return page.over; });
         });
}

}  // namespace newsd
