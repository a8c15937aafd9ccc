#include "feeds/schedule/feed_state.h"

#include "feeds/schedule/state_lines.h"

#include <algorithm>
#include <unordered_set>

namespace newsd {
namespace {

constexpr std::size_t kLeastShown = 200;
constexpr std::size_t kShownBytes = 8;

/// Every member with its name in the journal, which may never change.
constexpr auto kEachMember = [](auto& s, auto& visit) {
  visit("url", s.url);
  visit("etag", s.validators.etag);
  visit("last-modified", s.validators.last_modified);
  visit("validated-url", s.validated_url);
  visit("next-poll", s.next_poll);
  visit("last-poll", s.last_poll);
  visit("last-success", s.last_success);
  visit("last-new", s.last_new);
  visit("away-until", s.away_until);
  visit("polls", s.polls);
  visit("failures", s.failures);
  visit("failing-since", s.failing_since);
  visit("failure", s.failure);
  visit("failure-text", s.failure_text);
  visit("status", s.status);
  visit("error-told", s.error_told);
  visit("silence-told", s.silence_told);
  visit("gone", s.gone);
  visit("moved-to", s.moved_to);
  visit("moved-count", s.moved_count);
  visit("publishing", s.publishing);
  visit("usual-gap", s.usual_gap);
  visit("arrivals", s.arrivals);
  visit("shown", s.shown);
  visit("ttl", s.hints.ttl);
  visit("update", s.hints.update);
  visit("skip-hours", s.hints.skip_hours);
  visit("skip-days", s.hints.skip_days);
  visit("fresh-for", s.fresh_for);
  visit("sitemaps", s.sitemaps);
  visit("index", s.index);
  visit("hub", s.offer.hub);
  visit("topic", s.offer.topic);
};

Error malformed(std::string text) { return {FeedStateError::Malformed, std::move(text)}; }

}  // namespace

std::string encode(const FeedState& state) { return state_lines(state, kEachMember); }

Result<FeedState> decode_feed_state(std::string_view text) { return state_of_lines<FeedState>(text, kEachMember); }

ShownEntries remember_shown(const ShownEntries& now, const ShownEntries& before, std::size_t shows) {
  ShownEntries all;
  std::unordered_set<std::uint64_t> known;
  const std::size_t most = std::max(std::max(now.size(), shows) * 3, kLeastShown);
  for (const ShownEntries* entries : {&now, &before}) {
    for (const std::uint64_t key : *entries) {
      if (all.size() < most && known.insert(key).second) all.push_back(key);
    }
  }
  return all;
}

std::string encode_shown(const ShownEntries& shown) {
  std::string bytes;
  bytes.reserve(shown.size() * kShownBytes);
  for (const std::uint64_t key : shown) {
    for (unsigned shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(key >> shift & 0xff);
  }
  return bytes;
}

Result<ShownEntries> decode_shown(std::string_view bytes) {
  if (bytes.size() % kShownBytes != 0) return malformed("keys of entries that are cut off");
  ShownEntries shown;
  shown.reserve(bytes.size() / kShownBytes);
  for (std::size_t at = 0; at < bytes.size(); at += kShownBytes) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < kShownBytes; ++i)
      key |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    shown.push_back(key);
  }
  return shown;
}

}  // namespace newsd
