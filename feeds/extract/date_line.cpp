#include "feeds/extract/date_line.h"

#include "feeds/extract/date_tokens.h"
#include "feeds/text/fold.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kLongestLine = 160;
constexpr std::ptrdiff_t kWordsBesideDate = 2;

/// Reads dates off a list of tokens.
class Reader {
 public:
  explicit Reader(const std::vector<DateToken>& tokens) : tokens_(tokens) {}

  bool done() const { return at_ >= tokens_.size(); }
  const DateToken& now() const { return tokens_[at_]; }
  void step() { ++at_; }

  struct Found {
    When when;
    std::size_t begin = 0, end = 0;
  };

  /// A date with, perhaps, a time behind or before it.
  std::optional<Found> date() {
    const std::size_t start = at_;
    if (is(0, DateWord::Iso)) return iso();
    const auto early = clock();
    if (early) skip_between();
    const auto day = calendar_day();
    if (!day) {
      at_ = start;
      return std::nullopt;
    }
    std::size_t end = at_;
    std::optional<Clock> time = early;
    if (!time) {
      const std::size_t behind = at_;
      skip_between();
      time = clock();
      if (time) {
        end = at_;
      } else {
        at_ = behind;
      }
    }
    return Found{moment(*day, time), tokens_[start].begin, tokens_[end - 1].end};
  }

 private:
  struct Clock {
    int hour = 0, minute = 0, second = 0, zone = kVagueZone;
  };
  struct Day {
    int year = 0, month = 0, day = 0;
  };

  bool is(std::size_t ahead, DateWord kind) const {
    return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].kind == kind;
  }
  bool is_mark(std::size_t ahead, char mark) const {
    return is(ahead, DateWord::Mark) && tokens_[at_ + ahead].mark == mark;
  }
  int value(std::size_t ahead) const { return tokens_[at_ + ahead].value; }
  void take_marks(std::string_view set) {
    while (is(0, DateWord::Mark) && set.find(now().mark) != std::string_view::npos) step();
  }
  void skip_between() {
    while (!done() &&
           (now().kind == DateWord::Filler || now().kind == DateWord::Weekday ||
            (now().kind == DateWord::Mark && std::string_view(",.-|(*").find(now().mark) != std::string_view::npos)))
      step();
  }

  std::optional<Found> iso() {
    std::string text(now().text);
    const std::size_t begin = now().begin;
    std::size_t end = now().end;
    std::replace(text.begin(), text.end(), 't', 'T');
    std::replace(text.begin(), text.end(), 'z', 'Z');
    step();
    auto when = when_from_iso(text);
    if (!when) return std::nullopt;
    if (when->value.size() == 10) {
      const std::size_t behind = at_;
      skip_between();
      if (const auto time = clock()) {
        end = tokens_[at_ - 1].end;
        int y = 0, m = 0, d = 0;
        if (std::sscanf(when->value.c_str(), "%4d-%2d-%2d", &y, &m, &d) == 3)
          return Found{moment({y, m, d}, time), begin, end};
      }
      at_ = behind;
    }
    return Found{*when, begin, end};
  }

  /// 3 May 2024, May 3, 2024, 3. Mai 2024, 3.5.2024, 2024年5月3日
  std::optional<Day> calendar_day() {
    const std::size_t start = at_;
    Day day;
    if (is(0, DateWord::Month)) {
      day.month = value(0);
      step();
      take_marks(".");
      if (!number(1, 31, day.day)) return fail(start);
      if (is(0, DateWord::Filler)) step();
      take_marks(",");
      if (!year(day.year)) return fail(start);
      return day;
    }
    if (!number(1, 31, day.day)) return fail(start);
    if (is_mark(0, '.') && is(1, DateWord::Number)) {  // day first wherever stops are used
      step();
      if (!number(1, 12, day.month) || !is_mark(0, '.')) return fail(start);
      step();
      return year(day.year) ? std::optional(day) : fail(start);
    }
    take_marks(".");
    while (is(0, DateWord::Filler)) step();  // 3rd, 3 de mayo
    if (!is(0, DateWord::Month)) return fail(start);
    day.month = value(0);
    step();
    take_marks(".,");
    while (is(0, DateWord::Filler)) step();
    return year(day.year) ? std::optional(day) : fail(start);
  }

  std::optional<Day> fail(std::size_t start) {
    at_ = start;
    return std::nullopt;
  }
  bool number(int low, int high, int& to) {
    if (!is(0, DateWord::Number) || value(0) < low || value(0) > high || now().digits > 2) return false;
    to = value(0);
    step();
    return true;
  }
  bool year(int& to) {
    if (!is(0, DateWord::Number) || now().digits != 4 || value(0) < 1900 || value(0) > 2100) return false;
    to = value(0);
    step();
    return true;
  }

  std::optional<Clock> clock() {
    if (!is(0, DateWord::Number) || now().digits > 2 || value(0) > 23 || !(is_mark(1, ':') || is_mark(1, '.')) ||
        !is(2, DateWord::Number) || tokens_[at_ + 2].digits != 2 || value(2) > 59) {
      return std::nullopt;
    }
    if (is_mark(1, '.') && is_mark(3, '.') && is(4, DateWord::Number)) return std::nullopt;  // 03.05.2024
    Clock time{value(0), value(2), 0, kVagueZone};
    at_ += 3;
    if (is_mark(0, ':') && is(1, DateWord::Number) && value(1) < 60) {
      time.second = value(1);
      at_ += 2;
    }
    if (is(0, DateWord::HalfDay)) {
      if (time.hour == 0 || time.hour > 12) return std::nullopt;
      time.hour = time.hour % 12 + value(0);
      step();
      take_marks(".");
    }
    while (is(0, DateWord::Filler)) step();  // Uhr, h
    if (is_mark(0, '(') && is(1, DateWord::Zone)) step();
    while (is(0, DateWord::Zone)) {
      if (time.zone == kVagueZone) time.zone = value(0);
      step();
    }
    take_marks(")");
    return time;
  }

  static When moment(const Day& day, const std::optional<Clock>& time) {
    char text[64];
    const int zone = time ? time->zone : kVagueZone;
    if (zone == kVagueZone) {
      std::snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    } else {
      const int distance = zone < 0 ? -zone : zone;
      std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", day.year, day.month, day.day,
                    time->hour, time->minute, time->second, zone < 0 ? '-' : '+', distance / 60, distance % 60);
    }
    return when_from_iso(text).value_or(When{});
  }

  const std::vector<DateToken>& tokens_;
  std::size_t at_ = 0;
};

/// The words of the line that a stretch of its folded form came from. Folding squeezes spaces and may change lengths:
/// then the whole line stands for them.
std::string raw_words(std::string_view line, std::string_view folded, std::size_t begin, std::size_t end) {
  if (line.size() != folded.size()) return std::string(line);
  return std::string(trimmed(line.substr(begin, end - begin)));
}

/// A month with a number, a whole date in figures, or a clock time.
bool has_date(const std::vector<DateToken>& tokens) {
  const auto is = [&](std::size_t i, DateWord kind) { return i < tokens.size() && tokens[i].kind == kind; };
  const auto is_mark = [&](std::size_t i, char mark) { return is(i, DateWord::Mark) && tokens[i].mark == mark; };
  bool month = false, number = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const DateToken& t = tokens[i];
    if (t.kind == DateWord::Iso) return true;
    month |= t.kind == DateWord::Month;
    if (t.kind != DateWord::Number) continue;
    number |= t.digits == 4 || t.value <= 31;
    if (!is(i + 2, DateWord::Number)) continue;
    if (is_mark(i + 1, ':') && tokens[i + 2].digits == 2) return true;
    if (is_mark(i + 1, '.') && is_mark(i + 3, '.') && is(i + 4, DateWord::Number)) return true;
  }
  return month && number;
}

}  // namespace

std::optional<DateLine> read_date_line(std::string_view line) {
  line = trimmed(line);
  if (line.size() > kLongestLine) return std::nullopt;
  const std::string folded = fold_for_matching(line);
  const std::vector<DateToken> tokens = date_tokens(folded);
  Reader reader(tokens);
  DateLine out;
  bool updating = false;
  while (!reader.done()) {
    if (auto found = reader.date()) {
      if (found->when.value.empty()) return std::nullopt;
      std::optional<When>& to = updating ? out.updated : out.published;
      if (to) return std::nullopt;  // two dates of one meaning: which one is it?
      found->when.raw = raw_words(line, folded, found->begin, found->end);
      to = std::move(found->when);
      continue;
    }
    const DateToken& t = reader.now();
    if (t.kind == DateWord::PublishedWord || t.kind == DateWord::UpdatedWord) {
      updating = t.kind == DateWord::UpdatedWord;
      out.said_so = true;
    } else if (t.kind == DateWord::Number || t.kind == DateWord::Month || t.kind == DateWord::Other ||
               t.kind == DateWord::Iso) {
      return std::nullopt;
    }
    reader.step();
  }
  if (!out.published && !out.updated) return std::nullopt;
  return out;
}

bool mentions_date(std::string_view line) {
  if (line.size() > kLongestLine) return false;
  return has_date(date_tokens(fold_for_matching(line)));
}

bool is_dated(std::string_view line) {
  if (line.size() > kLongestLine || line.starts_with("—") || line.find("(@") != std::string_view::npos) return false;
  const std::string folded = fold_for_matching(line);
  const std::vector<DateToken> tokens = date_tokens(folded);
  const auto others =
      std::count_if(tokens.begin(), tokens.end(), [](const DateToken& t) { return t.kind == DateWord::Other; });
  return others <= kWordsBesideDate && has_date(tokens);
}

}  // namespace newsd
