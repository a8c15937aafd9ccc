#include "feeds/extract/page_date.h"

#include "feeds/extract/date_tokens.h"
#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace newsd {
namespace {

constexpr int kFirstYear = 1990, kLastYear = 2099;

std::optional<When> day(int y, int m, int d, std::string_view raw) {
  if (y < kFirstYear || y > kLastYear || m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", y, m, d);
  auto when = when_from_iso(text.data());  // refuses 30 February
  if (when) when->raw = shortened(raw, 120);
  return when;
}

bool is_plausible(const When& when) {
  return when.value.size() >= 10 && when.value >= "1990" && when.value < "2100" && when.precision != Precision::Year &&
         when.precision != Precision::Month;
}

/// A time with its zone keeps it: readers and sources mean the day it had there.
std::optional<When> in_its_zone(std::string_view text) {
  auto when = when_from_iso(text);
  if (!when || when->precision != Precision::Time) return when;
  const std::string_view raw = trimmed(text);
  const auto sign = raw.find_last_of("+-");
  if (sign == std::string_view::npos || sign < 16) return when;
  std::string zone;
  for (char c : raw.substr(sign + 1)) {
    if (c >= '0' && c <= '9') zone += c;
  }
  if (zone.size() == 2) zone += "00";
  if (zone.size() != 4 || zone == "0000") return when;
  const bool seconds = raw.size() > 19 && raw[16] == ':';
  std::string value(raw.substr(0, seconds ? 19 : 16));
  value[10] = 'T';
  value += (seconds ? "" : ":00") + std::string(1, raw[sign]) + zone.substr(0, 2) + ":" + zone.substr(2);
  return parse_rfc3339(value) ? When{value, Precision::Time, std::string(raw)} : *when;
}

bool is_gap(const DateToken& t) {
  return t.kind == DateWord::Filler ||
         (t.kind == DateWord::Mark && (t.mark == '.' || t.mark == ',' || t.mark == '-' || t.mark == '/'));
}

bool is_year(const DateToken& t) { return t.kind == DateWord::Number && t.digits == 4; }
bool is_day(const DateToken& t) { return t.kind == DateWord::Number && t.digits <= 2 && t.value >= 1 && t.value <= 31; }

/// Three parts of a date around gaps of at most two tokens.
class DateScan {
 public:
  DateScan(std::string_view raw, bool month_first) : raw_(raw), month_first_(month_first) {
    fold_for_matching(shortened(raw, 400), folded_);
    tokens_ = date_tokens(folded_);
  }

  std::optional<When> first() const {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (auto found = at(i)) return found;
    }
    return std::nullopt;
  }

 private:
  const DateToken* part(std::size_t& i) const {
    ++i;
    for (int gaps = 0; i < tokens_.size() && gaps < 2 && is_gap(tokens_[i]); ++gaps) ++i;
    return i < tokens_.size() ? &tokens_[i] : nullptr;
  }

  std::optional<When> at(std::size_t i) const {
    const DateToken& a = tokens_[i];
    if (a.kind == DateWord::Iso) {
      if (auto when = when_from_iso(a.text); when && is_plausible(*when)) {
        when->raw = shortened(raw_, 120);
        return when;
      }
      return when_from_iso(a.text.substr(0, 10));
    }
    if (a.kind != DateWord::Number && a.kind != DateWord::Month) return std::nullopt;
    std::size_t j = i;
    const DateToken* b = part(j);
    if (b == nullptr) return std::nullopt;
    const DateToken* c = part(j);
    if (c == nullptr) return std::nullopt;
    if (is_day(a) && b->kind == DateWord::Month && is_year(*c)) return day(c->value, b->value, a.value, raw_);
    if (a.kind == DateWord::Month && is_day(*b) && is_year(*c)) return day(c->value, a.value, b->value, raw_);
    if (is_year(a) && is_day(*b) && is_day(*c) && is_near(a, *b, *c)) return day(a.value, b->value, c->value, raw_);
    if (is_year(a) && b->kind == DateWord::Month && is_day(*c)) return day(a.value, b->value, c->value, raw_);
    if (is_day(a) && is_day(*b) && c->kind == DateWord::Number && is_near(a, *b, *c)) return numeric(a, *b, *c);
    return std::nullopt;
  }

  /// One mark between each: 12/05/2024, 12. 5. 2024; or 年 and 月.
  bool is_near(const DateToken& a, const DateToken& b, const DateToken& c) const {
    return b.begin - a.end <= 3 && c.begin - b.end <= 3 && b.begin > a.end && c.begin > b.end;
  }

  std::optional<When> numeric(const DateToken& a, const DateToken& b, const DateToken& c) const {
    const bool dots = folded_[a.end] == '.';
    const int year = c.digits == 2 ? 2000 + c.value : c.value;
    if (c.digits != 4 && !(c.digits == 2 && dots)) return std::nullopt;
    const bool month_first = (month_first_ && !dots && a.value <= 12) || b.value > 12;
    return month_first ? day(year, a.value, b.value, raw_) : day(year, b.value, a.value, raw_);
  }

  std::string_view raw_;
  bool month_first_;
  std::string folded_;
  std::vector<DateToken> tokens_;
};

/// 2024年5月12日
std::optional<When> cjk_date(std::string_view text) {
  const auto year_sign = text.find("年");
  if (year_sign == std::string_view::npos || year_sign < 4) return std::nullopt;
  int y = 0, m = 0, d = 0;
  const std::string rest(text.substr(year_sign - 4, 40));
  if (std::sscanf(rest.c_str(), "%4d年%2d月%2d日", &y, &m, &d) == 3) return day(y, m, d, text);
  return std::nullopt;
}

/// /2024/05/12/ or /20240512 or /2024-05-12 in an address.
std::optional<When> url_date(std::string_view url) {
  for (std::size_t i = 0; i + 8 < url.size(); ++i) {
    if (url[i] != '/' && url[i] != '-' && url[i] != '_') continue;
    const std::string part(url.substr(i + 1, 11));
    int y = 0, m = 0, d = 0, used = 0;
    char s1 = 0, s2 = 0;
    if (std::sscanf(part.c_str(), "%4d%c%2d%c%2d%n", &y, &s1, &m, &s2, &d, &used) == 5 && used >= 8 && s1 == s2 &&
        (s1 == '/' || s1 == '-' || s1 == '_')) {
      const bool ended = static_cast<std::size_t>(used) >= part.size() || part[static_cast<std::size_t>(used)] < '0' ||
                         part[static_cast<std::size_t>(used)] > '9';
      if (auto when = ended && y >= 1995 ? day(y, m, d, part) : std::nullopt) return when;
    }
    if (std::sscanf(part.c_str(), "%2d%c%2d%c%4d%n", &d, &s1, &m, &s2, &y, &used) == 5 && used == 10 && s1 == '-' &&
        s2 == '-' && url[i] == '/' && (part.size() == 10 || part[10] < '0' || part[10] > '9')) {
      if (auto when = y >= 1995 ? day(y, m, d, part) : std::nullopt) return when;
    }
    if (std::sscanf(part.c_str(), "%4d%2d%2d%n", &y, &m, &d, &used) == 3 && used == 8 &&
        (part.size() == 8 || part[8] < '0' || part[8] > '9') && y >= 1995) {
      if (auto when = day(y, m, d, part.substr(0, 8))) return when;
    }
  }
  return std::nullopt;
}

class DateFinder {
 public:
  DateFinder(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, const PageDatePlace& place)
      : tree_(tree), facts_(facts), page_(page), place_(place) {}

  PageDates find() {
    offer(out_.published, facts_.ld.published, "json-ld", 97);
    offer(out_.updated, facts_.ld.updated, "json-ld", 95);
    for (const FoundText& found : facts_.published) offer(out_.published, found.text, found.how, 92);
    for (const FoundText& found : facts_.updated) offer(out_.updated, found.text, found.how, 90);
    if (!out_.published.when) from_times();
    if (!out_.published.when) from_url(90);
    if (!out_.published.when) from_named();
    if (!out_.published.when) from_text();
    if (out_.published.when) use_zone_of_page(*out_.published.when);
    if (out_.updated.when) use_zone_of_page(*out_.updated.when);
    return std::move(out_);
  }

 private:
  void offer(PageDate& to, std::string_view text, std::string_view how, int confidence) {
    if (to.when || trimmed(text).empty()) return;
    if (auto when = in_its_zone(text); when && is_plausible(*when)) {
      to = {std::move(when), how, confidence};
    } else if (auto found = find_date(text, place_.month_first)) {
      to = {std::move(found), how, confidence - 10};
    }
  }

  /// A time told in UTC that the page tells once more with its own zone: the same moment, on the day it was there.
  void use_zone_of_page(When& when) const {
    if (when.precision != Precision::Time || !when.value.ends_with('Z')) return;
    const auto moment = parse_rfc3339(when.value);
    if (!moment) return;
    const auto tells_it = [&](std::string_view text) {
      auto other = in_its_zone(text);
      if (!other || other->precision != Precision::Time || other->value.ends_with('Z')) return false;
      if (parse_rfc3339(other->value) != moment) return false;
      when.value = std::move(other->value);
      return true;
    };
    for (const auto* found : {&facts_.published, &facts_.updated}) {
      for (const FoundText& text : *found) {
        if (tells_it(text.text)) return;
      }
    }
    for (std::uint32_t n : facts_.times) {
      if (tells_it(tree_.attribute(n, HtmlAttr::Datetime))) return;
    }
  }

  /// time elements: marked ones first, then one between headline and body, then one at the body's end.
  void from_times() {
    std::uint32_t best = 0;
    int best_rank = 0;
    for (std::uint32_t n : facts_.times) {
      const int rank = rank_of(n);
      if (rank > best_rank) {
        best_rank = rank;
        best = n;
      }
    }
    if (best_rank > 0) offer(out_.published, tree_.attribute(best, HtmlAttr::Datetime), "time", 60 + 5 * best_rank);
  }

  /// Whether it stands in what was left out of the page. Marked as the date of publication it may be, for a widget.
  bool is_cut(std::uint32_t n, bool is_marked) const {
    const auto block =
        std::partition_point(page_.blocks.begin(), page_.blocks.end(), [&](const PageBlock& b) { return b.last < n; });
    if (block == page_.blocks.end() || !block->kind) return false;
    const bool is_of_others = *block->kind == RemovedKind::Related || *block->kind == RemovedKind::CommentForm ||
                              *block->kind == RemovedKind::Navigation;
    return is_marked ? is_of_others : *block->kind != RemovedKind::Signature;
  }

  int rank_of(std::uint32_t n) const {
    const std::string_view names = tree_.attribute(n, HtmlAttr::Class);
    if (names.find("updated") != std::string_view::npos || names.find("modified") != std::string_view::npos) {
      if (names.find("published") == std::string_view::npos) return 0;
    }
    const bool is_marked = tree_.has_attribute(n, HtmlAttr::Pubdate) ||
                           names.find("publish") != std::string_view::npos ||
                           names.find("entry-date") != std::string_view::npos;
    if (is_cut(n, is_marked)) return 0;
    int rank = 1;
    if (tree_.has_attribute(n, HtmlAttr::Pubdate)) rank += 4;
    if (names.find("publish") != std::string_view::npos || names.find("entry-date") != std::string_view::npos)
      rank += 2;
    if (place_.headline != 0 && n > place_.headline && n < place_.body_end) rank += 2;
    if (n < place_.body && (place_.headline == 0 || n + 400 > place_.headline)) rank += 1;
    return rank;
  }

  /// A short text between a little above the headline and the end of the body, in an element named for what it is.
  void from_named() {
    const std::uint32_t begin = place_.headline > kNodesAbove ? place_.headline - kNodesAbove : 1;
    for (std::uint32_t n = begin; n < std::min<std::size_t>(place_.body_end, tree_.size()); ++n) {
      const std::string_view names = tree_.attribute(n, HtmlAttr::Class);
      // a microformat: <span class="updated" title="2024-05-12T10:00:00+02:00">
      const bool is_micro = names == "published" || names == "updated" || names == "dtstart";
      if (is_micro) offer(out_.published, tree_.attribute(n, HtmlAttr::Title), "class", 72);
      if (out_.published.when) return;
      if (!names_a_date(names)) continue;
      const std::string text = tree_.text_of(n);
      if (text.size() > kLongestNamed) continue;
      if (auto when = find_date(text, place_.month_first)) {
        out_.published = {std::move(when), "class", 72};
        return;
      }
    }
  }

  /// "date", "article_date", "PublishDate_date", "post-created"; none of a change or an event to come.
  static bool names_a_date(std::string_view names) {
    bool named = false;
    std::string word;
    for (std::size_t i = 0; i <= names.size(); ++i) {
      const char c = i < names.size() ? names[i] : ' ';
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      const bool begins = c >= 'A' && c <= 'Z' && i > 0 && names[i - 1] >= 'a' && names[i - 1] <= 'z';
      if (!is_letter || begins) {
        if (word == "updated" || word == "modified" || word == "event" || word == "expires") return false;
        named |= word == "date" || word == "datum" || word == "fecha" || word == "published" || word == "publish" ||
                 word == "pubdate" || word == "created" || word == "datetime" || word == "publishdate";
        word.clear();
      }
      if (is_letter) word += static_cast<char>(c | 0x20);
    }
    return named;
  }

  void from_url(int confidence) {
    if (auto when = url_date(place_.url)) out_.published = {std::move(when), "url", confidence};
    if (out_.published.when) return;
    if (auto when = url_date(facts_.canonical)) out_.published = {std::move(when), "url", confidence};
  }

  /// Lines with a date: from the headline on, then those above it; longer ones last.
  void from_text() {
    const auto& blocks = page_.blocks;
    const auto index_of = [&](std::uint32_t node) {
      std::size_t i = 0;
      while (i < blocks.size() && blocks[i].first < node) ++i;
      return i;
    };
    const std::size_t start = index_of(place_.headline), body = index_of(place_.body);
    if (search_head(place_.headline != 0 ? start : body < kHeadBlocks ? 0 : body - kHeadBlocks)) return;
    if (search(start, blocks.size(), 160, 70)) return;
    if (search(start < kAbove ? 0 : start - kAbove, start, 160, 60)) return;
    if (search(start, blocks.size(), 400, 45)) return;
    search_foot(index_of(place_.body_end));
  }

  bool take_from(std::string_view text, int confidence) {
    if (text.find_first_of("0123456789") == std::string_view::npos) return false;
    auto when = find_date(text, place_.month_first);
    if (when) out_.published = {std::move(when), "text", confidence};
    return out_.published.when.has_value();
  }

  /// Short lines at the headline, whatever their elements are named; a date in front of a paragraph.
  bool search_head(std::size_t begin) {
    for (std::size_t i = begin; i < std::min(begin + kHeadBlocks, page_.blocks.size()); ++i) {
      const PageBlock& b = page_.blocks[i];
      const bool is_apart = b.kind == RemovedKind::CommentForm || b.kind == RemovedKind::Cookie ||
                            (b.kind == RemovedKind::Related && i > begin + 3) ||
                            (b.kind == RemovedKind::Navigation && b.why == "element");
      if (is_apart) continue;
      if (b.length <= 120 ? take_from(b.text, 70) : b.text.starts_with('(') && take_from(shortened(b.text, 24), 60))
        return true;
    }
    return false;
  }

  /// What stands behind the article: "This entry was posted on …".
  void search_foot(std::size_t begin) {
    for (std::size_t i = begin; i < std::min(begin + kFootBlocks, page_.blocks.size()); ++i) {
      const PageBlock& b = page_.blocks[i];
      const bool is_of_others = b.kind == RemovedKind::CommentForm || b.kind == RemovedKind::Related;
      if (is_of_others || b.length > 250 || b.text.find("©") != std::string::npos) continue;
      if (take_from(b.text, 40)) return;
    }
  }

  bool search(std::size_t begin, std::size_t end, std::size_t longest, int confidence) {
    std::size_t seen = 0;
    for (std::size_t i = begin; i < end && seen < kLines; ++i) {
      const PageBlock& b = page_.blocks[i];
      if (b.kind && *b.kind != RemovedKind::Signature && *b.kind != RemovedKind::Credit &&
          *b.kind != RemovedKind::Social && *b.kind != RemovedKind::Other &&
          !(*b.kind == RemovedKind::Caption && b.length <= kShortLine))
        continue;
      ++seen;
      if (b.length > longest || b.text.find_first_of("0123456789") == std::string::npos) continue;
      auto when = find_date(b.text, place_.month_first);
      if (!when) continue;
      out_.published = {std::move(when), "text", confidence};
      return true;
    }
    return false;
  }

  static constexpr std::uint32_t kNodesAbove = 60;
  static constexpr std::size_t kAbove = 15, kLines = 250, kShortLine = 60, kLongestNamed = 80;
  static constexpr std::size_t kHeadBlocks = 9, kFootBlocks = 8;

  const HtmlTree& tree_;
  const PageFacts& facts_;
  const PageBlocks& page_;
  const PageDatePlace& place_;
  PageDates out_;
};

}  // namespace

std::optional<When> find_date(std::string_view text, bool month_first) {
  if (auto when = cjk_date(text)) return when;
  return DateScan(text, month_first).first();
}

PageDates page_dates(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, const PageDatePlace& place) {
  return DateFinder(tree, facts, page, place).find();
}

}  // namespace newsd
