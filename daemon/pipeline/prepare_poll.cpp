#include "daemon/pipeline/prepare_items.h"
#include "feeds/extract/entry_page.h"
#include "feeds/extract/sitemap_index.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace newsd {
namespace {

enum class PollError { NotAFeed, MalformedFeed };
std::string_view code_of(PollError e) { return e == PollError::NotAFeed ? "not-a-feed" : "malformed"; }

/// An entry as it is now: which it is, and what it says.
std::uint64_t key_of(const Candidate& candidate) {
  const auto& [kind, key] = candidate.identities.front();
  const FieldHashes& f = candidate.fields;
  return key128(fmt::format("{} {:x} {:x} {:x} {:x} {:x} {:x} {:x} {:x} {:x}", static_cast<int>(kind), key.high,
                            key.low, candidate.content.high, candidate.content.low, f.headline, f.summary, f.body,
                            f.byline, f.published))
      .low;
}

std::uint64_t key_of(const Refusal& refused) {
  const std::string& what = refused.id.empty() ? refused.member : refused.id;
  return key128(fmt::format("refused {} {}", refused.reason.code, what)).low;
}

FeedHints hints_of(const FeedFacts& facts) {
  FeedHints hints;
  if (facts.ttl) hints.ttl = *facts.ttl;
  hints.update = facts.update_interval;
  for (const int hour : facts.skip_hours) hints.skip_hours |= 1U << (static_cast<unsigned>(hour) % 24);
  for (const int day : facts.skip_days)
    hints.skip_days = static_cast<std::uint8_t>(hints.skip_days | 1U << (static_cast<unsigned>(day) % 7));
  return hints;
}

/// Looks through what a feed shows; keeps what was not shown before.
class Entries {
 public:
  explicit Entries(const ShownEntries& before) : known_(before.begin(), before.end()) {}

  /// Whether it is to be announced.
  bool is_fresh(std::uint64_t key) {
    shown_.push_back(key);
    return known_.insert(key).second;
  }
  const ShownEntries& shown() const { return shown_; }

 private:
  std::unordered_set<std::uint64_t> known_;
  ShownEntries shown_;
};

/// Where the feed says it is pushed from, in the answer's header or in the document.
WebSubOffer offer_of(const std::vector<WebLink>& header, const FeedFacts& facts) {
  std::vector<WebLink> links;
  for (const std::string& hub : facts.hubs) links.push_back({hub, {"hub"}, ""});
  if (!facts.self.empty()) links.push_back({facts.self, {"self"}, ""});
  return websub_offer(header, links).value_or(WebSubOffer{});
}

/// key: of the entry as it is now; with its feed it is what the entry is called until it is told.
std::shared_ptr<const HeldEntry> held_entry(const FeedPoll& poll, std::uint64_t key, const Article& article,
                                            const Origin& origin, GuidSays guid) {
  return std::make_shared<const HeldEntry>(HeldEntry{fmt::format("{} {:016x}", poll.feed, key), origin,
                                                     origin.received_at, guid == GuidSays::Nothing, article});
}

void settle_poll(Prepared& prepared, const FeedPoll& poll, const PollOutcome& outcome, Instant now) {
  Settled settled = settle(poll.before, outcome, poll.rules, poll.feed, now);
  prepared.feed = FeedUpdate{poll.feed, poll.name, std::move(settled.state), std::nullopt, std::move(settled.notices)};
}

}  // namespace

Prepared prepare_refused_poll(const Document& document, const FeedPoll& poll, const Error& reason) {
  PollOutcome outcome = poll.outcome;
  outcome.kind = PollOutcome::Kind::Failed;
  outcome.code = reason.code;
  outcome.text = reason.text;
  Prepared prepared;
  prepared.origin = document.origin;
  if (outcome.pushed) prepared.warnings.push_back("what its hub sent cannot be read: " + reason.text);
  settle_poll(prepared, poll, outcome, document.origin.received_at);
  return prepared;
}

namespace {

/// A poll that brought a sitemap index: its sitemaps are what is polled from now on.
Prepared prepare_index(const Document& document, const FeedPoll& poll, SitemapIndex index) {
  if (index.chosen.empty())
    return prepare_refused_poll(
        document, poll, Error(PollError::NotAFeed, "this is a sitemap index that names no sitemap of its own host"));
  Prepared prepared;
  prepared.origin = document.origin;
  prepared.origin.format = Format::Sitemap;
  if (poll.before.sitemaps.empty() && index.foreign + index.more > 0)
    prepared.warnings.push_back(
        fmt::format("of this sitemap index {} sitemaps are polled; {} are beyond fetch.max_sitemaps, {} on other hosts",
                    index.chosen.size(), index.more, index.foreign));
  PollOutcome outcome = poll.outcome;
  Entries entries(*poll.known);
  for (const PolledSitemap& sitemap : index.chosen) {
    const std::int64_t updated = sitemap.updated ? sitemap.updated->time_since_epoch().count() : 0;
    if (entries.is_fresh(key128(fmt::format("sitemap {} {}", sitemap.url, updated)).low)) ++outcome.fresh;
  }
  outcome.shown = static_cast<std::uint32_t>(index.chosen.size());
  outcome.sitemaps = std::move(index.chosen);
  settle_poll(prepared, poll, outcome, document.origin.received_at);
  prepared.feed->shown = remember_shown(entries.shown(), *poll.known);
  return prepared;
}

}  // namespace

Prepared prepare_poll(Document& document, const FeedPoll& poll, const Preparation& preparation,
                      const Learned& learned) {
  ReadLimits limits = preparation.limits;
  limits.max_bytes = std::max(limits.max_bytes, document.bytes.size());  // [fetch] max_body has bounded it
  Result<Reading> reading = read(document, limits);
  if (!reading && poll.max_sitemaps > 0) {
    if (auto index = read_sitemap_index(document, poll.max_sitemaps, limits))
      return prepare_index(document, poll, *std::move(index));
  }
  if (!reading) return prepare_refused_poll(document, poll, Error(PollError::NotAFeed, reading.error().text));
  if (!reading->feed)
    return prepare_refused_poll(document, poll, Error(PollError::NotAFeed, "what the server sends is no feed"));
  if (reading->feed->malformed && reading->items.empty())
    return prepare_refused_poll(document, poll, Error(PollError::MalformedFeed, reading->feed->malformed_reason));
  std::string().swap(document.bytes);

  Prepared prepared;
  PollOutcome outcome = poll.outcome;
  Entries entries(*poll.known);
  const SharedGuids guids = shared_guids_of(*reading, reading->warnings);
  const std::size_t shown = reading->items.size();
  std::vector<std::shared_ptr<const HeldEntry>> held;
  std::size_t without_page = 0;
  for (auto& item : reading->items) {
    if (const auto* refused = std::get_if<Refusal>(&item)) {
      if (entries.is_fresh(key_of(*refused))) prepared.items.emplace_back(prepare_refusal(*refused, reading->origin));
      continue;
    }
    Article article = std::get<Article>(std::move(item));  // gone when it is prepared: a feed may be large
    if (article.published) {
      if (const auto at = parse_rfc3339(article.published->value)) outcome.published.push_back(*at);
    }
    Origin origin = reading->origin;
    origin.member = article.member;
    Candidate candidate = candidate_of(article, origin, guids.says(article));
    const std::uint64_t key = key_of(candidate);
    if (!entries.is_fresh(key)) continue;
    ++outcome.fresh;
    if (poll.may_hold > 0 && wants_page(article)) {
      if (held.size() < poll.may_hold) {
        held.push_back(held_entry(poll, key, article, reading->origin, guids.says(article)));
        continue;
      }
      ++without_page;
    }
    prepared.items.push_back(prepare_article(std::move(article), std::move(candidate), origin, preparation, learned));
  }
  outcome.hints = hints_of(*reading->feed);
  outcome.shown = static_cast<std::uint32_t>(shown);
  outcome.offer = offer_of(outcome.links, *reading->feed);
  prepared.unchanged = shown - prepared.items.size() - held.size();
  prepared.origin = std::move(reading->origin);
  prepared.warnings = std::move(reading->warnings);
  if (without_page > 0)
    prepared.warnings.push_back(fmt::format(
        "{} entries are told without their pages: as many as fetch.max_pages allows are waited for", without_page));
  settle_poll(prepared, poll, outcome, document.origin.received_at);
  prepared.feed->shown = remember_shown(entries.shown(), *poll.known, outcome.pushed ? poll.before.shown : 0);
  prepared.feed->held = std::move(held);
  return prepared;
}

}  // namespace newsd
