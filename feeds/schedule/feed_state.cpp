#include "feeds/schedule/feed_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <unordered_set>

namespace newsd {
namespace {

constexpr std::size_t kLeastShown = 200;
constexpr std::size_t kShownBytes = 8;

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f && c != '%')
      out += c;
    else
      fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
  }
  return out;
}

template <class T>
bool read_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

bool read_text(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= text.size()) return false;
    const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
    if (error != std::errc() || end != text.data() + i + 3) return false;
    out += static_cast<char>(byte);
    i += 2;
  }
  return true;
}

/// Writes what differs from a state that knows nothing.
class Writer {
 public:
  void operator()(std::string_view name, const std::string& value) {
    if (!value.empty()) line(name, quoted(value));
  }
  void operator()(std::string_view name, const Instant& value) { number(name, value.time_since_epoch().count()); }
  void operator()(std::string_view name, const std::chrono::seconds& value) { number(name, value.count()); }
  void operator()(std::string_view name, const std::optional<std::chrono::seconds>& value) {
    if (value) line(name, fmt::to_string(value->count()));
  }
  void operator()(std::string_view name, const bool& value) { number(name, value ? 1 : 0); }
  void operator()(std::string_view name, const double& value) {
    if (value != 0) line(name, fmt::format("{:.6g}", value));
  }
  void operator()(std::string_view name, const Publishing& value) {
    if (value == Publishing{}) return;
    line(name, fmt::format("{:.6g},{:.4g}", value.hours, fmt::join(value.counts, ",")));
  }
  template <class T>
  void operator()(std::string_view name, const T& value) {
    number(name, value);
  }
  std::string take() { return std::move(out_); }

 private:
  template <class T>
  void number(std::string_view name, T value) {
    if (value != T{}) line(name, fmt::to_string(value));
  }
  void line(std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out_), "{} {}\n", name, value);
  }
  std::string out_;
};

/// Takes the member of one line's name.
class Taker {
 public:
  Taker(std::string_view name, std::string_view value) : name_(name), value_(value) {}

  void operator()(std::string_view name, std::string& into) {
    take(name, [&] { return read_text(value_, into); });
  }
  void operator()(std::string_view name, Instant& into) {
    take(name, [&] {
      std::int64_t n = 0;
      const bool is_number = read_number(value_, n);
      into = Instant(Instant::duration(n));
      return is_number;
    });
  }
  void operator()(std::string_view name, std::chrono::seconds& into) {
    take(name, [&] {
      std::int64_t n = 0;
      const bool is_number = read_number(value_, n);
      into = std::chrono::seconds(n);
      return is_number;
    });
  }
  void operator()(std::string_view name, std::optional<std::chrono::seconds>& into) {
    if (name == name_) (*this)(name, into.emplace());
  }
  void operator()(std::string_view name, bool& into) {
    take(name, [&] { return into = value_ == "1", value_ == "1" || value_ == "0"; });
  }
  void operator()(std::string_view name, Publishing& into) {
    take(name, [&] {
      std::string_view rest = value_;
      const auto next = [&](float& number) {
        const auto comma = std::min(rest.find(','), rest.size());
        const bool is_number = read_number(rest.substr(0, comma), number) && number >= 0 && number < 1e9F;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        return is_number;
      };
      return next(into.hours) && std::all_of(into.counts.begin(), into.counts.end(), next) && rest.empty();
    });
  }
  template <class T>
  void operator()(std::string_view name, T& into) {
    take(name, [&] { return read_number(value_, into); });
  }
  bool well() const { return well_; }

 private:
  template <class Read>
  void take(std::string_view name, Read read) {
    if (name == name_ && !read()) well_ = false;
  }
  std::string_view name_, value_;
  bool well_ = true;
};

/// Every member with its name in the journal, which may never change.
template <class State, class Visit>
void each_member(State& s, Visit&& visit) {
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
}

Error malformed(std::string text) { return {FeedStateError::Malformed, std::move(text)}; }

}  // namespace

std::string_view code_of(FeedStateError) { return "malformed-feed-state"; }

std::string encode(const FeedState& state) {
  Writer writer;
  each_member(state, writer);
  return writer.take();
}

Result<FeedState> decode_feed_state(std::string_view text) {
  FeedState state;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return malformed(fmt::format("a line without a value: {}", line));
    Taker taker(line.substr(0, space), line.substr(space + 1));
    each_member(state, taker);
    if (!taker.well()) return malformed(fmt::format("a value that cannot be read: {}", line));
  }
  return state;
}

ShownEntries remember_shown(const ShownEntries& now, const ShownEntries& before) {
  ShownEntries all;
  std::unordered_set<std::uint64_t> known;
  const std::size_t most = std::max(now.size() * 3, kLeastShown);
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
