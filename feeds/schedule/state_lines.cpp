#include "feeds/schedule/state_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace newsd {
namespace {

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

}  // namespace

std::string_view code_of(FeedStateError) { return "malformed-feed-state"; }

void StateWriter::operator()(std::string_view name, const std::string& value) {
  if (!value.empty()) line(name, quoted(value));
}

void StateWriter::operator()(std::string_view name, const double& value) {
  if (value != 0) line(name, fmt::format("{:.6g}", value));
}

void StateWriter::operator()(std::string_view name, const Publishing& value) {
  if (value == Publishing{}) return;
  line(name, fmt::format("{:.6g},{:.4g}", value.hours, fmt::join(value.counts, ",")));
}

/// "url milliseconds" and "url" of those without a date, a line each, as one value.
void StateWriter::operator()(std::string_view name, const std::vector<PolledSitemap>& value) {
  std::string lines;
  for (const PolledSitemap& sitemap : value) {
    lines += sitemap.url;
    if (sitemap.updated) lines += ' ' + std::to_string(sitemap.updated->time_since_epoch().count());
    lines += '\n';
  }
  (*this)(name, lines);
}

void StateWriter::line(std::string_view name, std::string_view value) {
  fmt::format_to(std::back_inserter(out_), "{} {}\n", name, value);
}

void StateTaker::operator()(std::string_view name, std::string& into) {
  if (name == name_ && !read_text(value_, into)) well_ = false;
}

void StateTaker::operator()(std::string_view name, Instant& into) {
  if (name != name_) return;
  std::int64_t n = 0;
  well_ = read_number(value_, n) && well_;
  into = Instant(Instant::duration(n));
}

void StateTaker::operator()(std::string_view name, std::chrono::seconds& into) {
  if (name != name_) return;
  std::int64_t n = 0;
  well_ = read_number(value_, n) && well_;
  into = std::chrono::seconds(n);
}

void StateTaker::operator()(std::string_view name, bool& into) {
  if (name != name_) return;
  into = value_ == "1";
  well_ = (into || value_ == "0") && well_;
}

void StateTaker::operator()(std::string_view name, std::vector<PolledSitemap>& into) {
  std::string lines;
  (*this)(name, lines);
  if (name != name_) return;
  into.clear();
  for (std::string_view rest = lines; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    PolledSitemap& sitemap = into.emplace_back();
    const auto space = std::min(one.find(' '), one.size());
    sitemap.url = one.substr(0, space);
    std::int64_t at = 0;
    if (space == one.size()) continue;
    well_ = read_number(one.substr(space + 1), at) && well_;
    sitemap.updated = Instant(Instant::duration(at));
  }
}

void StateTaker::operator()(std::string_view name, Publishing& into) {
  if (name != name_) return;
  std::string_view rest = value_;
  const auto next = [&](float& number) {
    const auto comma = std::min(rest.find(','), rest.size());
    const bool is_number = read_number(rest.substr(0, comma), number) && number >= 0 && number < 1e9F;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return is_number;
  };
  well_ = next(into.hours) && std::all_of(into.counts.begin(), into.counts.end(), next) && rest.empty() && well_;
}

}  // namespace newsd
